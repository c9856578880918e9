"""A log of changes for delta and notifications: of each entity of a place the number of its last change."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice_tenant.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS entity_change (
    place TEXT NOT NULL,            -- a list of tasks, a calendar, ...
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    created INTEGER NOT NULL,       -- the number under which it first appeared
    removed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (place, id));
CREATE INDEX IF NOT EXISTS entity_change_by_number ON entity_change (place, number);
"""
_COUNTER = "entity change"


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityChange:
    id: str
    number: int
    created: int
    removed: bool


def note_change(database: Database, place: str, entity_id: str) -> None:
    """An entity appeared or changed."""
    number = database.next_number(_COUNTER)
    database.execute(
        "INSERT INTO entity_change (place, id, number, created) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (place, id) DO UPDATE SET number = excluded.number, removed = 0",
        (place, entity_id, number, number),
    )


def note_removal(database: Database, place: str, entity_id: str) -> None:
    """An entity went."""
    number = database.next_number(_COUNTER)
    database.execute(
        "INSERT INTO entity_change (place, id, number, created, removed) VALUES (?, ?, ?, ?, 1) "
        "ON CONFLICT (place, id) DO UPDATE SET number = excluded.number, removed = 1",
        (place, entity_id, number, number),
    )


def newest_change(database: Database) -> int:
    return database.last_number(_COUNTER)


def changes_between(
    database: Database, place: str, after: int, until: int, limit: int = -1
) -> Sequence[EntityChange]:
    """The changes of a place with numbers above `after` and up to `until`, in their order."""
    rows = database.rows(
        "SELECT id, number, created, removed FROM entity_change "
        "WHERE place = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?",
        (place, after, until, limit),
    )
    return [EntityChange(**{**dict(row), "removed": bool(row["removed"])}) for row in rows]
