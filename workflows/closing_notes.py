"""Closing a case: whoever reported it and was thanked hears once that the matter is closed, and nothing of how."""

from __future__ import annotations

from datetime import datetime

from casework.cases import Case
from casework.evidence import sha256_of
from casework.mails import closing_note
from casework.outcomes import outcome_kind
from casework.records import JournalTransaction
from casework.reopening import closed
from casework.school import School
from workflows.planning import plan, record


def close(
    transaction: JournalTransaction, case: Case, *, by: str, at: datetime, now: datetime, school: School
) -> None:
    """Close a case whose Outcome is set, in the list or by a line.

    Args:
        transaction: the journal's.
        case: with its outcome.
        by: the address of who set it; empty if that is not known.
        at: when it was set.
        now: when Casework learns of it.
        school: whose case it is.
    """
    over = closed(case, now=at, on=school.today(at), by=by)
    transaction.cases.save(over)
    what = "case.closed" if case.post_state else "case.closed_unseen"
    record(transaction, what, at=now, case=case.reference, kind=outcome_kind(case.staff.outcome).value)
    tell_reporters(transaction, over, school)


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
