"""Small facts by name: delta links, when a full list was last made, heartbeats."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from casework.records import Cursors
from connectors.journal.schema import cursors
from connectors.journal.session import Session


class SqlCursors(Cursors):
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> str | None:
        return self._session.connection.scalar(select(cursors.c.value).where(self._here(name)))

    def put(self, name: str, value: str) -> None:
        connection = self._session.connection
        if connection.execute(update(cursors).where(self._here(name)).values(value=value)).rowcount == 0:
            row = insert(cursors).values(school=self._session.school, name=name, value=value)
            connection.execute(row)

    def forget(self, name: str) -> None:
        self._session.connection.execute(delete(cursors).where(self._here(name)))

    def _here(self, name: str) -> ColumnElement[bool]:
        return and_(cursors.c.school == self._session.school, cursors.c.name == name)
