"""The letters of one school in the journal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select

from casework.cases import CaseReference
from casework.letters import OPEN_STATES, Letter
from casework.records import Letters
from connectors.journal import schema
from connectors.journal.cases import SqlCases
from connectors.journal.columns import moment_text
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_OPEN = tuple(sorted(state.value for state in OPEN_STATES))

_LETTERS = schema.letters.c
_OF_SCHOOL = _LETTERS.school == bindparam(SCHOOL)
# our own states, written into the statement: a list of bound values would be unfolded at every run
_IS_OPEN = _LETTERS.state.in_([literal_column(f"'{state}'") for state in _OPEN])
_CASES_WITH_OPEN = select(_LETTERS.case).distinct().where(_OF_SCHOOL, _IS_OPEN)
_OPEN_LETTERS = select(schema.letters).where(_OF_SCHOOL, _IS_OPEN).order_by(_LETTERS.number)
_NEWEST_SENT = select(func.max(_LETTERS.sent_at)).where(_OF_SCHOOL)
_SENT_SINCE = (
    select(schema.letters)
    .where(_OF_SCHOOL, _LETTERS.sent_at >= bindparam("is_since"))
    .order_by(_LETTERS.sent_at, _LETTERS.number)
)


class SqlLetters(Letters):
    def __init__(self, session: Session, cases: SqlCases) -> None:
        self._cases = cases
        self._session = session
        self._table = schema.letters.c
        self._records = RecordTable(session, schema.letters, Letter, key="key")

    def get(self, key: str) -> Letter | None:
        return self._records.get(key)

    def save(self, letter: Letter) -> None:
        self._records.save(letter)
        self._cases.mark_stale(letter.case)
        self._session.written_about.add(letter.case)

    def of_case(self, case: CaseReference) -> tuple[Letter, ...]:
        return self._records.where(case=case)

    def open(self) -> tuple[Letter, ...]:
        return self._records.asked(_OPEN_LETTERS)

    def cases_with_open(self) -> frozenset[CaseReference]:
        self._records.write_what_waits()
        rows = self._session.driver.rows(_CASES_WITH_OPEN, {SCHOOL: self._session.school})
        return frozenset(CaseReference(case) for (case,) in rows)

    def by_token(self, token: str) -> Letter | None:
        # A later version may carry the token of the one that it replaces: the newest is meant.
        return self._records.first(self._table.token == token, newest=True) if token else None

    def sent_since(self, moment: datetime) -> tuple[Letter, ...]:
        self._records.write_what_waits()
        # asked without the moment: see SqlCases.to_look_at
        ((newest,),) = self._session.driver.rows(_NEWEST_SENT, {SCHOOL: self._session.school})
        if newest is None or newest < moment_text(moment):
            return ()
        self._session.driver.go_and_see()
        return self._records.asked(_SENT_SINCE, is_since=moment_text(moment))
