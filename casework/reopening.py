"""When a closed case is opened again by an answer, and when a later one is a new case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from casework.cases import Case
from casework.errors import TermDatesExhaustedError
from casework.staff_writes import with_text
from casework.term_dates import TermDates

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


def reopened(case: Case, *, now: datetime, closed_on: date) -> Case:
    """The case opened again, with a new clock; what Outcome said is kept beside it, and the column is emptied."""
    was = f"Closed on {closed_on.day} {closed_on:%B %Y}: {case.staff.outcome}".strip()
    again = replace(case, closed_at=None, reopened_at=now, last_outcome=was[:2000])
    return with_text(again, "Outcome", "")
