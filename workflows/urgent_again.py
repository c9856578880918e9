"""A report that may threaten violence and that nobody has taken up after some hours is told to a third person, once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from casework.cases import Case, CaseReference
from casework.mails import urgent_again
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import School
from workflows.job_report import JobReport
from workflows.planning import plan

WAITING = "urgent, not taken up"
"""Cases that were told as urgent and that nobody has touched since; mostly none, so that a sweep costs one look."""
TAKEN_UP = frozenset({"case.edited", "case.told", "action.decided", "case.closed", "case.closed_unseen"})


def watch_urgent(transaction: JournalTransaction, case: Case) -> None:
    """Remember an urgent case until somebody takes it up."""
    if case.threat:
        _keep(transaction, {*_waiting(transaction), case.reference})


def tell_again(*, journal: Journal, school: School, now: datetime) -> JobReport:
    """At any hour: whoever was told may be asleep, and somebody must read it."""
    with journal.transaction() as transaction:
        waiting = _waiting(transaction)
        if not waiting:
            return JobReport()
        cases = [case for one in sorted(waiting) if (case := transaction.cases.get(CaseReference(one)))]
        left = [case for case in cases if case.is_open and not _is_taken_up(transaction, case)]
        late = [
            case for case in left if now - _told_at(transaction, case) >= timedelta(hours=school.urgent_hours)
        ]
        planned = plan(transaction, *(mail for case in late if (mail := urgent_again(case, school=school))))
        still = {case.reference for case in left} - {case.reference for case in late}
        if still != waiting:
            _keep(transaction, still)
    return JobReport(changes=planned)


def next_telling(transaction: JournalTransaction, school: School) -> datetime | None:
    """When a case that is not taken up until then is told to a third person."""
    waiting = (transaction.cases.get(CaseReference(one)) for one in _waiting(transaction))
    hours = timedelta(hours=school.urgent_hours)
    return min((_told_at(transaction, case) + hours for case in waiting if case), default=None)


def _is_taken_up(transaction: JournalTransaction, case: Case) -> bool:
    """Somebody filled in the row, answered, or decided: then it has been opened."""
    return any(event.what in TAKEN_UP for event in transaction.events.of_case(case.reference))


def _told_at(transaction: JournalTransaction, case: Case) -> datetime:
    """When Casework opened the case: from then on the first two were told."""
    opened = [event.at for event in transaction.events.of_case(case.reference) if event.what == "case.opened"]
    return opened[0] if opened else case.reported_at


def _waiting(transaction: JournalTransaction) -> set[str]:
    return set(json.loads(transaction.cursors.get(WAITING) or "[]"))


def _keep(transaction: JournalTransaction, cases: set[str] | set[CaseReference]) -> None:
    transaction.cursors.put(WAITING, json.dumps(sorted(cases)))
