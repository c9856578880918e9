"""The evidence register of one school in the journal."""

from __future__ import annotations

from datetime import datetime

from casework.cases import CaseReference
from casework.custody import EvidenceItem, EvidenceRegister, Finding
from connectors.journal import schema
from connectors.journal.columns import moment_text
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session

_IDS_AT_ONCE = 500


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
        before = self._table.checked_at < moment_text(moment)
        return self._records.find(before, by=("checked_at",), most=most)

    def found_wrong(self) -> tuple[EvidenceItem, ...]:
        # named one by one: databases take it that most rows have something where something may be
        return self._records.find(self._table.finding.in_([finding.value for finding in Finding]))
