"""Closing a case, and opening it again: whoever reported it hears once that the matter is closed, and nothing of how."""

from __future__ import annotations

from datetime import datetime

from casework.cases import Case, CaseReference
from casework.evidence import sha256_of
from casework.mails import closing_note
from casework.outcomes import outcome_kind
from casework.placing import Place
from casework.records import JournalTransaction
from casework.reopening import closed, may_reopen, reopened
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
    sightings = transaction.sightings.of_case(case.reference)
    if any(one.kind == Place.FOLLOW_UP.value and one.received_at > at for one in sightings):
        open_again(transaction, case.reference, now=now, school=school)  # it came later, and was read before


def open_again(
    transaction: JournalTransaction, reference: CaseReference, *, now: datetime, school: School
) -> None:
    """An answer within 30 school days opens a closed case again, with a new clock."""
    case = transaction.cases.get(reference)
    if case is None or case.closed_at is None:
        return
    if may_reopen(case, today=school.today(now), calendar=school.calendar, day_of=school.today):
        closed_on = school.today(case.closed_at)
        transaction.cases.save(reopened(case, now=now, closed_on=closed_on, on=school.today(now)))
        record(transaction, "case.reopened_by_answer", at=now, case=reference)


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
