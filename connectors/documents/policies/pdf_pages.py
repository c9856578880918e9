"""Opens PDF files by PDFium, the reader of PDF that Chromium has, and gives the words of a page with their places."""

import re
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Protocol, Self

import pypdfium2
from pypdfium2 import PdfiumError, raw

from connectors.documents.policies.limits import Watch
from connectors.documents.policies.pdf_layout import Piece
from connectors.documents.policies.pdf_words import Box, PageWords, boxes_of, words_of_boxes

_PASSWORD = "it is protected by a password; save it without one"  # noqa: S105 - a sentence, no password
_NESTED = 4
_SPACED_LETTERS = re.compile(r"\s*(?:\S ){5,}\S\s*")
# Where a word is parted at the end of a line, PDFium gives a mark of its own for the hyphen.
_MARKS = str.maketrans({"\ufffe": "-", "\x02": "-", "\x00": "", "\r": " ", "\n": " "})


class _Picture(Protocol):
    def get_bounds(self) -> Box: ...


class PdfNotOpenedError(Exception):
    """PDFium does not open a file, though another reader might."""


class PdfFile:
    """One PDF file, to be used in a with statement; PDFium works on one file at a time."""

    def __init__(self, content: bytes, watch: Watch) -> None:
        """Opens the file.

        Raises:
            UnreadableDocumentError: It is protected by a password, or has too many pages.
            PdfNotOpenedError: PDFium cannot open it.
        """
        try:
            self._file: Any = pypdfium2.PdfDocument(content)
            self.pages = len(self._file)
        except PdfiumError as error:
            if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise watch.refuse(_PASSWORD) from error
            raise PdfNotOpenedError from error
        if not self.pages:
            raise PdfNotOpenedError
        if self.pages > watch.limits.pages:
            self._file.close()
            raise watch.refuse(f"it has {self.pages} pages; more than {watch.limits.pages} are not read")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def has_form(self) -> bool:
        return bool(self._file.get_formtype() != raw.FORMTYPE_NONE)

    @property
    def properties(self) -> dict[str, str]:
        title = self._file.get_metadata_value("Title")
        return {"title": title} if title else {}

    def pieces(self, number: int) -> list[Piece]:
        """Gives the pieces of text of a page; none if the page is damaged.

        On the first page each has the size in which it is set, which tells the title.
        """
        try:
            page = self._file[number]
            words = page.get_textpage()
        except PdfiumError:
            return []
        try:
            boxes = boxes_of(words)
            texts = words_of_boxes(words, boxes)
            found = [
                _piece(words, box, text, sized=number == 0) for box, text in zip(boxes, texts, strict=True)
            ]
            return [part for piece in found for part in _letters(words, piece)]
        finally:
            words.close()
            page.close()

    def picture_share(self, number: int) -> float:
        """Gives the part of a page, from 0 to 1, that its largest picture covers."""
        try:
            page = self._file[number]
        except PdfiumError:
            return 0.0
        try:
            width, height = page.get_size()
            pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_NESTED)
            return max((_area(picture) / (width * height) for picture in pictures), default=0.0)
        except (PdfiumError, ZeroDivisionError):
            return 0.0
        finally:
            page.close()


def _piece(words: PageWords, box: Box, text: str, *, sized: bool) -> Piece:
    left, bottom, right, top = box
    return Piece(
        left=left,
        bottom=bottom,
        right=right,
        top=top,
        # Marks are not printable, and to look for them is many times quicker than to put each letter through a table.
        text=text if text.isprintable() else text.translate(_MARKS),
        size=_size(words, left, (bottom + top) / 2) if sized else 0.0,
    )


def _letters(words: PageWords, piece: Piece) -> Iterator[Piece]:
    """Parts a piece that is set letter by letter, for only the width of a gap tells where a word ends."""
    if not _SPACED_LETTERS.fullmatch(piece.text):
        yield piece
        return
    start = words.get_index(piece.left + 1, (piece.bottom + piece.top) / 2, 4, 4)
    for index in range(start or 0, min((start or 0) + 2 * len(piece.text), words.count_chars())):
        letter = words.get_text_range(index, 1).strip()
        left, bottom, right, top = words.get_charbox(index, loose=True)
        if left > piece.right or not bottom < (piece.bottom + piece.top) / 2 < top:
            break
        if letter:
            yield Piece(left=left, bottom=bottom, right=right, top=top, text=letter, size=piece.size)


def _size(words: PageWords, left: float, middle: float) -> float:
    """Gives the height that the font sets aside for any letter: that of the letters themselves differs by the word."""
    index = words.get_index(left + 1, middle, 4, 4)
    if index is None:
        return 0.0
    _, bottom, _, top = words.get_charbox(index, loose=True)
    return float(top - bottom)


def _area(picture: _Picture) -> float:
    left, bottom, right, top = picture.get_bounds()
    return max(float(right - left), 0.0) * max(float(top - bottom), 0.0) or 1e-9
