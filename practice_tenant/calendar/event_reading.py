"""What a client may set on an event, and in which form it is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from practice_tenant.calendar.moments import moment_in, read_moment
from practice_tenant.calendar.recurrence import read_recurrence
from practice_tenant.calendar.zones import zone_of
from practice_tenant.errors import GraphError

Json = dict[str, Any]

_PLAIN = frozenset(
    {
        "subject",
        "categories",
        "hideAttendees",
        "allowNewTimeProposals",
        "isReminderOn",
        "reminderMinutesBeforeStart",
        "responseRequested",
        "singleValueExtendedProperties",
    }
)
_CHOICES = {
    "importance": ("low", "normal", "high"),
    "sensitivity": ("normal", "personal", "private", "confidential"),
    "showAs": ("unknown", "free", "tentative", "busy", "oof", "workingElsewhere"),
}
_DEFAULTS: Json = {
    "subject": "",
    "categories": [],
    "body": {"contentType": "html", "content": ""},
    "importance": "normal",
    "sensitivity": "normal",
    "showAs": "busy",
    "isAllDay": False,
    "isReminderOn": True,
    "reminderMinutesBeforeStart": 15,
    "responseRequested": True,
    "hideAttendees": False,
    "allowNewTimeProposals": True,
    "location": {"displayName": "", "locationType": "default"},
    "attendees": [],
    "singleValueExtendedProperties": [],
}


def new_event(given: Json) -> Json:
    """A new event from a client's object.

    Raises:
        GraphError: 400 naming what is wrong or missing.
    """
    if "start" not in given or "end" not in given:
        raise _refused("ErrorInvalidArgument", "An event needs a start and an end.")
    return changed_event(_DEFAULTS, given)


def changed_event(before: Json, given: Json) -> Json:
    """The event after a change; what only Exchange sets is left as it was."""
    event = {**before, **{name: given[name] for name in _PLAIN if name in given}}
    for name, words in _CHOICES.items():
        if name in given:
            event[name] = _choice(name, given[name], words)
    for name, read in _READERS.items():
        if name in given:
            event[name] = read(given[name])
    if "recurrence" in given:
        event["recurrence"] = read_recurrence(given["recurrence"], event["start"]["zone"])
    _check_times(event)
    return event


def _check_times(event: Json) -> None:
    start, end = moment_in(event["start"]), moment_in(event["end"])
    if end < start:
        raise _refused(
            "ErrorCalendarEndDateIsEarlierThanStartDate", "The end of an event lies before its start."
        )
    if not event["isAllDay"]:
        return
    there = [moment_in(event[name]).astimezone(zone_of(event[name]["zone"])) for name in ("start", "end")]
    if any((moment.hour, moment.minute, moment.second) != (0, 0, 0) for moment in there):
        raise _refused("ErrorPropertyValidationFailure", "An all-day event begins and ends at midnight.")
    # Across a clock change a day has 23 hours.
    if end - start < timedelta(hours=23):
        raise _refused("ErrorPropertyValidationFailure", "An all-day event lasts 24 hours or more.")


def _choice(name: str, given: object, words: tuple[str, ...]) -> str:
    for word in words:
        if str(given).lower() == word.lower():
            return word
    raise _refused("ErrorInvalidArgument", f"{name} must be one of {', '.join(words)}.")


def _body(given: Json | None) -> Json:
    body = given or {}
    content_type = _choice("contentType", body.get("contentType") or "text", ("text", "html"))
    return {"contentType": content_type, "content": str(body.get("content") or "")}


def _attendee(given: Json) -> Json:
    address = given.get("emailAddress") or {}
    if not address.get("address"):
        raise _refused("ErrorInvalidRecipients", "Every attendee needs an e-mail address.")
    return {
        "type": _choice("type", given.get("type") or "required", ("required", "optional", "resource")),
        "status": {"response": "none", "time": "0001-01-01T00:00:00Z"},
        "emailAddress": {"name": address.get("name") or address["address"], "address": address["address"]},
    }


def _refused(code: str, sentence: str) -> GraphError:
    return GraphError(400, code, sentence)


def _location(given: Json | None) -> Json:
    return {"displayName": "", "locationType": "default", **(given or {})}


def _attendees(given: list[Json] | None) -> list[Json]:
    return [_attendee(each) for each in given or ()]


_READERS: dict[str, Callable[[Any], Any]] = {
    "start": read_moment,
    "end": read_moment,
    "body": _body,
    "location": _location,
    "attendees": _attendees,
    "isAllDay": bool,
}
