"""Second alarms in memory, as far as our own entries in calendars go."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.errors import ChangedMeanwhileError, NotThereError
from casework.second_alarm import AlarmEntry


class MemoryAlarmCalendar:
    def __init__(self) -> None:
        self._entries: dict[str, tuple[str, AlarmEntry]] = {}
        self._made = 0

    def find(self, key: str) -> tuple[AlarmEntry, ...]:
        return tuple(entry for known, entry in self._entries.values() if known == key)

    def add(self, *, key: str, at: datetime, subject: str, text: str) -> None:  # noqa: ARG002 - the port's form
        if any(entry.at == at for entry in self.find(key)):
            return
        number = self._new_id()
        self._entries[number] = (key, AlarmEntry(entry_id=number, at=at, etag="1"))

    def move(self, entry: AlarmEntry, *, at: datetime) -> None:
        if entry.entry_id not in self._entries:
            raise NotThereError("There is no such entry (any more).")
        self._refuse_changed(entry)
        key, there = self._entries[entry.entry_id]
        self._entries[entry.entry_id] = (key, replace(there, at=at, etag=f"{there.etag}+"))

    def remove(self, entry: AlarmEntry) -> None:
        if entry.entry_id in self._entries:
            self._refuse_changed(entry)
            del self._entries[entry.entry_id]

    def _refuse_changed(self, entry: AlarmEntry) -> None:
        if self._entries[entry.entry_id][1].etag != entry.etag:
            raise ChangedMeanwhileError("Somebody changed the entry meanwhile. Find it again.")

    def _new_id(self) -> str:
        self._made += 1
        return str(self._made)


class MemoryAlarmCalendars:
    def __init__(self) -> None:
        self._calendars: dict[str, MemoryAlarmCalendar] = {}

    def of(self, address: str) -> MemoryAlarmCalendar:
        return self._calendars.setdefault(address.casefold(), MemoryAlarmCalendar())
