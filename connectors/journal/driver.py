"""Statements compiled once and then handed to the driver as they are: by itself SQLAlchemy costs ten times the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import BindParameter, ClauseElement
from sqlalchemy.sql.visitors import iterate

Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = tuple[Any, ...]
Bound: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""The values of a statement as the driver takes them: by place or by name."""
NAME = "is_name"
"""The parameter for the key of a row, in tables whose rows are only ever asked for by it."""
_Convert: TypeAlias = Callable[[Any], Any]


class Driver:
    """One transaction's connection below SQLAlchemy; its errors come as SQLAlchemy's, without any parameter."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        under: Any = connection.connection.dbapi_connection
        self._under = under
        self._cursor: Any = under.cursor()

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's own way to the same transaction."""
        return self._connection

    @property
    def reading(self) -> Connection:
        """The same, for a question."""
        return self._connection

    @property
    def kind(self) -> str:
        """Which database this is, by SQLAlchemy's word for it."""
        return self._dialect.name

    def rows(self, statement: ClauseElement, values: Values, *, as_written: bool = False) -> Sequence[Row]:
        """All rows of a query, in the order of its columns; JSON as the text that stands there, if that is wanted."""
        prepared = _prepared(statement, self._dialect)
        found = self._answer(prepared, prepared.bound(values))
        if as_written or not prepared.readers:
            return found
        return [prepared.read(row) for row in found]

    def go_and_see(self) -> None:
        """The last answer was no more than a reason to ask the database: nothing that follows relies on it."""

    def write(self, statement: ClauseElement, values: Values) -> int:
        """Run a statement; returns how many rows it changed."""
        prepared = _prepared(statement, self._dialect)
        bound = prepared.bound(values)
        self._before_writing(prepared, bound)
        self._run(self._cursor.execute, prepared.sql, bound)
        return int(self._cursor.rowcount)

    def write_all(self, statement: ClauseElement, many: Iterable[Values]) -> None:
        """Run a statement for each of these, in order."""
        prepared = _prepared(statement, self._dialect)
        rows = [prepared.bound(values) for values in many]
        for bound in rows:
            self._before_writing(prepared, bound)
        self._run(self._cursor.executemany, prepared.sql, rows)

    def close(self) -> None:
        self._cursor.close()

    def _before_writing(self, prepared: Prepared, bound: Bound) -> None:
        """A statement is about to change something."""

    def _answer(self, prepared: Prepared, bound: Bound) -> Sequence[Row]:
        sql = prepared.sql
        self._run(self._cursor.execute, sql, bound)
        try:
            found: Sequence[Row] = self._cursor.fetchall()
        except self._errors as error:
            raise self._told(sql, error) from error
        return found

    @property
    def _errors(self) -> type[Exception]:
        return self._dialect.loaded_dbapi.Error

    def _run(self, run: Callable[..., object], sql: str, bound: object) -> None:
        try:
            run(sql, bound)
        except self._errors as error:
            raise self._told(sql, error) from error

    def _told(self, sql: str, error: Exception) -> BaseException:
        # parameters hold names and texts: they must never appear in an error or a log
        return DBAPIError.instance(
            sql, None, error, self._errors, hide_parameters=True, dialect=self._dialect
        )


def begin_writing(connection: Connection) -> None:
    """Begin a transaction of SQLite that writes: at once, and not at its first writing. One that has begun goes on."""
    dialect = connection.dialect
    under: Any = connection.connection.dbapi_connection
    if under.in_transaction:
        return
    errors = dialect.loaded_dbapi.Error
    sql = "BEGIN IMMEDIATE"
    try:
        under.execute(sql)
    except errors as error:
        raise DBAPIError.instance(sql, None, error, errors, hide_parameters=True, dialect=dialect) from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A statement as the driver takes it.

    Attributes:
        parameters: name, value if none is given, and how to write it, in the order in which they are wanted.
        by_place: they are given by their place, otherwise by name.
        readers: how to read each column; empty where all are as they should be.
        tables: all that it reads or changes.
        named: where among the values stands the name of the one row that it is about; None if it may be about many.
    """

    sql: str
    parameters: tuple[tuple[str, Any, _Convert | None], ...]
    by_place: bool
    readers: tuple[_Convert | None, ...]
    tables: frozenset[str]
    named: int | None

    def bound(self, values: Values) -> Bound:
        if self.by_place:
            return [
                write(values.get(name, usual)) if write else values.get(name, usual)
                for name, usual, write in self.parameters
            ]
        return {
            name: write(values.get(name, usual)) if write else values.get(name, usual)
            for name, usual, write in self.parameters
        }

    def read(self, row: Row) -> Row:
        return tuple(read(value) if read else value for read, value in zip(self.readers, row, strict=True))


_PREPARED: dict[tuple[ClauseElement, str], Prepared] = {}


def _prepared(statement: ClauseElement, dialect: Dialect) -> Prepared:
    """The statement for this kind of database. Statements are made once and kept, so this may keep them too."""
    known = _PREPARED.get((statement, dialect.name))
    if known is None:
        known = _PREPARED[statement, dialect.name] = _prepare(statement, dialect)
    return known


def _prepare(statement: ClauseElement, dialect: Dialect) -> Prepared:
    compiled: Any = statement.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    columns = tuple(getattr(statement, "selected_columns", ()))
    readers = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    return Prepared(
        sql=str(compiled),
        parameters=tuple(_parameter(name, compiled.binds[name], dialect) for name in names),
        by_place=compiled.positional,
        readers=readers if any(readers) else (),
        tables=frozenset(str(part.name) for part in iterate(statement) if isinstance(part, Table)),
        named=names.index(NAME) if NAME in names else None,
    )


def _parameter(name: str, bind: BindParameter[Any], dialect: Dialect) -> tuple[str, Any, _Convert | None]:
    # our own types say how they write without SQLAlchemy's asking three functions first
    written = getattr(bind.type, "written", None)
    return name, bind.value, written or bind.type.dialect_impl(dialect).bind_processor(dialect)
