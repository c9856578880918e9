"""The working copy of a chat as a Word document that opens in SharePoint and reads well on paper."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from casework.chats import ChatRow, ChatTable
from connectors.documents.letters.cleaning import clean_docx
from connectors.documents.messages.chat_archive import files_of_archive

_HEADINGS = ("When", "Who", "Message")
_WIDTHS = (4.2, 4.0, 16.5)
"""Centimetres, on A4 across."""
_SHADE = "FFF2CC"


class DocxChatExports:
    """`ChatExports` in Word: what to know of the chat, then a row for each message, the reported ones shaded."""

    def table(self, table: ChatTable) -> bytes:
        document = docx.Document()
        _lay_out(document)
        document.core_properties.title = table.title
        document.add_heading(table.title, level=1)
        for note in table.notes:
            document.add_paragraph(note)
        grid = document.add_table(rows=1, cols=len(_HEADINGS))
        grid.style = "Table Grid"
        grid.autofit = False
        for column, width in zip(grid.columns, _WIDTHS, strict=True):
            column.width = Cm(width)
        _fill(grid.rows[0], _HEADINGS, bold=True)
        _repeat(grid.rows[0])
        for row in table.rows:
            _add(grid, row)
        packed = io.BytesIO()
        document.save(packed)
        return clean_docx(packed.getvalue())

    def files(self, export: bytes, names: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
        return files_of_archive(export, names)


def _lay_out(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)


def _add(grid: Table, row: ChatRow) -> None:
    who = f"{row.who} (third party)" if row.is_third_party else row.who
    what = f"REPORTED: {row.what}" if row.is_reported else row.what
    cells = grid.add_row()  # type: ignore[no-untyped-call]  # python-docx forgot this one
    _fill(cells, (row.when, who, what), bold=row.is_reported)
    if row.is_reported:
        for cell in cells.cells:
            _shade(cell)


def _fill(row: _Row, words: tuple[str, ...], *, bold: bool) -> None:
    for cell, text, width in zip(row.cells, words, _WIDTHS, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].add_run(_printable(text)).bold = bold


def _printable(text: str) -> str:
    """Word's XML takes no control characters."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no name for a cell's shade


def _repeat(row: _Row) -> None:
    """The headings stand on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no name for repeated headings
