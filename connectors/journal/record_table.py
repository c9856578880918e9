"""A table of records: the fields that are searched for as columns, all others as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, cast

from sqlalchemy import ColumnElement, Select, Table, and_, delete, select

from connectors.journal.columns import is_kept_as_it_is, json_from
from connectors.journal.driver import Row
from connectors.journal.encoding import Record, from_json, to_json
from connectors.journal.schema import LOOKS
from connectors.journal.sealing import Sealer
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL, key_there, numbered_insert, rows_where

_OURS = frozenset({"school", "number", "rest", "stale", *LOOKS.values()})

MOST_READ = 2_000
"""Records that are kept in memory with their rows, so that a sweep in which nothing is new reads none of them again."""
_READ: dict[tuple[type, str, str], tuple[Row, object]] = {}
"""By their kind, school and key: of each the newest row that was read, and its record."""


class RecordTable(Generic[Record]):
    """Keeps frozen records of one kind, one row each, by a key.

    What is saved is written together, before the next question that only the database can answer and at the latest
    before the commit: a case that one message changes six times is written once.
    """

    def __init__(
        self,
        session: Session,
        table: Table,
        kind: type[Record],
        *,
        key: str,
        on_saving: Mapping[str, int | str] | None = None,
        sealer: Sealer | None = None,
    ) -> None:
        self._session = session
        self._table = table
        self._kind = kind
        self._key = key
        self._on_saving = on_saving or {}
        self._sealer = sealer
        self._names = tuple(column.name for column in table.columns)
        self._key_at = self._names.index(key)
        self._columns = tuple(name for name in self._names if name not in _OURS)
        self._known: dict[str, Record] = {}
        self._waiting: dict[str, Record] = {}
        session.before_commit.append(self.write_what_waits)

    def known(self, key: str) -> Record | None:
        """The record as this transaction has read or saved it; None if it has done neither."""
        return self._known.get(key)

    def waits(self, key: str) -> bool:
        """True while the record was saved and not written yet."""
        return key in self._waiting

    def get(self, key: str) -> Record | None:
        known = self._known.get(key)
        if known is None and (known := self.first_where(**{self._key: key})) is not None:
            self._known[key] = known
        return known

    def save(self, record: Record) -> None:
        """Add or replace by key."""
        key = getattr(record, self._key)
        as_it_is = all(is_kept_as_it_is(getattr(record, name)) for name in self._columns)
        self._waiting[key] = record
        if as_it_is:
            self._known[key] = record
        else:  # what a broken mail left in it is changed by the writing: it must be read back
            self.let_go()

    def add(self, record: Record) -> bool:
        """Add; False, and nothing is changed, if there is one with this key."""
        key = getattr(record, self._key)
        if key in self._known:
            return False
        there = key_there(self._table, self._key)
        if self._session.driver.rows(there, {SCHOOL: self._session.school, "is_key": key}):
            return False
        self.save(record)
        return True

    def write_what_waits(self) -> None:
        if not self._waiting:
            return
        rows = [self._row(record) for record in self._waiting.values()]
        self._waiting.clear()
        replaced = (*self._columns, *self._on_saving, "rest")
        row = numbered_insert(
            self._table,
            self._session.driver.kind,
            key=self._key,
            replaced=tuple(name for name in replaced if name != self._key),
        )
        self._session.driver.write_all(row, rows)

    def let_go(self) -> None:
        """Write what waits and believe nothing: the rows are about to be changed in another way."""
        self.write_what_waits()
        self._known.clear()

    def first_where(self, by: tuple[str, ...] = (), /, **equal: str) -> Record | None:
        """The first by those columns, and else the one saved first, of those whose columns have these values."""
        rows = self._rows(rows_where(self._table, tuple(equal), (*by, "number"), 1), equal)
        return next((self._record(row) for row in rows), None)

    def where(self, *, by: tuple[str, ...] = (), **equal: str) -> tuple[Record, ...]:
        """All whose columns have these values, by those columns and then in the order of their first saving."""
        rows = self._rows(rows_where(self._table, tuple(equal), (*by, "number")), equal)
        return tuple(self._record(row) for row in rows)

    def asked(self, query: Select[Any], **values: str | int) -> tuple[Record, ...]:
        """All that a query of the table's own columns finds; its values stand under the names that it gives them."""
        self.write_what_waits()
        here = {SCHOOL: self._session.school, **values}
        rows = self._session.driver.rows(query, here, as_written=True)
        return tuple(self._record(row) for row in rows)

    def forget(self, key: str) -> None:
        self.let_go()
        self._session.connection.execute(delete(self._table).where(self._is_here(key)))

    def first(self, *where: ColumnElement[bool], newest: bool = False) -> Record | None:
        """The record saved first (or last) of those that match."""
        number = self._table.c.number
        order = number.desc() if newest else number
        self.write_what_waits()
        query = self._query(*where).order_by(order).limit(1)
        row = self._session.driver.reading.execute(query).first()
        return None if row is None else self._record(tuple(row))

    def find(
        self, *where: ColumnElement[bool], by: tuple[str, ...] = (), most: int | None = None
    ) -> tuple[Record, ...]:
        """All that match (or the first so many), by these columns and then in the order of their first saving."""
        self.write_what_waits()
        order = [self._table.c[name] for name in (*by, "number")]
        rows = self._session.driver.reading.execute(self._query(*where).order_by(*order).limit(most))
        return tuple(self._record(tuple(row)) for row in rows)

    def _query(self, *where: ColumnElement[bool]) -> Any:  # noqa: ANN401 - Select's parameters tell nothing here
        return select(self._table).where(self._table.c.school == self._session.school, *where)

    def _is_here(self, key: str) -> ColumnElement[bool]:
        return and_(self._table.c.school == self._session.school, self._table.c[self._key] == key)

    def _rows(self, query: Select[Any], equal: dict[str, str]) -> Iterable[Row]:
        self.write_what_waits()
        values = {f"is_{name}": value for name, value in equal.items()}
        here = {SCHOOL: self._session.school, **values}
        return self._session.driver.rows(query, here, as_written=True)

    def _row(self, record: Record) -> dict[str, Any]:
        rest = to_json(record)
        if not isinstance(rest, dict):
            raise TypeError(f"{self._table.name} keeps records, not {type(record).__name__}.")
        row: dict[str, Any] = {f"to_{name}": rest.pop(name) for name in self._columns}
        row |= {f"to_{name}": value for name, value in self._on_saving.items()}
        row["to_rest"] = self._sealer.seal(rest) if self._sealer else rest
        row[SCHOOL] = self._session.school
        return row

    def _record(self, row: Row) -> Record:
        if self._sealer or not isinstance(row[-1], str):
            return self._read(row, self._sealer)
        # the same row is the same record, which never changes: nothing is kept of what stands sealed
        place = (self._kind, row[0], row[self._key_at])
        before, known = _READ.get(place, ((), None))
        if before != row:
            known = self._read(row, None)
            if len(_READ) == MOST_READ:
                _READ.clear()
            _READ[place] = row, known
        return cast("Record", known)

    def _read(self, row: Row, sealer: Sealer | None) -> Record:
        values = dict(zip(self._names, row, strict=True))
        rest = json_from(values["rest"]) if isinstance(values["rest"], str) else values["rest"]
        if sealer:
            rest = sealer.open(rest)
        return from_json(self._kind, rest | {name: values[name] for name in self._columns})
