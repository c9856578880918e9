"""Calendars and events as Graph shows them."""

import hashlib
from typing import Any

from practice_tenant.calendar.moments import moment_in, show_moment
from practice_tenant.calendar.store import Calendar, Event
from practice_tenant.directory import User
from practice_tenant.mail.text import html_to_text, preview, text_to_html
from practice_tenant.odata.matching import matches
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.requests import GraphRequest

Json = dict[str, Any]
_PROPERTIES = "singleValueExtendedProperties"


def show_calendar(calendar: Calendar, user: User) -> Json:
    return {
        "id": calendar.id,
        "name": calendar.name,
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": calendar.is_default,
        "changeKey": calendar.change_key,
        "canShare": True,
        "canViewPrivateItems": True,
        "canEdit": True,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "isTallyingResponses": True,
        "isRemovable": not calendar.is_default,
        "owner": {"name": user.display_name, "address": user.address},
    }


def show_event(event: Event, user: User, request: GraphRequest) -> Json:
    """An event in full, its times in the zone of the Prefer header, else in UTC."""
    content = event.content
    zone = request.preferences.get("outlook.timezone") or "UTC"
    organizer = {"name": user.display_name, "address": user.address}
    body = _body_as(content["body"], request.preferences.get("outlook.body-content-type", "").lower())
    kept = {name: value for name, value in content.items() if name not in {"start", "end", "body"}}
    return {
        "@odata.etag": event.e_tag,
        "id": event.id,
        "createdDateTime": event.created_at,
        "lastModifiedDateTime": event.modified_at,
        "changeKey": event.change_key,
        "transactionId": event.transaction_id,
        "originalStartTimeZone": content["start"]["zone"],
        "originalEndTimeZone": content["end"]["zone"],
        "iCalUId": _global_id(event),
        **kept,
        "hasAttachments": False,
        "bodyPreview": preview(content["body"]["contentType"], content["body"]["content"]),
        "body": body,
        "isCancelled": False,
        "isOrganizer": True,
        "isDraft": False,
        "isOnlineMeeting": False,
        "onlineMeetingProvider": "unknown",
        "type": _type(event),
        "seriesMasterId": event.master_id,
        "recurrence": event.recurrence,
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "start": show_moment(content["start"], zone),
        "end": show_moment(content["end"], zone),
        "locations": [content["location"]] if content["location"].get("displayName") else [],
        "organizer": {"emailAddress": organizer},
        "webLink": f"https://outlook.tillbrook.example/owa/?itemid={event.id}&path=/calendar/item",
    }


def comparable(event: Event, shown: Json) -> Json:
    """The event for $filter and $orderby: its times as moments, which text in any zone compares with."""
    times = {name: {**shown[name], "dateTime": moment_in(event.content[name])} for name in ("start", "end")}
    return {**shown, **times}


def shaped(entity: Json, options: QueryOptions) -> Json:
    """What $select and $expand leave; extended properties only where they were asked for by id."""
    kept = {name: value for name, value in entity.items() if name != _PROPERTIES}
    wanted = options.expansion(_PROPERTIES)
    if wanted is not None:
        found = [
            each for each in entity[_PROPERTIES] if wanted.filter is None or matches(wanted.filter, each)
        ]
        if found:
            kept[_PROPERTIES] = found
    return pick(kept, options)


def _type(event: Event) -> str:
    if event.master_id:
        return "exception" if event.is_exception else "occurrence"
    return "seriesMaster" if event.recurrence else "singleInstance"


def _global_id(event: Event) -> str:
    """iCalUId: Outlook's fixed beginning and the event's own 24 bytes, in hexadecimal."""
    own = hashlib.sha256(event.id.encode()).hexdigest()[:48].upper()
    return f"040000008200E00074C5B7101A82E008{own}"


def _body_as(body: Json, wanted: str) -> Json:
    if wanted == "text" and body["contentType"] == "html":
        return {"contentType": "text", "content": html_to_text(body["content"])}
    if wanted == "html" and body["contentType"] == "text":
        return {"contentType": "html", "content": text_to_html(body["content"])}
    return body
