"""A copy of one school's journal to try things on: the journal itself is only read, wherever it lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, inspect, select, text

from casework.errors import JournalError
from connectors.journal.database import Place, engine_for, let_go_of, place_of
from connectors.journal.journal import open_journal
from connectors.journal.schema import lanes, metadata, purses, schools, ticks, turns
from connectors.journal.troubles import in_words
from connectors.journal.versions import VERSIONS

_NOT_A_SCHOOLS = frozenset({ticks, turns, lanes, purses})
"""What hosts agree on among each other: nothing that a school's work is decided by."""
_AT_ONCE = 1000


def copy_aside(url: str | Path, target: Path, *, school: str, chain_key: bytes) -> None:
    """Copy what the journal holds of the school to a new file; where there is no journal yet, there will be no file.

    Args:
        url: as for `open_journal`.
        target: a file that is not there yet, in a folder that nobody else opens.
        school: its code.
        chain_key: of the journal; a copy cannot be opened with another.

    Raises:
        JournalError: it cannot be read; or it lies on a server and is older than this Casework.
    """
    place = place_of(url)
    with in_words(place.name):
        if place.file is None:
            _from_server(place, target, school=school, chain_key=chain_key)
        elif place.file.is_file():
            _from_file(place.file, target)


def _from_file(file: Path, target: Path) -> None:
    # read-only: SQLite then neither switches modes nor moves its side file's content into the journal
    source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _from_server(place: Place, target: Path, *, school: str, chain_key: bytes) -> None:
    open_journal(target, school=school, chain_key=chain_key).close()
    source = engine_for(place, patience=30.0)
    into = place_of(target)
    copy = engine_for(into, patience=30.0)
    try:
        with _only_reading(source) as reading, copy.begin() as writing:
            if _is_known(reading, place, school):
                _copy_rows(reading, writing, school)
    finally:
        let_go_of(source, place)
        let_go_of(copy, into)


@contextmanager
def _only_reading(engine: Engine) -> Iterator[Connection]:
    """One moment of the whole database; the server itself refuses to write in it."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def _is_known(reading: Connection, place: Place, school: str) -> bool:
    """Whether the journal holds anything of the school."""
    if not inspect(reading).has_table("alembic_version"):
        return False
    version = reading.scalar(text("SELECT version_num FROM alembic_version"))
    if version != VERSIONS[-1]:
        raise JournalError(
            f"The journal {place.name} has version {version} and this Casework works with {VERSIONS[-1]}. A dry run "
            "changes no journal, so it cannot bring it up to date: casework status does."
        )
    return reading.scalar(select(schools.c.code).where(schools.c.code == school)) is not None


def _copy_rows(reading: Connection, writing: Connection, school: str) -> None:
    writing.execute(delete(schools).where(schools.c.code == school))
    for table in metadata.sorted_tables:
        if table in _NOT_A_SCHOOLS:
            continue
        own = table.c.code if table is schools else table.c.school
        rows = reading.execution_options(yield_per=_AT_ONCE).execute(select(table).where(own == school))
        for part in rows.mappings().partitions(_AT_ONCE):
            found: Sequence[dict[str, Any]] = [dict(row) for row in part]
            writing.execute(insert(table), found)
