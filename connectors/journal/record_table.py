"""A table of records: the fields that are searched for as columns, all others as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic

from sqlalchemy import ColumnElement, Row, Select, Table, and_, delete, select

from connectors.journal.encoding import Record, from_json, to_json
from connectors.journal.sealing import Sealer
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL, numbered_insert, rows_where

_OURS = frozenset({"school", "number", "rest", "stale"})


class RecordTable(Generic[Record]):
    """Keeps frozen records of one kind, one row each, by a key."""

    def __init__(
        self,
        session: Session,
        table: Table,
        kind: type[Record],
        *,
        key: str,
        on_saving: dict[str, int] | None = None,
        sealer: Sealer | None = None,
    ) -> None:
        self._session = session
        self._table = table
        self._kind = kind
        self._key = key
        self._on_saving = on_saving or {}
        self._sealer = sealer
        self._columns = tuple(column.name for column in table.columns if column.name not in _OURS)

    def get(self, key: str) -> Record | None:
        return self.first_where(**{self._key: key})

    def save(self, record: Record) -> None:
        """Add or replace by key."""
        replaced = (*self._columns, *self._on_saving, "rest")
        self._put(record, replaced=tuple(name for name in replaced if name != self._key))

    def add(self, record: Record) -> bool:
        """Add; False, and nothing is changed, if there is one with this key."""
        return self._put(record, replaced=()) == 1

    def first_where(self, **equal: str) -> Record | None:
        """The record saved first of those whose columns have these values."""
        rows = self._rows(rows_where(self._table, tuple(equal), ("number",), 1), equal)
        return next((self._record(row) for row in rows), None)

    def where(self, *, by: tuple[str, ...] = (), **equal: str) -> tuple[Record, ...]:
        """All whose columns have these values, by those columns and then in the order of their first saving."""
        rows = self._rows(rows_where(self._table, tuple(equal), (*by, "number")), equal)
        return tuple(self._record(row) for row in rows)

    def forget(self, key: str) -> None:
        self._session.connection.execute(delete(self._table).where(self._is_here(key)))

    def first(self, *where: ColumnElement[bool], newest: bool = False) -> Record | None:
        """The record saved first (or last) of those that match."""
        number = self._table.c.number
        order = number.desc() if newest else number
        query = self._query(*where).order_by(order).limit(1)
        row = self._session.connection.execute(query).first()
        return None if row is None else self._record(row)

    def find(
        self, *where: ColumnElement[bool], by: tuple[str, ...] = (), most: int | None = None
    ) -> tuple[Record, ...]:
        """All that match (or the first so many), by these columns and then in the order of their first saving."""
        order = [self._table.c[name] for name in (*by, "number")]
        rows = self._session.connection.execute(self._query(*where).order_by(*order).limit(most))
        return tuple(self._record(row) for row in rows)

    def _query(self, *where: ColumnElement[bool]) -> Any:  # noqa: ANN401 - Select's parameters tell nothing here
        return select(self._table).where(self._table.c.school == self._session.school, *where)

    def _is_here(self, key: str) -> ColumnElement[bool]:
        return and_(self._table.c.school == self._session.school, self._table.c[self._key] == key)

    def _rows(self, query: Select[Any], equal: dict[str, str]) -> Iterable[Row[Any]]:
        values = {f"is_{name}": value for name, value in equal.items()}
        return self._session.connection.execute(query, {SCHOOL: self._session.school, **values})

    def _put(self, record: Record, *, replaced: tuple[str, ...]) -> int:
        rest = to_json(record)
        if not isinstance(rest, dict):
            raise TypeError(f"{self._table.name} keeps records, not {type(record).__name__}.")
        connection = self._session.connection
        values: dict[str, Any] = {name: rest.pop(name) for name in self._columns} | self._on_saving
        kept = self._sealer.seal(rest) if self._sealer else rest
        row = numbered_insert(self._table, connection.dialect.name, key=self._key, replaced=replaced)
        named = {f"to_{name}": value for name, value in (*values.items(), ("rest", kept))}
        return connection.execute(row, {SCHOOL: self._session.school, **named}).rowcount

    def _record(self, row: Row[Any]) -> Record:
        values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
        rest = self._sealer.open(values["rest"]) if self._sealer else values["rest"]
        return from_json(self._kind, rest | {name: values[name] for name in self._columns})
