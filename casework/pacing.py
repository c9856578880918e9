"""How soon a school is looked at again: often while the office works and mail comes, seldom at night and in holidays."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.term_dates import TermDates

AFTER_NEWS = timedelta(seconds=30)
"""Something has just happened, and more of it may follow: an answer to a question, the rest of a burst."""
IN_SCHOOL_HOURS = timedelta(minutes=2)
ON_A_DAY_OFF = timedelta(minutes=5)
"""The evening of a school day, and by day at weekends and in holidays: a threat must not wait for Monday."""
AT_NIGHT = timedelta(minutes=10)

_SCHOOL_HOURS = (time(7), time(18))
_DAY = (time(6, 30), time(22, 30))


def look_again_in(now: datetime, *, zone: ZoneInfo, calendar: TermDates, news: bool) -> timedelta:
    """How long a school may wait until it is looked at again.

    Args:
        now: this moment, aware.
        zone: the school's.
        calendar: its term dates; beyond their end working days stand in.
        news: something happened at this look.
    """
    if news:
        return AFTER_NEWS
    there = now.astimezone(zone)
    day, clock = there.date(), there.time()
    at_work = calendar.is_school_day(day) if calendar.covers(day) else calendar.is_working_day(day)
    if at_work and _SCHOOL_HOURS[0] <= clock < _SCHOOL_HOURS[1]:
        return IN_SCHOOL_HOURS
    return ON_A_DAY_OFF if _DAY[0] <= clock < _DAY[1] else AT_NIGHT
