"""When a closed case is opened again by an answer, and when a later one is a new case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from casework.cases import Case
from casework.errors import TermDatesExhaustedError
from casework.staff_writes import with_text
from casework.term_dates import TermDates

_AGAIN = re.compile(r" Opened again on (\d{1,2} [A-Z][a-z]+ \d{4})\.$")
REOPENS_WITHIN = 30
"""School days after closing in which an answer reopens the case and starts a new clock."""


def may_reopen(case: Case, *, today: date, calendar: TermDates, day_of: Callable[[datetime], date]) -> bool:
    """True for an open case, and for one that was closed at most 30 school days ago.

    Where the calendar ends before that day, it is not over yet: no date is invented.
    """
    if case.closed_at is None:
        return True
    try:
        last = calendar.school_day_after(day_of(case.closed_at), REOPENS_WITHIN)
    except TermDatesExhaustedError:
        return True
    return today <= last


def reopened(case: Case, *, now: datetime, closed_on: date, on: date) -> Case:
    """The case opened again, with a new clock; what Outcome said is kept beside it, and the column is emptied.

    Args:
        case: a closed one.
        now: the moment.
        closed_on: the school's day on which it was closed.
        on: the school's day of now.
    """
    again = replace(
        case,
        closed_at=None,
        closed_by="",
        reopened_at=now,
        last_outcome=_told(case.staff.outcome, closed_on, on),
    )
    return with_text(again, "Outcome", "") if case.staff.outcome else again


def reopened_on(last_outcome: str) -> date | None:
    """The day on which a case was opened again, as the column of its last outcome tells it."""
    match = _AGAIN.search(last_outcome)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _told(outcome: str, closed_on: date, on: date) -> str:
    said = f": {outcome}" if outcome else "."
    return f"Closed on {_day(closed_on)}{said}"[:2000] + f" Opened again on {_day(on)}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
