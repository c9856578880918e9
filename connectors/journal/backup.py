"""A copy of the whole journal while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from casework.errors import JournalError


def copy_to(engine: Engine, target: Path) -> None:
    """Copy the journal as it stands at one moment; the copy gets its name only when it is whole and sound.

    Raises:
        JournalError: the copy could not be written or is damaged; an older one of that name stays.
    """
    draft = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy(engine, draft)
        _sync(draft)
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        for left in (draft, *_beside(draft)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise JournalError(
            f"The backup {target} could not be written. "
            "Check the folder, its free space and the right to write there."
        ) from error


def _beside(draft: Path) -> tuple[Path, ...]:
    """What SQLite leaves beside a file whose disk was full: with it, the next try would have less room."""
    return tuple(draft.with_name(f"{draft.name}{ending}") for ending in ("-wal", "-shm", "-journal"))


def _copy(engine: Engine, draft: Path) -> None:
    source = engine.raw_connection()
    try:
        driver: Any = source.dbapi_connection
        with closing(sqlite3.connect(draft)) as copy:
            driver.backup(copy)
            # One plain file: a copy that needs side files would not survive being carried away.
            copy.execute("PRAGMA journal_mode=DELETE")
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        source.close()
    if verdict != "ok":
        raise sqlite3.DatabaseError("the copy is damaged")


def _sync(file: Path) -> None:
    with file.open("rb+") as copy:
        os.fsync(copy.fileno())
