"""How a policy stands on a day: current, due soon, overdue, or without a date."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from casework.policy_documents import StatedDate


class PolicyStatus(StrEnum):
    CURRENT = "current"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NO_DATE = "no date"
    UNREADABLE = "unreadable"
    OTHER_COPY = "other copy"


class DueDay(StrEnum):
    """Which day of a stated month, term or year a review is due on: the school's own choice."""

    FIRST = "first"
    LAST = "last"


def review_day(stated: StatedDate | None, which: DueDay = DueDay.LAST) -> date | None:
    """Gives the day by whose end a review is due; None where no date is stated."""
    if stated is None or stated.to is None:
        return None
    return (stated.from_ or stated.to) if which is DueDay.FIRST else stated.to


def review_status(
    next_review: StatedDate | None, *, today: date, soon_days: int = 90, which: DueDay = DueDay.LAST
) -> PolicyStatus:
    """Gives how a policy stands: it is due on the day that its next review means, and overdue from the day after."""
    due = review_day(next_review, which)
    if due is None:
        return PolicyStatus.NO_DATE
    if today > due:
        return PolicyStatus.OVERDUE
    if today >= due - timedelta(days=soon_days):
        return PolicyStatus.DUE_SOON
    return PolicyStatus.CURRENT


def days_overdue(next_review: StatedDate | None, *, today: date, which: DueDay = DueDay.LAST) -> int:
    """Gives the days since the day meant; 0 while there is time, or no date."""
    due = review_day(next_review, which)
    return 0 if due is None else max((today - due).days, 0)
