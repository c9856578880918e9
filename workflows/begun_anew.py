"""Cases older than a journal rebuilt or put back: what was written of them before stays, and what follows lies beside."""

from __future__ import annotations

from datetime import datetime

from casework.cases import CaseReference
from casework.custody import Shelf, item_key
from casework.evidence import sha256_of
from casework.ports import Journal, Library
from casework.records import JournalTransaction
from casework.school import School
from workflows.awaiting_word import REBUILT


def lost_before(transaction: JournalTransaction, case: CaseReference, school: School) -> str:
    """Before when something of the case may be unknown, for names of files: "since 11 November 2026, 08.00".

    Empty where the journal was never rebuilt or put back, and for a case that came later.
    """
    rebuilt, known = transaction.cursors.get(REBUILT), transaction.cases.get(case)
    if rebuilt is None:
        return ""
    at = datetime.fromisoformat(rebuilt)
    if known and known.reported_at > at:
        return ""
    there = at.astimezone(school.zone)
    return f"since {there.day} {there:%B %Y, %H.%M}"


def is_of_another_journal(path: str, *, shelf: Shelf, library: Library, journal: Journal) -> bool:
    """True where something lies that this journal has not written: the one that was lost knew more."""
    file = library.find(path)
    if file is None:
        return False
    with journal.glimpse() as transaction:
        known = transaction.evidence.get(item_key(shelf, path))
    return known is None or known.sha256 != sha256_of(library.read(file.file_id))
