"""What a disk does not remember of its files: an id that outlives renaming, who stored a file, and what came when."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, node INTEGER NOT NULL,
    changed INTEGER NOT NULL, size INTEGER NOT NULL, version INTEGER NOT NULL, stored_by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS generation (mark TEXT NOT NULL);
"""
_ROW = "id, path, node, changed, size, version, stored_by"


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDisk:
    """A file as the disk shows it.

    Attributes:
        node: the disk's own number of the file, which renaming keeps.
        changed: nanoseconds since 1970.
    """

    path: str
    node: int
    changed: int
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A file as the index knows it; `version` counts every change of content or place."""

    number: int
    on_disk: OnDisk
    version: int
    stored_by: str


class FileIndex:
    """A small database beside the files. Without it nothing is lost but ids: the files are found again by looking."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        # WAL without a sync at each commit: after a power cut the files themselves tell what is missing here
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.executescript(_TABLES)
        if self._database.execute("SELECT count(*) FROM generation").fetchone()[0] == 0:
            self._database.execute("INSERT INTO generation VALUES (?)", (uuid.uuid4().hex,))

    def generation(self) -> str:
        """Marks this index: numbers of another one mean nothing here."""
        with self._lock:
            return str(self._database.execute("SELECT mark FROM generation").fetchone()[0])

    def begin_generation(self) -> None:
        """Let all numbers given out so far count no longer as places in the order of changes."""
        with self._change() as database:
            database.execute("UPDATE generation SET mark = ?", (uuid.uuid4().hex,))

    def by_path(self, path: str) -> Known | None:
        return self._one("folded = ?", path.lower())

    def by_number(self, number: int) -> Known | None:
        return self._one("id = ?", number)

    def everything(self) -> tuple[Known, ...]:
        with self._lock:
            rows = self._database.execute(f"SELECT {_ROW} FROM files ORDER BY id").fetchall()  # noqa: S608 - our own words
        return tuple(map(_known, rows))

    def note(self, on_disk: OnDisk, *, known: Known | None = None, by: str = "") -> Known:
        """Remember a file as it is now: a new one, or another version of one that is known."""
        facts = (on_disk.path, on_disk.path.lower(), on_disk.node, on_disk.changed, on_disk.size)
        with self._change() as database:
            if known is None:
                made = database.execute(
                    "INSERT INTO files (path, folded, node, changed, size, version, stored_by) "
                    "VALUES (?, ?, ?, ?, ?, 1, ?) ON CONFLICT (folded) DO UPDATE SET path = excluded.path RETURNING id",
                    (*facts, by),
                ).fetchone()
                number = int(made[0])
            else:
                number = known.number
                database.execute(
                    "UPDATE files SET path = ?, folded = ?, node = ?, changed = ?, size = ?, version = version + 1, "
                    "stored_by = ? WHERE id = ?",
                    (*facts, by, number),
                )
            database.execute("INSERT INTO changes (file) VALUES (?)", (number,))
        return Known(number=number, on_disk=on_disk, version=known.version + 1 if known else 1, stored_by=by)

    def forget(self, known: Known) -> None:
        with self._change() as database:
            database.execute("DELETE FROM files WHERE id = ?", (known.number,))
            database.execute("INSERT INTO changes (file) VALUES (?)", (known.number,))

    def last_change(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT coalesce(max(number), 0) FROM changes").fetchone()[0])

    def changed_since(self, number: int) -> Iterable[int]:
        """The files changed after that change, each once, in the order of their last change."""
        with self._lock:
            rows = self._database.execute(
                "SELECT file FROM changes WHERE number > ? GROUP BY file ORDER BY max(number)", (number,)
            ).fetchall()
        return [int(row[0]) for row in rows]

    def _one(self, where: str, value: object) -> Known | None:
        with self._lock:
            row = self._database.execute(f"SELECT {_ROW} FROM files WHERE {where}", (value,)).fetchone()  # noqa: S608 - our own words
        return _known(row) if row else None

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._database.execute("BEGIN")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")


def _known(row: tuple[int, str, int, int, int, int, str]) -> Known:
    number, path, node, changed, size, version, stored_by = row
    return Known(
        number=number,
        on_disk=OnDisk(path=path, node=node, changed=changed, size=size),
        version=version,
        stored_by=stored_by,
    )
