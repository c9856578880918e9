"""Reads PDF files by pypdf: those that PDFium cannot open, and the entries of forms."""

import io
import logging
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from casework.policy_documents import Block, Where
from connectors.documents.policies.limits import Watch
from connectors.documents.policies.pypdf_lines import page_blocks

# The library warns about every oddity of a file, with pieces of the file in the warning.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# What the library is known to raise on damaged files, beside its own errors.
_DAMAGED = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
    AssertionError,
    ZeroDivisionError,
    NotImplementedError,
    MemoryError,
)
DAMAGED = "it is damaged; make the PDF anew and upload it again"
# Fields are called "NextReviewDate" or "next_review_date".
_JOINED_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_by_pypdf(content: bytes, watch: Watch) -> tuple[list[Block], dict[str, str], bool]:
    """Reads a PDF file; pypdf mends more of a damaged file than PDFium does, and takes ten times as long.

    Returns:
        The lines and entries, what the file says about itself, and whether it holds pictures.

    Raises:
        UnreadableDocumentError: It is damaged, protected or too large.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise watch.refuse("it is protected by a password; save it without one")
        pages = len(reader.pages)
    except _DAMAGED as error:
        raise watch.refuse(DAMAGED) from error
    if pages > watch.limits.pages:
        raise watch.refuse(f"it has {pages} pages; more than {watch.limits.pages} are not read")
    blocks = [*_page_blocks(reader, watch), *_form_blocks(reader)]
    return blocks, _properties(reader), _has_pictures(reader)


def form_entries(content: bytes) -> list[Block]:
    """Gives the entries of a form, each with the name of its field."""
    try:
        return list(_form_blocks(PdfReader(io.BytesIO(content))))
    except _DAMAGED:
        return []


def _page_blocks(reader: PdfReader, watch: Watch) -> Iterator[Block]:
    broken = 0
    total = len(reader.pages)
    for number in range(total):
        watch.check()
        try:
            yield from list(page_blocks(reader.pages[number], first=number == 0))
        except _DAMAGED as error:
            broken += 1
            if broken == total:
                raise watch.refuse(DAMAGED) from error


def _form_blocks(reader: PdfReader) -> Iterator[Block]:
    try:
        fields = reader.get_fields() or {}
    except _DAMAGED:
        return
    for name, entry in fields.items():
        value = entry.get("/V")
        if isinstance(value, str) and value.strip():
            label = _JOINED_WORDS.sub(" ", str(entry.get("/TU") or name)).replace("_", " ")
            yield Block(cells=(label, str(value)), where=Where.FORM_FIELD, table=len(name))


def _has_pictures(reader: PdfReader) -> bool:
    try:
        return any(page.images for page in reader.pages)
    except _DAMAGED:
        return True


def _properties(reader: PdfReader) -> dict[str, str]:
    try:
        title = reader.metadata.title if reader.metadata else None
    except _DAMAGED:
        return {}
    return {"title": title} if title else {}
