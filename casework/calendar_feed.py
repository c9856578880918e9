"""Days as an iCalendar feed (RFC 5545) that any calendar program can read: all-day entries without content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST = 75
"""Octets of a line; longer ones are folded."""
_MARKS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_UNFIT = re.compile(r"[/\s\x00-\x1f\x7f-\x9f]")
_STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Some programs end a line at these too, and what follows would be a line of the feed's own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEntry:
    """One day: a key that stays when the day moves, and what is due on it, without content."""

    key: str
    day: date
    summary: str


def feed(entries: Iterable[FeedEntry], *, school_code: str, school_name: str) -> str:
    """The feed as text; the same entries give the same text.

    A calendar program that subscribes to it moves an entry by its UID and drops what is no longer there.
    """
    ordered = sorted(entries, key=lambda entry: (entry.day, entry.key))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Casework//Deadlines//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(f'Casework, {school_name}')}",
    ]
    for entry in ordered:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(_UNFIT.sub('-', entry.key))}@{school_code.casefold()}.casework",
            f"DTSTAMP:{entry.day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.summary)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


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
