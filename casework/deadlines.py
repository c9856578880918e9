"""When a duty is due, and how each day on the way was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from casework.bank_holidays import bank_holiday_name, is_weekend
from casework.calendar_arithmetic import months_later
from casework.school_hours import LONDON, local_day
from casework.term_dates import DayKind, TermDates

_ONE_DAY = timedelta(days=1)
_HOURS_IN_A_DAY = 24


class Clock(StrEnum):
    """What a duty counts."""

    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    CALENDAR_MONTHS = "calendar months"
    HOURS = "hours without weekends and bank holidays"
    YEARS = "years"


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Something that has to be done in time.

    Attributes:
        name: what is to be done, in the words of the office; it is part of keys and must stay.
        clock: what is counted.
        amount: how many, 1 or more.
        source: where the rule comes from: a law, a guidance, the school's policy, the office's own habit.
        counts_inset_days: True if INSET days count as school days, as for matters between staff.
        rolls_forward: True if a last day at a weekend or bank holiday moves to the next working day. Left
            out, months do, as in requests for one's data, and nothing else does.
    """

    name: str
    clock: Clock
    amount: int
    source: str
    counts_inset_days: bool = False
    rolls_forward: bool | None = None

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"The duty {self.name!r} has {self.amount} {self.clock.value}; give 1 or more.")

    @property
    def rolls(self) -> bool:
        return self.clock is Clock.CALENDAR_MONTHS if self.rolls_forward is None else self.rolls_forward


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A day by the end of which a duty must be done.

    Attributes:
        start: day 0: the day of receipt, service or request.
        due: the last day; a duty done at any time on it is in time.
        due_at: the very moment in UTC, for a clock of hours that began at a known moment; else None.
        counted: every day from day 0 to the due day, each with its reason. A clock of months or years lists
            only day 0, the day on which the time is up, and the days by which that was moved.
    """

    duty: Duty
    start: date
    due: date
    due_at: datetime | None = None
    counted: tuple[CountedDay, ...]

    @property
    def version(self) -> str:
        """The part of an idempotency key that changes when the deadline moves."""
        return self.due.isoformat()

    def is_over(self, moment: date, zone: ZoneInfo = LONDON) -> bool:
        """Say whether the time is up at a moment, or on a day."""
        if self.due_at is not None and isinstance(moment, datetime):
            return moment > self.due_at
        return local_day(moment, zone) > self.due


class DeadlineTable(dict[date, Deadline]):
    """The deadlines of one duty by their first day, each worked out once; a lookup costs next to nothing.

    Raises:
        TermDatesExhaustedError: when a day is looked up whose deadline lies beyond the calendar.
    """

    def __init__(self, duty: Duty, calendar: TermDates) -> None:
        super().__init__()
        self._duty = duty
        self._calendar = calendar

    def __missing__(self, start: date) -> Deadline:
        found = self[start] = _count(start, self._duty, self._calendar)
        return found


def deadline(start: date, duty: Duty, calendar: TermDates, *, zone: ZoneInfo = LONDON) -> Deadline:
    """Work out when a duty is due.

    Args:
        start: the day of receipt, which is day 0; a moment means its day at the school, and a clock of
            hours runs from the moment itself (from a day, it begins when the day is over).
        duty: what is to be done and by which clock.
        calendar: the school's term dates and bank holidays.
        zone: the school's zone.

    Raises:
        TermDatesExhaustedError: if school days are counted and the calendar ends first; nothing is guessed.
        ValueError: if a moment without a time zone is given.
    """
    if duty.clock is Clock.HOURS and isinstance(start, datetime):
        return _count_hours(start, duty, calendar, zone)
    return deadline_table(duty, calendar)[local_day(start, zone)]


@lru_cache(maxsize=256)
def deadline_table(duty: Duty, calendar: TermDates) -> DeadlineTable:
    """Return the table of a duty's deadlines, for whoever needs very many of them."""
    return DeadlineTable(duty, calendar)


def explain(reckoned: Deadline) -> tuple[str, ...]:
    """Say each day that was counted or skipped, a line each, for `casework explain`."""
    return tuple(_explained(entry) for entry in reckoned.counted)


def _explained(entry: CountedDay) -> str:
    day = f"{entry.day:%a} {entry.day.day:2} {entry.day:%b %Y}"
    return (
        f"{day}  {entry.number:>3}  {entry.why}" if entry.counted else f"{day}    -  not counted: {entry.why}"
    )


def _count(start: date, duty: Duty, calendar: TermDates) -> Deadline:
    match duty.clock:
        case Clock.SCHOOL_DAYS:
            days = _count_school_days(start, duty, calendar)
        case Clock.WORKING_DAYS:
            days = _count_working_days(start, duty.amount, calendar)
        case Clock.HOURS:
            days = _count_working_days(start, -(-duty.amount // _HOURS_IN_A_DAY), calendar)
        case Clock.CALENDAR_DAYS:
            days = _count_calendar_days(start, duty.amount)
        case Clock.CALENDAR_MONTHS:
            days = _jump(months_later(start, duty.amount), duty)
        case Clock.YEARS:
            # The last day within the time: a year from 14 October is over when 13 October is.
            days = _jump(months_later(start, 12 * duty.amount, else_next_day=True) - _ONE_DAY, duty)
    zero = CountedDay(day=start, number=0, counted=True, why="the day it began")
    counted = (zero, *days)
    if duty.rolls:
        counted = (*counted[:-1], *_rolled(counted[-1], calendar))
    return Deadline(duty=duty, start=start, due=counted[-1].day, counted=counted)


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
        why_not = _why_no_working_day(day, calendar)
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
    while (why := _why_no_working_day(day, calendar)) is not None:
        said = f"{last.why}, but {why}" if day == last.day else why
        yield CountedDay(day=day, number=last.number, counted=False, why=said)
        day += _ONE_DAY
    said = last.why if day == last.day else "the next working day"
    yield CountedDay(day=day, number=last.number, counted=True, why=said)


def _count_hours(start: datetime, duty: Duty, calendar: TermDates, zone: ZoneInfo) -> Deadline:
    """Run the hours from a moment, standing still on weekends and bank holidays."""
    first = day = local_day(start, zone)
    moment = start.astimezone(UTC)
    left = timedelta(hours=duty.amount)
    counted: list[CountedDay] = []
    while True:
        midnight = datetime.combine(day + _ONE_DAY, time(), tzinfo=zone).astimezone(UTC)
        why_not = _why_no_working_day(day, calendar)
        if why_not is None and left <= midnight - moment:
            due_at = moment + left
            counted.append(CountedDay(day=day, number=duty.amount, counted=True, why="hours run until due"))
            return Deadline(duty=duty, start=first, due=day, due_at=due_at, counted=tuple(counted))
        left -= midnight - moment if why_not is None else timedelta(0)
        run = duty.amount - left // timedelta(hours=1)
        counted.append(CountedDay(day=day, number=run, counted=why_not is None, why=why_not or "hours run"))
        day, moment = day + _ONE_DAY, midnight


def _why_no_working_day(day: date, calendar: TermDates) -> str | None:
    if is_weekend(day):
        return DayKind.WEEKEND.value
    name = bank_holiday_name(day, calendar.division)
    return f"{DayKind.BANK_HOLIDAY.value} ({name})" if name else None


def _days_after(start: date, last: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(start.toordinal() + 1, last.toordinal() + 1))
