"""Cases older than a rebuilt journal: what was written about them before stays, and what follows lies beside it."""

from __future__ import annotations

from datetime import datetime

from casework.cases import CaseReference
from casework.records import JournalTransaction
from casework.school import School
from workflows.awaiting_word import REBUILT


def begun_anew(transaction: JournalTransaction, case: CaseReference, school: School) -> str:
    """From when on the journal knows what happened in the case, for names of files; empty for all of it."""
    rebuilt = transaction.cursors.get(REBUILT)
    if rebuilt is None or any(event.what == "case.opened" for event in transaction.events.of_case(case)):
        return ""
    at = datetime.fromisoformat(rebuilt).astimezone(school.zone)
    return f"since {at.day} {at:%B %Y, %H.%M}"
