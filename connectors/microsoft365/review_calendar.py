"""Reviews in people's Outlook calendars: one all-day entry a policy, found again by a key of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5

from casework.errors import ChangedMeanwhileError, NotThereError, TurnLostError
from casework.policy_ports import CalendarEntry
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment
from connectors.microsoft365.mail_fields import (
    CALL_PROPERTY,
    COMMON_PROPERTY,
    COMMON_VALUE,
    KEY_PROPERTY,
    carrying,
    key_of,
    marks,
)

_EXPAND = f"singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')"
_EXPAND_CALL = f"singleValueExtendedProperties($filter=id eq '{CALL_PROPERTY}')"
_ONE_DAY = timedelta(days=1)


class GraphReviewCalendar:
    """The default calendar of one mailbox."""

    def __init__(self, calls: GraphCalls, address: str, zone: str) -> None:
        self._calls = calls
        self._events = f"users/{segment(address)}/calendar/events"
        self._zone = zone

    def find(self, key: str) -> tuple[CalendarEntry, ...]:
        return tuple(self._entry(event, key) for event in self._marked(KEY_PROPERTY, key, at_once=5))

    def ours(self) -> tuple[CalendarEntry, ...]:
        found = self._marked(COMMON_PROPERTY, COMMON_VALUE, at_once=100)
        return tuple(self._entry(event, key) for event in found if (key := key_of(event)))

    def _marked(self, mark: str, value: str, *, at_once: int) -> Iterable[JsonObject]:
        return self._calls.pages(
            self._events,
            params={
                "$filter": carrying(mark, value),
                "$select": "id,subject,start",
                "$expand": _EXPAND,
                "$top": str(at_once),
            },
            prefer=f'outlook.timezone="{self._zone}"',
        )

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
        call = str(uuid4())
        made = self._calls.post(
            self._events,
            {
                **self._when(day),
                "subject": subject,
                "body": {"contentType": "text", "content": text},
                "showAs": "free",
                # Casework reminds by mail; a second bell of Outlook's would ring at midnight
                "isReminderOn": False,
                "categories": ["Casework"],
                "singleValueExtendedProperties": [*marks(key), {"id": CALL_PROPERTY, "value": call}],
                # the server drops a second POST with the same one, and answers with the entry of the first
                "transactionId": str(uuid5(NAMESPACE_URL, once)),
            },
            repeatable=True,
        )
        entry = CalendarEntry(
            entry_id=str(made["id"]),
            key=key,
            day=day,
            subject=subject,
            etag=str(made.get("@odata.etag") or ""),
        )
        try:
            settled()
        except TurnLostError:
            self._take_back(entry, call)
            raise
        return entry

    def _take_back(self, entry: CalendarEntry, call: str) -> None:
        """Remove the entry if it was made by this call and is as it was made; what was there before stays."""
        with suppress(ChangedMeanwhileError, NotThereError):
            there = self._calls.get(
                f"{self._events}/{segment(entry.entry_id)}", params={"$select": "id", "$expand": _EXPAND_CALL}
            )
            if any(mark.get("value") == call for mark in there.get("singleValueExtendedProperties") or []):
                self.remove(entry)

    def move(self, entry: CalendarEntry, *, day: date, subject: str) -> None:
        self._calls.patch(
            f"{self._events}/{segment(entry.entry_id)}",
            {**self._when(day), "subject": subject},
            etag=entry.etag,
            repeatable=True,
        )

    def remove(self, entry: CalendarEntry) -> None:
        try:
            self._calls.delete(f"{self._events}/{segment(entry.entry_id)}", etag=entry.etag)
        except NotThereError:
            return

    def _when(self, day: date) -> JsonObject:
        """An all-day event lasts from midnight to midnight, both in one zone."""
        start, end = (
            {"dateTime": f"{each.isoformat()}T00:00:00", "timeZone": self._zone}
            for each in (day, day + _ONE_DAY)
        )
        return {"isAllDay": True, "start": start, "end": end}

    def _entry(self, event: JsonObject, key: str) -> CalendarEntry:
        start = str(event["start"]["dateTime"])
        return CalendarEntry(
            entry_id=str(event["id"]),
            key=key,
            day=date.fromisoformat(start[:10]),
            subject=str(event.get("subject") or ""),
            etag=str(event.get("@odata.etag") or ""),
        )


class GraphCalendars:
    """Calendars by address, over one connection."""

    def __init__(self, account: SchoolAccount, *, zone: str = "Europe/London") -> None:
        self._calls = GraphCalls(account)
        self._zone = zone

    def of(self, address: str) -> GraphReviewCalendar:
        return GraphReviewCalendar(self._calls, address, self._zone)
