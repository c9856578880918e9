"""A file is asked the same again and again: while nobody has written to it, the answers of before are still right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from types import TracebackType
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from casework.errors import JournalBusyError
from connectors.journal.driver import Bound, Driver, Prepared, Row, begin_writing
from connectors.journal.writes import JournalVersion, ServerDriver

MOST_QUESTIONS = 500
"""For each set of tables."""
LONGEST = 200
"""Rows of an answer: longer ones are not kept."""

_Question: TypeAlias = tuple[str, tuple[Any, ...], bool]
"""A statement, its values, and whether they name the one row that it is about."""


NUMBERS = count(1)


class Answers:
    """What one connection was last told, and the version of the file for which that holds.

    SQLite's `data_version` tells when another connection has written; what this one writes, it knows itself
    (https://www.sqlite.org/pragma.html#pragma_data_version).
    """

    def __init__(self) -> None:
        self.number = next(NUMBERS)
        self.version = -1
        self._kept: dict[frozenset[str], dict[_Question, Sequence[Row]]] = {}

    def are_for(self, version: int) -> bool:
        """True if they still hold; if not, they are forgotten."""
        if version == self.version:
            return True
        self._kept.clear()
        self.version = version
        return False

    def get(self, prepared: Prepared, question: _Question) -> Sequence[Row] | None:
        about = self._kept.get(prepared.tables)
        return None if about is None else about.get(question)

    def keep(self, prepared: Prepared, question: _Question, rows: Sequence[Row]) -> None:
        about = self._kept.setdefault(prepared.tables, {})
        if len(about) >= MOST_QUESTIONS:
            about.clear()
        if len(rows) <= LONGEST:
            about[question] = rows

    def forget_all(self) -> None:
        self._kept.clear()

    def forget(self, prepared: Prepared, bound: Bound) -> None:
        """What this statement may change; of rows that have a name, those of another name stay as they are."""
        for tables, about in self._kept.items():
            if tables.isdisjoint(prepared.tables):
                continue
            if prepared.named is None or not isinstance(bound, Sequence):
                about.clear()
                continue
            name = bound[prepared.named]
            for question in [one for one in about if name in one[1] or not one[2]]:
                del about[question]


class FileDriver(Driver):
    """One transaction on a file. It begins when the file must be asked or written to, which an idle sweep seldom needs.

    All answers are of one moment: what was remembered is asked again, in the transaction, if another connection has
    written before it began. Where the file now says something else, the transaction is sent back.
    """

    def __init__(self, connection: Connection, answers: Answers) -> None:
        super().__init__(connection)
        self._answers = answers
        self._relied_on: list[tuple[Prepared, Bound, Sequence[Row]]] = []
        self._is_remembered = False
        """Whether the last answer was, and the transaction relies on it."""
        self._has_looked = False
        self._is_begun = False
        self._has_written = False

    @property
    def connection(self) -> Connection:
        # what SQLAlchemy is told to do is not seen here: it may write
        self._begin()
        self._has_written = True
        self._answers.forget_all()
        return self._connection

    @property
    def reading(self) -> Connection:
        self._begin()
        return self._connection

    def go_and_see(self) -> None:
        if self._is_remembered:
            self._relied_on.pop()
            self._is_remembered = False
        self._begin()

    @property
    def version(self) -> JournalVersion:
        """By SQLite's own counts: its `data_version`, and the rows that this connection has changed."""
        return JournalVersion(
            through=self._answers.number, others=self._version(), own=int(self._under.total_changes)
        )

    def commit(self) -> None:
        if self._connection.in_transaction():
            self._connection.commit()
        elif self._is_begun:
            self._under.commit()

    def undo(self) -> None:
        if self._connection.in_transaction():
            self._connection.rollback()
        if self._under.in_transaction:
            self._under.rollback()

    def _before_writing(self, prepared: Prepared, bound: Bound) -> None:
        self._begin()
        self._has_written = True
        self._answers.forget(prepared, bound)

    def _answer(self, prepared: Prepared, bound: Bound) -> Sequence[Row]:
        self._is_remembered = False
        if self._has_written:
            return super()._answer(prepared, bound)
        if not self._has_looked:
            self._has_looked = True
            self._answers.are_for(self._version())
        question = (prepared.sql, tuple(bound), prepared.named is not None)
        known = self._answers.get(prepared, question)
        self._is_remembered = known is not None and not self._is_begun
        if known is None:
            self._begin()
            known = super()._answer(prepared, bound)
            self._answers.keep(prepared, question, known)
        elif self._is_remembered:
            self._relied_on.append((prepared, bound, known))
        return known

    def _begin(self) -> None:
        """Begin if it has not.

        Raises:
            JournalBusyError: another connection has changed what was relied on.
        """
        if self._is_begun:
            return
        begin_writing(self._connection)
        self._is_begun = True
        if self._answers.are_for(self._version()):
            return
        for prepared, bound, rows in self._relied_on:
            if super()._answer(prepared, bound) != rows:
                raise JournalBusyError("The journal was busy: another writer went first. It is tried again.")

    def _version(self) -> int:
        self._run(self._cursor.execute, "PRAGMA data_version", ())
        ((version,),) = self._cursor.fetchall()
        return int(version)


class FileLine:
    """The one connection over which a journal reaches its file: opening one costs more than most questions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._answers = Answers()

    def transaction(self) -> AbstractContextManager[FileDriver]:
        """All or nothing; one at a time."""
        return _OnFile(self)

    def begin(self) -> FileDriver:
        """A transaction that somebody is going to end."""
        if self._connection is None:
            self._connection = self._engine.connect()
            self._answers = Answers()
        return FileDriver(self._connection, self._answers)

    def close(self) -> None:
        """Let go of the file; the next transaction opens it anew."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def undo(self, driver: FileDriver) -> None:
        """Undo it; a connection that cannot even do that is given up, which undoes it too."""
        try:
            driver.undo()
        except (DBAPIError, sqlite3.Error):
            if self._connection is not None:
                self._connection.invalidate()
            self.close()


class _OnFile:
    """A transaction on a file, committed or undone."""

    __slots__ = ("_driver", "_line")

    def __init__(self, line: FileLine) -> None:
        self._line = line

    def __enter__(self) -> FileDriver:
        self._driver = self._line.begin()
        return self._driver

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            self._line.undo(self._driver)
            return
        try:
            self._driver.commit()
        except BaseException:
            self._line.undo(self._driver)
            raise


class ServerLine:
    """To a server: a connection of its pool for each transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Driver]:
        with self._engine.begin() as connection:
            yield ServerDriver(connection)

    def close(self) -> None:
        """Nothing is held."""
