"""Proof that the journal is sound: the database's own check, and the chain over the event log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from casework.errors import JournalError
from casework.records import BrokenLink, Event, Events
from connectors.journal.troubles import damaged

_AT_MOST = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What `casework verify` found.

    Attributes:
        damages: what the database's own check complains of; empty if it is sound.
        broken_link: the first entry of the event log that is not as it was written.
        head: the newest entry, to be compared with the one that the weekly digest named.
    """

    damages: tuple[str, ...]
    broken_link: BrokenLink | None
    head: Event | None

    @property
    def holds(self) -> bool:
        return not self.damages and self.broken_link is None


def examine(connection: Connection, events: Events) -> Verification:
    """Check everything that can still be read; what cannot be read is a damage and no error."""
    damages = _damages_of(connection)
    broken, head = None, None
    try:
        broken = events.first_broken_link()
        head = None if broken else events.head()
    except (DBAPIError, JournalError):
        damages = (*damages, "the event log cannot be read to its end")
    return Verification(damages=damages, broken_link=broken, head=head)


def refuse_damaged(engine: Engine, name: str) -> None:
    """Let SQLite look at every page before anything is read from one or written to it.

    Raises:
        JournalError: it is damaged; says how to put a backup back.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.begin() as connection:
        if connection.scalar(text("PRAGMA quick_check(1)")) != "ok":
            raise damaged(name)


def _damages_of(connection: Connection) -> tuple[str, ...]:
    """What SQLite's integrity check says; a server checks its own pages."""
    if connection.dialect.name != "sqlite":
        return ()
    try:
        lines = connection.scalars(text(f"PRAGMA integrity_check({_AT_MOST})")).all()
        orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(_AT_MOST)
    except DBAPIError:
        return ("the database is so damaged that its own check stopped",)
    found = tuple(str(line) for line in lines if line != "ok")
    return found + tuple(f"a row of table {row[0]} belongs to no school" for row in orphans)
