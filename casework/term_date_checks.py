"""What a school writes in its calendar, and what cannot be right about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

from casework.bank_holidays import SUBDIVISIONS, BankHoliday, is_weekend

LONGEST_TERM = timedelta(days=366)
# Schools in Northern Ireland close for nine weeks in summer, the longest break there is.
LONGEST_GAP = timedelta(days=70)


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A term, first and last day included."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """Days without school inside or between terms, first and last day included."""

    starts: date
    ends: date
    name: str = "half-term"


@dataclass(frozen=True, kw_only=True, slots=True)
class Closure:
    """A day on which the school was shut unforeseen."""

    day: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDay:
    """A day on which pupils are in school although it is a bank holiday, as many schools of Scotland have."""

    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarProblem:
    """One thing that cannot be right.

    Attributes:
        about: the entry at fault, so that a reader of files can say where it stands; None for the whole.
        says: a sentence that names the entry and what to write instead.
        may_follow: True if it may come only from another entry that could not be read.
    """

    about: Term | Break | Closure | OpenDay | BankHoliday | date | None
    says: str
    may_follow: bool = False


class CalendarEntries(Protocol):
    """The entries of a calendar before anybody has relied on them."""

    @property
    def terms(self) -> tuple[Term, ...]: ...
    @property
    def half_terms(self) -> tuple[Break, ...]: ...
    @property
    def inset_days(self) -> tuple[date, ...]: ...
    @property
    def closures(self) -> tuple[Closure, ...]: ...
    @property
    def open_days(self) -> tuple[OpenDay, ...]: ...
    @property
    def bank_holidays(self) -> tuple[BankHoliday, ...]: ...
    @property
    def division(self) -> str: ...


def find_calendar_problems(entries: CalendarEntries) -> tuple[CalendarProblem, ...]:
    """Find everything that cannot be right, all at once; entries without a problem make a calendar."""
    return (
        *_wrong_division(entries.division),
        *_wrong_spans(entries),
        *_overlapping_terms(entries.terms),
        *_inset_days_at_weekends(entries.inset_days),
        *_open_days_outside_terms(entries),
        *_bank_holidays_at_weekends(entries.bank_holidays),
        *_missing_stretches(entries),
    )


def spans_of(entries: CalendarEntries) -> tuple[Term | Break, ...]:
    """Return the entries that have a first and a last day."""
    spans: list[Term | Break] = [*entries.terms, *entries.half_terms]
    return tuple(spans)


def _wrong_division(division: str) -> Iterator[CalendarProblem]:
    if division not in SUBDIVISIONS:
        known = ", ".join(SUBDIVISIONS)
        yield CalendarProblem(about=None, says=f"division is {division!r}; write one of: {known}.")


def _wrong_spans(entries: CalendarEntries) -> Iterator[CalendarProblem]:
    if not entries.terms:
        says = "It has no term; give each term's first and last day."
        yield CalendarProblem(about=None, says=says, may_follow=True)
    for span in spans_of(entries):
        dates = f"{span.name} starts on {_said(span.starts)} and ends on {_said(span.ends)}"
        if span.ends < span.starts:
            yield CalendarProblem(about=span, says=f"{dates}, which is earlier; mend one of the two dates.")
        elif span.ends - span.starts > LONGEST_TERM:
            yield CalendarProblem(about=span, says=f"{dates}, more than a year later; check the years.")


def _overlapping_terms(terms: Iterable[Term]) -> Iterator[CalendarProblem]:
    for earlier, later in pairwise(sorted(terms, key=lambda term: (term.starts, term.ends))):
        if later.starts <= earlier.ends:
            says = (
                f"{later.name} starts on {_said(later.starts)}, before {earlier.name} has ended "
                f"on {_said(earlier.ends)}; mend one of the two dates."
            )
            yield CalendarProblem(about=later, says=says)


def _inset_days_at_weekends(days: Iterable[date]) -> Iterator[CalendarProblem]:
    for day in days:
        if is_weekend(day):
            says = f"The INSET day {_said(day)} is a {day:%A}; check the date."
            yield CalendarProblem(about=day, says=says)


def _bank_holidays_at_weekends(days: Iterable[BankHoliday]) -> Iterator[CalendarProblem]:
    for one in days:
        if is_weekend(one.day):
            says = (
                f"The bank holiday {_said(one.day)} is a {one.day:%A}; write the weekday on which it is kept."
            )
            yield CalendarProblem(about=one, says=says)


def _open_days_outside_terms(entries: CalendarEntries) -> Iterator[CalendarProblem]:
    for one in entries.open_days:
        if is_weekend(one.day) or not any(term.starts <= one.day <= term.ends for term in entries.terms):
            says = f"The open day {_said(one.day)} is no weekday of a term; check the date."
            yield CalendarProblem(about=one, says=says, may_follow=True)


def _missing_stretches(entries: CalendarEntries) -> Iterator[CalendarProblem]:
    """Find gaps that no holiday explains: a term left out, or a date with the wrong year."""
    spans: list[tuple[date, date, Term | Break | Closure | date]] = [
        *((span.starts, span.ends, span) for span in spans_of(entries)),
        *((day, day, day) for day in entries.inset_days),
        *((closure.day, closure.day, closure) for closure in entries.closures),
    ]
    reached: date | None = None
    for starts, ends, about in sorted(spans, key=lambda span: span[:2]):
        if reached and starts - reached > LONGEST_GAP:
            says = (
                f"Nothing is said about the days between {_said(reached)} and {_said(starts)}; "
                "add the term that is missing, or mend the year."
            )
            yield CalendarProblem(about=about, says=says, may_follow=True)
        reached = max(reached or ends, ends)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
