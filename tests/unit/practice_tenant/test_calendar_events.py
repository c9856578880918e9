"""Calendars: events with reminders, time zones, one event per transaction, views."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph


def _event(
    start: str = "2026-06-15T09:00:00", end: str = "2026-06-15T09:30:00", **more: Any
) -> dict[str, Any]:
    zone = more.pop("zone", "GMT Standard Time")
    return {
        "subject": "Removal is due",
        "start": {"dateTime": start, "timeZone": zone},
        "end": {"dateTime": end, "timeZone": zone},
        **more,
    }


@pytest.fixture
def office(graph: CheckedGraph) -> str:
    return f"users/{graph.practice.user('office')}"


@pytest.mark.parametrize("zone", ["GMT Standard Time", "Europe/London"])
def test_nine_in_june_at_school_is_eight_utc(graph: CheckedGraph, office: str, zone: str) -> None:
    made = graph.json("POST", f"{office}/events", json=_event(zone=zone), expect=201)
    assert made["start"] == {"dateTime": "2026-06-15T08:00:00.0000000", "timeZone": "UTC"}
    assert made["originalStartTimeZone"] == zone
    prefer = {"Prefer": f'outlook.timezone="{zone}"'}
    shown = graph.json("GET", f"{office}/events/{made['id']}", headers=prefer)
    assert shown["start"] == {"dateTime": "2026-06-15T09:00:00.0000000", "timeZone": zone}


def test_a_repeated_transaction_makes_one_event(graph: CheckedGraph, office: str) -> None:
    wish = _event(transactionId="TIS/case/2026-0001/reminder")
    first = graph.json("POST", f"{office}/calendar/events", json=wish, expect=201)
    second = graph.json("POST", f"{office}/events", json={**wish, "subject": "again"}, expect=201)
    assert (second["id"], second["subject"]) == (first["id"], first["subject"])
    assert len(graph.json("GET", f"{office}/events")["value"]) == 1
    change = {"transactionId": "another"}
    assert graph.error("PATCH", f"{office}/events/{first['id']}", json=change)[0] == 400


def test_reminders_and_all_that_a_client_sets_are_kept(graph: CheckedGraph, office: str) -> None:
    wish = _event(
        isReminderOn=True,
        reminderMinutesBeforeStart=1440,
        categories=["Casework"],
        showAs="free",
        sensitivity="private",
        importance="High",
        body={"contentType": "HTML", "content": "<p>See the <b>case list</b>.</p>"},
        location={"displayName": "Office"},
        attendees=[{"emailAddress": {"address": graph.practice.user("headteacher")}, "type": "optional"}],
    )
    made = graph.json("POST", f"{office}/events", json=wish)
    kept = ("isReminderOn", "reminderMinutesBeforeStart", "categories", "showAs", "sensitivity")
    assert {name: made[name] for name in kept} == {name: wish[name] for name in kept}
    assert (made["importance"], made["bodyPreview"]) == ("high", "See the case list.")
    assert made["locations"][0]["displayName"] == "Office"
    changed = graph.json("PATCH", f"{office}/events/{made['id']}", json={"reminderMinutesBeforeStart": 60})
    assert (changed["reminderMinutesBeforeStart"], changed["subject"]) == (60, "Removal is due")


def test_a_change_to_an_older_version_is_refused(graph: CheckedGraph, office: str) -> None:
    made = graph.json("POST", f"{office}/events", json=_event())
    stale = {"If-Match": made["@odata.etag"]}
    address = f"{office}/events/{made['id']}"
    graph("PATCH", address, json={"subject": "b"}, headers=stale, expect=200)
    conflict = (412, "ErrorIrresolvableConflict")
    assert graph.error("PATCH", address, json={"subject": "c"}, headers=stale) == conflict
    assert graph.error("DELETE", address, headers=stale) == conflict
    graph("DELETE", address, expect=204)
    assert graph.error("GET", address) == (404, "ErrorItemNotFound")


def test_a_view_shows_what_overlaps_its_span(graph: CheckedGraph, office: str) -> None:
    for hour in (8, 9, 10):
        times = (f"2026-11-23T{hour:02}:00:00", f"2026-11-23T{hour + 1:02}:00:00")
        graph("POST", f"{office}/events", json=_event(*times, subject=str(hour)), expect=201)
    span = "startDateTime=2026-11-23T09:30:00Z&endDateTime=2026-11-23T10:00:00Z"
    found = graph.json("GET", f"{office}/calendarView?{span}")["value"]
    assert [event["subject"] for event in found] == ["9"]
    assert graph.error("GET", f"{office}/calendarView") == (400, "ErrorInvalidParameter")
    later = graph.json(
        "GET", f"{office}/events?$filter=start/dateTime ge '2026-11-23T09:00:00Z'&$select=subject"
    )
    assert [event["subject"] for event in later["value"]] == ["9", "10"]


def test_an_event_is_found_by_its_own_extended_property(graph: CheckedGraph, office: str) -> None:
    name = "String {0f5b1c1e-7a55-4a0e-9d7e-3c1a2b3c4d5e} Name CaseKey"
    for key in ("one", "two"):
        wish = _event(singleValueExtendedProperties=[{"id": name, "value": key}], subject=key)
        graph("POST", f"{office}/events", json=wish, expect=201)
    condition = f"singleValueExtendedProperties/any(ep:ep/id eq '{name}' and ep/value eq 'two')"
    expand = f"singleValueExtendedProperties($filter=id eq '{name}')"
    (found,) = graph.json("GET", f"{office}/events?$filter={condition}&$expand={expand}")["value"]
    assert found["subject"] == "two"
    assert found["singleValueExtendedProperties"] == [{"id": name, "value": "two"}]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"subject": "no times"}, "ErrorInvalidArgument"),
        (_event(end="2026-06-15T08:00:00"), "ErrorCalendarEndDateIsEarlierThanStartDate"),
        (_event(isAllDay=True), "ErrorPropertyValidationFailure"),
        (_event(zone="Tillbrook Time"), "TimeZoneNotSupportedException"),
        (_event(start="soon"), "ErrorPropertyValidationFailure"),
        (_event(showAs="hidden"), "ErrorInvalidArgument"),
        (_event(attendees=[{"type": "required"}]), "ErrorInvalidRecipients"),
    ],
)
def test_events_that_outlook_refuses_are_refused(
    graph: CheckedGraph, office: str, wish: dict[str, Any], code: str
) -> None:
    assert graph.error("POST", f"{office}/events", json=wish) == (400, code)


def test_a_whole_day_lasts_23_hours_when_the_clocks_go_forward(graph: CheckedGraph, office: str) -> None:
    wish = _event("2027-03-28T00:00:00", "2027-03-29T00:00:00", isAllDay=True)
    made = graph.json("POST", f"{office}/events", json=wish, expect=201)
    assert (made["start"]["dateTime"][11:16], made["end"]["dateTime"][11:16]) == ("00:00", "23:00")


def test_everybody_has_a_calendar_and_can_have_more(graph: CheckedGraph, office: str) -> None:
    (default,) = graph.json("GET", f"{office}/calendars")["value"]
    assert default["isDefaultCalendar"] is True
    made = graph.json("POST", f"{office}/calendars", json={"name": "Casework"}, expect=201)
    graph("POST", f"{office}/calendars/{made['id']}/events", json=_event(), expect=201)
    assert graph.json("GET", f"{office}/calendar/events")["value"] == []
    assert len(graph.json("GET", f"{office}/calendars/{made['id']}/events")["value"]) == 1
    assert graph.error("POST", f"{office}/calendars", json={"name": "casework"})[0] == 409


def test_casework_writes_into_the_offices_calendar_and_not_the_teachers(
    graph: CheckedGraph, office: str
) -> None:
    graph("POST", f"{office}/events", json=_event(), person="casework", expect=201)
    teacher = f"users/{graph.practice.user('teacher')}/events"
    assert graph.error("POST", teacher, json=_event(), person="casework") == (403, "ErrorAccessDenied")
    assert graph.error("GET", f"{office}/events", person="teacher") == (403, "ErrorAccessDenied")
    graph("GET", "me/events", person="teacher", expect=200)
