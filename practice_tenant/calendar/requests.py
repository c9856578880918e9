"""Calendars and events over Graph."""

from datetime import datetime, timedelta
from typing import Any

from practice_tenant.calendar.event_reading import changed_event, new_event
from practice_tenant.calendar.series import Series, drawn_out
from practice_tenant.calendar.store import Calendar, CalendarStore, Event
from practice_tenant.calendar.views import comparable, shaped, show_calendar, show_event
from practice_tenant.changes import changes_between, newest_change
from practice_tenant.directory import User
from practice_tenant.errors import GraphError, not_implemented
from practice_tenant.odata.bodies import entity_body
from practice_tenant.odata.model import check_query
from practice_tenant.odata.narrowing import needed_text
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.rounds import open_round, round_answer
from practice_tenant.odata.types import EVENT
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment
from practice_tenant.users import find_user

READ, WRITE = "Calendars.Read", "Calendars.ReadWrite"
DEFAULT_NAME = "Calendar"
PAGE = 10
# Programs find their own events by a key, among any number of others.
_KEYS = ("singleValueExtendedProperties", "value")
_LONGEST_VIEW = timedelta(days=1825)


async def list_calendars(tenant: Tenant, request: GraphRequest) -> Answer:
    user, store = _open(tenant, request, READ)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[show_calendar(calendar, user) for calendar in store.calendars()],
        default_size=PAGE,
        context=f"{tenant.graph_root}v1.0/$metadata#calendars",
    )
    return Answer.json(page)


async def create_calendar(tenant: Tenant, request: GraphRequest) -> Answer:
    user, store = _open(tenant, request, WRITE)
    name = str(request.json().get("name") or "").strip()
    if not name:
        raise GraphError(400, "ErrorInvalidArgument", "A calendar needs a name.")
    if any(name.casefold() == calendar.name.casefold() for calendar in store.calendars()):
        raise GraphError(409, "ErrorFolderExists", "A calendar with that name already exists.")
    return Answer.json(show_calendar(store.add_calendar(name), user), status=201)


async def get_calendar(tenant: Tenant, request: GraphRequest) -> Answer:
    user, store = _open(tenant, request, READ)
    return Answer.json(pick(show_calendar(_calendar(store, request), user), request.options))


