"""Every address of a calendar and its events."""

from collections.abc import Iterator

from practice_tenant.calendar import requests
from practice_tenant.routes import Handler, Route, route

_CALENDARS = ("/users/{user}/calendar", "/users/{user}/calendars/{calendar}")
_ON_EVENT: tuple[tuple[str, Handler], ...] = (
    ("GET", requests.get_event),
    ("PATCH", requests.update_event),
    ("DELETE", requests.delete_event),
)


def _routes() -> Iterator[Route]:
    yield route("GET", "/users/{user}/calendars", requests.list_calendars)
    yield route("POST", "/users/{user}/calendars", requests.create_calendar)
    for calendar in _CALENDARS:
        yield route("GET", calendar, requests.get_calendar)
        yield route("PATCH", calendar, requests.update_calendar)
        yield route("DELETE", calendar, requests.delete_calendar)
    for calendar in ("/users/{user}", *_CALENDARS):
        yield route("GET", f"{calendar}/events", requests.list_events)
        yield route("POST", f"{calendar}/events", requests.create_event)
        yield route("GET", f"{calendar}/calendarView", requests.calendar_view)
        yield route("GET", f"{calendar}/calendarView/delta", requests.calendar_view_delta)
        yield route("GET", f"{calendar}/events/{{event}}/instances", requests.list_instances)
        for method, handler in _ON_EVENT:
            yield route(method, f"{calendar}/events/{{event}}", handler)


ROUTES: tuple[Route, ...] = tuple(_routes())
