"""A case in two lanes of time: what happened online, and what the school did; late entries shown as such."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from casework.plain_words import in_plain_words
from casework.records import Event

ONLINE = "post."
"""Events of this noun tell of the post; all others of the school."""
_OF_THE_MACHINE = frozenset({"custody.written", "evidence.listed"})
"""What only says that a list was written down tells a reader nothing."""


class Lane(StrEnum):
    ONLINE = "What happened online"
    SCHOOL = "What the school did"


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """One thing that happened.

    Attributes:
        on: the day on which it happened.
        at: the time of day, where it is known: of what was entered for an earlier day only that day is.
        entered_on: the day on which Casework heard of it.
    """

    lane: Lane
    on: date
    text: str
    entered_on: date
    at: datetime | None = None

    @property
    def days_late(self) -> int:
        return max(0, (self.entered_on - self.on).days)

    @property
    def note(self) -> str:
        """How a back-dated entry is shown; empty for one that was entered on its day."""
        if not self.days_late:
            return ""
        return f"entered {self.days_late} day{'s' if self.days_late > 1 else ''} later"


def timeline(events: Iterable[Event], zone: ZoneInfo) -> tuple[TimelineEntry, ...]:
    """The entries of both lanes, each in the order in which things happened.

    Args:
        events: of one case. A field `on` (YYYY-MM-DD) is the day on which a thing happened, if it was another.
        zone: the school's.
    """
    entries = [_entry(event, zone) for event in events if event.what not in _OF_THE_MACHINE]
    return tuple(sorted(entries, key=lambda entry: (entry.lane is Lane.SCHOOL, entry.on)))


def _entry(event: Event, zone: ZoneInfo) -> TimelineEntry:
    at = event.at.astimezone(zone)
    happened = _day(event.fields.get("on")) or at.date()
    return TimelineEntry(
        lane=Lane.ONLINE if event.what.startswith(ONLINE) else Lane.SCHOOL,
        on=happened,
        at=at if happened == at.date() else None,
        text=in_plain_words(event),
        entered_on=at.date(),
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def in_lane(entries: Iterable[TimelineEntry], lane: Lane) -> tuple[TimelineEntry, ...]:
    return tuple(entry for entry in entries if entry.lane is lane)


def timeline_line(entry: TimelineEntry) -> str:
    """One line: "Mon 23 Nov 2026 09:00  Case opened from a mail." or with "(entered 3 days later)" at its end."""
    time = f"{entry.at:%H:%M}" if entry.at else "     "
    late = f" ({entry.note})" if entry.note else ""
    return f"{entry.on:%a %d %b %Y} {time}  {entry.text}{late}"
