"""What closes a review: a newer document that really shows a later date, and from which day the next one counts."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date

from casework.policy_documents import PolicyFacts, Precision, StatedDate

_YEAR = 12


def closes(previous: PolicyFacts, newer: PolicyFacts) -> bool:
    """Tells whether a newer document ends the reminders of an older one: only if it really shows a later next review.

    A copy of the same words, an older version, and a document that lost its date close nothing.
    """
    old, new = previous.next_review, newer.next_review
    if old is None or old.to is None or new is None or new.to is None or new.to <= old.to:
        return False
    return not _was_updated_earlier(previous, newer)


def shows_no_later_date(previous: PolicyFacts, newer: PolicyFacts) -> bool:
    """Tells whether a document was updated, as it says itself, but kept the next review that it had."""
    if previous.last_update is None or newer.last_update is None:
        return False
    was, now = previous.last_update.to, newer.last_update.to
    if was is None or now is None or now <= was:
        return False
    return not closes(previous, newer)


def intended_next(facts: PolicyFacts, *, was_due: date | None) -> PolicyFacts:
    """Counts a next review that only the cycle gives from the day on which the last one was meant, not from a late one.

    A policy due in September 2026 each year and reviewed in November 2026 is due again in September 2027. A date that the
    document states itself stands as it is.

    Args:
        facts: As read.
        was_due: The last day of the review before; None if it is not known.
    """
    derived, cycle, last = facts.next_review, facts.cycle, facts.last_update
    if not (derived and derived.derived and cycle and was_due and last and last.to and derived.to):
        return facts
    late = last.from_ or last.to
    if late <= was_due:
        return facts
    intended = _latest_step(was_due, cycle.months, not_after=derived.to)
    if intended is None or intended <= late or intended == derived.to:
        return facts
    return replace(facts, next_review=_counted(derived, intended, was_due))


def next_by_cycle(facts: PolicyFacts | None, *, not_before: date) -> date | None:
    """Gives the next review that a policy's cycle asks for after the one that is due, counted from the day it was due.

    Args:
        facts: As read.
        not_before: Reviews that lie before this day are over.
    """
    due = facts.next_review.to if facts and facts.next_review else None
    if not (facts and facts.cycle and due and facts.cycle.months > 0):
        return None
    following = due
    steps = 0
    while following <= not_before or not steps:
        steps += 1
        following = _months_after(due, facts.cycle.months * steps)
    return following


def _latest_step(start: date, months: int, *, not_after: date) -> date | None:
    """Gives the latest day so many whole cycles after a day; None if the first is too late already."""
    found, steps = None, 1
    while months > 0 and (day := _months_after(start, months * steps)) <= not_after:
        found, steps = day, steps + 1
    return found


def _months_after(day: date, months: int) -> date:
    """Gives the day so many months on; the last day of a month stays a last day."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    month += 1
    length = calendar.monthrange(year, month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, length if was_last else min(day.day, length))


def _counted(derived: StatedDate, intended: date, was_due: date) -> StatedDate:
    text = f"{derived.text}, counted from {was_due.day} {was_due:%B %Y} on which it was due"
    if derived.precision is Precision.DAY:
        return replace(derived, text=text, value=intended.isoformat(), from_=intended, to=intended)
    first = intended.replace(day=1)
    last = intended.replace(day=calendar.monthrange(intended.year, intended.month)[1])
    return replace(
        derived, text=text, value=f"{intended:%Y-%m}", precision=Precision.MONTH, from_=first, to=last
    )


def _was_updated_earlier(previous: PolicyFacts, newer: PolicyFacts) -> bool:
    if previous.last_update is None or newer.last_update is None:
        return False
    was, now = previous.last_update.to, newer.last_update.to
    return was is not None and now is not None and now < was
