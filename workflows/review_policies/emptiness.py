"""A policies folder that is suddenly empty stops everything: somebody moved it, or means it, and only a person knows."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from casework.ports import LibraryFile
from casework.records import JournalTransaction
from workflows.review_policies.desk import PolicyDesk

STOPPED = "policies library: found empty"
MEANT = "policies library: emptied on purpose"
_FEWEST = 2
"""Documents that a library must have held: the loss of a single one is asked about like any other."""


def is_stopped(transaction: JournalTransaction) -> bool:
    return transaction.cursors.get(STOPPED) is not None


def stopped_since(transaction: JournalTransaction) -> tuple[date, int] | None:
    """The day on which the folder was found empty, and how many documents were there before; None if it is not."""
    kept = transaction.cursors.get(STOPPED)
    if kept is None:
        return None
    facts = json.loads(kept)
    return date.fromisoformat(facts["since"]), int(facts["documents"])


def stop_if_empty(desk: PolicyDesk, *, there: Collection[LibraryFile], removed: Collection[str]) -> bool:
    """Remember that the folder is empty and change nothing; go on once something is there, or a person said EMPTIED."""
    with desk.journal.transaction() as transaction:
        known = {record.file_id for record in transaction.policies.all() if not record.removed}
        left = (known - set(removed)) | {file.file_id for file in there}
        stopped = is_stopped(transaction)
        if left or transaction.cursors.get(MEANT):
            if stopped:
                transaction.cursors.forget(STOPPED)
                transaction.events.append("policy.folder_back", at=desk.now)
            if left:
                transaction.cursors.forget(MEANT)
            return False
        if not stopped and len(known) < _FEWEST:
            return False
        if not stopped:
            facts = {"since": desk.today.isoformat(), "documents": len(known)}
            transaction.cursors.put(STOPPED, json.dumps(facts))
            transaction.events.append("policy.folder_empty", at=desk.now, documents=len(known))
    return True


def was_meant(transaction: JournalTransaction) -> bool:
    """True while the folder is empty because a person meant it."""
    return transaction.cursors.get(MEANT) is not None


def let_go_on(transaction: JournalTransaction) -> None:
    """A person said that the folder was emptied on purpose."""
    transaction.cursors.put(MEANT, "yes")
