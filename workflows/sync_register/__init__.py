"""Sync the register: what staff edited in the list becomes facts; what Casework knows is written to the list."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from casework.errors import CursorExpiredError, NotThereError
from casework.halts import How, Side
from casework.ports import Journal, Register, RegisterChanges
from casework.procedures import Procedures
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.case_access import keep_folders_closed
from workflows.halts import halts_now
from workflows.halts.the_list import list_is_halted
from workflows.job_report import JobReport
from workflows.last_seen import LastSeen
from workflows.set_aside import Guard, handle_each
from workflows.sync_register.beginning import begin_procedures
from workflows.sync_register.edits import Edits, note_earlier
from workflows.sync_register.removed import put_back
from workflows.sync_register.writing import write_register

__all__ = ["sync_register", "write_register"]

CURSOR = "cases list"
SUBJECTS_KNOWN = "subjects of cases noted"


def sync_register(
    *,
    register: Register,
    journal: Journal,
    school: School,
    procedures: Procedures,
    tokens: TokenMaker,
    now: datetime,
    seen: LastSeen | None = None,
) -> JobReport:
    """Turn edits of the list into facts. A changed staff column is a staff edit, whoever wrote it.

    What the list tells of a row names its version too, which is remembered as `seen`.
    """
    with journal.transaction() as transaction:
        cursor = _read_up_to(transaction)
        _note_subjects_once(transaction)
    in_full, changes = _changes(register, cursor)
    edits = Edits(register=register, school=school, procedures=procedures, now=now)
    with journal.transaction() as transaction:
        if (
            list_is_halted(transaction, changes, in_full=in_full, school=school, tokens=tokens, now=now)
            or changes is None
        ):
            return JobReport()
    taken = handle_each(
        changes.rows,
        edits.take_in,
        journal=journal,
        guard=Guard(journal, what="a row of the case list", now=now),
        key=lambda row: f"{row.item_id}/{row.etag}",
    )
    if seen:
        for row in changes.rows:
            seen.note(register, row.item_id, row.etag)
    with journal.transaction() as transaction:
        changed = put_back(transaction, changes.removed, school=school, tokens=tokens, now=now)
        changed += keep_folders_closed(transaction, school)
        begin_procedures(transaction, procedures, now=now)
        if taken.settled and transaction.cursors.get(CURSOR) != changes.cursor:
            transaction.cursors.put(CURSOR, changes.cursor)
    return JobReport.joined((taken.report, JobReport(changes=changed)))


def _read_up_to(transaction: JournalTransaction) -> str | None:
    """How far the list was read; of another list nothing was."""
    halted = halts_now(transaction).get(Side.CASES)
    return None if halted and halted.how is How.ANOTHER else transaction.cursors.get(CURSOR)


def _changes(register: Register, cursor: str | None) -> tuple[bool, RegisterChanges | None]:
    """What changed, and whether all rows were listed; no changes if there is no list."""
    try:
        if cursor is not None:
            with suppress(CursorExpiredError):
                return False, register.changes(cursor)
        return True, register.changes(None)
    except NotThereError:
        return False, None


def _note_subjects_once(transaction: JournalTransaction) -> None:
    """A journal of before may hold cases that are not found by their parents yet."""
    if transaction.cursors.get(SUBJECTS_KNOWN):
        return
    for case in transaction.cases.all():
        transaction.cases.save(case)
        note_earlier(transaction, case)
    transaction.cursors.put(SUBJECTS_KNOWN, "yes")
