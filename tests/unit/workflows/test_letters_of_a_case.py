"""What must never happen to letters, whatever staff type and in whatever order things happen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from casework.approvals import LetterPlan, decide_letters
from casework.cases import Case, Decision, StaffColumns
from casework.letters import Letter, LetterKind, LetterState, letter_key
from tests.invented import a_letter, cases, letters_of_a_case, posts_by_parents, staff_columns, tillbrook
from tests.journals import CASE, MONDAY

SCHOOL = tillbrook()
PROCEDURE = posts_by_parents()
OPEN_CASE = Case(reference=CASE, reported_at=MONDAY, title="Facebook post, reported 23 November 2026")


def carried_out(plan: LetterPlan, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The letters once the plan is recorded, as draft_letters records it."""
    withdrawn = {withdrawal.letter.key: withdrawal.state for withdrawal in plan.withdraw}
    after = [replace(one, state=withdrawn.get(one.key, one.state)) for one in letters]
    if plan.draft:
        wanted = plan.draft
        after.append(
            a_letter(
                wanted.kind,
                wanted.version,
                state=LetterState.DRAFTING,
                approver=wanted.approver,
                recipient=wanted.recipient,
                facts=wanted.facts,
                requested_at=None,
            )
        )
    return tuple(after)


@given(case=cases(), letters=letters_of_a_case())
def test_a_second_look_finds_nothing_more_to_do(case: Case, letters: tuple[Letter, ...]) -> None:
    once = carried_out(decide_letters(case, letters, school=SCHOOL, procedure=PROCEDURE), letters)

    assert decide_letters(case, once, school=SCHOOL, procedure=PROCEDURE) == LetterPlan()


@given(case=cases(), letters=letters_of_a_case())
def test_a_new_version_never_takes_the_number_of_an_older_one(
    case: Case, letters: tuple[Letter, ...]
) -> None:
    wanted = decide_letters(case, letters, school=SCHOOL, procedure=PROCEDURE).draft

    if wanted:
        key = letter_key(SCHOOL.code, case.reference, wanted.kind, wanted.version)
        assert key not in {letter.key for letter in letters}


@given(case=cases(), letters=letters_of_a_case())
def test_a_letter_about_the_head_is_never_the_heads_to_approve(
    case: Case, letters: tuple[Letter, ...]
) -> None:
    wanted = decide_letters(case, letters, school=SCHOOL, procedure=PROCEDURE).draft

    if wanted and case.concerns_head:
        assert wanted.approver == "chair@tillbrook.example"


@given(case=cases(), letters=letters_of_a_case())
def test_a_sent_letter_is_not_written_again_and_nobody_withdraws_it(
    case: Case, letters: tuple[Letter, ...]
) -> None:
    plan = decide_letters(case, letters, school=SCHOOL, procedure=PROCEDURE)

    sent = {letter.kind for letter in letters if letter.state is LetterState.SENT}
    assert plan.draft is None or plan.draft.kind not in sent
    assert all(withdrawal.letter.state is not LetterState.SENT for withdrawal in plan.withdraw)


class LettersOverTime(RuleBasedStateMachine):
    """Staff edit the row, the head decides, sweeps come in between: never two open letters, never one too many."""

    def __init__(self) -> None:
        super().__init__()
        self.case = OPEN_CASE
        self.letters: tuple[Letter, ...] = ()

    def _set(self, letter: Letter, **facts: object) -> None:
        changed = replace(letter, **facts)  # type: ignore[arg-type]  # fields of a letter
        self.letters = tuple(changed if one.key == letter.key else one for one in self.letters)

    @property
    def _open(self) -> list[Letter]:
        return [letter for letter in self.letters if letter.is_open]

    @rule(staff=staff_columns())
    def staff_edit_the_row(self, staff: StaffColumns) -> None:
        self.case = replace(self.case, staff=staff, closed_at=MONDAY if staff.outcome else None)

    @rule()
    def a_sweep_comes(self) -> None:
        before = {letter.key for letter in self.letters}
        plan = decide_letters(self.case, self.letters, school=SCHOOL, procedure=PROCEDURE)
        self.letters = carried_out(plan, self.letters)
        self._after_a_sweep({letter.key for letter in self.letters} - before)

    def _after_a_sweep(self, fresh: set[str]) -> None:
        assert len(fresh) <= 1
        for letter in self._open:
            # how it ended is told when it has ended, and nothing else then
            assert self.case.is_open != (letter.kind is LetterKind.OUTCOME)
            assert not (letter.kind is LetterKind.INVITATION and self.case.talk_logged)
            assert letter.approver == SCHOOL.approver_of(self.case).address

    @precondition(lambda self: self._open)
    @rule(decision=st.sampled_from(Decision))
    def the_approver_decides(self, decision: Decision) -> None:
        state = LetterState.APPROVED if decision is Decision.APPROVE else LetterState.SUPERSEDED
        self._set(self._open[0], state=state, decision=decision, comments="please say more")

    @precondition(lambda self: self._open)
    @rule()
    def the_letter_goes(self) -> None:
        self._set(self._open[0], state=LetterState.SENT, sent_at=MONDAY)

    @invariant()
    def at_most_one_letter_is_open(self) -> None:
        assert len(self._open) <= 1

    @invariant()
    def none_is_sent_twice(self) -> None:
        sent = [letter.kind for letter in self.letters if letter.state is LetterState.SENT]
        assert len(sent) == len(set(sent))


TestLettersOverTime = LettersOverTime.TestCase
TestLettersOverTime.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
