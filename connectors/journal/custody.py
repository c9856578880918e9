"""The custody record of one school in the journal: entries are added and never changed."""

from __future__ import annotations

from sqlalchemy import update

from casework.cases import CaseReference
from casework.custody import CustodyEntry, CustodyRecord
from connectors.journal import schema
from connectors.journal.record_table import RecordTable
from connectors.journal.sealing import sealer_for
from connectors.journal.session import Session


class SqlCustody(CustodyRecord):
    def __init__(self, session: Session) -> None:
        self._session = session
        self._table = schema.custody.c
        self._records = RecordTable(
            session, schema.custody, CustodyEntry, key="key", sealer=sealer_for(session.chain_key)
        )

    def add(self, entry: CustodyEntry) -> bool:
        return self._records.add(entry)

    def of_case(self, case: CaseReference) -> tuple[CustodyEntry, ...]:
        return self._records.where(case=case)

    def bind(self, case: CaseReference, page: int) -> int:
        loose = update(schema.custody).where(
            self._table.school == self._session.school, self._table.case == case, self._table.page == 0
        )
        return self._session.connection.execute(loose.values(page=page)).rowcount
