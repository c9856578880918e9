"""Parents at two addresses each get a letter of their own, and neither letter shows the other's address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casework.addressees import addressees_of, as_addressed
from casework.approvals import decide_letters
from casework.cases import Case, StaffColumns, TalkOutcome
from casework.letters import LetterKind, LetterState, letter_key
from casework.step_columns import StepColumns
from tests.invented import a_letter, posts_by_parents, tillbrook
from tests.journals import CASE, MONDAY

SCHOOL = tillbrook()
PROCEDURE = posts_by_parents()
REFUSED = StaffColumns(
    parent="Mrs R Oakfield",
    parent_email="r.oakfield@parents.example",
    talked_on=date(2026, 11, 12),
    talk_outcome=TalkOutcome.REFUSED,
    continues=True,
    steps=StepColumns(second_parent="Mr T Ashdown", second_address="3 Mill Lane, Tillbrook"),
)
BOTH = Case(reference=CASE, reported_at=MONDAY, title="Facebook post", staff=REFUSED)


def test_both_parents_are_written_to_each_by_the_way_that_reaches_them() -> None:
    drafts = decide_letters(BOTH, (), school=SCHOOL, procedure=PROCEDURE).drafts

    assert [(one.kind, one.addressee) for one in drafts] == [
        (LetterKind.REMOVAL_REQUEST, 1),
        (LetterKind.REMOVAL_REQUEST, 2),
    ]
    assert [one.recipient for one in drafts] == ["r.oakfield@parents.example", "office@tillbrook.example"]
    assert len({letter_key("TIS", CASE, one.kind, one.version, one.addressee) for one in drafts}) == len(
        drafts
    )


def test_a_letter_sees_nothing_of_the_other_parent() -> None:
    assert "ashdown" not in repr(as_addressed(BOTH, 1)).casefold()
    assert "oakfield" not in repr(as_addressed(BOTH, 2)).casefold()


def test_a_letter_to_one_parent_that_was_sent_leaves_the_others_open() -> None:
    sent = a_letter(LetterKind.REMOVAL_REQUEST, state=LetterState.SENT)

    assert [
        one.addressee for one in decide_letters(BOTH, (sent,), school=SCHOOL, procedure=PROCEDURE).drafts
    ] == [2]


def test_a_second_parent_who_is_taken_out_gets_no_letter_any_more() -> None:
    second = a_letter(
        LetterKind.REMOVAL_REQUEST, addressee=2, key=letter_key("TIS", CASE, LetterKind.REMOVAL_REQUEST, 1, 2)
    )
    first = a_letter(LetterKind.REMOVAL_REQUEST, state=LetterState.SENT)
    alone = replace(BOTH, staff=replace(REFUSED, steps=StepColumns()))

    plan = decide_letters(alone, (first, second), school=SCHOOL, procedure=PROCEDURE)

    assert not plan.drafts
    assert [one.letter.addressee for one in plan.withdraw] == [2]


def test_the_parent_who_is_talked_with_is_the_one_who_is_invited() -> None:
    before = replace(BOTH, staff=replace(REFUSED, talked_on=None, talk_outcome=None, continues=False))

    assert len(addressees_of(before)) == len(addressees_of(BOTH))
    assert [
        one.addressee for one in decide_letters(before, (), school=SCHOOL, procedure=PROCEDURE).drafts
    ] == [1]
