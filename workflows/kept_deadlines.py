"""The deadlines of each open case, kept as days beside it, so that what is overdue is counted without reading cases."""

from __future__ import annotations

from casework.cases import Case
from casework.procedures import Procedure, duties_of, standing_of
from casework.records import DEADLINES_OF, JournalTransaction
from casework.school import School

KEPT_SINCE = "deadlines kept beside the case"
"""Part of the world that cases are looked at by: where none were kept yet, every case is looked at once."""


def keep_deadlines(
    transaction: JournalTransaction, case: Case, *, school: School, procedure: Procedure
) -> None:
    """Keep the days of the case's step and of its duties beside that; none of a closed case."""
    days: list[str] = []
    if case.is_open:
        letters = transaction.letters.of_case(case.reference)
        step = standing_of(case, letters, school=school, procedure=procedure)
        duties = duties_of(case, letters, school=school, procedure=procedure)
        days = sorted(day.isoformat() for day in (step.due, *(one.due for one in duties)) if day)
    name = f"{DEADLINES_OF}{case.reference}"
    if days:
        transaction.cursors.put(name, " ".join(days))
    else:
        transaction.cursors.forget(name)
