"""Planning that who reported a case is kept apart from it, from the moment on which somebody asks for that."""

from __future__ import annotations

from casework.cases import CaseReference
from casework.intents import KeepInVault
from casework.records import JournalTransaction
from casework.school import School
from casework.staff_writes import protecting_reporter
from workflows.planning import plan


def keep_apart_if_wished(
    transaction: JournalTransaction, reference: CaseReference, *, wished: bool, cause: str, school: School
) -> None:
    """Switch the protection on where the reporter wishes it; bring the vault up to date where it is on.

    Args:
        transaction: the journal's.
        reference: of the case.
        wished: the words that came ask for it. Without them nothing is ever switched off.
        cause: of this bringing up to date, for its key: the hash of a message, or the moment of an edit.
        school: the school.
    """
    case = transaction.cases.get(reference)
    if case is None:
        return
    if wished and not case.staff.reporter_protected:
        case = protecting_reporter(case)
        transaction.cases.save(case)
    if case.staff.reporter_protected:
        key = f"{school.code}/case/{reference}/vault/{cause}"
        plan(transaction, KeepInVault(key=key, case=reference))
