"""How a deadline stands today, in the words of the office: due today, or overdue since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from casework.deadlines import Clock, Deadline
from casework.school_hours import local_day


def overdue_words(reckoned: Deadline, now: datetime, zone: ZoneInfo) -> str:
    """Say that a deadline is over, and for how long by its own clock; empty while there is time after today.

    Args:
        reckoned: the deadline.
        now: the school's time.
        zone: of the school.
    """
    today, due = local_day(now, zone), reckoned.due
    if not reckoned.is_over(now, zone):
        return "It is due today." if due == today else ""
    since = f"{due:%A} {due.day} {due:%B %Y}"
    if reckoned.due_at is not None:
        since += f", {reckoned.due_at.astimezone(zone):%H:%M}"
    return f"It is overdue since {since} ({_passed(reckoned, today)})."


def _passed(reckoned: Deadline, today: date) -> str:
    """Days after the due one, this one too: school or working days where the duty counts those."""
    clock, calendar = reckoned.duty.clock, reckoned.calendar
    days = tuple(date.fromordinal(one) for one in range(reckoned.due.toordinal() + 1, today.toordinal() + 1))
    if clock is Clock.SCHOOL_DAYS and all(map(calendar.covers, days)):
        return _amount(filter(calendar.is_school_day, days), "school day")
    if clock is Clock.WORKING_DAYS:
        return _amount(filter(calendar.is_working_day, days), "working day")
    return _amount(days, "day")


def _amount(days: Iterable[date], unit: str) -> str:
    amount = sum(1 for _ in days)
    if not amount:
        return f"no {unit} has passed since" if unit != "day" else "since today"
    return f"{amount:,} {unit}{'s' if amount > 1 else ''}"
