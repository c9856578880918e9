"""The timeline's Word file from a mould: what never changes is made by python-docx once, and only the words each time."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.shared import Cm, Pt
from lxml import etree

from casework.timeline import Lane, TimelineEntry, in_lane
from connectors.documents.packing import add_to, packed, saved

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = (Cm(3.4), Cm(9.6), Cm(3.4))
_HEADS = ("When", "What", "Entered")
_INTRODUCTION = (
    "Written by Casework from its log; changes made here are lost at the next writing. The log names roles and never "
    "people. What was entered on a later day than it happened is marked so."
)
_NOTHING = "Nothing is known so far."
_TITLE = "Timeline"
_WORDS, _FACTS = "word/document.xml", "docProps/core.xml"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mould:
    """A timeline without its words.

    Attributes:
        words: the document, with a heading, a table of one row and a sentence for a lane in which nothing is known.
        facts: what the file says of itself.
        others: all other parts, packed.
    """

    words: bytes
    facts: str
    others: bytes


def timeline_document(title: str, school_name: str, entries: tuple[TimelineEntry, ...]) -> bytes:
    """The two lanes as a Word file; the same entries give the same bytes."""
    mould = _mould()
    document: Any = parse_xml(mould.words)
    heading, school, _, lane_heading, nothing = document.body.p_lst
    (table,) = document.body.tbl_lst
    for pattern in (lane_heading, nothing, table):
        document.body.remove(pattern)
    _say(heading, title)
    _say(school, school_name)
    for lane in Lane:
        named, listed = deepcopy(lane_heading), in_lane(entries, lane)
        _say(named, lane.value)
        document.body.sectPr.addprevious(named)
        document.body.sectPr.addprevious(_table(table, listed) if listed else deepcopy(nothing))
    facts = mould.facts.replace(f">{_TITLE}<", f">{escape(title)}<", 1)
    words = etree.tostring(document, encoding="UTF-8", standalone=True)
    return add_to(mould.others, [(_FACTS, facts.encode()), (_WORDS, words)])


def _table(pattern: Any, entries: tuple[TimelineEntry, ...]) -> Any:  # noqa: ANN401 - python-docx carries no types
    table = deepcopy(pattern)
    (row,) = table.tr_lst
    for line in (_line(entry) for entry in entries):
        added = deepcopy(row)
        for cell, text in zip(added.tc_lst, line, strict=True):
            _say(cell.p_lst[0], text)
        table.append(added)
    return table


def _say(paragraph: Any, text: str) -> None:  # noqa: ANN401 - python-docx carries no types
    (run,) = paragraph.r_lst
    run.text = text


def _line(entry: TimelineEntry) -> tuple[str, str, str]:
    when = f"{entry.on:%a} {entry.on.day} {entry.on:%b %Y}" + (f", {entry.at:%H:%M}" if entry.at else "")
    return when, entry.text, entry.note or "that day"


@cache
def _mould() -> _Mould:
    document = _plain_document()
    document.add_heading("Lane", level=1)
    _add_table(document)
    document.add_paragraph(_NOTHING)
    with zipfile.ZipFile(io.BytesIO(saved(document))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    words, facts = parts.pop(_WORDS), parts.pop(_FACTS)
    return _Mould(words=words, facts=facts.decode(), others=packed(parts.items()))


def _plain_document() -> DocumentType:
    document = Document()
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.title = "Casework", "Casework", _TITLE
    properties.created = properties.modified = _ALWAYS
    properties.comments = ""
    font = document.styles["Normal"].font
    font.name, font.size = "Arial", Pt(10)
    document.add_heading("Title", level=0)
    document.add_paragraph("School")
    document.add_paragraph(_INTRODUCTION)
    return document


def _add_table(document: DocumentType) -> None:
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = "Light Grid Accent 1"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for cell, head, width in zip(table.rows[0].cells, _HEADS, _WIDTHS, strict=True):
        cell.text = head
        cell.width = width
