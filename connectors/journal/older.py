"""Rows that an earlier version wrote before people were sealed: sealed now, a few at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, and_, select, update

from casework.records import OlderRows
from connectors.journal import schema
from connectors.journal.cursors import SqlCursors
from connectors.journal.sealing import Sealer, sealer_for
from connectors.journal.session import Session

_KEPT_SEALED: tuple[tuple[Table, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (schema.sightings, "key", ("rest",), ()),
    (schema.custody, "key", ("rest",), ()),
    (schema.outbox, "key", ("payload", "progress"), ("problem",)),
)
"""Table, its key, its columns of sealed JSON, and those of sealed text."""


class SqlOlderRows(OlderRows):
    """Goes through each table once, in the order of the rows' numbers, and remembers how far it came."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cursors = SqlCursors(session)
        self._sealer = sealer_for(session.chain_key)

    def seal(self, *, most: int) -> int:
        looked_at = 0
        for table, key, *columns in _KEPT_SEALED:
            if looked_at < most:
                looked_at += self._seal(table, table.c[key], (*columns,), most - looked_at)
        return looked_at

    def _seal(self, table: Table, key: Column[Any], columns: tuple[Any, ...], most: int) -> int:
        name = f"sealed up to, {table.name}"
        reached = int(self._cursors.get(name) or 0)
        of_school: ColumnElement[bool] = table.c.school == self._session.school
        query = select(table).where(of_school, table.c.number > reached).order_by(table.c.number).limit(most)
        rows = self._session.connection.execute(query).all()
        for row in rows:
            values = _sealed(row, self._sealer, *columns)
            if values:
                here = and_(of_school, table.c.number == row.number, key == row._mapping[key.name])  # noqa: SLF001 - SQLAlchemy's public name for it
                self._session.connection.execute(update(table).where(here).values(**values))
        if rows:
            self._cursors.put(name, str(rows[-1].number))
        return len(rows)


def _sealed(row: Row[Any], sealer: Sealer, values: tuple[str, ...], texts: tuple[str, ...]) -> dict[str, Any]:
    """The columns of a row that are not sealed yet, as they are to stand."""
    stands = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    found = {name: sealer.seal_once(stands[name]) for name in values}
    found |= {
        name: stands[name] if sealer.is_sealed_text(stands[name]) else sealer.seal_text(stands[name])
        for name in texts
    }
    return {name: value for name, value in found.items() if value != stands[name]}
