"""The lines of explanations, made once for each calendar: deadlines that pass the same days share them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from casework.counted_days import BEGAN, why_no_working_day
from casework.term_dates import DayKind, TermDates

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, kw_only=True, slots=True)
class DayLines:
    """A line for each day that is counted or skipped after a first day.

    Which number a day has depends on nothing but the last counted day before the first one, so the lines are kept by
    that day, as far as anybody has asked.

    Attributes:
        kinds: which days of the calendar count; None for working days, which need no calendar.
    """

    calendar: TermDates
    kinds: frozenset[DayKind] | None
    _days: dict[int, _Day] = field(default_factory=dict)
    _anchors: dict[int, int] = field(default_factory=dict)
    _runs: dict[int, list[str]] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)

    def between(self, start: date, due: date) -> tuple[str, ...]:
        """The line of the first day, and those of all days up to the last."""
        first, last = start.toordinal(), due.toordinal()
        anchor = self._anchors.get(first)
        if anchor is None:
            anchor = self._anchors[first] = self._anchor(first)
        run = self._runs.get(anchor)
        if run is None:
            run = self._runs[anchor] = []
        if len(run) < last - anchor:
            self._extend(anchor, run, last)
        return (f"{_named(start)}    0  {BEGAN}", *run[first - anchor : last - anchor])

    def _anchor(self, first: int) -> int:
        """The last counted day up to that one, or the day before the calendar begins."""
        day, begins = first, 0 if self.kinds is None else self.calendar.first_day.toordinal()
        while day >= begins and not self._day(day).counts:
            day -= 1
        return day

    def _extend(self, anchor: int, run: list[str], last: int) -> None:
        number = self._numbers.get(anchor, 0)
        for ordinal in range(anchor + len(run) + 1, last + 1):
            day = self._day(ordinal)
            if day.counts:
                number += 1
                run.append(f"{day.named}  {number:>3}  {day.said}")
            else:
                run.append(day.said)
        self._numbers[anchor] = number

    def _day(self, ordinal: int) -> _Day:
        found = self._days.get(ordinal)
        if found is None:
            day = date.fromordinal(ordinal)
            named, counts, why = _named(day), self._counts(day), self._why(day)
            said = why if counts else line_of(day, why, number=None)
            found = self._days[ordinal] = _Day(named=named, counts=counts, said=said)
        return found

    def _counts(self, day: date) -> bool:
        if self.kinds is None:
            return self.calendar.is_working_day(day)
        return self.calendar.kind_of(day) in self.kinds

    def _why(self, day: date) -> str:
        if self.kinds is None:
            return why_no_working_day(day, self.calendar) or "working day"
        return self.calendar.why(day)


class _Day(NamedTuple):
    """A day of the calendar in words: why it counts, or the whole line of one that does not."""

    named: str
    counts: bool
    said: str


@lru_cache(maxsize=256)
def lines_by_school_days(calendar: TermDates, *, counts_inset_days: bool) -> DayLines:
    """The lines of a calendar for duties that are counted in school days."""
    counted = {DayKind.SCHOOL_DAY, DayKind.INSET_DAY} if counts_inset_days else {DayKind.SCHOOL_DAY}
    return DayLines(calendar=calendar, kinds=frozenset(counted))


@lru_cache(maxsize=256)
def lines_by_working_days(calendar: TermDates) -> DayLines:
    """The lines of a calendar's bank holidays for duties that are counted in working days."""
    return DayLines(calendar=calendar, kinds=None)


def line_of(day: date, why: str, *, number: int | None) -> str:
    """A day in an explanation: "Mon  2 Nov 2026    1  school day"; no number if it is not counted."""
    if number is None:
        return f"{_named(day)}    -  not counted: {why}"
    return f"{_named(day)}  {number:>3}  {why}"


def _named(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day.day:2} {_MONTHS[day.month - 1]} {day.year}"
