"""The second alarm: a calendar entry that Casework pushes ahead; if it ever comes due, Casework has stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from casework.term_dates import TermDates

PATIENCE = timedelta(hours=3)
"""So long may Casework be away before the alarm comes due: longer than a restart, shorter than a school day."""
FIRST, LAST = time(10), time(17)
"""It rings while somebody is at the office, and not before an office PC that was off at night has had its time."""
_HOUR = timedelta(hours=1)

SUBJECT = "If this rings, Casework has stopped"


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmEntry:
    """Our entry in a calendar, by the service's id; `at` is aware, and its etag is another after each change."""

    entry_id: str
    at: datetime
    etag: str = field(compare=False)


class AlarmCalendar(Protocol):
    """One person's calendar, as far as alarms of ours in it go."""

    def find(self, key: str) -> tuple[AlarmEntry, ...]:
        """The entries with that key, one as a rule; no other entry is read."""

    def add(self, *, key: str, at: datetime, subject: str, text: str) -> None:
        """Enter it, to ring at that moment. Adding the same key for the same moment twice adds it once."""

    def move(self, entry: AlarmEntry, *, at: datetime) -> None:
        """Give the entry another moment, if it is as it was found.

        Raises:
            NotThereError: somebody deleted it.
            ChangedMeanwhileError: somebody changed it.
        """

    def remove(self, entry: AlarmEntry) -> None:
        """Delete the entry, if it is as it was found. Doing it twice does it once.

        Raises:
            ChangedMeanwhileError: somebody changed it.
        """


class AlarmCalendars(Protocol):
    """Calendars by their owner's address."""

    def of(self, address: str) -> AlarmCalendar: ...


def alarm_at(now: datetime, *, zone: ZoneInfo, calendar: TermDates) -> datetime:
    """When the alarm comes due if Casework does nothing from now on: a full hour of a working day, in UTC's steps.

    Args:
        now: this moment, aware.
        zone: the school's.
        calendar: its term dates; working days count, for the office works in some holidays too.
    """
    later = now + PATIENCE
    full = later.replace(minute=0, second=0, microsecond=0)
    there = (full if full == later else full + _HOUR).astimezone(zone)
    day, clock = there.date(), there.time()
    if not calendar.is_working_day(day) or clock > LAST:
        day, clock = calendar.working_day_after(day, 1), FIRST
    return datetime.combine(day, max(clock, FIRST), tzinfo=zone).astimezone(now.tzinfo)


def alarm_text(*, reporting_mailbox: str) -> str:
    """What to do when it rings; plain text."""
    return (
        "While Casework is at work it pushes this entry ahead, again and again. If it has come due, Casework has done "
        "nothing for at least three hours, or waits for somebody's word: reports lie unread, or nobody is reminded of "
        "anything.\n\n"
        "1. See whether the PC that runs Casework is switched on and has a network.\n"
        "2. On that PC, type: casework status. It says what is wrong and what to do.\n"
        "3. If Casework does not run there, type: casework run (or casework service install, so that it starts by "
        "itself).\n"
        f"4. Until it runs again, please read the mailbox {reporting_mailbox} yourselves.\n\n"
        "Nothing is lost: once it runs again, Casework takes in what came meanwhile and moves this entry by itself. If "
        "you delete the entry, Casework puts it back; to be without it, write in_outlook = false under [alarm] in the "
        "settings file."
    )
