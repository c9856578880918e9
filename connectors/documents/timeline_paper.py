"""The timeline's Word file from a mould: what never changes is made by python-docx once, and only the words each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Cm, Pt

from casework.timeline import Lane, TimelineEntry, in_lane
from connectors.documents.language import write_in_british_english
from connectors.documents.letters.members import Member, archive, pack
from connectors.documents.packing import saved
from connectors.documents.templating.values import without_controls

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = (Cm(3.4), Cm(9.6), Cm(3.4))
_HEADS = ("When", "What", "Entered")
_INTRODUCTION = (
    "Written by Casework from its log; changes made here are lost at the next writing. The log names roles and never "
    "people. What was entered on a later day than it happened is marked so."
)
_NOTHING = "Nothing is known so far."
_TITLE, _SCHOOL, _LANE = "Timeline", "School", "Lane"
_WORDS, _FACTS = "word/document.xml", "docProps/core.xml"
_SIGNS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mould:
    """A timeline without its words.

    Attributes:
        before: the document up to its title, from there to the school's name, and on to the first lane.
        lane: the heading of a lane, before and after what it says.
        nothing: the sentence for a lane in which nothing is known.
        table: the table of a lane up to its rows, and its end.
        row: a row, around what its cells say.
        after: the document from behind the last lane on.
        facts: what the file says of itself.
        others: all other parts, packed.
    """

    before: tuple[str, ...]
    lane: tuple[str, ...]
    nothing: str
    table: tuple[str, ...]
    row: tuple[str, ...]
    after: str
    facts: str
    others: tuple[Member, ...]


def timeline_document(title: str, school_name: str, entries: tuple[TimelineEntry, ...]) -> bytes:
    """The two lanes as a Word file; the same entries give the same bytes."""
    mould = _mould()
    words = [_filled(mould.before, (title, school_name))]
    for lane in Lane:
        words.append(_filled(mould.lane, (lane.value,)))
        listed = in_lane(entries, lane)
        rows = "".join(_filled(mould.row, _line(entry)) for entry in listed)
        words.append(rows.join(mould.table) if listed else mould.nothing)
    words.append(mould.after)
    facts = mould.facts.replace(f">{_TITLE}<", f">{escape(title)}<", 1)
    said = ((_FACTS, facts.encode()), (_WORDS, "".join(words).encode()))
    return archive((*mould.others, *(pack(name, part, level=1) for name, part in said)))


def _filled(pieces: tuple[str, ...], texts: tuple[str, ...]) -> str:
    """The texts between the pieces, one after each but the last."""
    between = zip(pieces, map(_said, texts), strict=False)
    return "".join(part for pair in between for part in pair) + pieces[-1]


def _said(text: str) -> str:
    """A text as the inside of a run: blanks at its ends are kept, and so are its lines."""
    pieces = re.split(r"([\t\n])", without_controls(text))
    return "".join(
        _SIGNS.get(one) or f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in pieces if one
    )


def _line(entry: TimelineEntry) -> tuple[str, str, str]:
    when = f"{entry.on:%a} {entry.on.day} {entry.on:%b %Y}" + (f", {entry.at:%H:%M}" if entry.at else "")
    return when, entry.text, entry.note or "that day"


@cache
def _mould() -> _Mould:
    document = _plain_document()
    document.add_heading(_LANE, level=1)
    _add_table(document)
    document.add_paragraph(_NOTHING)
    with zipfile.ZipFile(io.BytesIO(saved(document))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    words, facts = parts.pop(_WORDS).decode(), parts.pop(_FACTS)
    lane, row = _around(words, "p", _LANE), _around(words, "tr", _HEADS[0])
    table = _around(words, "tbl", _HEADS[0])
    heads_end = table.index(row) + len(row)
    return _Mould(
        before=_without(words[: words.index(lane)], _TITLE, _SCHOOL),
        lane=_without(lane, _LANE),
        nothing=_around(words, "p", _NOTHING),
        table=(table[:heads_end], table[heads_end:]),
        row=_without(row, *_HEADS),
        after=words[words.index("<w:sectPr") :],
        facts=facts.decode(),
        others=tuple(pack(name, part) for name, part in parts.items()),
    )


def _around(words: str, name: str, text: str) -> str:
    """The innermost element of this name in which a text stands."""
    ends = f"</w:{name}>"
    place = words.index(f">{text}<")
    return words[words.rindex(f"<w:{name}>", 0, place) : words.index(ends, place) + len(ends)]


def _without(words: str, *texts: str) -> tuple[str, ...]:
    """What stands around these texts, which come in this order."""
    return tuple(re.split("|".join(f"<w:t>{text}</w:t>" for text in texts), words))


def _plain_document() -> DocumentType:
    document = Document()
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.title = "Casework", "Casework", _TITLE
    properties.created = properties.modified = _ALWAYS
    properties.comments = ""
    write_in_british_english(document)
    font = document.styles["Normal"].font
    font.name, font.size = "Arial", Pt(10)
    document.add_heading(_TITLE, level=0)
    document.add_paragraph(_SCHOOL)
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
