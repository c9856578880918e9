"""The tenant's one SQLite connection, and what lets a kill at any moment lose nothing that was committed."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Parameters = Sequence[Any] | Mapping[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class StateFolderInUseError(Exception):
    """Another practice tenant runs on the same state folder."""


class Database:
    """Everything the tenant remembers, used from the thread of the event loop only.

    Handlers talk to it synchronously, so that whatever stands between two awaits is serialised.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._depth = 0
        self._schemas: list[str] = []
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=2)
        self._connection.row_factory = sqlite3.Row
        try:
            # Exclusive: a second tenant on the same folder is told so at once. The lock dies with the process.
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("PRAGMA foreign_keys=ON")
            self.apply(SCHEMA)
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise StateFolderInUseError(
                f"{path.parent} cannot be opened as a practice tenant's folder ({error}). "
                "Stop the other practice tenant, or give another folder with --state."
            ) from error

    def apply(self, schema: str) -> None:
        """Run an area's CREATE TABLE IF NOT EXISTS statements."""
        self._schemas.append(schema)
        self._connection.executescript(schema)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all or nothing; an inner transaction belongs to the outer one. Never await inside it."""
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("ROLLBACK")
            raise
        self._depth -= 1
        if self._depth == 0:
            self._connection.execute("COMMIT")

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        return self._connection.execute(sql, parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return row

    def next_number(self, name: str) -> int:
        """Count up and return the new value: change sequences, eTag versions, list item ids."""
        row = self.one(
            "INSERT INTO counter (name, value) VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            (name,),
        )
        return int(row["value"]) if row else 0

    def last_number(self, name: str) -> int:
        """The value that next_number gave last, 0 before the first."""
        row = self.one("SELECT value FROM counter WHERE name = ?", (name,))
        return int(row["value"]) if row else 0

    def fact(self, name: str) -> str | None:
        row = self.one("SELECT value FROM fact WHERE name = ?", (name,))
        return str(row["value"]) if row else None

    def set_fact(self, name: str, value: str) -> None:
        self.execute(
            "INSERT INTO fact (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    @property
    def changes(self) -> int:
        """How many rows were written since the start; equal numbers mean that nothing changed between."""
        return self._connection.total_changes

    def save_copy(self, path: Path) -> None:
        """Write the present state into another SQLite file, whole or not at all."""
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as copy:
            self._connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        unfinished.replace(path)

    def restore_copy(self, path: Path) -> None:
        """Become what a saved copy holds; a kill meanwhile leaves the old state or the new one."""
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(self._connection)
        # The copy may be of an older version of the tenant.
        for schema in self._schemas:
            self._connection.executescript(schema)

    def close(self) -> None:
        self._connection.close()
