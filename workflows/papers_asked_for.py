"""Papers that staff ask for in the list are planned as soon as the row is read, in an open case or a closed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.approvals import letter_facts
from casework.cases import Case, CaseReference
from casework.intents import WritePaper
from casework.letter_kinds import LetterKind
from casework.letter_rules import LetterRule
from casework.letters import Letter
from casework.letters_asked_for import (
    columns_to_fill,
    hindrance_of,
    kinds_asked_for,
    letters_asked_for,
    papers_asked_for,
)
from casework.marks import MarkKind
from casework.records import JournalTransaction
from casework.school import School
from workflows.planning import plan


def plan_papers(transaction: JournalTransaction, case: Case, school: School, now: datetime) -> int:
    """Plan each paper that is asked for, once for each state of the columns that it is written from; returns how many."""
    ready = [rule for rule in papers_asked_for(case, school) if not _hindrance(case, rule)]
    return sum(_plan_once(transaction, case, rule, school, now) for rule in ready)


def note_letters_asked_for(transaction: JournalTransaction, case: Case, school: School) -> None:
    """Remember a closed case whose closing letter is asked for, and say on the row what is asked for in vain."""
    letters = transaction.letters.of_case(case.reference)
    closing = [kind.value for kind in letters_asked_for(case, letters, school) if kind is LetterKind.OUTCOME]
    transaction.marks.replace(case.reference, MarkKind.LETTER, closing)
    say_what_waits(transaction, case.reference, school)


def say_what_waits(transaction: JournalTransaction, reference: CaseReference, school: School) -> None:
    """Let CaseworkSays add what cannot be written yet, and why."""
    case = transaction.cases.get(reference)
    told = hindrances(case, transaction.letters.of_case(reference), school) if case else ()
    if case and told:
        already = next((case.says.index(one) for one in told if one in case.says), len(case.says))
        transaction.cases.save(replace(case, says=" ".join((case.says[:already].strip(), *told)).strip()))


_TOO_EARLY = {
    LetterKind.SECOND_REQUEST: "the first request in writing has not been sent yet.",
    LetterKind.OUTCOME: 'it is drafted as soon as "Outcome" closes the case.',
}


def _hindrance(case: Case, rule: LetterRule) -> str:
    return _to_fill(case, rule) or hindrance_of(case, rule)


def _to_fill(case: Case, rule: LetterRule) -> str:
    empty = columns_to_fill(case, rule)
    return f"fill in {' and '.join(empty)} first." if empty else ""


def hindrances(case: Case, letters: tuple[Letter, ...], school: School) -> tuple[str, ...]:
    """What staff ask for and cannot have yet, each with why, as sentences."""
    told = []
    for kind in kinds_asked_for(case):
        rule = school.letters.get(kind)
        why = _why_not_yet(case, rule, letters, school) if rule else ""
        if rule and why:
            told.append(f"{rule.name[:1].upper()}{rule.name[1:]} waits: {why}")
    return tuple(told)


def _why_not_yet(case: Case, rule: LetterRule, letters: tuple[Letter, ...], school: School) -> str:
    if not rule.goes_to_parent:
        return _hindrance(case, rule)
    if rule.kind in letters_asked_for(case, letters, school):
        return _to_fill(case, rule)
    return _TOO_EARLY.get(rule.kind, "")


def _plan_once(
    transaction: JournalTransaction, case: Case, rule: LetterRule, school: School, now: datetime
) -> int:
    facts = letter_facts(case, rule.kind, school)
    asked = [
        event.fields.get("facts")
        for event in transaction.events.of_case(case.reference)
        if event.what == "paper.asked_for" and event.fields.get("kind") == rule.kind.value
    ]
    if asked and asked[-1] == facts:
        return 0
    version = len(asked) + 1
    transaction.events.append(
        "paper.asked_for", at=now, case=case.reference, kind=rule.kind.value, version=version, facts=facts
    )
    key = f"{school.code}/case/{case.reference}/paper/{rule.kind}/{version}"
    return plan(
        transaction, WritePaper(key=key, letter_kind=rule.kind.value, version=version, case=case.reference)
    )
