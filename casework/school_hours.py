"""When mail may go out: in school hours, on school days, whichever way the clocks have changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.term_dates import TermDates

LONDON = ZoneInfo("Europe/London")

_ONE_DAY = timedelta(days=1)
_SUMMER = (7, 8)
_LONGEST_SUMMER = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class SendingHours:
    """The hours in which reminders and digests go out, and the days.

    Attributes:
        opens: the first minute, on the clock of the school's zone.
        closes: the minute from which nothing goes any more.
        on_working_days: True for duties that run through the holidays, such as one to the local authority.
    """

    opens: time = time(7, 30)
    closes: time = time(17, 30)
    on_working_days: bool = False

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(
                f"Sending hours close at {self.closes} before they open at {self.opens}; swap them."
            )


SCHOOL_HOURS = SendingHours()


def local_day(moment: date, zone: ZoneInfo = LONDON) -> date:
    """Return the day that a moment falls on in the school's zone; a plain date is that day already.

    Raises:
        ValueError: if a moment has no time zone, because then nobody knows which day it is.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no day; give it in UTC.")
    return moment.astimezone(zone).date()


def is_mail_day(day: date, calendar: TermDates, *, on_working_days: bool = False) -> bool:
    """Say whether reminders may go on a day.

    Outside the calendar every working day is one: silence would hide that the calendar has run out. Only the July and
    August after a school year's end are taken for its summer, for most schools enter the next year's dates late.
    """
    if not on_working_days and is_summer_after(day, calendar):
        return False
    if on_working_days or not calendar.covers(day):
        return calendar.is_working_day(day)
    return calendar.is_school_day(day)


def is_summer_after(day: date, calendar: TermDates) -> bool:
    """Say whether a day of July or August follows the calendar's end so soon that it belongs to its summer holiday."""
    return 0 < (day - calendar.last_day).days <= _LONGEST_SUMMER and day.month in _SUMMER


def mail_day_from(day: date, calendar: TermDates, *, on_working_days: bool = False) -> date:
    """Return the day itself if reminders may go on it, else the next such day."""
    while not is_mail_day(day, calendar, on_working_days=on_working_days):
        day += _ONE_DAY
    return day


def inside_hours(
    now: datetime, calendar: TermDates, hours: SendingHours = SCHOOL_HOURS, zone: ZoneInfo = LONDON
) -> bool:
    """Say whether reminders and digests may go out now; urgent matters do not ask."""
    local = now.astimezone(zone)
    if not hours.opens <= local.time() < hours.closes:
        return False
    return is_mail_day(local.date(), calendar, on_working_days=hours.on_working_days)


def next_opening(
    now: datetime, calendar: TermDates, hours: SendingHours = SCHOOL_HOURS, zone: ZoneInfo = LONDON
) -> datetime:
    """Return the moment, in UTC, from which reminders may go: now if they may, else the next opening."""
    if inside_hours(now, calendar, hours, zone):
        return now.astimezone(UTC)
    local = now.astimezone(zone)
    over_for_today = local.time() >= hours.opens
    first = local.date() + _ONE_DAY if over_for_today else local.date()
    return opening(mail_day_from(first, calendar, on_working_days=hours.on_working_days), hours, zone)


def next_change(now: datetime, hours: SendingHours = SCHOOL_HOURS, zone: ZoneInfo = LONDON) -> datetime:
    """Return the first moment after this one, in UTC, at which the hours begin or end on any kind of day."""
    today = now.astimezone(zone).date()
    moments = (
        datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
        for day in (today, today + _ONE_DAY)
        for clock in (hours.opens, hours.closes)
    )
    return min(moment for moment in moments if moment > now)


def opening(day: date, hours: SendingHours = SCHOOL_HOURS, zone: ZoneInfo = LONDON) -> datetime:
    """Return the moment, in UTC, at which the sending hours of a day open."""
    return datetime.combine(day, hours.opens, tzinfo=zone).astimezone(UTC)
