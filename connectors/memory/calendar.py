"""Calendars in memory, as far as our own entries in them go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casework.errors import NotThereError
from casework.policy_ports import CalendarEntry


class MemoryReviewCalendar:
    def __init__(self) -> None:
        self._entries: dict[str, CalendarEntry] = {}
        self._made = 0

    def find(self, key: str) -> CalendarEntry | None:
        return next((entry for entry in self._entries.values() if entry.key == key), None)

    def add(self, *, key: str, day: date, subject: str, text: str) -> CalendarEntry:  # noqa: ARG002 - the port's form
        for entry in self._entries.values():
            if (entry.key, entry.day) == (key, day):
                return entry
        entry = CalendarEntry(entry_id=self._new_id(), key=key, day=day, subject=subject)
        self._entries[entry.entry_id] = entry
        return entry

    def move(self, entry_id: str, *, day: date, subject: str) -> None:
        if entry_id not in self._entries:
            raise NotThereError("There is no such entry (any more).")
        self._entries[entry_id] = replace(self._entries[entry_id], day=day, subject=subject)

    def remove(self, entry_id: str) -> None:
        self._entries.pop(entry_id, None)

    def _new_id(self) -> str:
        self._made += 1
        return str(self._made)


class MemoryCalendars:
    def __init__(self) -> None:
        self._calendars: dict[str, MemoryReviewCalendar] = {}

    def of(self, address: str) -> MemoryReviewCalendar:
        return self._calendars.setdefault(address.casefold(), MemoryReviewCalendar())
