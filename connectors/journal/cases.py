"""The cases of one school in the journal, and the numbers that no second case ever gets."""

from __future__ import annotations

from casework.cases import Case, CaseReference, numbered_reference
from casework.records import Cases
from connectors.journal import schema
from connectors.journal.counters import next_number, raise_to
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session


class SqlCases(Cases):
    def __init__(self, session: Session) -> None:
        self._session = session
        self._table = schema.cases.c
        self._records = RecordTable(session, schema.cases, Case, key="reference")

    def next_reference(self, school: str, year: int) -> CaseReference:
        return numbered_reference(school, year, next_number(self._session, _counter(school, year)))

    def get(self, reference: CaseReference) -> Case | None:
        return self._records.get(reference)

    def by_item(self, item_id: str) -> Case | None:
        return self._records.first(self._table.item_id == item_id)

    def save(self, case: Case) -> None:
        self._records.save(case)

    def open(self) -> tuple[Case, ...]:
        return self._records.find(self._table.closed_at.is_(None), by=("reported_at",))

    def all(self) -> tuple[Case, ...]:
        return self._records.find(by=("reported_at",))

    def reserve(self, school: str, year: int, number: int) -> None:
        raise_to(self._session, _counter(school, year), number)


def _counter(school: str, year: int) -> str:
    return f"case/{school}/{year}"
