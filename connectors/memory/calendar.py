"""Calendars in memory, as far as our own entries in them go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from casework.errors import ChangedMeanwhileError, NotThereError, TurnLostError
from casework.policy_ports import CalendarEntry


class MemoryReviewCalendar:
    def __init__(self) -> None:
        self._entries: dict[str, CalendarEntry] = {}
        self._made_once: dict[str, str] = {}
        self._made = 0

    def find(self, key: str) -> tuple[CalendarEntry, ...]:
        return tuple(entry for entry in self._entries.values() if entry.key == key)

    def ours(self) -> tuple[CalendarEntry, ...]:
        return tuple(self._entries.values())

    def add(
        self,
        *,
        key: str,
        day: date,
        subject: str,
        text: str,  # noqa: ARG002 - the port's form
        once: str,
        settled: Callable[[], None] = lambda: None,
    ) -> CalendarEntry:
        there = self._entries.get(self._made_once.get(once, ""))
        entry = there or CalendarEntry(entry_id=self._new_id(), key=key, day=day, subject=subject, etag="1")
        self._entries[entry.entry_id] = entry
        self._made_once[once] = entry.entry_id
        try:
            settled()
        except TurnLostError:
            if there is None:
                with suppress(ChangedMeanwhileError):
                    self.remove(entry)
            raise
        return entry

    def move(self, entry: CalendarEntry, *, day: date, subject: str) -> None:
        if entry.entry_id not in self._entries:
            raise NotThereError("There is no such entry (any more).")
        self._refuse_changed(entry)
        self._entries[entry.entry_id] = replace(entry, day=day, subject=subject, etag=f"{entry.etag}+")

    def remove(self, entry: CalendarEntry) -> None:
        if entry.entry_id in self._entries:
            self._refuse_changed(entry)
            del self._entries[entry.entry_id]

    def _refuse_changed(self, entry: CalendarEntry) -> None:
        if self._entries[entry.entry_id].etag != entry.etag:
            raise ChangedMeanwhileError("Somebody changed the entry meanwhile. Find it again.")

    def _new_id(self) -> str:
        self._made += 1
        return str(self._made)


class MemoryCalendars:
    def __init__(self) -> None:
        self._calendars: dict[str, MemoryReviewCalendar] = {}

    def of(self, address: str) -> MemoryReviewCalendar:
        return self._calendars.setdefault(address.casefold(), MemoryReviewCalendar())
