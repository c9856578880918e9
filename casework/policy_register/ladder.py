"""The ladder of reminders of a review: before its day, on it, and every week after, with the next people told in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework.school_hours import is_mail_day, is_summer_after
from casework.term_dates import DayKind, TermDates


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One reminder of a ladder.

    Attributes:
        name: Stable, for what was told is remembered by it.
        due: The day from which it may go out.
        roles: Who is reminded; "owner" is whoever the document names.
        at_once: It goes on its own day. Any other waits for the Monday digest.
        newly: The role that is told from this rung on; "" if nobody new is.
    """

    name: str
    due: date
    roles: tuple[str, ...] = ("owner",)
    at_once: bool = False
    newly: str = ""


_DAYS_BEFORE = (90, 60, 30, 14, 7, 0)
_NEAR = 14
"""From so many days before on a reminder goes on its own day."""
_ESCALATIONS = ((30, "headteacher"), (60, "clerk"), (90, "chair"))
_WEEK = 7
_ONE_DAY = timedelta(days=1)
_LONG_HOLIDAY = 21
"""Days without school that make a holiday the summer's; Christmas and Easter are shorter."""
_SUMMER = (7, 8)


@dataclass(frozen=True, kw_only=True, slots=True)
class DaysInTerm:
    """Where a review's day falls in the school's year.

    Attributes:
        lean_on: The day that the rungs before a review count from: in summer an earlier one than its own.
        last_call: The last school day up to that day, for the rung of the day itself.
    """

    lean_on: date
    last_call: date


def review_rungs(next_review_to: date, *, until: date, days: DaysInTerm | None = None) -> Iterator[Rung]:
    """Gives the ladder in order: before the day, on it, then every week for ever.

    From 30, 60 and 90 days over the headteacher, the clerk and the chair are told as well, each from that very day.

    Args:
        next_review_to: The last day that the next review means.
        until: The ladder has no end, so it is given up to this day.
        days: Where the review's day falls in the school's year; None takes every day for one in term.
    """
    days = days or DaysInTerm(lean_on=next_review_to, last_call=next_review_to)
    for before in _DAYS_BEFORE:
        due = days.lean_on - timedelta(days=before) if before else days.last_call
        if due <= min(until, days.last_call):
            name = f"{before}-days-before" if before else "on-the-day"
            yield Rung(name=name, due=due, at_once=before <= _NEAR)
    longest = (until - next_review_to).days
    weekly = range(_WEEK, longest + 1, _WEEK)
    for over in sorted({*weekly, *(days for days, _ in _ESCALATIONS if days <= longest)}):
        above = tuple(role for days, role in _ESCALATIONS if over >= days)
        newly = next((role for days, role in _ESCALATIONS if days == over), "")
        yield Rung(
            name=f"{over}-days-over",
            due=next_review_to + timedelta(days=over),
            roles=("owner", *above),
            at_once=bool(newly),
            newly=newly,
        )


def due_rungs(
    next_review_to: date,
    *,
    today: date,
    already: frozenset[str] = frozenset(),
    days: DaysInTerm | None = None,
) -> tuple[Rung, ...]:
    """Gives the reminder that is due: at most one, the latest, however long nobody looked.

    Args:
        next_review_to: The last day that the next review means.
        today: The school's day.
        already: Names of the rungs that went out for this review date.
        days: As for `review_rungs`.
    """
    ladder = list(review_rungs(next_review_to, until=today, days=days))
    return tuple(rung for rung in ladder[-1:] if rung.name not in already)


def due_questions(
    asked_from: date, *, today: date, already: frozenset[str] = frozenset()
) -> tuple[Rung, ...]:
    """Gives the weekly question that is due about a policy without a date, or one that cannot be read: at most one.

    Args:
        asked_from: The day on which the document was first seen.
        today: The school's day.
        already: Names of the questions that went out.
    """
    if today < asked_from:
        return ()
    days = (today - asked_from).days // _WEEK * _WEEK
    question = Rung(name=f"asked-after-{days}-days", due=asked_from + timedelta(days=days))
    return () if question.name in already else (question,)


def days_in_term(due: date, calendar: TermDates) -> DaysInTerm:
    """Gives the days that reminders of a review lean on, so that they come while somebody can act.

    A review that falls into the summer holidays is asked for before the last week of term. Any other keeps its day, and
    where that is none of school, the last school day before it is that of the last call. Outside the calendar the due
    day stands, save that a day of July or August soon after a calendar's end is taken for its summer.
    """
    last = _last_mail_day(due, calendar)
    if last is None:
        return DaysInTerm(lean_on=due, last_call=due)
    if not _is_in_summer(due, last, calendar):
        return DaysInTerm(lean_on=due, last_call=last)
    monday = last - timedelta(days=last.weekday())
    early = _last_mail_day(monday - _ONE_DAY, calendar) or last
    return DaysInTerm(lean_on=early, last_call=early)


def _last_mail_day(day: date, calendar: TermDates) -> date | None:
    """Gives the last school day up to a day; None where the calendar does not say."""
    if day > calendar.last_day:
        if not is_summer_after(day, calendar):
            return None
        day = calendar.last_day
    while day >= calendar.first_day:
        if is_mail_day(day, calendar):
            return day
        day -= _ONE_DAY
    return None


def _is_in_summer(due: date, last: date, calendar: TermDates) -> bool:
    """Tells whether a day is without school because of the long holiday."""
    if due == last:
        return False
    day = due
    while calendar.covers(day) and calendar.kind_of(day) is not DayKind.SCHOOL_DAY:
        day += _ONE_DAY
    if calendar.covers(day):
        return (day - last).days > _LONG_HOLIDAY
    return due.month in _SUMMER
