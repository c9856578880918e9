"""Timelines: the two lanes of a case as a document in its folder, written anew whenever something happened."""

from __future__ import annotations

from casework.cases import CaseReference
from casework.evidence import sha256_of
from casework.intents import WriteTimeline
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import School
from casework.timeline import timeline, timeline_line
from workflows.planning import plan

CURSOR = "timelines written up to"


def plan_timelines(*, journal: Journal, school: School) -> int:
    """Plan the timeline of each case in which something happened, once nothing more is under way in it."""
    with journal.transaction() as transaction:
        before = int(transaction.cursors.get(CURSOR) or 0)
        events = transaction.events.after(before)
        if not events:
            return 0
        busy = transaction.outbox_view.cases_under_way()
        cases = dict.fromkeys(event.case for event in events if event.case)
        planned = sum(_plan(transaction, case, school) for case in cases if case not in busy)
        if not busy & cases.keys():
            transaction.cursors.put(CURSOR, str(events[-1].number))
    return planned


def _plan(transaction: JournalTransaction, case: CaseReference, school: School) -> int:
    lines = (timeline_line(entry) for entry in timeline(transaction.events.of_case(case), school.zone))
    mark = sha256_of("\n".join(lines).encode())[:20]
    key = f"{school.code}/case/{case}/timeline/{mark}"
    return plan(transaction, WriteTimeline(key=key, case=case))
