"""Clocks beside the step of a case: limitation, hosts, support, complaints, and posts of children."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.actions import HostAnswer
from casework.assessment import Assessment, Author
from casework.cases import Stage, Target
from casework.letter_columns import LetterColumns
from casework.letters import LetterKind, LetterState
from casework.procedures import (
    wanted_letters,
)
from casework.step_columns import StepColumns
from tests.invented import a_letter
from tests.procedure_rows import (
    BOTH,
    MONDAY,
    PROCEDURE,
    SCHOOL,
    a_case,
    duty,
    kinds,
    standing,
)

# Clocks of their own.


@pytest.mark.parametrize(
    ("posted_on", "last_day", "assumed"),
    [(date(2026, 10, 14), date(2027, 10, 13), False), (None, date(2027, 11, 22), True)],
)
def test_a_claim_for_defamation_has_a_year_from_publication(
    posted_on: date | None, last_day: date, *, assumed: bool
) -> None:
    case = a_case(categories=("defamatory statement",), assessment=Assessment(posted_on=posted_on))
    found = duty(case, "limitation")

    assert found is not None
    assert (found.due, found.assumed) == (last_day, assumed)
    assert ("counted from the report" in found.line) is assumed


def test_the_host_is_asked_again_after_48_hours_and_others_after_a_week() -> None:
    told = StepColumns(host_told_on=date(2026, 11, 26))  # a Thursday
    case = a_case(**BOTH, steps=told)

    first, second = duty(case, "host 48 hours"), duty(case, "host 7 days")
    assert first is not None
    assert second is not None
    assert first.due == date(2026, 11, 30)
    assert second.due == date(2026, 12, 3)
    answered = a_case(**BOTH, steps=replace(told, host_answer=HostAnswer.REFUSED))
    assert duty(answered, "host 48 hours") is None


def test_a_notice_to_an_operator_runs_48_hours_without_weekends_and_bank_holidays() -> None:
    case = a_case(steps=StepColumns(operator_told_on=date(2026, 12, 24)))  # the day before Christmas
    found = duty(case, "operator 48 hours")

    assert found is not None
    assert found.due == date(2026, 12, 30)


def test_a_block_is_reviewed_on_the_day_that_was_set() -> None:
    case = a_case(papers=LetterColumns(block_review=date(2027, 3, 1)))
    found = duty(case, "block review")

    assert found is not None
    assert found.due == date(2027, 3, 1)


def test_support_for_whom_it_hits_is_a_duty_until_given_or_waived_with_a_reason() -> None:
    for target in (Target.STAFF, Target.PUPIL):
        assert duty(a_case(target=target), "support") is not None
        assert duty(a_case(target=target, steps=StepColumns(support="None wished for.")), "support") is None
    assert duty(a_case(target=Target.SCHOOL), "support") is None


def test_a_bullied_pupil_is_the_safeguarding_leads_by_the_next_working_day() -> None:
    found = duty(a_case(target=Target.PUPIL, categories=("cyber-bullying",)), "bullied pupil")

    assert found is not None
    assert (found.owner, found.due) == ("safeguarding_lead", date(2026, 11, 24))


# Complaints and children (S32, S36, S41 to S43, scenarios 27 and 28).


def test_a_complaint_in_a_post_has_a_clock_of_its_own_beside_the_posts() -> None:
    case = a_case(
        categories=("complaint in public", "cyber-bullying"),
        steps=StepColumns(complaint_on=date(2026, 11, 24)),
    )
    found = duty(case, "complaint")

    assert found is not None
    assert found.due == SCHOOL.calendar.school_day_after(date(2026, 11, 24), 15)
    assert standing(case).due is not None
    assert kinds(case) == [LetterKind.INVITATION]
    answered = a_case(
        categories=("complaint in public",), steps=StepColumns(complaint_answered_on=date(2026, 12, 1))
    )
    assert duty(answered, "complaint") is None


def test_a_plain_complaint_is_first_answered_as_a_complaint() -> None:
    assert kinds(a_case(categories=("complaint in public",))) == [LetterKind.COMPLAINT_INSIDE]


def test_a_childs_own_post_is_written_to_its_parent_about() -> None:
    case = a_case(child="A child in Year 2", assessment=Assessment(author=Author.CHILD))
    wanted = wanted_letters(case, (), school=SCHOOL, procedure=PROCEDURE)

    assert [(one.kind, one.addressee.name) for one in wanted] == [(LetterKind.CHILD_POST, "Mrs R Oakfield")]


def test_a_letter_that_was_sent_is_not_followed_by_an_earlier_one() -> None:
    sent = a_letter(LetterKind.REMOVAL_REQUEST, state=LetterState.SENT, sent_at=MONDAY)

    assert kinds(a_case(**BOTH), sent) == [LetterKind.REMOVAL_REQUEST]
    assert standing(a_case(**BOTH), sent).stage is Stage.AWAITING_REMOVAL
