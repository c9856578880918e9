"""Reads a term calendar from an iCal feed saved as .ics, as councils and school websites publish it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from casework.school_hours import LONDON
from connectors.calendar_files.entries import CalendarDraft, read_day
from connectors.calendar_files.words import Dated, add_dated, meanings_of

# A name, parameters whose quoted values may hold colons, and the value (RFC 5545, section 3.1).
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:[^:;"]|"[^"]*")*)*):(.*)', re.DOTALL)
_MOMENT = re.compile(r"(\d{8})T(\d{6})(Z?)")
_DURATION = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?")
_ONE_DAY = timedelta(days=1)


@dataclass(kw_only=True, slots=True)
class _Event:
    line: int
    values: dict[str, str] = field(default_factory=dict)


def read_ical(text: str) -> CalendarDraft:
    """Read the entries that speak of terms, breaks, INSET days and closures; pass over the rest of a feed."""
    draft = CalendarDraft()
    if "BEGIN:VCALENDAR" not in text.upper():
        draft.problems.append("It is no iCal file: BEGIN:VCALENDAR is missing; download the feed again.")
        return draft
    if "END:VCALENDAR" not in text.upper():
        draft.problems.append("It breaks off before END:VCALENDAR; download the feed again.")
        return draft
    add_dated([dated for event in _events(text) if (dated := _dated(event, draft))], draft)
    if not draft.terms:
        draft.problems.append(
            'No entry speaks of a term; give entries such as "Autumn term" from its first to its last day, '
            'or "Autumn term starts" and "Autumn term ends".'
        )
    return draft


def _events(text: str) -> Iterator[_Event]:
    inside: list[str] = []
    event: _Event | None = None
    for number, line in _unfolded(text):
        found = _LINE.fullmatch(line)
        if not found:
            continue
        name, value = found[1].upper(), found[3]
        if name == "BEGIN":
            inside.append(value.strip().upper())
            event = _Event(line=number) if inside[-1] == "VEVENT" else event
        elif name == "END":
            if inside and inside.pop() == "VEVENT" and event:
                yield event
        elif event and inside and inside[-1] == "VEVENT":
            # An alarm inside the event has a summary and times of its own.
            event.values.setdefault(name, value.strip())


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give each logical line with the number of its first physical one."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    yield begun, "".join(parts)


def _dated(event: _Event, draft: CalendarDraft) -> Dated | None:
    says = _unescaped(event.values.get("SUMMARY", ""))
    if not says or event.values.get("STATUS", "").upper() == "CANCELLED":
        return None
    place = f"line {event.line}"
    starts = _first_day(event.values.get("DTSTART", ""))
    ends = _last_day(event, starts) if starts else None
    if starts is None or ends is None:
        if meanings_of(Dated(says=says, starts=date.min, ends=date.min, place=place)):
            draft.problems.append(f"{place}: {says!r} has no date that can be read; write DTSTART:20260902.")
        return None
    return Dated(says=says, starts=starts, ends=ends, place=place, repeats="RRULE" in event.values)


def _first_day(written: str) -> date | None:
    moment = _moment(written)
    return moment.date() if moment else read_day(written)


def _last_day(event: _Event, starts: date) -> date | None:
    """Return the last day of an event, whose end as written is the first day after it."""
    written = event.values.get("DTEND")
    if written is None:
        return _end_by_duration(event.values.get("DURATION", "P1D"), starts)
    moment = _moment(written)
    if moment is not None:
        ends = moment.date()
        return ends - _ONE_DAY if moment.time() == moment.time().min and ends > starts else ends
    day = read_day(written)
    # Some producers write the same day twice for a single one.
    return day if day is None or day == starts else day - _ONE_DAY


def _end_by_duration(written: str, starts: date) -> date | None:
    found = _DURATION.fullmatch(written)
    if not found:
        return None
    days = 7 * int(found[1] or 0) + int(found[2] or 0)
    return starts + timedelta(days=max(days - 1, 0))


def _moment(written: str) -> datetime | None:
    found = _MOMENT.fullmatch(written)
    if not found:
        return None
    try:
        moment = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 the zone follows
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None) if found[3] else moment


def _unescaped(text: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda found: " " if found[1] in "nN" else found[1], text).strip()
