"""The rows of calendars and events."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Row
from typing import Any

from practice_tenant.calendar.moments import moment_in
from practice_tenant.changes import note_change, note_removal
from practice_tenant.clock import PracticeClock
from practice_tenant.database import Database
from practice_tenant.directory import User
from practice_tenant.times import stamp

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    id: str
    user_id: str
    name: str
    is_default: bool
    change_key: str

    @property
    def place(self) -> str:
        """Where changes of its events are noted."""
        return place_of(self.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event; `content` is what clients set. One of a series knows its master and its day there."""

    id: str
    calendar_id: str
    transaction_id: str | None
    content: Json
    change_key: str
    created_at: str
    modified_at: str
    master_id: str | None = None
    day: str = ""
    is_exception: bool = False

    @classmethod
    def from_row(cls, row: Row) -> "Event":
        return cls(
            id=row["id"],
            calendar_id=row["calendar_id"],
            transaction_id=row["transaction_id"],
            content=json.loads(row["body"]),
            change_key=row["change_key"],
            created_at=row["created_at"],
            modified_at=row["modified_at"],
        )

    @property
    def recurrence(self) -> Json | None:
        recurrence: Json | None = self.content.get("recurrence")
        return recurrence

    @property
    def e_tag(self) -> str:
        return f'W/"{self.change_key}"'


class CalendarStore:
    def __init__(self, database: Database, clock: PracticeClock, user: User) -> None:
        self.database = database
        self.clock = clock
        self.user = user

    def calendars(self) -> list[Calendar]:
        """The user's calendars, the default one first."""
        rows = self.database.rows(
            "SELECT * FROM calendars WHERE user_id = ? ORDER BY is_default DESC, rowid", (self.user.id,)
        )
        return [Calendar(**{**dict(row), "is_default": bool(row["is_default"])}) for row in rows]

    def add_calendar(self, name: str, *, is_default: bool = False) -> Calendar:
        calendar = Calendar(
            id="AAMk" + _opaque(45),
            user_id=self.user.id,
            name=name,
            is_default=is_default,
            change_key=new_change_key(),
        )
        self.database.execute(
            "INSERT INTO calendars (id, user_id, name, is_default, change_key) VALUES (?, ?, ?, ?, ?)",
            (calendar.id, calendar.user_id, calendar.name, int(is_default), calendar.change_key),
        )
        return calendar

    def rename_calendar(self, calendar: Calendar, name: str) -> Calendar:
        changed = replace(calendar, name=name, change_key=new_change_key())
        self.database.execute(
            "UPDATE calendars SET name = ?, change_key = ? WHERE id = ?",
            (changed.name, changed.change_key, calendar.id),
        )
        return changed

    def delete_calendar(self, calendar: Calendar) -> None:
        """Take away a calendar with its events."""
        self.database.execute("DELETE FROM calendars WHERE id = ?", (calendar.id,))

    def event(self, event_id: str) -> Event | None:
        return _event_of(
            self.database.one("SELECT * FROM events WHERE user_id = ? AND id = ?", (self.user.id, event_id))
        )

    def event_of_transaction(self, transaction_id: str) -> Event | None:
        return _event_of(
            self.database.one(
                "SELECT * FROM events WHERE user_id = ? AND transaction_id = ?",
                (self.user.id, transaction_id),
            )
        )

    def events(self, calendar: Calendar, *, holding: str = "") -> list[Event]:
        """The events of a calendar, or those whose content holds a text, given in lower case."""
        rows = self.database.rows(
            "SELECT * FROM events WHERE calendar_id = ? AND (? = '' OR instr(lower(body), ?)) "
            "ORDER BY starts_at, rowid",
            (calendar.id, holding, holding),
        )
        return [Event.from_row(row) for row in rows]

    def events_between(self, calendar: Calendar, start: datetime, end: datetime) -> list[Event]:
        """Events that overlap the span; one that has no length counts where it lies."""
        rows = self.database.rows(
            "SELECT * FROM events WHERE calendar_id = ? AND starts_at < ? "
            "AND (ends_at > ? OR (starts_at = ends_at AND starts_at >= ?)) ORDER BY starts_at, rowid",
            (calendar.id, stamp(end), stamp(start), stamp(start)),
        )
        return [Event.from_row(row) for row in rows]

    def add(self, calendar: Calendar, content: Json, transaction_id: str | None) -> Event:
        now = self.clock.stamp()
        event_id = "AAMk" + _opaque(65)
        self.database.execute(
            "INSERT INTO events (id, calendar_id, user_id, transaction_id, starts_at, ends_at, body, "
            "change_key, created_at, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                event_id,
                calendar.id,
                self.user.id,
                transaction_id,
                stamp(moment_in(content["start"])),
                stamp(moment_in(content["end"])),
                json.dumps(content),
                new_change_key(),
                now,
                now,
            ),
        )
        return self._again(event_id)

    def change(self, event: Event, content: Json) -> Event:
        self.database.execute(
            "UPDATE events SET body = ?, starts_at = ?, ends_at = ?, change_key = ?, modified_at = ? WHERE id = ?",
            (
                json.dumps(content),
                stamp(moment_in(content["start"])),
                stamp(moment_in(content["end"])),
                new_change_key(),
                self.clock.stamp(),
                event.id,
            ),
        )
        return self._again(event.id)

    def delete(self, event: Event) -> None:
        self.database.execute("DELETE FROM events WHERE id = ?", (event.id,))
        note_removal(self.database, place_of(event.calendar_id), event.id)

    def _again(self, event_id: str) -> Event:
        event = self.event(event_id)
        if event is None:
            raise LookupError(f"no event {event_id}")
        note_change(self.database, place_of(event.calendar_id), event.id)
        return event


def place_of(calendar_id: str) -> str:
    return f"events of {calendar_id}"


def new_change_key() -> str:
    return _opaque(16)


def _opaque(size: int) -> str:
    return urlsafe_b64encode(secrets.token_bytes(size)).decode()


def _event_of(row: Row | None) -> Event | None:
    return Event.from_row(row) if row else None
