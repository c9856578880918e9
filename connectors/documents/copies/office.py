"""Word, Excel and PowerPoint files: their properties taken out, and names in their text withheld."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from lxml import etree

from casework.copy_ports import Redaction
from connectors.documents.packing import packed

_MARK = b"PK\x03\x04"
MOST_BYTES = 200_000_000
"""Of everything unpacked together; a file that holds more is left as it is."""
_PROPERTIES = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PARAGRAPHS = (f"{_WORD}p", f"{_DRAWING}p", f"{_SHEET}si", f"{_SHEET}is")
_TEXTS = (f"{_WORD}t", f"{_WORD}delText", f"{_DRAWING}t", f"{_SHEET}t")
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)


def is_office(content: bytes) -> bool:
    """True for a package of Word, Excel or PowerPoint."""
    if not content.startswith(_MARK):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "[Content_Types].xml" in package.namelist()
    except _FAULTS:
        return False


def without_office_properties(content: bytes) -> bytes:
    """The same file without author, company, times and program; what cannot be read comes back as it is."""
    try:
        return packed((name, _PROPERTIES.get(name, part)) for name, part in _parts(content))
    except _FAULTS:
        return content


def redacted_office(content: bytes, withhold: Callable[[str], tuple[str, int]]) -> Redaction | None:
    """The same file with names withheld in every paragraph and cell, and without properties; None if it is damaged."""
    places = 0
    parts = []
    try:
        for name, part in _parts(content):
            if (
                name in _PROPERTIES
                or not name.endswith(".xml")
                or not name.startswith(("word/", "xl/", "ppt/"))
            ):
                parts.append((name, _PROPERTIES.get(name, part)))
                continue
            root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
            found = _withhold_in(root, withhold)
            places += found
            parts.append((name, _written(root) if found else part))
        return Redaction(content=packed(parts), places=places)
    except _FAULTS:
        return None


def _withhold_in(root: etree._Element, withhold: Callable[[str], tuple[str, int]]) -> int:
    """A name may be cut into runs, so a paragraph is read as one; the changed text stands in its first run."""
    places = 0
    for paragraph in root.iter(*_PARAGRAPHS):
        runs = [run for run in paragraph.iter(*_TEXTS) if _own_paragraph(run) is paragraph]
        text, found = withhold("".join(run.text or "" for run in runs))
        if found:
            places += found
            for run in runs:
                run.text = ""
            runs[0].text = text
    return places


def _own_paragraph(run: etree._Element) -> etree._Element | None:
    """The nearest paragraph around a run: one in a text box lies within another."""
    return next(iter(run.iterancestors(*_PARAGRAPHS)), None)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            with package.open(entry) as part:
                unpacked = part.read(left + 1)
            left -= len(unpacked)
            if left < 0:
                raise ValueError("The file unpacks to more than is read.")
            yield entry.filename, unpacked
