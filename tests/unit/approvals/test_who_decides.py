"""Nobody decides on a case that concerns them; a head who is away is stood in for; every way to prove an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.absences import Away, away_from_notice
from casework.cases import Case, CaseReference, StaffColumns, Target
from casework.deciders import NOT_THE_DECIDER, ON_BEHALF, OUTSIDE, Deciding, SaidBy, decider_proven
from casework.mails.letters import approval_escalation
from casework.school import Role, School
from casework.step_columns import StepColumns
from tests.invented import tillbrook
from tests.journals import letter

SCHOOL = tillbrook()
HEAD, DEPUTY, CHAIR = (SCHOOL.people[role].address for role in (Role.HEADTEACHER, Role.DEPUTY, Role.CHAIR))
NUMBER = CaseReference("TIS-2026-0007")
TODAY = date(2026, 10, 26)
AWAY = Away(since=date(2026, 10, 23), until=date(2026, 11, 1), back_on=date(2026, 11, 2))


def a_case(**staff: object) -> Case:
    columns = replace(StaffColumns(parent="Mrs R Oakfield"), **staff)  # type: ignore[arg-type]  # columns by name
    return Case(
        reference=NUMBER, reported_at=datetime(2026, 10, 23, 9, tzinfo=UTC), title="Post", staff=columns
    )


def asked(case: Case, *, away: Mapping[str, Away] | None = None, wrote: frozenset[str] = frozenset()) -> str:
    deciding = Deciding(today=TODAY, away=away or {}, authors={NUMBER: wrote})
    chosen = deciding.chosen(case, SCHOOL)
    return chosen.person.address if chosen else ""


CONCERNED = [
    (a_case(), frozenset(), HEAD),
    (a_case(target=Target.HEADTEACHER), frozenset(), CHAIR),
    (a_case(parent_email=HEAD), frozenset(), DEPUTY),
    (a_case(steps=StepColumns(target_address=HEAD)), frozenset(), DEPUTY),
    (a_case(), frozenset({HEAD}), DEPUTY),
    (a_case(steps=StepColumns(target_address=DEPUTY)), frozenset({HEAD}), CHAIR),
    (a_case(parent_email=CHAIR), frozenset({HEAD, DEPUTY}), ""),
    (a_case(target=Target.HEADTEACHER), frozenset({CHAIR}), ""),
    (a_case(steps=StepColumns(second_parent="Mr R", second_email=HEAD)), frozenset(), DEPUTY),
]


@pytest.mark.parametrize(("case", "wrote", "decides"), CONCERNED)
def test_nobody_decides_who_is_subject_target_or_author(
    case: Case, wrote: frozenset[str], decides: str
) -> None:
    assert asked(case, wrote=wrote) == decides


ADDRESSES = st.sampled_from([HEAD, DEPUTY, CHAIR, "r.oakfield@homes.example", ""])


@given(
    parent=ADDRESSES,
    target=ADDRESSES,
    second=ADDRESSES,
    wrote=st.frozensets(st.sampled_from([HEAD, DEPUTY, CHAIR])),
    about_head=st.booleans(),
    away=st.frozensets(st.sampled_from([HEAD, DEPUTY, CHAIR])),
)
def test_whoever_is_away_nobody_concerned_is_ever_asked(
    parent: str, target: str, second: str, wrote: frozenset[str], about_head: bool, away: frozenset[str]
) -> None:
    steps = StepColumns(target_address=target, second_email=second, second_parent="Mr B")
    case = a_case(parent_email=parent, steps=steps, target=Target.HEADTEACHER if about_head else Target.STAFF)

    who = asked(case, away=dict.fromkeys(away, AWAY), wrote=wrote)

    assert who not in {parent, target, second, *wrote} - {""}
    assert not (about_head and who in {HEAD, DEPUTY})


def test_the_deputy_stands_in_for_a_head_who_is_away_and_nobody_else_does() -> None:
    assert asked(a_case(), away={HEAD: AWAY}) == DEPUTY
    assert asked(a_case(), away={HEAD: AWAY, DEPUTY: AWAY}) == HEAD
    assert asked(a_case(target=Target.HEADTEACHER), away={CHAIR: AWAY}) == CHAIR
    assert asked(a_case(), away={HEAD: replace(AWAY, until=date(2026, 10, 25), back_on=TODAY)}) == HEAD


def test_the_day_of_return_is_said_and_an_open_end_is_believed_for_few_days() -> None:
    assert AWAY.in_words == "until Monday 2 November 2026"
    notice = away_from_notice(None, None, None, told_on=TODAY)
    assert notice.covers(date(2026, 10, 29))
    assert not notice.covers(date(2026, 10, 30))
    assert away_from_notice(None, date(2026, 11, 2), date(2026, 11, 2), told_on=TODAY).until == date(
        2026, 11, 1
    )


AGREED = replace(
    SCHOOL,
    outside_addresses={CHAIR: frozenset({"chair@home.example"})},
    delegates={HEAD: frozenset({"office@tillbrook.example"})},
)
PROOFS = [
    (SCHOOL, SaidBy(sender=HEAD, proof="internal"), HEAD, ""),
    (SCHOOL, SaidBy(sender=HEAD.upper(), proof="internal"), HEAD, ""),
    (SCHOOL, SaidBy(sender=HEAD, proof="verified"), "", OUTSIDE),
    (SCHOOL, SaidBy(sender=HEAD, proof="failed"), "", OUTSIDE),
    (SCHOOL, SaidBy(sender=HEAD, proof="unknown"), "", OUTSIDE),
    (SCHOOL, SaidBy(sender=HEAD), "", OUTSIDE),
    (SCHOOL, SaidBy(sender="teacher@tillbrook.example", proof="internal"), "", NOT_THE_DECIDER),
    (SCHOOL, SaidBy(sender=HEAD, proof="unknown", on_behalf_by="office@tillbrook.example"), "", ON_BEHALF),
    (AGREED, SaidBy(sender=HEAD, proof="unknown", on_behalf_by="office@tillbrook.example"), HEAD, ""),
    (AGREED, SaidBy(sender=HEAD, proof="unknown", on_behalf_by="clerk@tillbrook.example"), "", ON_BEHALF),
    (AGREED, SaidBy(sender="chair@home.example", proof="verified"), CHAIR, ""),
    (AGREED, SaidBy(sender="chair@home.example", proof="internal"), "", OUTSIDE),
    (AGREED, SaidBy(sender="chair@home.example", proof="failed"), "", OUTSIDE),
    (AGREED, SaidBy(sender="chair@home.example", proof="unknown"), "", OUTSIDE),
    (SCHOOL, SaidBy(sender="chair@home.example", proof="verified"), "", NOT_THE_DECIDER),
]


@pytest.mark.parametrize(("school", "said", "decider", "why_not"), PROOFS)
def test_an_answer_counts_only_where_it_is_proven(
    school: School, said: SaidBy, decider: str, why_not: str
) -> None:
    assert decider_proven(said, frozenset({HEAD, CHAIR}), school) == (decider, why_not)


@given(
    sender=st.sampled_from([HEAD, DEPUTY, CHAIR, "chair@home.example", "x@elsewhere.example", ""]),
    proof=st.sampled_from(["internal", "verified", "failed", "unknown", ""]),
    writer=st.sampled_from(["", "office@tillbrook.example", "x@elsewhere.example"]),
    deciders=st.frozensets(st.sampled_from([HEAD, DEPUTY, CHAIR])),
)
def test_exactly_one_of_decider_and_reason_is_given(
    sender: str, proof: str, writer: str, deciders: frozenset[str]
) -> None:
    said = SaidBy(sender=sender, proof=proof, on_behalf_by=writer)

    decider, why_not = decider_proven(said, deciders, AGREED)

    assert bool(decider) != bool(why_not)
    assert not decider or decider in deciders


def test_the_third_person_told_is_the_office_or_whom_the_settings_name() -> None:
    waits = letter(approver=DEPUTY)

    def told(school: School) -> tuple[str, str]:
        mail = approval_escalation(waits, rung="x", school=school, asked_on=TODAY, today=date(2026, 11, 2))
        return mail.to, str(mail.fields["owner_role"])

    assert told(SCHOOL) == (SCHOOL.person(Role.OFFICE).address, "the deputy")
    assert told(replace(SCHOOL, third_person=Role.CLERK))[0] == SCHOOL.person(Role.CLERK).address
