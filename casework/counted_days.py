"""Each day on the way to a deadline, counted or skipped, and why: worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.bank_holidays import is_weekend
from casework.calendar_arithmetic import months_later
from casework.duties import Clock, Duty
from casework.school_hours import local_day
from casework.term_dates import DayKind, TermDates

_ONE_DAY = timedelta(days=1)
HOURS_IN_A_DAY = 24
BEGAN = "the day it began"


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedDay:
    """One day on the way to a deadline.

    Attributes:
        number: how many are counted with this day (hours, for a clock of hours); the last number if skipped.
        counted: False if the day was skipped.
        why: what the day is: "school day", "half-term", "bank holiday (May Day)".
    """

    day: date
    number: int
    counted: bool
    why: str


def counted_days(start: date, duty: Duty, calendar: TermDates) -> tuple[CountedDay, ...]:
    """Every day from day 0 to the due day, each with its reason.

    A clock of months or years lists only day 0, the day on which the time is up, and the days by which that was
    moved.

    Raises:
        TermDatesExhaustedError: if school days are counted and the calendar ends first.
    """
    match duty.clock:
        case Clock.SCHOOL_DAYS:
            days = _count_school_days(start, duty, calendar)
        case Clock.WORKING_DAYS:
            days = _count_working_days(start, duty.amount, calendar)
        case Clock.HOURS:
            days = _count_working_days(start, -(-duty.amount // HOURS_IN_A_DAY), calendar)
        case Clock.CALENDAR_DAYS:
            days = _count_calendar_days(start, duty.amount)
        case Clock.CALENDAR_MONTHS | Clock.YEARS:
            days = _jump(last_within(start, duty), duty)
    zero = CountedDay(day=start, number=0, counted=True, why=BEGAN)
    counted = (zero, *days)
    return (*counted[:-1], *_rolled(counted[-1], calendar)) if duty.rolls else counted


def last_within(start: date, duty: Duty) -> date:
    """The last day within so many months or years: a year from 14 October is over when 13 October is."""
    if duty.clock is Clock.CALENDAR_MONTHS:
        return months_later(start, duty.amount)
    return months_later(start, 12 * duty.amount, else_next_day=True) - _ONE_DAY


def run_hours(
    start: datetime, duty: Duty, calendar: TermDates, zone: ZoneInfo
) -> tuple[datetime, tuple[CountedDay, ...]]:
    """Run the hours from a moment, standing still on weekends and bank holidays; gives when they are over, in UTC."""
    day = local_day(start, zone)
    moment = start.astimezone(UTC)
    left = timedelta(hours=duty.amount)
    counted: list[CountedDay] = []
    while True:
        midnight = datetime.combine(day + _ONE_DAY, time(), tzinfo=zone).astimezone(UTC)
        why_not = why_no_working_day(day, calendar)
        if why_not is None and left <= midnight - moment:
            counted.append(CountedDay(day=day, number=duty.amount, counted=True, why="hours run until due"))
            return moment + left, tuple(counted)
        left -= midnight - moment if why_not is None else timedelta(0)
        run = duty.amount - left // timedelta(hours=1)
        counted.append(CountedDay(day=day, number=run, counted=why_not is None, why=why_not or "hours run"))
        day, moment = day + _ONE_DAY, midnight


def why_no_working_day(day: date, calendar: TermDates) -> str | None:
    if is_weekend(day):
        return DayKind.WEEKEND.value
    name = calendar.bank_holiday_name(day)
    return f"{DayKind.BANK_HOLIDAY.value} ({name})" if name else None


def _count_school_days(start: date, duty: Duty, calendar: TermDates) -> Iterator[CountedDay]:
    due = calendar.school_day_after(start, duty.amount, counts_inset_days=duty.counts_inset_days)
    kinds = {DayKind.SCHOOL_DAY, DayKind.INSET_DAY} if duty.counts_inset_days else {DayKind.SCHOOL_DAY}
    number = 0
    for day in _days_after(start, due):
        counted = calendar.kind_of(day) in kinds
        number += counted
        yield CountedDay(day=day, number=number, counted=counted, why=calendar.why(day))


def _count_working_days(start: date, amount: int, calendar: TermDates) -> Iterator[CountedDay]:
    day, number = start, 0
    while number < amount:
        day += _ONE_DAY
        why_not = why_no_working_day(day, calendar)
        number += why_not is None
        yield CountedDay(day=day, number=number, counted=why_not is None, why=why_not or "working day")


def _count_calendar_days(start: date, amount: int) -> Iterator[CountedDay]:
    for number, day in enumerate(_days_after(start, start + timedelta(days=amount)), start=1):
        yield CountedDay(day=day, number=number, counted=True, why="calendar day")


def _jump(due: date, duty: Duty) -> Iterator[CountedDay]:
    unit = duty.clock.value.removeprefix("calendar ")
    said = f"{duty.amount} {unit if duty.amount > 1 else unit.removesuffix('s')}"
    yield CountedDay(day=due, number=duty.amount, counted=True, why=f"the last day within {said}")


def _rolled(last: CountedDay, calendar: TermDates) -> Iterator[CountedDay]:
    """Move a last day that is no working day on to the next one, saying each day passed."""
    day = last.day
    while (why := why_no_working_day(day, calendar)) is not None:
        said = f"{last.why}, but {why}" if day == last.day else why
        yield CountedDay(day=day, number=last.number, counted=False, why=said)
        day += _ONE_DAY
    said = last.why if day == last.day else "the next working day"
    yield CountedDay(day=day, number=last.number, counted=True, why=said)


def _days_after(start: date, last: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(start.toordinal() + 1, last.toordinal() + 1))
