"""Reads a term calendar from a table with a heading row, as offices export it from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from connectors.calendar_files.entries import CalendarDraft, read_day
from connectors.calendar_files.welsh import HEADINGS as HEADINGS_IN_WELSH
from connectors.calendar_files.words import Dated, add_dated

_HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": ("kind", "type", "category", "what"),
        "name": ("name", "event", "title", "summary", "subject", "description", "term", "reason", "notes"),
        "starts": (
            "starts",
            "start",
            "start date",
            "starts on",
            "from",
            "first day",
            "begins",
            "opens",
            "date",
            "day",
        ),
        "ends": ("ends", "end", "end date", "ends on", "to", "until", "last day", "finishes", "closes"),
        "whole days": ("all day event", "all day"),
        "end time": ("end time",),
    }
)
_YES = frozenset({"true", "yes", "1"})
_MIDNIGHT = re.compile(r"(?:0?0:00(?::00)?|12:00(?::00)?\s*am)", re.IGNORECASE)

# a line that Excel writes or is given to say what stands between the cells, before the headings
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;\t]*[ ]*\r?\n', re.IGNORECASE)


def read_csv(text: str) -> CalendarDraft:
    """Read rows of kind, name, first day and last day; a row without a last day is one day."""
    draft = CalendarDraft()
    named = _SEPARATOR_LINE.match(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=named[1] if named else _delimiter(text))
    try:
        if named:
            next(rows)
        columns = _columns(next(rows, []))
        if "starts" not in columns or not {"kind", "name"} & columns.keys():
            draft.problems.append(
                f"line {max(rows.line_num, 1)}: it has no headings; write a first line kind,name,starts,ends."
            )
            return draft
        dated = [found for row in rows if (found := _dated(row, columns, f"line {rows.line_num}", draft))]
    except csv.Error as fault:
        draft.problems.append(f"line {rows.line_num}: it is no CSV ({fault}); save the sheet as CSV again.")
        return draft
    add_dated(dated, draft, every_row_counts=True)
    return draft


def _delimiter(text: str) -> str:
    first_line = text.partition("\n")[0]
    return max(",;\t", key=first_line.count)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, heading in enumerate(headings):
        said = heading.strip().casefold().replace("_", " ")
        for column, words in _HEADINGS.items():
            if said in words or said in HEADINGS_IN_WELSH.get(column, ()):
                columns.setdefault(column, index)
    return columns


def _dated(row: Sequence[str], columns: Mapping[str, int], place: str, draft: CalendarDraft) -> Dated | None:
    cells = {column: row[index].strip() if index < len(row) else "" for column, index in columns.items()}
    if not any(cells.values()):
        return None
    starts, ends = read_day(cells["starts"]), read_day(cells.get("ends") or cells["starts"])
    for column, day in (("starts", starts), ("ends", ends)):
        if day is None and (column == "starts" or cells.get("ends")):
            written = cells.get(column, "")
            draft.problems.append(
                f"{place}: {column} is {written!r}, which is no date; write one such as 2026-09-02."
            )
    if starts is None or ends is None:
        return None
    if ends > starts and _ends_the_day_before(cells):
        ends -= timedelta(days=1)
    kind, name = cells.get("kind", ""), cells.get("name", "")
    return Dated(says=name or kind, kind=kind, starts=starts, ends=ends, place=place)


def _ends_the_day_before(cells: Mapping[str, str]) -> bool:
    """What Outlook exports of whole days ends at midnight, on the day after the last one."""
    return cells.get("whole days", "").casefold() in _YES and bool(
        _MIDNIGHT.fullmatch(cells.get("end time", ""))
    )
