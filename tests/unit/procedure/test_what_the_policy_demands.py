"""The policy's procedure, sentence by sentence: what is next, what is open, what is due, and what nobody may skip."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.actions import Action, ActionDecision, SkipReason, YesNo
from casework.assessment import Opinion
from casework.cases import Case, Stage, TalkOutcome, Target
from casework.letters import LetterKind
from casework.procedures import (
    OptionState,
    decide,
    decisions_shown,
    options_of,
)
from casework.step_columns import StepColumns
from tests.invented import cases, letters_of_a_case
from tests.procedure_rows import (
    BOTH,
    FRIDAY_BEFORE_HALF_TERM,
    PROCEDURE,
    REFUSED,
    SCHOOL,
    TALK,
    a_case,
    duty,
    kinds,
    option,
    standing,
    states,
)

# First a conversation, usually (S45), and refusing and continuing are two facts (S46).


def test_nothing_is_open_before_the_parent_was_talked_with() -> None:
    case = a_case(target=Target.STAFF, categories=("defamatory statement",))

    assert kinds(case) == [LetterKind.INVITATION]
    assert set(states(case).values()) == {OptionState.NOT_YET}


def test_a_refusal_alone_is_watched_for_ten_school_days_and_opens_nothing() -> None:
    case = a_case(**REFUSED)

    assert standing(case).stage is Stage.WATCHING
    assert standing(case).due == date(2026, 11, 26)
    assert not kinds(case)
    assert set(states(case).values()) == {OptionState.NOT_YET}
    assert "set Outcome to close" in standing(case).next_step


def test_going_on_without_having_been_asked_leads_back_to_the_conversation() -> None:
    case = a_case(continues=True)

    assert standing(case).stage is Stage.CONVERSATION
    assert kinds(case) == [LetterKind.INVITATION]


def test_refused_and_continued_opens_all_that_the_policy_names_and_does_nothing_by_itself() -> None:
    case = a_case(**BOTH)

    assert kinds(case) == [LetterKind.REMOVAL_REQUEST]
    assert states(case) == {
        Action.WRITING: OptionState.OPEN,
        Action.LEGAL_ADVICE: OptionState.BY_REASON,
        Action.LEGAL_ACTION: OptionState.BY_REASON,
        Action.POLICE: OptionState.BY_REASON,
        Action.BLOCK: OptionState.CLOSED,
        Action.HOST: OptionState.OPEN,
        Action.OTHER_LEGAL: OptionState.BY_REASON,
    }


def test_silence_is_offered_as_a_refusal_and_not_taken_for_one() -> None:
    case = a_case(**TALK, talk_outcome=TalkOutcome.NO_REPLY, continues=True)

    assert standing(case).stage is Stage.CONVERSATION
    assert "Treat this as a refusal?" in standing(case).next_step
    assert standing(case).due == SCHOOL.calendar.school_day_after(date(2026, 11, 12), SCHOOL.reply_days)
    assert not kinds(case)


@pytest.mark.parametrize("reason", [reason for reason in SkipReason if reason is not SkipReason.OTHER])
def test_a_reason_from_the_list_opens_the_actions_without_a_conversation(reason: SkipReason) -> None:
    case = a_case(steps=StepColumns(skip_reason=reason))

    assert standing(case).stage is Stage.FURTHER_STEPS
    assert reason.value in standing(case).next_step
    assert not kinds(case)
    assert option(case, Action.HOST).state is OptionState.OPEN


def test_another_reason_counts_only_in_words() -> None:
    without = a_case(steps=StepColumns(skip_reason=SkipReason.OTHER))
    worded = a_case(steps=StepColumns(skip_reason=SkipReason.OTHER, skip_note="They moved abroad in July."))

    assert kinds(without) == [LetterKind.INVITATION]
    assert standing(worded).stage is Stage.FURTHER_STEPS


def test_without_a_conversation_nobody_is_written_to_before_a_person_decides_so() -> None:
    steps = StepColumns(skip_reason=SkipReason.POLICE_ADVICE, channels_offered=Opinion.YES)
    before = a_case(steps=steps)
    decided = replace(before, decisions=(_decision(Action.WRITING, YesNo.YES),))

    assert not kinds(before)
    assert kinds(decided) == [LetterKind.REMOVAL_REQUEST]


def test_the_written_request_waits_until_other_ways_were_offered() -> None:
    case = a_case(**BOTH, steps=StepColumns(channels_offered=Opinion.NO))

    assert not kinds(case)
    assert "Offer other ways" in standing(case).next_step
    assert standing(case).source.count("S28")


def test_who_decides_against_writing_stops_the_letter() -> None:
    case = a_case(**BOTH, facts={"decisions": (_decision(Action.WRITING, YesNo.NO),)})

    assert not kinds(case)
    assert "decided not to write" in standing(case).next_step


# Each action by its own trigger (S48 to S52), and each a person's decision.


@pytest.mark.parametrize(
    "trigger",
    [
        {"categories": ("threat of violence",)},
        {"characteristics": ("race",)},
        {"categories": ("protected characteristic",)},
        {"steps": StepColumns(crime=True)},
        {"steps": StepColumns(grossly_obscene=True)},
    ],
)
def test_the_police_are_considered_by_each_of_the_policys_reasons(trigger: dict[str, Any]) -> None:
    assert option(a_case(**BOTH, **trigger), Action.POLICE).state is OptionState.OPEN


@pytest.mark.parametrize(
    "characteristic",
    [
        "age", "disability", "gender reassignment", "marriage or civil partnership", "pregnancy or maternity", "race",
        "religion or belief", "sex", "sexual orientation",
    ],
)  # fmt: skip
def test_each_protected_characteristic_makes_the_police_a_choice(characteristic: str) -> None:
    assert option(a_case(**BOTH, characteristics=(characteristic,)), Action.POLICE).state is OptionState.OPEN


def test_a_threat_makes_the_police_a_choice_at_once_without_any_talk() -> None:
    by_words = a_case(parent="", facts={"threat": True})
    ticked = a_case(categories=("threat of violence",))

    for case in (by_words, ticked):
        assert option(case, Action.POLICE).state is OptionState.OPEN
        assert "violence" in option(case, Action.POLICE).because
        assert option(case, Action.HOST).state is OptionState.NOT_YET
        found = duty(case, "police decision")
        assert found is not None
        assert found.due == date(2026, 11, 24)


def test_legal_steps_are_open_for_what_is_defamatory_and_else_by_a_reason() -> None:
    defamatory = a_case(**BOTH, categories=("defamatory statement",))

    assert option(defamatory, Action.LEGAL_ADVICE).state is OptionState.OPEN
    assert option(defamatory, Action.LEGAL_ACTION).state is OptionState.OPEN
    assert option(a_case(**BOTH), Action.LEGAL_ADVICE).state is OptionState.BY_REASON


def test_other_legal_action_asks_for_legal_advice_first() -> None:
    advised = a_case(**BOTH, steps=StepColumns(legal_advice_said="A letter before action is reasonable."))

    assert option(a_case(**BOTH), Action.OTHER_LEGAL).state is OptionState.BY_REASON
    assert (
        "no legal advice" in option(a_case(**BOTH), Action.OTHER_LEGAL).line
        or "legal advice" in option(a_case(**BOTH), Action.OTHER_LEGAL).because
    )
    assert option(advised, Action.OTHER_LEGAL).state is OptionState.OPEN


def test_a_facebook_post_cannot_be_blocked_and_the_list_says_why() -> None:
    blocked = option(a_case(**BOTH), Action.BLOCK)
    own = option(a_case(**BOTH, steps=StepColumns(school_place=True)), Action.BLOCK)

    assert blocked.state is OptionState.CLOSED
    assert "the school's own" in blocked.line
    assert own.state is OptionState.OPEN


def _decision(
    action: Action, answer: YesNo, why: str = "The head weighed it with the chair."
) -> ActionDecision:
    return ActionDecision(
        action=action, answer=answer, why=why, on=date(2026, 11, 24), by="head@tillbrook.example"
    )


def test_a_decision_is_kept_with_who_why_and_when_and_shown() -> None:
    case = a_case(**BOTH, categories=("threat of violence",))
    decided, refused = decide(case, option(case, Action.POLICE), _decision(Action.POLICE, YesNo.NO))

    assert not refused
    assert "no on 24 November 2026. The head weighed it" in option(decided, Action.POLICE).line


def test_a_yes_without_its_trigger_or_without_a_reason_does_not_count() -> None:
    case = a_case(**BOTH)

    unlawful, why = decide(case, option(case, Action.BLOCK), _decision(Action.BLOCK, YesNo.YES))
    assert unlawful == case
    assert "the school's own" in why
    bare, why = decide(case, option(case, Action.HOST), _decision(Action.HOST, YesNo.YES, why="ok"))
    assert bare == case
    assert "Say why" in why


@given(case=cases(), letters=letters_of_a_case(), action=st.sampled_from(Action))
def test_no_yes_ever_counts_for_what_the_policy_keeps_shut(case: Case, letters: Any, action: Action) -> None:
    options = options_of(case, letters, school=SCHOOL, procedure=PROCEDURE)
    found = next(one for one in options if one.action is action)

    decided, refused = decide(case, found, _decision(action, YesNo.YES))

    shut = found.state in {OptionState.NOT_YET, OptionState.CLOSED}
    assert bool(refused) is shut
    assert (decided == case) is shut


# An allegation against staff: safeguarding before any letter (S22, S35, scenario 13).

ALLEGATION: dict[str, Any] = {"target": Target.STAFF, "categories": ("allegation about staff",)}


@pytest.mark.parametrize(
    ("steps", "is_open"),
    [
        (StepColumns(), True),
        (StepColumns(child_harmed=Opinion.YES), True),
        (StepColumns(child_harmed=Opinion.UNKNOWN), True),
        (StepColumns(child_harmed=Opinion.NO), False),
        (StepColumns(child_harmed=Opinion.YES, lado_told_on=date(2026, 10, 26)), False),
    ],
)
def test_no_parent_is_written_to_before_safeguarding_is_settled(steps: StepColumns, *, is_open: bool) -> None:
    reported = {"reported_at": FRIDAY_BEFORE_HALF_TERM}
    case = a_case(**ALLEGATION, steps=steps, facts=reported)

    assert (standing(case).stage is Stage.SAFEGUARDING) is is_open
    assert bool(kinds(case)) is not is_open
    if is_open:
        assert standing(case).due == date(2026, 10, 26)
        assert standing(case).owner == "safeguarding_lead"


@given(
    case=cases(), letters=letters_of_a_case(), answered=st.sampled_from([None, Opinion.YES, Opinion.UNKNOWN])
)
def test_an_open_safeguarding_question_shuts_every_letter_whatever_else_stands_in_the_row(
    case: Case, letters: Any, answered: Opinion | None
) -> None:
    staff = replace(
        case.staff,
        categories=("allegation about staff",),
        steps=replace(case.staff.steps, child_harmed=answered),
    )

    assert not kinds(replace(case, staff=staff), *letters)


def test_the_policys_undivided_category_asks_too_where_it_is_about_staff() -> None:
    about_staff = a_case(target=Target.STAFF, categories=("allegation or cyber-bullying",))
    about_pupil = a_case(target=Target.PUPIL, categories=("allegation or cyber-bullying",))

    assert standing(about_staff).stage is Stage.SAFEGUARDING
    assert standing(about_pupil).stage is Stage.CONVERSATION


def test_words_that_suggest_an_allegation_are_looked_at_by_the_next_working_day() -> None:
    facts = {"reported_at": FRIDAY_BEFORE_HALF_TERM, "suggestions": "allegation or cyber-bullying?"}
    case = a_case(parent="", facts=facts)

    assert standing(case).due == date(2026, 10, 26)


def test_a_lost_journal_regains_the_decisions_that_the_list_shows() -> None:
    case = a_case(**BOTH, categories=("threat of violence",))
    for action, answer in ((Action.POLICE, YesNo.YES), (Action.HOST, YesNo.NO)):
        case, _ = decide(case, option(case, action), _decision(action, answer))
    shown = "\n".join(one.line for one in options_of(case, (), school=SCHOOL, procedure=PROCEDURE))

    regained = decisions_shown(shown)

    assert [(one.action, one.answer, one.on, one.why) for one in regained] == [
        (one.action, one.answer, one.on, one.why) for one in case.decisions
    ]
    assert (
        decisions_shown("(c) Police: to be decided, because it threatens violence. Contact the police?") == ()
    )
