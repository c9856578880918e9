"""Days as an iCalendar feed (RFC 5545) that any calendar program can read: all-day entries without content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75
"""Octets of a line; longer ones are folded."""
_MARKS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_UNFIT = re.compile(r"[/\s\x00-\x1f\x7f-\x9f]")
_STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Some programs end a line at these too, and what follows would be a line of the feed's own."""
_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""A calendar must hold something (section 3.6), also on a day on which nothing is due; a zone shows nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEntry:
    """One day: a key that stays when the day moves, and what is due on it, without content."""

    key: str
    day: date
    summary: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """An entry as it stands in the feed.

    Attributes:
        changed_at: when it was last changed, in UTC.
        moves: how often its day has moved since it was first published.
    """

    entry: FeedEntry
    changed_at: datetime
    moves: int = 0


def published(
    entries: Iterable[FeedEntry], *, before: Mapping[str, Published], now: datetime
) -> dict[str, Published]:
    """The entries by key, each with its history.

    Args:
        entries: as they are now.
        before: as they were last published.
        now: the moment.
    """
    return {entry.key: _published(entry, before.get(entry.key), now) for entry in entries}


def _published(entry: FeedEntry, before: Published | None, now: datetime) -> Published:
    if before is None:
        return Published(entry=entry, changed_at=now)
    if before.entry == entry:
        return before
    return Published(entry=entry, changed_at=now, moves=before.moves + (before.entry.day != entry.day))


def feed(entries: Iterable[Published], *, school_code: str, school_name: str) -> str:
    """The feed as text; the same entries give the same text.

    A calendar program that subscribes to it moves an entry by its UID and drops what is no longer there. It has no
    METHOD: with one, DTSTAMP would be the moment of the whole file and not of the entry (sections 3.7.2 and 3.8.7.2).
    """
    ordered = sorted(entries, key=lambda one: (one.entry.day, one.entry.key))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Casework//Deadlines//EN",
        f"X-WR-CALNAME:{_escaped(f'Casework, {school_name}')}",
        *(line for one in ordered for line in _event(one, school_code)),
        *(() if ordered else _NOTHING),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Published, school_code: str) -> Iterator[str]:
    entry, changed = one.entry, f"{one.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(_UNFIT.sub('-', entry.key))}@{school_code.casefold()}.casework"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{one.moves}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return _STEERING.sub(" ", text.replace("\r\n", "\n")).translate(_MARKS)


def _folded(line: str) -> str:
    """Break a long line, never inside a character of several octets."""
    pieces, piece, room = [], "", _LONGEST
    for character in line:
        if len((piece + character).encode()) > room:
            pieces.append(piece)
            piece, room = "", _LONGEST - 1
        piece += character
    return "\r\n ".join([*pieces, piece])
