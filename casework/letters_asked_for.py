"""Letters and papers that staff ask for in the list, beside those that the procedure asks for."""

from __future__ import annotations

from casework.actions import Action, YesNo
from casework.cases import Case
from casework.letter_kinds import LetterKind
from casework.letter_rules import LetterRule
from casework.letters import Letter, LetterState
from casework.register_columns import value_of
from casework.register_lists import CASES_LIST
from casework.school import School

TO_EVERY_PARENT = frozenset({LetterKind.CHILD_POST, LetterKind.SECOND_REQUEST, LetterKind.OUTCOME})
"""Letters on what concerns both parents; a complaint and a block are one person's own."""


FOR_ACTIONS = {
    Action.LEGAL_ADVICE: (LetterKind.SOLICITOR_BRIEF,),
    Action.POLICE: (LetterKind.POLICE_SUMMARY,),
    Action.BLOCK: (LetterKind.BLOCK_NOTICE, LetterKind.BLOCK_RECORD),
    Action.HOST: (LetterKind.HOST_REPORT,),
}
"""What is written once a person has decided on one of the policy's actions, with a yes and a reason."""


def kinds_asked_for(case: Case) -> tuple[LetterKind, ...]:
    """The kinds that staff tick in the list, and those that carry out what a person has decided."""
    decided = {
        kind
        for action, kinds in FOR_ACTIONS.items()
        if (decision := case.decision_on(action)) and decision.answer is YesNo.YES
        for kind in kinds
    }
    ticked = set(case.staff.papers.wanted_kinds)
    return tuple(kind for kind in LetterKind if kind in ticked | decided)


def letters_asked_for(case: Case, letters: tuple[Letter, ...], school: School) -> tuple[LetterKind, ...]:
    """The kinds of letter to the parent that may be drafted now because staff ask for them.

    A letter that closes the matter waits until the case is closed, and nothing else is drafted then. A second request
    needs a first that was sent.
    """
    kinds = [kind for kind in kinds_asked_for(case) if _goes_to_parent(kind, school)]
    if case.staff.outcome or not case.is_open:
        return tuple(kind for kind in kinds if kind is LetterKind.OUTCOME)
    first = any(
        letter.kind is LetterKind.REMOVAL_REQUEST and letter.state is LetterState.SENT for letter in letters
    )
    early = {LetterKind.OUTCOME} | (set() if first else {LetterKind.SECOND_REQUEST})
    return tuple(kind for kind in kinds if kind not in early)


def papers_asked_for(case: Case, school: School) -> tuple[LetterRule, ...]:
    """The papers that staff ask for: written into the case's folder, and sent by nobody but a person."""
    rules = [school.letters.get(kind) for kind in kinds_asked_for(case)]
    return tuple(rule for rule in rules if rule and not rule.is_delivered)


def columns_to_fill(case: Case, rule: LetterRule) -> tuple[str, ...]:
    """The headings of the columns that staff must fill before it can be written."""
    empty = [name for name in rule.needs if value_of(case.staff, name) in (None, "", ())]
    return tuple(column.display_name if (column := CASES_LIST.column(name)) else name for name in empty)


def hindrance_of(case: Case, rule: LetterRule) -> str:
    """Why a paper must not be written although staff ask for it, as a sentence with what to do; empty if it may."""
    if rule.kind is LetterKind.OPERATOR_NOTICE and case.staff.parent:
        return (
            "it is only for a post whose author nobody knows, and Parent is set. Empty Parent if that is only a guess, "
            "or complain to the host instead."
        )
    return ""


def _goes_to_parent(kind: LetterKind, school: School) -> bool:
    rule = school.letters.get(kind)
    return rule is not None and rule.goes_to_parent
