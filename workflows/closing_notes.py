"""Who reported a case and was thanked for it hears once that the matter is closed, and nothing of how."""

from __future__ import annotations

from casework.cases import Case
from casework.evidence import sha256_of
from casework.mails import closing_note
from casework.records import JournalTransaction
from casework.school import School
from workflows.planning import plan


def tell_reporters(transaction: JournalTransaction, case: Case, school: School) -> int:
    """Plan one note for each reporter who was sent an acknowledgement; returns how many are new.

    Whoever was not to be answered when the report came (a robot, a forged sender, the subject of a case) is not
    answered now.
    """
    planned = 0
    for sender in sorted({one.sender for one in transaction.sightings.of_case(case.reference) if one.sender}):
        mark = sha256_of(sender.encode())[:16]
        thanked = transaction.outbox_view.keys_starting(f"{school.code}/acknowledgement/{mark}/")
        if any(key.endswith(f"/{case.reference}") for key in thanked):
            planned += plan(transaction, closing_note(case, to=sender, mark=mark, school=school))
    return planned
