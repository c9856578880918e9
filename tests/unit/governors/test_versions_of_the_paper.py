"""The versions of a governors' paper: which is open, who decides on it, and what its reference and keys say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.absences import Away
from casework.answers import QuestionKind, Said, read_reply
from casework.cases import Case, CaseReference, Decision, StaffColumns, case_reference
from casework.deciders import Deciding
from casework.governors.versions import (
    decide_paper,
    is_paper,
    names_somebody,
    paper_key,
    paper_of_key,
    paper_reference,
    term_end_of,
)
from casework.intake import find_tags
from casework.letters import Letter, LetterKind, LetterState
from casework.school import Person, Role
from casework.term_dates import Term
from tests.invented import MONDAY, a_letter, tillbrook

TERM = Term(name="Autumn term", starts=date(2026, 9, 2), ends=date(2026, 12, 18))
CLERK = "clerk@tillbrook.example"
HEAD = "headteacher@tillbrook.example"
DEPUTY = "deputy@tillbrook.example"
PEOPLE = {
    Role.HEADTEACHER: Person(role=Role.HEADTEACHER, name="A. Vale", address=HEAD),
    Role.DEPUTY: Person(role=Role.DEPUTY, name="B. Moss", address=DEPUTY),
    Role.CHAIR: Person(role=Role.CHAIR, name="C. Reed", address="chair@tillbrook.example"),
    Role.CLERK: Person(role=Role.CLERK, name="D. Fern", address=CLERK),
}
SCHOOL = replace(tillbrook(), people=PEOPLE)
TODAY = date(2026, 12, 18)


def paper(version: int = 1, **facts: object) -> Letter:
    plain = a_letter(
        key=paper_key("TIS", TERM.ends, version),
        case=paper_reference("TIS", TERM),
        kind=LetterKind.GOVERNORS_PAPER,
        recipient=CLERK,
        word_path="Governors/Governors' paper Autumn term 2026.docx",
    )
    return replace(plain, version=version, **facts)  # type: ignore[arg-type]  # any field of a letter


def decided(
    *versions: Letter, away: tuple[str, ...] = (), recipient: str = CLERK
) -> tuple[list[str], list[str]]:
    """The approvers of the versions to be drafted, and why the old ones are taken back."""
    absent = {one: Away(since=TODAY, until=TODAY + timedelta(days=9)) for one in away}
    chosen = Deciding(today=TODAY, away=absent).chosen_of(SCHOOL.deciders_of_paper(recipient))
    plan = decide_paper(versions, chosen=chosen, recipient=recipient)
    return [one.approver for one in plan.drafts], [one.reason for one in plan.withdraw]


def test_a_paper_that_waits_for_the_right_person_stays_as_it_is() -> None:
    assert decided(paper()) == ([], [])


def test_a_paper_of_a_head_who_is_away_goes_to_the_deputy_and_stays_there() -> None:
    assert decided(paper(), away=(HEAD,)) == ([DEPUTY], ["Somebody else is asked to decide."])
    asked = paper(2, approver=DEPUTY, standing_in="until Monday 4 January 2027")
    assert decided(paper(state=LetterState.SUPERSEDED), asked) == ([], [])


def test_what_is_approved_is_not_asked_about_once_more_because_the_head_goes_away() -> None:
    assert decided(paper(state=LetterState.APPROVED), away=(HEAD,)) == ([], [])


def test_a_new_clerk_gets_the_paper_by_a_new_draft() -> None:
    drafts, reasons = decided(paper(), recipient="new.clerk@tillbrook.example")
    assert (drafts, reasons) == ([HEAD], ["It goes to somebody else now."])


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.RETURNED, LetterState.WITHDRAWN])
def test_a_paper_that_is_over_is_not_drafted_again(state: LetterState) -> None:
    assert decided(paper(state=state, decision=Decision.REJECT)) == ([], [])


def test_a_change_is_the_offices_to_make_in_the_same_word_file_and_keeps_the_words() -> None:
    sent_back = paper(state=LetterState.SUPERSEDED, decision=Decision.CHANGE, comments="Say more.")
    chosen = Deciding().chosen_of(SCHOOL.deciders_of_paper(CLERK))
    (wanted,) = decide_paper([sent_back], chosen=chosen, recipient=CLERK).drafts

    assert wanted.to_be_changed
    assert (wanted.version, wanted.comments, wanted.from_path) == (2, "Say more.", sent_back.word_path)


def test_a_draft_that_was_lost_is_made_again_and_nobody_has_to_change_anything() -> None:
    lost = paper(state=LetterState.SUPERSEDED)
    chosen = Deciding().chosen_of(SCHOOL.deciders_of_paper(CLERK))
    (wanted,) = decide_paper([lost], chosen=chosen, recipient=CLERK).drafts
    assert not wanted.to_be_changed


@pytest.mark.parametrize(
    ("recipient", "deciders"),
    [
        (CLERK, [Role.HEADTEACHER, Role.DEPUTY, Role.CHAIR]),
        (HEAD, [Role.DEPUTY, Role.CHAIR]),
        ("Chair@Tillbrook.example", [Role.HEADTEACHER, Role.DEPUTY]),
    ],
)
def test_nobody_decides_on_a_paper_that_goes_to_themselves(recipient: str, deciders: list[Role]) -> None:
    assert [one.role for one in SCHOOL.deciders_of_paper(recipient)] == deciders


def test_a_head_who_is_alone_decides_all_the_same() -> None:
    alone = replace(SCHOOL, people={Role.HEADTEACHER: PEOPLE[Role.HEADTEACHER]})
    assert [one.role for one in alone.deciders_of_paper(HEAD)] == [Role.HEADTEACHER]


def test_its_reference_is_found_in_an_answer_and_is_no_number_of_a_case() -> None:
    reference = paper_reference("TIS", TERM)
    assert reference == "TIS-GOV-20261218"
    assert find_tags(f"RE: Please approve: [{reference.lower()} -K3f9]") == ((reference, "k3f9"),)
    assert is_paper(reference)
    assert term_end_of(reference) == TERM.ends
    with pytest.raises(ValueError, match="not a case reference"):
        case_reference(reference)
    assert not is_paper("TIS-2026-0007")


def test_its_key_tells_which_version_a_draft_is_and_no_other_key_does() -> None:
    key = paper_key("TIS", TERM.ends, 3)
    named = paper_of_key(key, school="TIS")
    assert named
    assert (named.reference, named.version) == (paper_reference("TIS", TERM), 3)
    for other in (f"{key}/request", key.replace("TIS", "OAK"), "TIS/governors/2026-12-18", ""):
        assert paper_of_key(other, school="TIS") is None


def test_a_name_is_found_however_it_is_written_and_a_common_word_is_none() -> None:
    case = Case(
        reference=CaseReference("TIS-2026-0001"),
        reported_at=MONDAY,
        title="A post",
        staff=StaffColumns(parent="Robin Oakfield", child="Facebook"),
    )
    assert names_somebody("It was ROBIN\n  Oakfield who wrote it.", [case])
    assert not names_somebody("Facebook: 8. Robin alone is nobody.", [case])


@pytest.mark.parametrize(
    "answer",
    [
        "AS IT IS, because small numbers are never shown",
        "as it is - because we must not say more",
        "Please send it as it stands, since no figure is wrong",
    ],
)
def test_the_reason_behind_as_it_is_may_say_not_and_never(answer: str) -> None:
    assert read_reply(QuestionKind.LETTER_CHANGE, answer, school="TIS").said is Said.AS_IT_IS


def test_not_as_it_is_is_still_no_as_it_is() -> None:
    assert read_reply(QuestionKind.LETTER_CHANGE, "Not as it is", school="TIS").said is not Said.AS_IT_IS
