"""The policy documents of one school in the journal."""

from __future__ import annotations

from casework.records import Policies, PolicyRecord
from connectors.journal import schema
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session


class SqlPolicies(Policies):
    def __init__(self, session: Session) -> None:
        self._records = RecordTable(session, schema.policies, PolicyRecord, key="file_id")

    def get(self, file_id: str) -> PolicyRecord | None:
        return self._records.get(file_id)

    def save(self, policy: PolicyRecord) -> None:
        self._records.save(policy)

    def all(self) -> tuple[PolicyRecord, ...]:
        return self._records.where(by=("path",))

    def forget(self, file_id: str) -> None:
        self._records.forget(file_id)
