"""The custody record of one school in the journal: entries are added and never changed."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from casework.cases import CaseReference
from casework.custody import CustodyEntry, CustodyRecord
from connectors.journal import schema
from connectors.journal.record_table import RecordTable
from connectors.journal.sealing import sealer_for
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_PAGES = (
    select(schema.custody.c.page)
    .where(schema.custody.c.school == bindparam(SCHOOL), schema.custody.c.case == bindparam("is_case"))
    .order_by(schema.custody.c.number)
)


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

    def on_no_page(self, case: CaseReference) -> int:
        self._records.write_what_waits()
        here = {SCHOOL: self._session.school, "is_case": case}
        pages = self._session.driver.rows(_PAGES, here)
        return len(pages) if pages and pages[-1][0] == 0 else 0

    def bind(self, case: CaseReference, page: int) -> int:
        self._records.let_go()
        loose = update(schema.custody).where(
            self._table.school == self._session.school, self._table.case == case, self._table.page == 0
        )
        return self._session.connection.execute(loose.values(page=page)).rowcount
