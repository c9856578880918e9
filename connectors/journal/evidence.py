"""The evidence register of one school in the journal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, literal_column, select

from casework.cases import CaseReference
from casework.custody import EvidenceItem, EvidenceRegister, Finding
from connectors.journal import schema
from connectors.journal.columns import moment_text
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_IDS_AT_ONCE = 500

_EVERY = select(schema.evidence).where(schema.evidence.c.school == bindparam(SCHOOL))
_NOT_CHECKED = _EVERY.where(schema.evidence.c.checked_at < bindparam("is_before")).order_by(
    schema.evidence.c.checked_at, schema.evidence.c.number
)
_FIRST_NOT_CHECKED = _NOT_CHECKED.limit(bindparam("is_most"))
# named one by one: databases take it that most rows have something where something may be
_FOUND_WRONG = _EVERY.where(
    schema.evidence.c.finding.in_([literal_column(f"'{finding.value}'") for finding in Finding])
).order_by(schema.evidence.c.number)


class SqlEvidence(EvidenceRegister):
    def __init__(self, session: Session) -> None:
        self._table = schema.evidence.c
        self._records = RecordTable(session, schema.evidence, EvidenceItem, key="key")

    def get(self, key: str) -> EvidenceItem | None:
        return self._records.get(key)

    def save(self, item: EvidenceItem) -> None:
        self._records.save(item)

    def add(self, item: EvidenceItem) -> bool:
        return self._records.add(item)

    def of_case(self, case: CaseReference) -> tuple[EvidenceItem, ...]:
        return self._records.where(case=case)

    def of_sighting(self, sighting: str) -> tuple[EvidenceItem, ...]:
        return self._records.where(sighting=sighting)

    def with_files(self, file_ids: tuple[str, ...]) -> tuple[EvidenceItem, ...]:
        return tuple(
            item
            for start in range(0, len(file_ids), _IDS_AT_ONCE)
            for item in self._records.find(self._table.file_id.in_(file_ids[start : start + _IDS_AT_ONCE]))
        )

    def not_checked_since(self, moment: datetime, most: int | None = None) -> tuple[EvidenceItem, ...]:
        before = moment_text(moment)
        if most is None:
            return self._records.asked(_NOT_CHECKED, is_before=before)
        return self._records.asked(_FIRST_NOT_CHECKED, is_before=before, is_most=most)

    def found_wrong(self) -> tuple[EvidenceItem, ...]:
        return self._records.asked(_FOUND_WRONG)
