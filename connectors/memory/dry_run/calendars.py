"""People's calendars as a dry run leaves them, as far as our own entries in them go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from casework.dry_run.acts import Act, Tell, WouldWrite
from casework.policy_ports import CalendarEntry, Calendars, ReviewCalendar
from casework.second_alarm import AlarmCalendar, AlarmCalendars, AlarmEntry
from connectors.memory.alarms import MemoryAlarmCalendar
from connectors.memory.calendar import MemoryReviewCalendar


class DryReviewCalendar(MemoryReviewCalendar):
    """Entries that would be made, moved or taken away are so in memory alone."""

    def __init__(self, real: ReviewCalendar, address: str, *, tell: Tell) -> None:
        super().__init__()
        self._real = real
        self._address = address
        self._tell = tell
        self._gone: set[str] = set()

    def find(self, key: str) -> tuple[CalendarEntry, ...]:
        self._take_in(self._real.find(key))
        return super().find(key)

    def ours(self) -> tuple[CalendarEntry, ...]:
        self._take_in(self._real.ours())
        return super().ours()

    def _take_in(self, entries: tuple[CalendarEntry, ...]) -> None:
        """What stands there in truth, but for what would be gone or moved."""
        for entry in entries:
            if entry.entry_id not in self._gone:
                self._entries.setdefault(entry.entry_id, entry)

    def add(
        self,
        *,
        key: str,
        day: date,
        subject: str,
        text: str,
        once: str,
        settled: Callable[[], None] = lambda: None,
    ) -> CalendarEntry:
        self.find(key)
        entry = super().add(key=key, day=day, subject=subject, text=text, once=once, settled=settled)
        self._tell(WouldWrite(act=Act.ENTERED, place=self._address, what=key))
        return entry

    def move(self, entry: CalendarEntry, *, day: date, subject: str) -> None:
        super().move(entry, day=day, subject=subject)
        self._tell(WouldWrite(act=Act.ENTERED, place=self._address, what=entry.entry_id))

    def remove(self, entry: CalendarEntry) -> None:
        super().remove(entry)
        self._gone.add(entry.entry_id)
        self._tell(WouldWrite(act=Act.TAKEN_AWAY, place=self._address, what=entry.entry_id))

    def _new_id(self) -> str:
        return f"would-be-{super()._new_id()}"


class DryCalendars:
    """Calendars by their owner's address."""

    def __init__(self, real: Calendars, *, tell: Tell) -> None:
        self._real = real
        self._tell = tell
        self._calendars: dict[str, DryReviewCalendar] = {}

    def of(self, address: str) -> ReviewCalendar:
        known = address.casefold()
        if known not in self._calendars:
            self._calendars[known] = DryReviewCalendar(self._real.of(address), known, tell=self._tell)
        return self._calendars[known]


class DryAlarmCalendar(MemoryAlarmCalendar):
    """The second alarm, moved in memory alone."""

    def __init__(self, real: AlarmCalendar, address: str, *, tell: Tell) -> None:
        super().__init__()
        self._real = real
        self._address = address
        self._tell = tell
        self._gone: set[str] = set()

    def find(self, key: str) -> tuple[AlarmEntry, ...]:
        for entry in self._real.find(key):
            if entry.entry_id not in self._gone:
                self._entries.setdefault(entry.entry_id, (key, entry))
        return super().find(key)

    def add(self, *, key: str, at: datetime, subject: str, text: str) -> None:
        super().add(key=key, at=at, subject=subject, text=text)
        self._tell(WouldWrite(act=Act.ALARM_SET, place=self._address, what=key))

    def move(self, entry: AlarmEntry, *, at: datetime) -> None:
        super().move(entry, at=at)
        self._tell(WouldWrite(act=Act.ALARM_SET, place=self._address, what=entry.entry_id))

    def remove(self, entry: AlarmEntry) -> None:
        super().remove(entry)
        self._gone.add(entry.entry_id)
        self._tell(WouldWrite(act=Act.ALARM_SET, place=self._address, what=entry.entry_id))

    def _new_id(self) -> str:
        return f"would-be-{super()._new_id()}"


class DryAlarmCalendars:
    """Calendars by their owner's address."""

    def __init__(self, real: AlarmCalendars, *, tell: Tell) -> None:
        self._real = real
        self._tell = tell
        self._calendars: dict[str, DryAlarmCalendar] = {}

    def of(self, address: str) -> AlarmCalendar:
        known = address.casefold()
        if known not in self._calendars:
            self._calendars[known] = DryAlarmCalendar(self._real.of(address), known, tell=self._tell)
        return self._calendars[known]
