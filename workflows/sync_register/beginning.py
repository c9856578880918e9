"""Each case runs by the version of the procedure that it began with, until a person moves it to the newest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from casework.cases import Case
from casework.procedures import Procedure, Procedures
from casework.records import JournalTransaction
from casework.staff_writes import without_tick
from workflows.planning import record

KEPT = "procedures kept"
"""Fingerprints of all versions that a case ever began with; the text of each stands under its own name."""


def text_place(fingerprint: str) -> str:
    """Where the journal keeps the text of a version."""
    return f"procedure/{fingerprint}"


def kept_versions(transaction: JournalTransaction) -> frozenset[str]:
    """The fingerprint of every version that is kept."""
    return frozenset(json.loads(transaction.cursors.get(KEPT) or "[]"))


def kept_texts(transaction: JournalTransaction) -> dict[str, str]:
    """The text of every version that is kept, by its fingerprint."""
    known = sorted(kept_versions(transaction))
    return {one: transaction.cursors.get(text_place(one)) or "" for one in known}


def begin_procedures(transaction: JournalTransaction, procedures: Procedures, *, now: datetime) -> int:
    """Give a version to cases that have none, or that nothing has happened to yet; returns how many changed."""
    return sum(_begin(transaction, case, procedures, now) for case in transaction.cases.stale())


def _begin(transaction: JournalTransaction, case: Case, procedures: Procedures, now: datetime) -> bool:
    if not case.is_open:
        return False
    best = procedures.best_for(case)
    if case.staff.steps.new_procedure:
        return _move(transaction, case, best, now)
    if case.procedure == best.fingerprint or (case.procedure and _is_under_way(transaction, case)):
        return False
    keep_text(transaction, best)
    transaction.cases.save(replace(case, procedure=best.fingerprint))
    return True


def _is_under_way(transaction: JournalTransaction, case: Case) -> bool:
    """True once something followed from the procedure: a letter, a talk, a skip, a decision."""
    staff = case.staff
    return bool(
        case.talk_logged
        or staff.steps.skipped
        or case.decisions
        or transaction.letters.of_case(case.reference)
    )


def _move(transaction: JournalTransaction, case: Case, best: Procedure, now: datetime) -> bool:
    """A person wants the newest version: their tick is taken back once that is done."""
    changed = case.procedure != best.fingerprint
    keep_text(transaction, best)
    transaction.cases.save(without_tick(replace(case, procedure=best.fingerprint), "NewProcedure"))
    if changed:
        record(transaction, "procedure.changed", at=now, case=case.reference, version=best.version)
    return True


def move_to_newest(
    transaction: JournalTransaction, case: Case, procedures: Procedures, *, now: datetime
) -> bool:
    """Let the case go on by the newest version; False if it does already."""
    best = procedures.best_for(case)
    return case.procedure != best.fingerprint and _move(transaction, case, best, now)


def keep_text(transaction: JournalTransaction, procedure: Procedure) -> None:
    """Keep the text of a version, so that a case can run by it when the file has long changed."""
    place = text_place(procedure.fingerprint)
    if not procedure.fingerprint or transaction.cursors.get(place) is not None:
        return
    known = json.loads(transaction.cursors.get(KEPT) or "[]")
    transaction.cursors.put(place, procedure.text)
    transaction.cursors.put(KEPT, json.dumps([*known, procedure.fingerprint]))
