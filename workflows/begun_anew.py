"""Cases older than a journal rebuilt or put back: what was written of them before stays, and what follows lies beside."""

from __future__ import annotations

from datetime import datetime

from casework.cases import CaseReference
from casework.records import JournalTransaction
from casework.school import School
from workflows.awaiting_word import REBUILT


def known_since(transaction: JournalTransaction, case: CaseReference, school: School) -> str:
    """From when on the journal knows what happened in the case, for names of files; empty for all of it."""
    since = since_rebuilt(transaction, school)
    if since and any(event.what == "case.opened" for event in transaction.events.of_case(case)):
        return ""
    return since


def since_rebuilt(transaction: JournalTransaction, school: School) -> str:
    """When the journal was rebuilt or put back, for names of files; empty if it never was."""
    rebuilt = transaction.cursors.get(REBUILT)
    if rebuilt is None:
        return ""
    at = datetime.fromisoformat(rebuilt).astimezone(school.zone)
    return f"since {at.day} {at:%B %Y, %H.%M}"