async def update_calendar(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH: another name, which none of the person's other calendars has."""
    user, store = _open(tenant, request, WRITE)
    calendar = _calendar(store, request)
    name = str(request.json().get("name") or calendar.name).strip()
    others = [each for each in store.calendars() if each.id != calendar.id]
    if any(name.casefold() == each.name.casefold() for each in others):
        raise GraphError(409, "ErrorFolderExists", "A calendar with that name already exists.")
    return Answer.json(show_calendar(store.rename_calendar(calendar, name), user))


async def delete_calendar(tenant: Tenant, request: GraphRequest) -> Answer:
    """DELETE: a calendar with its events, never the default one."""
    _, store = _open(tenant, request, WRITE)
    calendar = _calendar(store, request)
    if calendar.is_default:
        raise GraphError(403, "ErrorDeleteDistinguishedFolder", "The default calendar cannot be deleted.")
    store.delete_calendar(calendar)
    return Answer.empty()


async def list_events(tenant: Tenant, request: GraphRequest) -> Answer:
    _, store = _open(tenant, request, READ)
    holding = needed_text(request.options.filter, _KEYS.__eq__)
    return _page(tenant, request, store, store.events(_calendar(store, request), holding=holding))


async def calendar_view(tenant: Tenant, request: GraphRequest) -> Answer:
    """The events between startDateTime and endDateTime."""
    _, store = _open(tenant, request, READ)
    start, end = _span(request.options)
    return _page(tenant, request, store, _between(store, _calendar(store, request), start, end))


async def list_instances(tenant: Tenant, request: GraphRequest) -> Answer:
    """The occurrences and exceptions of a series between startDateTime and endDateTime."""
    _, store = _open(tenant, request, READ)
    start, end = _span(request.options)
    master = _event(store, request)
    if not master.recurrence:
        raise GraphError(400, "ErrorInvalidRequest", "The event is no recurring one.")
    return _page(tenant, request, store, Series(store).instances(master, start, end))


async def calendar_view_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../calendarView/delta: the events of a span that is fixed by the first request, then what changed."""
    user, store = _open(tenant, request, READ)
    calendar = _calendar(store, request)
    walk = open_round(tenant, request, calendar.place, newest_change(tenant.database))
    options = walk.options(request)
    start, end = _span(options)
    inside = {event.id: event for event in store.events_between(calendar, start, end)}
    if any(event.recurrence for event in store.events(calendar)):
        raise not_implemented("calendarView/delta over recurring events; ask for calendarView itself")
    size = request.max_page_size or PAGE
    found = changes_between(tenant.database, walk.place, walk.done, walk.until, size + 1)
    entries: list[dict[str, Any]] = []
    for change in found[:size]:
        if change.id in inside:
            entries.append(shaped(show_event(inside[change.id], user, request), options))
        elif walk.since:
            entries.append({"id": change.id, "@removed": {"reason": "deleted"}})
    after = found[size - 1].number if len(found) > size else None
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(event)"
    return round_answer(tenant, request, walk, entries, context=context, next_after=after)


def _span(options: QueryOptions) -> tuple[datetime, datetime]:
    """The startDateTime and endDateTime of a calendarView.

    Raises:
        GraphError: 400 where one is missing or no date, or the end lies before the start.
    """
    given = {name.lower(): value for name, value in options.other.items()}
    try:
        # Without an offset they are UTC, whatever the Prefer header says.
        start, end = (parse_moment(given[name]) for name in ("startdatetime", "enddatetime"))
    except (KeyError, ValueError) as error:
        raise GraphError(
            400, "ErrorInvalidParameter", "calendarView needs startDateTime and endDateTime."
        ) from error
    if end < start:
        raise GraphError(400, "ErrorInvalidParameter", "endDateTime lies before startDateTime.")
    if end - start > _LONGEST_VIEW:
        raise GraphError(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. The range between the start and end dates is greater than the "
            f"allowable range. Maximum number of days: {_LONGEST_VIEW.days}",
        )
    return start, end


async def create_event(tenant: Tenant, request: GraphRequest) -> Answer:
    """A repeated POST with the same transactionId gives back the event of the first. No invitation is sent."""
    user, store = _open(tenant, request, WRITE)
    given = entity_body(request, EVENT)
    transaction_id = given.get("transactionId")
    with tenant.database.transaction():
        event = store.event_of_transaction(transaction_id) if transaction_id else None
        if event is None:
            event = store.add(_calendar(store, request), new_event(given), transaction_id)
    return Answer.json(shaped(show_event(event, user, request), request.options), status=201)


async def get_event(tenant: Tenant, request: GraphRequest) -> Answer:
    user, store = _open(tenant, request, READ)
    check_query(EVENT, request.options)
    event = _event(store, request)
    return Answer.json(shaped(show_event(event, user, request), request.options))


async def update_event(tenant: Tenant, request: GraphRequest) -> Answer:
    user, store = _open(tenant, request, WRITE)
    event = _event(store, request)
    _check_if_match(request, event)
    given = entity_body(request, EVENT)
    if given.get("transactionId") not in {None, event.transaction_id}:
        raise GraphError(400, "ErrorPropertyUpdate", "transactionId cannot be changed.")
    content = changed_event(event.content, given)
    if event.master_id and content.get("recurrence"):
        raise GraphError(400, "ErrorInvalidRequest", "One event of a series has no recurrence of its own.")
    with tenant.database.transaction():
        changed = Series(store).change(event, content) if event.master_id else store.change(event, content)
        if event.recurrence != changed.recurrence:
            Series(store).forget_exceptions(event)
    return Answer.json(shaped(show_event(changed, user, request), request.options))


async def delete_event(tenant: Tenant, request: GraphRequest) -> Answer:
    _, store = _open(tenant, request, WRITE)
    event = _event(store, request)
    _check_if_match(request, event)
    if event.master_id:
        Series(store).cancel(event)
    else:
        store.delete(event)
    return Answer.empty()


def provision(tenant: Tenant) -> None:
    """Everybody's own calendar."""
    for user in tenant.directory.users:
        CalendarStore(tenant.database, tenant.clock, user).add_calendar(DEFAULT_NAME, is_default=True)


def _open(tenant: Tenant, request: GraphRequest, need: str) -> tuple[User, CalendarStore]:
    user = find_user(tenant, request.parameter("user"))
    tenant.permissions.require_mailbox(request.principal, user, need)
    return user, CalendarStore(tenant.database, tenant.clock, user)


def _calendar(store: CalendarStore, request: GraphRequest) -> Calendar:
    calendars = store.calendars()
    wanted = request.parameters.get("calendar")
    for calendar in calendars:
        if wanted in {None, calendar.id}:
            return calendar
    raise _not_found()


def _event(store: CalendarStore, request: GraphRequest) -> Event:
    event_id = request.parameter("event")
    event = store.event(event_id) or Series(store).instance(event_id)
    if event is None:
        raise _not_found()
    return event


def _page(tenant: Tenant, request: GraphRequest, store: CalendarStore, events: list[Event]) -> Answer:
    check_query(EVENT, request.options)
    shown = {event.id: show_event(event, store.user, request) for event in events}
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[comparable(event, shown[event.id]) for event in events],
        default_size=PAGE,
        max_page_size=request.max_page_size,
        shape=lambda entity: shaped(shown[entity["id"]], request.options),
        context=f"{tenant.graph_root}v1.0/$metadata#events",
    )
    return Answer.json(page)


def _between(store: CalendarStore, calendar: Calendar, start: datetime, end: datetime) -> list[Event]:
    return drawn_out(store, store.events(calendar), start, end)


def _check_if_match(request: GraphRequest, event: Event) -> None:
    wanted = request.headers.get("if-match")
    if wanted is not None and wanted.strip() != "*" and event.change_key not in wanted:
        raise GraphError(
            412, "ErrorIrresolvableConflict", "The send or update operation could not be performed because the "
            "change key passed in the request does not match the current change key for the item.",
        )  # fmt: skip


def _not_found() -> GraphError:
    return GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
