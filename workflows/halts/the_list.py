"""The case list that is suddenly empty: nothing is taken from it until it is whole again or a person has spoken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from casework.cases import Case
from casework.halts import Halt, How, Side, Word, is_suddenly_empty
from casework.ports import RegisterChanges
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.halts import halt, halts_now, lift, tell_once

SAYS = "This row was gone with many others, and Casework put it back."


def list_is_halted(
    transaction: JournalTransaction,
    changes: RegisterChanges | None,
    *,
    in_full: bool,
    school: School,
    tokens: TokenMaker,
    now: datetime,
) -> bool:
    """Judge what the list told, and carry out a person's word; True while nothing may be taken from it.

    Args:
        transaction: the journal.
        changes: what the list told; None if it cannot be found.
        in_full: the list was read from its beginning, so that a row it does not name is gone.
        school: whose office is told.
        tokens: for the question in its mail.
        now: this moment at the school.
    """
    found = _found(transaction, changes, in_full=in_full, now=now)
    if found is None:
        lift(transaction, Side.CASES, now=now)
        return False
    found = halt(transaction, found, now=now)
    if found.word is None or changes is None:
        tell_once(transaction, found, school=school, tokens=tokens, now=now)
        return True
    gone = _gone(transaction, changes, found, in_full=in_full)
    _put_back(transaction, gone, found.word, in_new_list=found.how is How.ANOTHER)
    lift(transaction, Side.CASES, now=now)
    return False


def _found(
    transaction: JournalTransaction, changes: RegisterChanges | None, *, in_full: bool, now: datetime
) -> Halt | None:
    """The halt that there must be; None if the list is as it should be."""
    if changes is None:
        return Halt(side=Side.CASES, how=How.GONE, since=now)
    earlier = halts_now(transaction).get(Side.CASES)
    if earlier and earlier.how is How.ANOTHER:
        return earlier
    if not (changes.removed or in_full):
        return None
    rows = [case.item_id for case in transaction.cases.all() if case.item_id]
    gone = _missing(rows, changes, in_full=in_full)
    if not is_suddenly_empty(known=len(rows), gone=len(gone)):
        return None
    return Halt(side=Side.CASES, how=How.EMPTIED, since=now, known=len(rows), gone=len(gone))


def _missing(rows: Collection[str], changes: RegisterChanges, *, in_full: bool) -> set[str]:
    there = {row.item_id for row in changes.rows}
    return {row for row in rows if row in changes.removed or (in_full and row not in there)}


def _gone(
    transaction: JournalTransaction, changes: RegisterChanges, found: Halt, *, in_full: bool
) -> list[Case]:
    cases = [case for case in transaction.cases.all() if case.item_id]
    if found.how is How.ANOTHER:
        return cases
    missing = _missing([case.item_id or "" for case in cases], changes, in_full=in_full)
    return [case for case in cases if case.item_id in missing]


def _put_back(transaction: JournalTransaction, gone: list[Case], word: Word, *, in_new_list: bool) -> None:
    """Let rows be written again, with what staff had entered: all, or those of open cases; nobody is asked of each.

    In another list no number of a row may stay: there a row of another case may have it.
    """
    for case in gone:
        if in_new_list or word is Word.PUT_BACK or case.is_open:
            transaction.cases.save(replace(case, item_id=None, written="", says=SAYS))
