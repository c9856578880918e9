"""Reads a term calendar in TOML, the form that the office writes by hand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date

from casework.bank_holidays import BankHoliday
from casework.term_date_checks import Break, Closure, OpenDay, Term
from connectors.calendar_files.entries import CalendarDraft, read_day

_KEYS = ("division", "inset_days", "open_days", "terms", "half_terms", "closures", "bank_holidays")
_KEYS_OF = {
    "terms": ("name", "starts", "ends"),
    "half_terms": ("name", "starts", "ends"),
    "closures": ("day", "reason"),
    "bank_holidays": ("day", "name"),
}
_AN_EXAMPLE = "write a date such as 2026-09-02"


def read_toml(text: str) -> CalendarDraft:
    """Read the form that the package's docstring shows."""
    draft = CalendarDraft()
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        draft.problems.append(f"It is no TOML: {fault}. Compare that line with practice-term-dates.toml.")
        return draft
    _refuse_unknown(tables, _KEYS, "", draft)
    division = tables.get("division", "")
    if isinstance(division, str):
        draft.division = division
    else:
        draft.problems.append('division: write a name in quotes, such as "England".')
    _read_listed_days(tables, draft)
    for place, entry in _entries(tables, "terms", text, draft):
        _read_term(entry, place, draft)
    for place, entry in _entries(tables, "half_terms", text, draft):
        _read_half_term(entry, place, draft)
    _read_single_days(tables, text, draft)
    return draft


def _read_single_days(tables: Mapping[str, object], text: str, draft: CalendarDraft) -> None:
    for place, entry in _entries(tables, "closures", text, draft):
        if day := _day(entry, "day", place, draft):
            draft.add(Closure(day=day, reason=str(entry.get("reason", ""))), place)
    for place, entry in _entries(tables, "bank_holidays", text, draft):
        if day := _day(entry, "day", place, draft):
            draft.add(BankHoliday(day=day, name=str(entry.get("name", "")).strip() or "bank holiday"), place)


def _read_term(entry: Mapping[str, object], place: str, draft: CalendarDraft) -> None:
    name = entry.get("name")
    starts, ends = _day(entry, "starts", place, draft), _day(entry, "ends", place, draft)
    if not isinstance(name, str) or not name.strip():
        draft.problems.append(f'{place}: name is missing; write one such as "Autumn".')
    elif starts and ends:
        draft.add(Term(name=name, starts=starts, ends=ends), place)


def _read_half_term(entry: Mapping[str, object], place: str, draft: CalendarDraft) -> None:
    starts, ends = _day(entry, "starts", place, draft), _day(entry, "ends", place, draft)
    if starts and ends:
        draft.add(Break(name=str(entry.get("name", "half-term")), starts=starts, ends=ends), place)


def _read_listed_days(tables: Mapping[str, object], draft: CalendarDraft) -> None:
    for place, day in _listed_days("inset_days", tables.get("inset_days", []), draft):
        draft.add(day, place)
    for place, day in _listed_days("open_days", tables.get("open_days", []), draft):
        draft.add(OpenDay(day=day), place)


def _listed_days(name: str, written: object, draft: CalendarDraft) -> Iterator[tuple[str, date]]:
    """Each day of a list with its place."""
    if not isinstance(written, list):
        draft.problems.append(f"{name}: write a list, such as [2026-09-01, 2027-01-04].")
        return
    for number, one in enumerate(written, start=1):
        place = f"{name}, entry {number}"
        if day := read_day(one):
            yield place, day
        else:
            draft.problems.append(f"{place}: {one!r} is no date; {_AN_EXAMPLE}.")


def _day(entry: Mapping[str, object], key: str, place: str, draft: CalendarDraft) -> date | None:
    if key not in entry:
        draft.problems.append(f"{place}: {key} is missing; {_AN_EXAMPLE}.")
        return None
    day = read_day(entry[key])
    if day is None:
        draft.problems.append(f"{place}: {key} is {str(entry[key])!r}, which is no date; {_AN_EXAMPLE}.")
    return day


def _entries(
    tables: Mapping[str, object], key: str, text: str, draft: CalendarDraft
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give each table with its place; tomllib keeps no line numbers, so the headings are counted."""
    written = tables.get(key, [])
    if not isinstance(written, list) or not all(isinstance(entry, dict) for entry in written):
        draft.problems.append(f"{key}: begin each entry with a line [[{key}]].")
        return
    headings = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(rf"\s*\[\[\s*{key}\s*\]\]", line)
    ]
    for index, entry in enumerate(written):
        line = f"line {headings[index]}, " if len(headings) == len(written) else ""
        place = f"{line}[[{key}]] entry {index + 1}"
        _refuse_unknown(entry, _KEYS_OF[key], f"{place}: ", draft)
        yield place, entry


def _refuse_unknown(
    table: Mapping[str, object], known: tuple[str, ...], place: str, draft: CalendarDraft
) -> None:
    for key in table:
        if key not in known:
            draft.problems.append(f"{place}{key!r} is not known here; write one of: {', '.join(known)}.")
