"""When a closed case is opened again by an answer, and when a later one is a new case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from casework.cases import Case
from casework.errors import TermDatesExhaustedError
from casework.staff_writes import filled_in, with_text
from casework.term_dates import TermDates
from casework.waiting import Wait, told_anew, waiting_now

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


def closed(case: Case, *, now: datetime, on: date, by: str = "") -> Case:
    """The case closed; what it waited for is over, so that its clock runs should it be opened again.

    Args:
        case: an open one.
        now: the moment.
        on: the school's day of now.
        by: who closed it, if somebody did.
    """
    over = replace(case, closed_at=now, closed_by=by, waits=told_anew(case.waits, "", on=on))
    return filled_in(over, {"WaitingFor": ""})


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
        waits=_waits_again(case, on),
    )
    return with_text(again, "Outcome", "") if case.staff.outcome else again


def _waits_again(case: Case, on: date) -> tuple[Wait, ...]:
    """What was written into "Waiting for" of a closed case counts from when it is opened again."""
    words = case.staff.steps.waiting_for
    return case.waits if waiting_now(case.waits) else told_anew(case.waits, words, on=on)


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
