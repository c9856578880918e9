"""The second alarm in an Outlook calendar: one timed entry that rings, found again by a key of our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from casework.errors import NotThereError
from casework.second_alarm import AlarmEntry
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment
from connectors.microsoft365.mail_fields import KEY_PROPERTY, carrying

LENGTH = timedelta(minutes=15)


class GraphAlarmCalendar:
    """The default calendar of one mailbox."""

    def __init__(self, calls: GraphCalls, address: str) -> None:
        self._calls = calls
        self._events = f"users/{segment(address)}/calendar/events"

    def find(self, key: str) -> tuple[AlarmEntry, ...]:
        found = self._calls.pages(
            self._events,
            params={
                "$filter": carrying(KEY_PROPERTY, key),
                "$select": "id,start",
                "$top": "5",
            },
            prefer='outlook.timezone="UTC"',
        )
        return tuple(
            AlarmEntry(
                entry_id=str(one["id"]),
                at=_moment(str(one["start"]["dateTime"])),
                etag=str(one.get("@odata.etag") or ""),
            )
            for one in found
        )

    def add(self, *, key: str, at: datetime, subject: str, text: str) -> None:
        self._calls.post(
            self._events,
            {
                **_when(at),
                "subject": subject,
                "body": {"contentType": "text", "content": text},
                "showAs": "free",
                "isReminderOn": True,
                "reminderMinutesBeforeStart": 0,
                "categories": ["Casework"],
                "singleValueExtendedProperties": [{"id": KEY_PROPERTY, "value": key}],
                # the server drops a second POST with the same one
                "transactionId": str(uuid5(NAMESPACE_URL, f"{key}/{at.isoformat()}")),
            },
            repeatable=True,
        )

    def move(self, entry: AlarmEntry, *, at: datetime) -> None:
        # whoever has switched its bell off has it again
        bell = {"isReminderOn": True, "reminderMinutesBeforeStart": 0}
        self._calls.patch(
            f"{self._events}/{segment(entry.entry_id)}",
            {**_when(at), **bell},
            etag=entry.etag,
            repeatable=True,
        )

    def remove(self, entry: AlarmEntry) -> None:
        try:
            self._calls.delete(f"{self._events}/{segment(entry.entry_id)}", etag=entry.etag)
        except NotThereError:
            return


class GraphAlarmCalendars:
    """Calendars by address, over one connection."""

    def __init__(self, account: SchoolAccount) -> None:
        self._calls = GraphCalls(account)

    def of(self, address: str) -> GraphAlarmCalendar:
        return GraphAlarmCalendar(self._calls, address)


def _when(at: datetime) -> JsonObject:
    start, end = (
        {"dateTime": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}
        for moment in (at, at + LENGTH)
    )
    return {"start": start, "end": end}


def _moment(text: str) -> datetime:
    """Graph writes seven digits of a second, and the zone apart."""
    return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
