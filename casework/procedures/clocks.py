"""From a procedure's clocks to days: when each starts in a case, and when what hangs on it is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from casework.deadlines import Clock, Deadline, Duty, deadline
from casework.letters import Letter, LetterKind
from casework.procedures.values import Due, Since
from casework.procedures.vocabulary import Facts, served_on
from casework.school import School

Start: TypeAlias = Callable[[Facts], date | None]


def start_of(since: Since, facts: Facts) -> date | None:
    """The day, or for hours the moment, on which the clock starts; None while that has not happened."""
    return _STARTS[since](facts)


def is_assumed(since: Since, facts: Facts) -> bool:
    """True if the day of publication is not known, so that the day of the report stands in."""
    return since is Since.PUBLICATION and facts.case.staff.assessment.posted_on is None


def deadline_of(due: Due, began_on: date, *, name: str, source: str, school: School) -> Deadline:
    """When it is due, each day counted.

    Raises:
        TermDatesExhaustedError: the calendar of terms ends before it.
    """
    amount = amount_of(due, school)
    if amount == 0:  # the very day that a person has set
        duty = Duty(name=name, clock=Clock.CALENDAR_DAYS, amount=1, source=source)
        return deadline(began_on - timedelta(days=1), duty, school.calendar, zone=school.zone)
    duty = Duty(
        name=name,
        clock=due.clock,
        amount=amount,
        source=source,
        counts_inset_days=due.inset_days,
        rolls_forward=due.moves_on,
    )
    return deadline(began_on, duty, school.calendar, zone=school.zone)


def amount_of(due: Due, school: School) -> int:
    """The number, or the school's setting of that name."""
    if isinstance(due.amount, int):
        return due.amount
    return SETTINGS[due.amount](school)


SETTINGS: Mapping[str, Callable[[School], int]] = {
    "removal_days": lambda school: school.removal_days,
    "reply_days": lambda school: school.reply_days,
}
"""Settings that a procedure may name instead of a number."""


def _asked(facts: Facts) -> date | None:
    asked = [letter.requested_at for letter in facts.letters if letter.is_open and letter.requested_at]
    return facts.school.today(max(asked)) if asked else None


def _service(*kinds: LetterKind) -> Start:
    def served(facts: Facts) -> date | None:
        letter: Letter | None = facts.sent(*kinds)
        return served_on(facts, letter) if letter else None

    return served


_STARTS: Mapping[Since, Start] = {
    Since.REPORTED: lambda facts: facts.school.today(facts.case.reported_at),
    Since.TALK: lambda facts: facts.case.staff.talked_on,
    Since.ASKED: _asked,
    Since.INVITATION: _service(LetterKind.INVITATION, LetterKind.CHILD_POST, LetterKind.COMPLAINT_INSIDE),
    Since.REMOVAL: _service(LetterKind.REMOVAL_REQUEST, LetterKind.SECOND_REQUEST),
    Since.PUBLICATION: lambda facts: (
        facts.case.staff.assessment.posted_on or facts.school.today(facts.case.reported_at)
    ),
    Since.COMPLAINT: lambda facts: (
        facts.case.staff.steps.complaint_on or facts.school.today(facts.case.reported_at)
    ),
    Since.HOST: lambda facts: facts.case.staff.steps.host_told_on,
    Since.OPERATOR: lambda facts: facts.case.staff.steps.operator_told_on,
    Since.BLOCK_REVIEW: lambda facts: facts.case.staff.papers.block_review,
}
