"""Small facts by name: delta links, when a full list was last made, heartbeats."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from casework.records import Cursors
from connectors.journal.schema import cursors
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_HERE = (cursors.c.school == bindparam(SCHOOL), cursors.c.name == bindparam("is_name"))
_VALUE = select(cursors.c.value).where(*_HERE)
_CHANGE = update(cursors).where(*_HERE).values(value=bindparam("to_value"))
_ADD = insert(cursors).values(
    school=bindparam(SCHOOL), name=bindparam("is_name"), value=bindparam("to_value")
)
_FORGET = delete(cursors).where(*_HERE)


class SqlCursors(Cursors):
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> str | None:
        rows = self._session.driver.rows(_VALUE, self._here(name))
        return rows[0][0] if rows else None

    def put(self, name: str, value: str) -> None:
        there = {**self._here(name), "to_value": value}
        if self.get(name) == value:
            return  # nothing is written that stands there already
        if self._session.driver.write(_CHANGE, there) == 0:
            self._session.driver.write(_ADD, there)

    def forget(self, name: str) -> None:
        if self.get(name) is not None:
            self._session.driver.write(_FORGET, self._here(name))

    def _here(self, name: str) -> dict[str, str]:
        return {SCHOOL: self._session.school, "is_name": name}
