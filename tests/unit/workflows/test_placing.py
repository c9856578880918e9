"""Where a message belongs, for every combination of clues: robots decide nothing and are never a new case."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

from hypothesis import given
from hypothesis import strategies as st

from casework.intake import MessageKind, Report
from casework.placing import Clues, Place, place_message
from tests.journals import CASE

MAYBE_CASE = st.sampled_from([None, CASE])
ROBOTS = {
    MessageKind.AUTO_REPLY: Place.AUTOMATIC,
    MessageKind.BOUNCE: Place.BOUNCE,
    MessageKind.OWN: Place.OWN,
}


def a_report(kind: MessageKind) -> Report:
    """Placing looks at the kind alone."""
    report: Any = Mock(spec=Report, kind=kind)
    return report  # type: ignore[no-any-return]  # the mock stands for one


@st.composite
def all_clues(draw: st.DrawFn) -> Clues:
    tagged = draw(MAYBE_CASE)
    role = draw(st.sampled_from(["approver", "reporter", "subject", "staff"])) if tagged else ""
    return Clues(
        is_same=draw(st.booleans()),
        same_as=draw(MAYBE_CASE),
        tagged=tagged,
        tag_role=role,
        letter="TIS/case/TIS-2026-0007/letter/invitation/1" if role == "approver" else "",
        referenced=draw(MAYBE_CASE),
        subject_of=draw(MAYBE_CASE),
    )


@given(kind=st.sampled_from(MessageKind), clues=all_clues())
def test_every_message_has_a_place_and_a_reason(kind: MessageKind, clues: Clues) -> None:
    placed = place_message(a_report(kind), clues)

    assert placed.place in Place
    assert placed.why


@given(kind=st.sampled_from(sorted(ROBOTS)), clues=all_clues())
def test_a_robot_decides_nothing_and_reports_nothing(kind: MessageKind, clues: Clues) -> None:
    placed = place_message(a_report(kind), clues)

    assert placed.place in {ROBOTS[kind], Place.DUPLICATE}


@given(kind=st.sampled_from(MessageKind), clues=all_clues())
def test_only_the_approvers_token_makes_a_decision(kind: MessageKind, clues: Clues) -> None:
    placed = place_message(a_report(kind), clues)

    if placed.place is Place.DECISION:
        assert clues.tag_role == "approver"
        assert placed.letter
        assert placed.case == clues.tagged


@given(kind=st.sampled_from(MessageKind), clues=all_clues())
def test_a_mail_seen_before_is_taken_in_once(kind: MessageKind, clues: Clues) -> None:
    placed = place_message(a_report(kind), clues)

    assert (placed.place is Place.DUPLICATE) == clues.is_same


@given(kind=st.sampled_from(MessageKind), clues=all_clues())
def test_what_a_case_is_tied_to_never_opens_another(kind: MessageKind, clues: Clues) -> None:
    placed = place_message(a_report(kind), clues)

    if placed.place is Place.NEW_CASE:
        assert {clues.tagged, clues.referenced, clues.subject_of} == {None}
