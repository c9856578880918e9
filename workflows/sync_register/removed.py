"""Rows that somebody deleted by hand: put back at the next writing, and the office is asked what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from casework.answers import QuestionKind
from casework.mails import row_deleted
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.planning import plan
from workflows.questions import Question, ask

SAYS = "This row was deleted by hand, and Casework put it back. To end the case, set Outcome."


def put_back(
    transaction: JournalTransaction,
    item_ids: Iterable[str],
    *,
    school: School,
    tokens: TokenMaker,
    now: datetime,
) -> int:
    """Let the rows be written again; how many. A case is not lost by a key pressed in the list."""
    cases = [case for item_id in item_ids if (case := transaction.cases.by_item(item_id))]
    for case in cases:
        transaction.cases.save(replace(case, item_id=None, written="", says=SAYS))
        event = transaction.events.append("case.row_deleted", at=now, case=case.reference)
        if not case.is_open:
            continue
        token = tokens.question(f"row deleted/{case.reference}/{event.number}")
        ask(
            transaction,
            Question(token=token, kind=QuestionKind.DELETED_ROW, about={"cases": [case.reference]}),
        )
        plan(transaction, row_deleted(case, token=token, school=school, today=school.today(now)))
    return len(cases)
