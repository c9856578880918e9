"""Linking by a person: by reply or in the Linked cases column, both ways at once, and back again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.cases import Case, CaseReference
from casework.linked_cases import kept_apart, let_go, linked_together
from casework.marks import MarkKind
from casework.records import JournalTransaction
from workflows.planning import record


def link_cases(transaction: JournalTransaction, cases: Iterable[CaseReference], *, now: datetime) -> None:
    """Link these, with all that they are linked with already."""
    group = _known(transaction, cases)
    group = _known(transaction, {name for case in group for name in (case.reference, *case.linked)})
    if len(group) < 2:  # noqa: PLR2004 - a pair
        return
    before = {case.reference: case.linked for case in group}
    for case in linked_together(group, reporters=reporters_of(transaction, group)):
        transaction.cases.save(case)
        if case.linked != before[case.reference]:
            record(transaction, "case.linked", at=now, case=case.reference, cases=list(case.linked))


def unlink_case(
    transaction: JournalTransaction, case: Case, others: Iterable[CaseReference], *, now: datetime
) -> None:
    """Take the case out of the group that it was linked with: linking can always be undone."""
    rest = _known(transaction, others)
    alone = {one.reference: reporters_of(transaction, [one]) for one in (case, *rest)}
    if len(rest) > 1:
        together = reporters_of(transaction, rest)
        alone |= {one.reference: together for one in rest}
    for changed in let_go(case, rest, reporters=alone):
        transaction.cases.save(changed)
        record(transaction, "case.unlinked", at=now, case=changed.reference)


def keep_cases_apart(
    transaction: JournalTransaction, cases: Iterable[CaseReference], *, now: datetime
) -> None:
    """Remember that these are about different posts."""
    for case in kept_apart(_known(transaction, cases)):
        transaction.cases.save(case)
        record(transaction, "case.kept_apart", at=now, case=case.reference)


def _known(transaction: JournalTransaction, cases: Iterable[CaseReference]) -> list[Case]:
    return [case for one in sorted(set(cases)) if (case := transaction.cases.get(one))]


def reporters_of(transaction: JournalTransaction, cases: list[Case]) -> int:
    """How many people reported these cases; who cannot be told apart (dropped files) counts once a case."""
    marks = [transaction.marks.of(case.reference, MarkKind.REPORTER) for case in cases]
    return len(frozenset().union(*marks)) + sum(not held for held in marks)
