"""A school's calendar: its terms, half-terms, INSET days and closures, and which days are school days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from casework.bank_holidays import BankHoliday, bank_holiday_name, is_weekend, is_working_day
from casework.errors import SettingsError, TermDatesExhaustedError
from casework.term_date_checks import Break, Closure, OpenDay, Term, find_calendar_problems, spans_of

__all__ = [
    "BankHoliday",
    "Break",
    "Closure",
    "DayKind",
    "OpenDay",
    "Term",
    "TermDates",
    "TermDatesNotBegunError",
]

_SHORT = timedelta(weeks=6)
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a day of the calendar is, in the words of the office."""

    SCHOOL_DAY = "school day"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"
    CLOSURE = "school closed"
    INSET_DAY = "INSET day"
    HALF_TERM = "half-term"
    HOLIDAY = "school holidays"


class TermDatesNotBegunError(TermDatesExhaustedError):
    """A day before the calendar begins is needed; as after its end, nothing is guessed.

    Attributes:
        first_day: the first day that the calendar covers.
    """

    def __init__(self, *, first_day: date, last_day: date, needed: date) -> None:
        super().__init__(last_day=last_day, needed=needed)
        self.first_day = first_day
        message = (
            f"The term calendar begins on {first_day:%d %B %Y}, but {needed:%d %B %Y} is needed. "
            "Add the earlier term dates to the calendar file."
        )
        self.args = (message,)


