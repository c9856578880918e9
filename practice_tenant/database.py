"""The tenant's one SQLite connection, and what lets a kill at any moment lose nothing that was committed."""

import sqlite3
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from practice_tenant.kept_answers import Found, KeptAnswers

Parameters = Sequence[Any] | Mapping[str, Any]
_STATEMENTS = 512
_PAGES_OF_LOG = 8_000
_KILOBYTES_OF_CACHE = 16_000

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
        self._kept = KeptAnswers()
        self._connection = sqlite3.connect(
            path, isolation_level=None, timeout=2, cached_statements=_STATEMENTS
        )
        self._connection.row_factory = sqlite3.Row
        try:
            # Exclusive: a second tenant on the same folder is told so at once. The lock dies with the process.
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("PRAGMA foreign_keys=ON")
            # A row that changes often is then copied from the log into the file once, and not at each change.
            self._connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES_OF_LOG}")
            self._connection.execute(f"PRAGMA cache_size=-{_KILOBYTES_OF_CACHE}")
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
        self._kept.forget()
        self._kept.learn_parents(self._parents())

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
                self._kept.forget()
            raise
        self._depth -= 1
        if self._depth == 0:
            self._connection.execute("COMMIT")

    def execute(
        self, sql: str, parameters: Parameters = (), *, parts: Sequence[Hashable] | None = None
    ) -> sqlite3.Cursor:
        """Run a statement; `parts` are the only ones of its table that it touches, as `kept` is told them."""
        self._kept.note(sql, parts)
        return self._connection.execute(sql, parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        self._kept.note(sql)
        return self._connection.execute(sql, parameters).fetchall()

    def kept(
        self, table: str, question: Hashable, read: Callable[[], Found], *, part: Hashable = None
    ) -> Found:
        """What `read` finds, asked again only after a write to the table.

        Args:
            table: the one table that `read` looks at.
            question: what is asked, with all that the answer depends on.
            read: finds the answer. Everybody is given the same one: change nothing in it.
            part: the one part of the table that `read` looks at, such as a row. Then whatever writes to the table
                says which parts it touches, or counts as touching all.
        """
        return self._kept.ask(table, question, read, part=part)

    def one(
        self, sql: str, parameters: Parameters = (), *, parts: Sequence[Hashable] | None = None
    ) -> sqlite3.Row | None:
        self._kept.note(sql, parts)
        row: sqlite3.Row | None = self._connection.execute(sql, parameters).fetchone()
        return row

    def holds_any(self, table: str) -> bool:
        """Whether a table has any row."""
        sql = f"SELECT 1 FROM {table} LIMIT 1"  # noqa: S608 - a table of our own
        return self.kept(table, ("any", table), lambda: self.one(sql) is not None)

    def next_number(self, name: str) -> int:
        """Count up and return the new value: change sequences, eTag versions, list item ids."""
        row = self.one(
            "INSERT INTO counter (name, value) VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            (name,),
            parts=(name,),
        )
        return int(row["value"]) if row else 0

    def last_number(self, name: str) -> int:
        """The value that next_number gave last, 0 before the first."""
        return self.kept("counter", ("counter", name), lambda: self._last_number(name), part=name)

    def fact(self, name: str) -> str | None:
        return self.kept("fact", ("fact", name), lambda: self._fact(name), part=name)

    def set_fact(self, name: str, value: str) -> None:
        self.execute(
            "INSERT INTO fact (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
            parts=(name,),
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
        self._kept.forget()
        # The copy may be of an older version of the tenant.
        for schema in self._schemas:
            self._connection.executescript(schema)

    def close(self) -> None:
        self._connection.close()

    def _last_number(self, name: str) -> int:
        row = self.one("SELECT value FROM counter WHERE name = ?", (name,))
        return int(row["value"]) if row else 0

    def _fact(self, name: str) -> str | None:
        row = self.one("SELECT value FROM fact WHERE name = ?", (name,))
        return str(row["value"]) if row else None

    def _parents(self) -> list[str]:
        """The tables that another one refers to."""
        rows = self.rows(
            'SELECT DISTINCT key."table" AS parent FROM sqlite_master AS one, pragma_foreign_key_list(one.name) AS key '
            "WHERE one.type = 'table'"
        )
        return [str(row["parent"]) for row in rows]
