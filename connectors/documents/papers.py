"""Papers that Casework writes by itself with python-docx: the timeline of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Cm, Pt

from casework.cases import CaseReference
from casework.copy_ports import PaperWriter
from casework.governors.paper import GovernorsPaper
from casework.timeline import Lane, TimelineEntry, in_lane
from connectors.documents.governors_paper import governors_document
from connectors.documents.packing import saved

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = (Cm(3.4), Cm(9.6), Cm(3.4))
_INTRODUCTION = (
    "Written by Casework from its log; changes made here are lost at the next writing. The log names roles and never "
    "people. What was entered on a later day than it happened is marked so."
)


class DocxPapers(PaperWriter):
    def timeline(self, case: CaseReference, entries: Iterable[TimelineEntry], *, school_name: str) -> bytes:
        listed = tuple(entries)
        document = _plain_document(f"Timeline of {case}", school_name)
        for lane in Lane:
            document.add_heading(lane.value, level=1)
            _table(document, in_lane(listed, lane))
        return saved(document)

    def governors_paper(self, paper: GovernorsPaper) -> bytes:
        return governors_document(paper)


def _plain_document(title: str, school_name: str) -> DocumentType:
    document = Document()
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.title = "Casework", "Casework", title
    properties.created = properties.modified = _ALWAYS
    properties.comments = ""
    font = document.styles["Normal"].font
    font.name, font.size = "Arial", Pt(10)
    document.add_heading(title, level=0)
    document.add_paragraph(school_name)
    document.add_paragraph(_INTRODUCTION)
    return document


def _table(document: DocumentType, entries: tuple[TimelineEntry, ...]) -> None:
    if not entries:
        document.add_paragraph("Nothing is known so far.")
        return
    lines = (("When", "What", "Entered"), *(_line(entry) for entry in entries))
    table = document.add_table(rows=len(lines), cols=len(_WIDTHS))
    table.style = "Light Grid Accent 1"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for row, line in zip(table.rows, lines, strict=True):
        # a row's cells are reckoned anew each time that they are asked for
        for cell, text, width in zip(row.cells, line, _WIDTHS, strict=True):
            cell.text = text
            cell.width = width


def _line(entry: TimelineEntry) -> tuple[str, str, str]:
    when = f"{entry.on:%a} {entry.on.day} {entry.on:%b %Y}" + (f", {entry.at:%H:%M}" if entry.at else "")
    return when, entry.text, entry.note or "that day"
