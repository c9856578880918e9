"""The events of a series: occurrences made from the master, exceptions that were changed, days that were taken out."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from practice_tenant.calendar.moments import moment_in
from practice_tenant.calendar.recurrence import days_of
from practice_tenant.calendar.store import CalendarStore, Event, new_change_key, place_of
from practice_tenant.calendar.zones import zone_of
from practice_tenant.changes import note_change

Json = dict[str, Any]
_MARK = "OID"
# An occurrence that crosses midnight, or was begun in another zone, overlaps days beside its own.
_BESIDE = timedelta(days=2)
_LAST = datetime(9999, 1, 1, tzinfo=UTC)
_OWN = ("recurrence", "singleValueExtendedProperties")


class Series:
    """What is in a calendar where every series is drawn out."""

    def __init__(self, store: CalendarStore) -> None:
        self._store = store

    def instances(self, master: Event, start: datetime, end: datetime) -> list[Event]:
        """Occurrences and exceptions that overlap a span, in order of time."""
        changed = self._changed(master)
        found = [self._occurrence(master, day, changed) for day in self._days(master, end)]
        # An exception may have been moved far away from its day.
        seen = {event.id for event in found if event}
        for day in changed:
            event = self._occurrence(master, day, changed)
            if event is not None and event.id not in seen:
                found.append(event)
        inside = [event for event in found if event is not None and _overlaps(event, start, end)]
        return sorted(inside, key=lambda event: moment_in(event.content["start"]))

    def instance(self, event_id: str) -> Event | None:
        """One occurrence or exception by its id."""
        master_id, mark, text = event_id.rpartition(_MARK)
        master = self._store.event(master_id) if mark else None
        if master is None or not master.recurrence:
            return None
        day = _day_of(text)
        if day is None or day not in self._days_to(master, day):
            return None
        return self._occurrence(master, day, self._changed(master))

    def change(self, event: Event, content: Json) -> Event:
        """Make an occurrence an exception of its series."""
        self._keep(event, content, cancelled=False)
        changed = self.instance(event.id)
        if changed is None:
            raise LookupError(f"no event {event.id}")
        return changed

    def cancel(self, event: Event) -> None:
        """Take one day out of a series."""
        self._keep(event, event.content, cancelled=True)

    def forget_exceptions(self, master: Event) -> None:
        """Another recurrence begins afresh: what was changed or taken out belonged to the days before."""
        self._store.database.execute("DELETE FROM event_exceptions WHERE master_id = ?", (master.id,))

    def _keep(self, event: Event, content: Json, *, cancelled: bool) -> None:
        kept = {name: value for name, value in content.items() if name != "recurrence"}
        self._store.database.execute(
            "INSERT OR REPLACE INTO event_exceptions (master_id, day, event_id, is_cancelled, body, change_key, "
            "modified_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                event.master_id,
                event.day,
                event.id,
                int(cancelled),
                json.dumps(kept),
                new_change_key(),
                self._store.clock.stamp(),
            ),
        )
        note_change(self._store.database, place_of(event.calendar_id), str(event.master_id))

    def _changed(self, master: Event) -> dict[date, Any]:
        rows = self._store.database.rows("SELECT * FROM event_exceptions WHERE master_id = ?", (master.id,))
        return {date.fromisoformat(row["day"]): row for row in rows}

    def _days(self, master: Event, end: datetime) -> Iterator[date]:
        return days_of(master.content["recurrence"], min(end, _LAST).date() + _BESIDE)

    def _days_to(self, master: Event, day: date) -> Iterator[date]:
        return days_of(master.content["recurrence"], day)

    def _occurrence(self, master: Event, day: date, changed: dict[date, Any]) -> Event | None:
        event_id = f"{master.id}{_MARK}{day:%Y%m%d}"
        row = changed.get(day)
        if row is not None and row["is_cancelled"]:
            return None
        plain = replace(
            master,
            id=event_id,
            transaction_id=None,
            content=_content_on(master.content, day),
            master_id=master.id,
            day=day.isoformat(),
        )
        if row is None:
            return plain
        return replace(
            plain,
            content=json.loads(row["body"]),
            change_key=row["change_key"],
            modified_at=row["modified_at"],
            is_exception=True,
        )


def drawn_out(store: CalendarStore, events: list[Event], start: datetime, end: datetime) -> list[Event]:
    """Single events of a span, and the instances of each series."""
    series, found = Series(store), list[Event]()
    for event in events:
        if event.recurrence:
            found += series.instances(event, start, end)
        elif _overlaps(event, start, end):
            found.append(event)
    return sorted(found, key=lambda event: moment_in(event.content["start"]))


def _content_on(content: Json, day: date) -> Json:
    """The master's content on another day, at the same time of that day's clock."""
    start, end = moment_in(content["start"]), moment_in(content["end"])
    zone = zone_of(content["start"]["zone"])
    there, until = start.astimezone(zone), end.astimezone(zone)
    moved = datetime.combine(day, there.time(), tzinfo=zone)
    ends = datetime.combine(day + (until.date() - there.date()), until.time(), tzinfo=zone)
    times = {"start": _kept(moved, content["start"]), "end": _kept(ends, content["end"])}
    return {**{name: value for name, value in content.items() if name not in _OWN}, **times} | {
        "singleValueExtendedProperties": []
    }


def _kept(moment: datetime, before: Json) -> Json:
    return {**before, "at": moment.astimezone(UTC).isoformat()}


def _overlaps(event: Event, start: datetime, end: datetime) -> bool:
    begins, ends = moment_in(event.content["start"]), moment_in(event.content["end"])
    return begins < end and (ends > start or begins == ends >= start)


def _day_of(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