@dataclass(frozen=True, kw_only=True, slots=True)
class TermDates:
    """The days on which a school is open, as far as its calendar goes.

    A day inside the calendar and outside every term is a holiday. A day outside the calendar is unknown.

    Attributes:
        terms: the terms, or the half-terms of teaching; either way of writing them works.
        half_terms: breaks inside or between the terms.
        inset_days: days for staff without pupils.
        closures: days on which the school was shut unforeseen, such as for snow.
        open_days: bank holidays on which pupils are in school.
        bank_holidays: those of one year alone that Casework does not know by itself.
        division: whose bank holidays count, one of `casework.bank_holidays.SUBDIVISIONS`.

    Raises:
        SettingsError: if the entries contradict each other; it lists every problem.
    """

    terms: tuple[Term, ...]
    half_terms: tuple[Break, ...] = ()
    inset_days: tuple[date, ...] = ()
    closures: tuple[Closure, ...] = ()
    open_days: tuple[OpenDay, ...] = ()
    bank_holidays: tuple[BankHoliday, ...] = ()
    division: str = "England"
    first_day: date = field(init=False, compare=False)
    last_day: date = field(init=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)
    # Worked out at the first question, because bank holidays are costly to load and not every command asks.
    _kinds: dict[date, DayKind] = field(init=False, repr=False, compare=False, default_factory=dict)
    _announced: dict[date, str] = field(init=False, repr=False, compare=False)
    _counts: dict[bool, _DayCount] = field(init=False, repr=False, compare=False, default_factory=dict)
    _whys: dict[date, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        problems = find_calendar_problems(self)
        if problems:
            raise SettingsError("The term calendar", [problem.says for problem in problems])
        spans = spans_of(self)
        days = [*self.inset_days, *(closure.day for closure in self.closures)]
        object.__setattr__(self, "first_day", min([*days, *(span.starts for span in spans)]))
        object.__setattr__(self, "last_day", max([*days, *(span.ends for span in spans)]))
        shut = (self.half_terms, self.inset_days, self.closures, self.bank_holidays)
        object.__setattr__(self, "_hash", hash((self.terms, *shut, self.open_days, self.division)))
        object.__setattr__(self, "_announced", {one.day: one.name for one in self.bank_holidays})

    def __hash__(self) -> int:
        return self._hash

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is neither weekend nor bank holiday; known for any day, in term or not."""
        if day in self._announced:
            return not is_weekend(day) and not self._announced[day]
        return is_working_day(day, self.division)

    def bank_holiday_name(self, day: date) -> str | None:
        """Say which bank holiday a day is, or None; known for any day, in term or not."""
        if day in self._announced:
            return self._announced[day] or None
        return bank_holiday_name(day, self.division)

    def working_day_after(self, day: date, amount: int) -> date:
        """Return the working day that is so many working days after a day, in term or not."""
        while amount:
            day += _ONE_DAY
            amount -= self.is_working_day(day)
        return day

    def is_school_day(self, day: date) -> bool:
        """Say whether pupils are in school.

        Raises:
            TermDatesExhaustedError: if the calendar does not cover the day.
        """
        return self.kind_of(day) is DayKind.SCHOOL_DAY

    def kind_of(self, day: date) -> DayKind:
        """Say what a day is.

        Raises:
            TermDatesExhaustedError: if the calendar does not cover the day.
        """
        self._require(day)
        if not self._kinds:
            object.__setattr__(self, "_kinds", _kinds_of_days(self))
        return self._kinds[day]

    def why(self, day: date) -> str:
        """Say in a few words what a covered day is: "half-term", "bank holiday (May Day)"."""
        said = self._whys.get(day)
        if said is None:
            said = self._whys[day] = self._why(day)
        return said

    def _why(self, day: date) -> str:
        kind = self.kind_of(day)
        if kind is DayKind.BANK_HOLIDAY:
            return f"{kind.value} ({self.bank_holiday_name(day)})"
        if kind is DayKind.CLOSURE:
            reason = next(closure.reason for closure in self.closures if closure.day == day)
            return f"{kind.value}: {reason}" if reason else kind.value
        if kind is DayKind.HALF_TERM:
            return next(rest.name for rest in self.half_terms if rest.starts <= day <= rest.ends)
        return kind.value

    def next_school_day(self, day: date) -> date:
        """Return the first school day after a day.

        Raises:
            TermDatesExhaustedError: if the calendar ends before it.
        """
        return self.school_day_after(day, 1)

    def school_day_after(self, day: date, amount: int, *, counts_inset_days: bool = False) -> date:
        """Return the school day that is so many school days after a day, which itself is day 0.

        Args:
            day: any covered day, a school day or not.
            amount: 1 or more.
            counts_inset_days: True for matters of the staff, who work on INSET days.

        Raises:
            TermDatesExhaustedError: if the calendar ends before that day.
        """
        self._require(day)
        count = self._counts.get(counts_inset_days)
        if count is None:
            count = self._counts[counts_inset_days] = _DayCount.of(self, counts_inset_days=counts_inset_days)
        position = count.up_to[(day - self.first_day).days] + amount - 1
        if position >= len(count.days):
            raise TermDatesExhaustedError(last_day=self.last_day, needed=self.last_day + _ONE_DAY)
        return count.days[position]

    def runs_short(self, today: date) -> str | None:
        """Say so, in a sentence for the office, if the calendar ends within six weeks or has ended."""
        left = self.last_day - today
        if left > _SHORT:
            return None
        verb = "ended" if left < timedelta(0) else "ends"
        return (
            f"The term calendar {verb} {_from_today(left.days)}, on {self.last_day:%d %B %Y}. "
            "Add the next year's term dates to the calendar file."
        )

    def _require(self, day: date) -> None:
        if day > self.last_day:
            raise TermDatesExhaustedError(last_day=self.last_day, needed=day)
        if day < self.first_day:
            raise TermDatesNotBegunError(first_day=self.first_day, last_day=self.last_day, needed=day)


@dataclass(frozen=True, kw_only=True, slots=True)
class _DayCount:
    """The counted days in order, and for each day of the calendar how many there are up to it."""

    days: tuple[date, ...]
    up_to: tuple[int, ...]

    @classmethod
    def of(cls, calendar: TermDates, *, counts_inset_days: bool) -> _DayCount:
        counted = {DayKind.SCHOOL_DAY, DayKind.INSET_DAY} if counts_inset_days else {DayKind.SCHOOL_DAY}
        days: list[date] = []
        up_to: list[int] = []
        for day in _days_between(calendar.first_day, calendar.last_day):
            if calendar.kind_of(day) in counted:
                days.append(day)
            up_to.append(len(days))
        return cls(days=tuple(days), up_to=tuple(up_to))


def _kinds_of_days(calendar: TermDates) -> dict[date, DayKind]:
    """Lay the entries over each other, the weakest first, so that the strongest reason stands."""
    days = _days_between(calendar.first_day, calendar.last_day)
    kinds = dict.fromkeys(days, DayKind.HOLIDAY)
    for term in calendar.terms:
        kinds.update(dict.fromkeys(_days_between(term.starts, term.ends), DayKind.SCHOOL_DAY))
    for rest in calendar.half_terms:
        kinds.update(dict.fromkeys(_days_between(rest.starts, rest.ends), DayKind.HALF_TERM))
    kinds.update(dict.fromkeys(calendar.inset_days, DayKind.INSET_DAY))
    kinds.update(dict.fromkeys((closure.day for closure in calendar.closures), DayKind.CLOSURE))
    open_days = {one.day for one in calendar.open_days}
    for day in days:
        if is_weekend(day):
            kinds[day] = DayKind.WEEKEND
        elif day not in open_days and calendar.bank_holiday_name(day):
            kinds[day] = DayKind.BANK_HOLIDAY
    return kinds


def _days_between(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def _from_today(days: int) -> str:
    """Say a distance in days as people do: "tomorrow", "next week", "3 days ago"."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    if days < 0:
        return f"{-days} days ago"
    weeks = days // 7
    if weeks == 0:
        return f"in {days} days"
    return "next week" if weeks == 1 else f"in {weeks} weeks"
