"""The cases of one school in the journal, and the numbers that no second case ever gets."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from casework.cases import Case, CaseReference, numbered_reference
from casework.marks import MarkKind, subject_marks
from casework.records import Cases
from connectors.journal import schema
from connectors.journal.counters import next_number, raise_to
from connectors.journal.marks import SqlMarks
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_STALE = (
    update(schema.cases)
    .where(schema.cases.c.school == bindparam(SCHOOL), schema.cases.c.reference == bindparam("is_reference"))
    .values(stale=bindparam("to_stale"))
)


class SqlCases(Cases):
    def __init__(self, session: Session, marks: SqlMarks) -> None:
        self._session = session
        self._marks = marks
        self._table = schema.cases.c
        self._records = RecordTable(session, schema.cases, Case, key="reference", on_saving={"stale": 1})

    def next_reference(self, school: str, year: int) -> CaseReference:
        return numbered_reference(school, year, next_number(self._session, _counter(school, year)))

    def get(self, reference: CaseReference) -> Case | None:
        return self._records.get(reference)

    def by_item(self, item_id: str) -> Case | None:
        return self._records.first(self._table.item_id == item_id)

    def save(self, case: Case) -> None:
        """Add or replace by reference; the case is found by its parent from now on."""
        known = self._records.known(case.reference)
        self._records.save(case)
        if known is None or known.staff != case.staff:
            self._marks.replace(case.reference, MarkKind.SUBJECT, subject_marks(case.staff))

    def open(self) -> tuple[Case, ...]:
        return self._records.find(self._table.closed_at.is_(None), by=("reported_at",))

    def all(self) -> tuple[Case, ...]:
        return self._records.find(by=("reported_at",))

    def stale(self) -> tuple[Case, ...]:
        return self._records.find(self._table.stale == 1, by=("reported_at",))

    def row_stands(self, reference: CaseReference) -> None:
        self.mark_stale(reference, stale=False)

    def mark_stale(self, reference: CaseReference, *, stale: bool = True) -> None:
        """Note that the row of a case may not show what is known, or that it does."""
        self._records.write_what_waits()
        here = {SCHOOL: self._session.school, "is_reference": reference}
        self._session.driver.write(_STALE, {**here, "to_stale": int(stale)})

    def reserve(self, school: str, year: int, number: int) -> None:
        raise_to(self._session, _counter(school, year), number)


def _counter(school: str, year: int) -> str:
    return f"case/{school}/{year}"
