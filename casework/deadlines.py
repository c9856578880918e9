"""When a duty is due: looked up in a table of days, and explained day by day only to whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from casework.counted_days import (
    HOURS_IN_A_DAY,
    CountedDay,
    counted_days,
    last_within,
    run_hours,
)
from casework.day_lines import DayLines, line_of, lines_by_school_days, lines_by_working_days
from casework.duties import Clock, Duty
from casework.school_hours import LONDON, local_day
from casework.term_dates import TermDates
from casework.waiting import Wait

__all__ = [
    "Clock",
    "CountedDay",
    "Deadline",
    "DeadlineTable",
    "Duty",
    "deadline",
    "deadline_table",
    "explain",
]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A day by the end of which a duty must be done.

    Attributes:
        start: day 0: the day of receipt, service or request.
        due: the last day; a duty done at any time on it is in time.
        due_at: the very moment in UTC, for a clock of hours that began at a known moment; else None.
        calendar: the days that it was counted in.
        waits: days that are not counted, because the case waited for others.
        is_held: True if it was due earlier, and is held back so that there is a day's notice.
        said: the lines of `explain`, once somebody has asked; empty until then.
    """

    duty: Duty
    start: date
    due: date
    due_at: datetime | None = None
    calendar: TermDates = field(repr=False)
    waits: tuple[Wait, ...] = ()
    is_held: bool = False
    _began_at: tuple[datetime, ZoneInfo] | None = field(default=None, repr=False, compare=False)
    said: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)

    @property
    def counted(self) -> tuple[CountedDay, ...]:
        """Every day from day 0 to the due day, each with its reason; see `casework.counted_days`."""
        if self._began_at is None:
            days = _without_waits(self.start, self.duty, self.calendar, self.waits)
        else:
            moment, zone = self._began_at
            days = run_hours(moment, self.duty, self.calendar, zone)[1]
        if not self.is_held:
            return days
        why = "held until here: the calendar changed, and nobody has less than a day's notice"
        return (*days, CountedDay(day=self.due, number=days[-1].number, counted=True, why=why))

    @property
    def goes_by_days(self) -> bool:
        """False for one that was held back or waited, or whose hours run from a moment."""
        return not (self.is_held or self.waits) and self._began_at is None

    @property
    def version(self) -> str:
        """The part of an idempotency key that changes when the deadline moves."""
        return self.due.isoformat()

    def held_until(self, day: date) -> Deadline:
        """The same, but not due before that day."""
        if day <= self.due:
            return self
        return replace(self, due=day, due_at=None, is_held=True)

    def after(self, waits: Iterable[Wait]) -> Deadline:
        """The same, without the days of waits that are over and began before it was due; what was late stays late."""
        over = (one for one in waits if one.until is not None and one.until > self.start)
        kept = tuple(sorted(over, key=lambda one: one.since))
        found = self
        for number, wait in enumerate(kept, start=1):
            if wait.since > found.due:
                break
            due = _without_waits(self.start, self.duty, self.calendar, kept[:number])[-1].day
            found = replace(self, due=due, waits=kept[:number])
        return found

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
        due = _due_day(start, self._duty, self._calendar)
        found = self[start] = Deadline(duty=self._duty, start=start, due=due, calendar=self._calendar)
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
        return _in_hours(start, duty, calendar, zone)
    return deadline_table(duty, calendar)[local_day(start, zone)]


@lru_cache(maxsize=256)
def deadline_table(duty: Duty, calendar: TermDates) -> DeadlineTable:
    """Return the table of a duty's deadlines, for whoever needs very many of them."""
    return DeadlineTable(duty, calendar)


def explain(reckoned: Deadline) -> tuple[str, ...]:
    """Say each day that was counted or skipped, a line each, for `casework explain`."""
    return reckoned.said or _said_once(reckoned)


def _said_once(reckoned: Deadline) -> tuple[str, ...]:
    """Put the words to the deadline, which never change: whoever asks again gets the same."""
    shared = _shared_lines(reckoned)
    lines = shared.between(reckoned.start, reckoned.due) if shared else _said_by_day(reckoned)
    object.__setattr__(reckoned, "said", lines)
    return lines


def _shared_lines(reckoned: Deadline) -> DayLines | None:
    """Where the lines of this deadline stand ready; None for one that goes by other days than the calendar's."""
    duty = reckoned.duty
    if duty.rolls or not reckoned.goes_by_days:
        return None
    match duty.clock:
        case Clock.SCHOOL_DAYS:
            return lines_by_school_days(reckoned.calendar, counts_inset_days=duty.counts_inset_days)
        case Clock.WORKING_DAYS | Clock.HOURS:
            return lines_by_working_days(reckoned.calendar)
        case _:
            return None


def _said_by_day(reckoned: Deadline) -> tuple[str, ...]:
    return tuple(
        line_of(entry.day, entry.why, number=entry.number if entry.counted else None)
        for entry in reckoned.counted
    )


def _in_hours(start: datetime, duty: Duty, calendar: TermDates, zone: ZoneInfo) -> Deadline:
    first = local_day(start, zone)
    due_at, counted = run_hours(start, duty, calendar, zone)
    return Deadline(
        duty=duty,
        start=first,
        due=counted[-1].day,
        due_at=due_at,
        calendar=calendar,
        _began_at=(start, zone),
    )


def _due_day(start: date, duty: Duty, calendar: TermDates) -> date:
    """The due day alone; `counted_days` comes to the same by listing every day on the way."""
    match duty.clock:
        case Clock.SCHOOL_DAYS:
            due = calendar.school_day_after(start, duty.amount, counts_inset_days=duty.counts_inset_days)
        case Clock.WORKING_DAYS:
            due = calendar.working_day_after(start, duty.amount)
        case Clock.HOURS:
            due = calendar.working_day_after(start, -(-duty.amount // HOURS_IN_A_DAY))
        case Clock.CALENDAR_DAYS:
            due = start + timedelta(days=duty.amount)
        case Clock.CALENDAR_MONTHS | Clock.YEARS:
            due = last_within(start, duty)
    if duty.rolls:
        while not calendar.is_working_day(due):
            due += _ONE_DAY
    return due


def _without_waits(
    start: date, duty: Duty, calendar: TermDates, waits: tuple[Wait, ...]
) -> tuple[CountedDay, ...]:
    """Every day to the due day; those of the waits are passed over, and as many come after them."""
    longer, passed = duty, 0
    while True:
        days = [_waited_or_not(day, waits) for day in counted_days(start, longer, calendar)]
        again = sum(not kept.counted and day.counted for kept, day in days)
        if again == passed:
            return tuple(_numbered(kept for kept, _ in days))
        passed = again
        longer = replace(duty, amount=duty.amount + passed)


def _waited_or_not(day: CountedDay, waits: tuple[Wait, ...]) -> tuple[CountedDay, CountedDay]:
    """The day as it is when the waits are taken into account, and as it was; day 0 is what it is."""
    if day.number and day.counted and any(wait.covers(day.day) for wait in waits):
        return replace(day, counted=False, why=f"{day.why}, but the case waited for others"), day
    return day, day


def _numbered(days: Iterable[CountedDay]) -> Iterator[CountedDay]:
    number = 0
    for day in days:
        number += day.counted and day.number > 0
        yield replace(day, number=number)
