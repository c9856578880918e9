"""Making copies: what a file is, is told by its first bytes and not by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from casework.copy_ports import CopyWriter, Redaction
from connectors.documents.copies.office import is_office, redacted_office, without_office_properties
from connectors.documents.copies.pdf import without_pdf_properties
from connectors.documents.copies.pictures import without_picture_properties

TEXT_ENDINGS = frozenset({".txt", ".csv", ".md", ".log"})


class DocumentCopies(CopyWriter):
    def without_metadata(self, content: bytes) -> bytes:
        if is_office(content):
            return without_office_properties(content)
        if content.startswith(b"%PDF"):
            return without_pdf_properties(content)
        return without_picture_properties(content)

    def redacted(
        self, content: bytes, *, name: str, withhold: Callable[[str], tuple[str, int]]
    ) -> Redaction | None:
        if is_office(content):
            return redacted_office(content, withhold)
        if PurePosixPath(name.casefold()).suffix not in TEXT_ENDINGS:
            return None
        try:
            text, places = withhold(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return None
        return Redaction(content=text.encode(), places=places)
