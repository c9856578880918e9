"""Nobody acts in a case about themselves: it goes to the deputy or the chair, and the head hears nothing of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases import Case, Target
from casework.conflicts import acting, is_in_conflict
from casework.mails.duties import Late
from casework.mails.facts import from_json
from casework.mails.reminders import escalate_duty
from casework.procedures import duties_of, options_of, read_by, standing_of
from casework.register_columns import our_columns
from casework.school import Role
from casework.step_columns import StepColumns
from casework.who_acts import next_person
from tests.invented import cases
from tests.procedure_rows import PROCEDURE, SCHOOL, a_case

HEAD, DEPUTY, CHAIR = (SCHOOL.people[role].address for role in (Role.HEADTEACHER, Role.DEPUTY, Role.CHAIR))


@pytest.mark.parametrize(
    ("target", "address", "role", "acts"),
    [
        (Target.STAFF, "", Role.HEADTEACHER, HEAD),
        (Target.STAFF, HEAD.upper(), Role.HEADTEACHER, DEPUTY),
        (Target.STAFF, f"{HEAD}; {DEPUTY}", Role.HEADTEACHER, CHAIR),
        (Target.HEADTEACHER, "", Role.HEADTEACHER, CHAIR),
        (Target.HEADTEACHER, "", Role.DEPUTY, CHAIR),
        (Target.STAFF, "", Role.SAFEGUARDING_LEAD, HEAD),
        (Target.HEADTEACHER, "", Role.SAFEGUARDING_LEAD, CHAIR),
    ],
)
def test_who_acts_in_a_role_is_free_of_the_case(target: Target, address: str, role: Role, acts: str) -> None:
    case = a_case(target=target, steps=StepColumns(target_address=address))

    assert acting(case, role, school=SCHOOL).address == acts


@given(
    case=cases(),
    role=st.sampled_from(Role),
    target=st.sampled_from(["", HEAD, DEPUTY, "office@tillbrook.example"]),
)
def test_whoever_acts_is_never_whom_the_case_is_about(case: Case, role: Role, target: str) -> None:
    steps = replace(case.staff.steps, target_address=target)
    about = replace(case, staff=replace(case.staff, steps=steps))

    person = acting(about, role, school=SCHOOL)

    assert not is_in_conflict(about, person.address, school=SCHOOL)
    if about.concerns_head:
        assert person.address not in {HEAD, DEPUTY}


def test_nothing_of_a_case_that_may_concern_the_head_stands_in_the_list_for_the_head_to_read() -> None:

    case = a_case(target=Target.HEADTEACHER, categories=("threat of violence", "allegation about staff"))
    shown = our_columns(case, (), read_by(PROCEDURE, case, (), school=SCHOOL))

    assert options_of(case, (), school=SCHOOL, procedure=PROCEDURE)
    assert duties_of(case, (), school=SCHOOL, procedure=PROCEDURE)
    assert standing_of(case, (), school=SCHOOL, procedure=PROCEDURE).next_step
    assert (shown["Options"], shown["Duties"]) == ("", "")
    assert "harmed" not in str(shown["NextStep"])


@pytest.mark.parametrize(
    ("target", "reminded", "told"),
    [
        (Target.SCHOOL, "office@tillbrook.example", HEAD),
        (Target.SCHOOL, HEAD, DEPUTY),
        (Target.SCHOOL, HEAD.upper(), DEPUTY),
        (Target.HEADTEACHER, "office@tillbrook.example", CHAIR),
        (Target.HEADTEACHER, CHAIR, CHAIR),
    ],
)
def test_the_next_person_is_somebody_else_wherever_there_is_one(
    target: Target, reminded: str, told: str
) -> None:
    assert next_person(a_case(target=target), school=SCHOOL, after=reminded)[1] == told


def test_the_chair_who_is_alone_with_a_case_is_not_asked_to_speak_with_the_chair() -> None:
    case = a_case(target=Target.HEADTEACHER)
    standing = standing_of(case, (), school=SCHOOL, procedure=PROCEDURE)
    late = Late(role="chair", address=CHAIR, was_reminded=True)

    mail = escalate_duty(
        case,
        standing,
        late,
        rung="escalation",
        role="chair",
        to=CHAIR,
        school=SCHOOL,
        today=date(2026, 11, 30),
    )

    assert "Please see to it, or name somebody else in the column Handler." in str(mail.entries)
    assert "speak with" not in str(mail.entries)
    assert from_json(mail.fields)["is_own"] is True
