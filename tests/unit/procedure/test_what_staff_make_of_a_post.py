"""The assessment: the policy's four considerations, its tones, its categories; and every ordinary end of a case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.approvals import decide_letters
from casework.assessment import Assessment, Audience, Opinion, faults_of, remarks_on
from casework.cases import Relation, Target
from casework.letters import LetterKind, LetterState
from casework.outcomes import OutcomeKind, outcome_kind
from casework.procedures import options_of
from casework.register_columns import all_staff_fields, staff_columns
from casework.register_lists import CASES_LIST, CATEGORIES, TONES
from tests.invented import a_letter
from tests.procedure_rows import PROCEDURE, SCHOOL, a_case, kinds, standing

CONSIDERATIONS = (
    "RightPlace",
    "PrivateBetter",
    "HarmsPeople",
    "HarmsReputation",
    "HarmsOtherwise",
    "HarmsLearning",
)


def read_back(**fields: object) -> Assessment:
    """What a row with these columns says."""
    return staff_columns(fields).assessment  # type: ignore[arg-type]  # values as a list holds them


@pytest.mark.parametrize("column", CONSIDERATIONS)
def test_each_consideration_is_a_question_of_its_own_and_its_answer_is_kept(column: str) -> None:
    heading = CASES_LIST.column(column)
    assert heading is not None
    assert heading.display_name[0] in "1234"

    answered = read_back(**{column: "unknown"})
    assert all_staff_fields(staff_columns({column: "unknown"}))[column] == "unknown"
    assert [one for one in answered.considerations if one] == [Opinion.UNKNOWN]
    assert not faults_of(answered, ()), "one answer is enough"


def test_assessed_without_any_answer_is_refused() -> None:
    assert "at least one of the four considerations" in faults_of(Assessment(done=True), ())[0]


def test_the_three_parts_of_the_fourth_consideration_are_kept_apart() -> None:
    row = read_back(HarmsReputation="yes", HarmsOtherwise="no", HarmsLearning="unknown")

    assert (row.harms_reputation, row.harms_otherwise, row.harms_learning) == ("yes", "no", "unknown")


def test_a_post_may_have_two_tones_or_none() -> None:
    assert TONES == ("inaccurate", "negative", "offensive")
    assert read_back(Tone=("negative", "offensive")).tone == ("negative", "offensive")
    assert read_back().tone == ()


def test_naming_somebody_and_abusing_them_are_two_facts() -> None:
    both = Assessment(names_individual=True, abusive=True)

    assert any("names somebody and is abusive" in remark for remark in remarks_on(both, ()))
    for one in (replace(both, abusive=False), replace(both, names_individual=False)):
        assert not any("names somebody and is abusive" in remark for remark in remarks_on(one, ()))


def test_private_views_that_harm_nobody_suggest_no_action_and_change_nothing() -> None:
    private = Assessment(audience=Audience.PRIVATE)
    case = a_case(assessment=private)

    assert any("perhaps no action" in remark for remark in remarks_on(private, ()))
    assert kinds(case) == kinds(a_case())


def test_a_claim_that_somebody_knew_needs_what_shows_it() -> None:
    about_somebody = Assessment(specific_person=Opinion.YES, harms_people=Opinion.YES)

    assert any('says "appears to"' in remark for remark in remarks_on(about_somebody, ()))
    claimed = replace(about_somebody, knowingly=Opinion.YES)
    assert faults_of(claimed, ())
    assert not faults_of(replace(claimed, knowingly_why="She wrote so herself."), ())


@pytest.mark.parametrize(
    ("words", "is_enough"), [("", False), ("unkind", False), ("mocks a child's lunch", True)]
)
def test_another_category_needs_ten_characters_of_words(words: str, *, is_enough: bool) -> None:
    assert "other" in CATEGORIES
    answered = Assessment(harms_people=Opinion.YES, other_reason=words)

    assert (not faults_of(answered, ("other",))) is is_enough


def test_an_open_complaint_is_shown_beside_the_case() -> None:
    assert any("complaint is open" in remark for remark in remarks_on(Assessment(complaint_open=True), ()))


@pytest.mark.parametrize("relation", [one for one in Relation if one is not Relation.UNKNOWN])
def test_the_procedure_runs_for_everybody_whom_the_policy_calls_a_parent(relation: Relation) -> None:
    assert kinds(a_case(relation=relation)) == [LetterKind.INVITATION]


def test_where_nobody_knows_who_posted_the_host_can_still_be_asked() -> None:
    fields = {"Relation": "unknown", "SkipReason": "identity unknown"}
    case = replace(a_case(), staff=staff_columns(fields))

    assert not kinds(case)
    host = next(
        one for one in options_of(case, (), school=SCHOOL, procedure=PROCEDURE) if one.action == "host"
    )
    assert host.state == "to be decided"


def test_the_school_itself_may_be_whom_a_post_is_about() -> None:
    case = a_case(target=Target.SCHOOL)

    assert standing(case).stage == "conversation"
    assert kinds(case) == [LetterKind.INVITATION]


def test_a_suggestion_of_the_words_alone_changes_no_stage_and_opens_no_action() -> None:
    suggested = a_case(facts={"suggestions": "defamatory statement?; complaint in public?"})

    assert standing(suggested).stage == standing(a_case()).stage
    assert kinds(suggested) == kinds(a_case())


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Legitimate feedback", OutcomeKind.FEEDBACK),
        ("fair criticism, thanked her", OutcomeKind.FEEDBACK),
        ("Not inappropriate.", OutcomeKind.NOT_INAPPROPRIATE),
        ("no action", OutcomeKind.NOT_INAPPROPRIATE),
        ("Nothing wrong with it, private views", OutcomeKind.NOT_INAPPROPRIATE),
        ("Resolved informally", OutcomeKind.INFORMAL),
        ("She apologised and it is settled", OutcomeKind.INFORMAL),
        ("removed by the parent", OutcomeKind.REMOVED),
        ("dealt with as a complaint", OutcomeKind.COMPLAINT),
        ("not removed, we left it at that", OutcomeKind.NOT_REMOVED),
        ("refused, nothing more came", OutcomeKind.NOT_REMOVED),
        ("handed over to the police", OutcomeKind.PASSED_ON),
        ("family has moved", OutcomeKind.OTHER),
    ],
)
def test_an_end_is_known_however_it_is_put(words: str, kind: OutcomeKind) -> None:
    assert outcome_kind(words) is kind


@pytest.mark.parametrize("outcome", ["Legitimate feedback", "Not inappropriate"])
def test_a_case_that_is_none_ends_without_a_word_to_the_parent(outcome: str) -> None:
    waiting = a_letter(state=LetterState.WAITING)
    closed = a_case(outcome=outcome)

    plan = decide_letters(closed, (waiting,), school=SCHOOL, procedure=PROCEDURE)

    assert not plan.drafts
    assert [one.letter for one in plan.withdraw] == [waiting]
    assert standing(closed).stage == "closed"
