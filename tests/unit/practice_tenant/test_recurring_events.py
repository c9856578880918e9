"""Series in a calendar: their days, what is changed on one of them, and what is taken out."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph

ZONE = "GMT Standard Time"


@pytest.fixture
def office(graph: CheckedGraph) -> str:
    return f"users/{graph.practice.user('office')}"


def _series(pattern: dict[str, Any], limits: dict[str, Any], start: str = "2026-10-19") -> dict[str, Any]:
    return {
        "subject": "Staff briefing",
        "start": {"dateTime": f"{start}T09:00:00", "timeZone": ZONE},
        "end": {"dateTime": f"{start}T09:30:00", "timeZone": ZONE},
        "recurrence": {"pattern": pattern, "range": {"startDate": start, **limits}},
    }


def _starts(
    graph: CheckedGraph, address: str, begin: str = "2026-01-01", end: str = "2030-01-01"
) -> list[str]:
    span = f"startDateTime={begin}T00:00:00Z&endDateTime={end}T00:00:00Z&$top=100"
    prefer = {"Prefer": f'outlook.timezone="{ZONE}"'}
    found = graph.json("GET", f"{address}?{span}", headers=prefer)["value"]
    return [event["start"]["dateTime"][:16] for event in found]


_MONDAYS = {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]}


@pytest.mark.parametrize(
    ("pattern", "limits", "days"),
    [
        (
            {"type": "daily", "interval": 2},
            {"type": "numbered", "numberOfOccurrences": 3},
            ["2026-10-19", "2026-10-21", "2026-10-23"],
        ),
        (
            {"type": "weekly", "interval": 2, "daysOfWeek": ["wednesday", "monday"]},
            {"type": "endDate", "endDate": "2026-11-04"},
            ["2026-10-19", "2026-10-21", "2026-11-02", "2026-11-04"],
        ),
        (
            {"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31},
            {"type": "numbered", "numberOfOccurrences": 3},
            ["2026-10-31", "2026-11-30", "2026-12-31"],
        ),
        (
            {"type": "absoluteYearly", "interval": 1, "dayOfMonth": 1, "month": 9},
            {"type": "endDate", "endDate": "2028-12-31"},
            ["2027-09-01", "2028-09-01"],
        ),
    ],
)
def test_a_series_falls_on_its_days(
    graph: CheckedGraph, office: str, pattern: dict[str, Any], limits: dict[str, Any], days: list[str]
) -> None:
    made = graph.json("POST", f"{office}/events", json=_series(pattern, limits), expect=201)
    assert made["type"] == "seriesMaster"
    assert made["recurrence"]["range"]["recurrenceTimeZone"] == ZONE
    expected = [f"{day}T09:00" for day in days]
    assert _starts(graph, f"{office}/calendarView") == expected
    assert _starts(graph, f"{office}/events/{made['id']}/instances") == expected
    assert [event["id"] for event in graph.json("GET", f"{office}/events")["value"]] == [made["id"]]


def test_a_series_without_end_goes_on_for_years_at_nine_by_the_schools_clock(
    graph: CheckedGraph, office: str
) -> None:
    graph("POST", f"{office}/events", json=_series(_MONDAYS, {"type": "noEnd"}), expect=201)
    view = f"{office}/calendarView"
    assert _starts(graph, view, "2026-10-19", "2026-11-01") == ["2026-10-19T09:00", "2026-10-26T09:00"]
    assert _starts(graph, view, "2030-07-01", "2030-07-08") == ["2030-07-01T09:00"]
    too_long = f"{view}?startDateTime=2026-01-01T00:00:00Z&endDateTime=9999-12-31T00:00:00Z"
    assert graph.error("GET", too_long) == (400, "ErrorInvalidRequest")


def test_another_recurrence_forgets_what_was_taken_out(graph: CheckedGraph, office: str) -> None:
    wish = _series(_MONDAYS, {"type": "numbered", "numberOfOccurrences": 2})
    address = f"{office}/events/{graph.json('POST', f'{office}/events', json=wish, expect=201)['id']}"
    span = "startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
    first = graph.json("GET", f"{address}/instances?{span}")["value"][0]
    graph("DELETE", f"{office}/events/{first['id']}", expect=204)
    assert _starts(graph, f"{address}/instances") == ["2026-10-26T09:00"]
    daily = _series({"type": "daily", "interval": 1}, {"type": "numbered", "numberOfOccurrences": 2})
    graph("PATCH", address, json={"recurrence": daily["recurrence"]}, expect=200)
    assert _starts(graph, f"{address}/instances") == ["2026-10-19T09:00", "2026-10-20T09:00"]
    single = graph.json("PATCH", address, json={"recurrence": None}, expect=200)
    assert (single["type"], single["recurrence"]) == ("singleInstance", None)


def test_one_day_of_a_series_is_changed_and_another_taken_out(graph: CheckedGraph, office: str) -> None:
    wish = _series(_MONDAYS, {"type": "numbered", "numberOfOccurrences": 3})
    master = graph.json("POST", f"{office}/events", json=wish, expect=201)
    span = "startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
    first, second, third = graph.json("GET", f"{office}/events/{master['id']}/instances?{span}")["value"]
    assert (first["type"], first["seriesMasterId"], first["recurrence"]) == ("occurrence", master["id"], None)
    changed = graph.json("PATCH", f"{office}/events/{second['id']}", json={"subject": "Online"}, expect=200)
    assert (changed["id"], changed["type"]) == (second["id"], "exception")
    graph("DELETE", f"{office}/events/{third['id']}", expect=204)
    assert graph.error("GET", f"{office}/events/{third['id']}") == (404, "ErrorItemNotFound")
    left = graph.json("GET", f"{office}/calendarView?{span}")["value"]
    assert [event["subject"] for event in left] == ["Staff briefing", "Online"]
    graph("DELETE", f"{office}/events/{master['id']}", expect=204)
    assert graph.json("GET", f"{office}/calendarView?{span}")["value"] == []


@pytest.mark.parametrize(
    ("pattern", "limits", "status"),
    [
        ({"type": "weekly", "interval": 1}, {"type": "noEnd"}, 400),
        ({"type": "daily", "interval": 0}, {"type": "noEnd"}, 400),
        ({"type": "daily", "interval": 1}, {"type": "endDate", "endDate": "2026-01-01"}, 400),
        ({"type": "daily", "interval": 1}, {"type": "numbered"}, 400),
        ({"type": "daily", "interval": 1}, {"type": "noEnd", "startDate": "0001-01-01"}, 400),
        ({"type": "hourly", "interval": 1}, {"type": "noEnd"}, 400),
        ({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["monday"]}, {"type": "noEnd"}, 501),
    ],
)
def test_a_recurrence_that_makes_no_series_is_refused(
    graph: CheckedGraph, office: str, pattern: dict[str, Any], limits: dict[str, Any], status: int
) -> None:
    assert graph.error("POST", f"{office}/events", json=_series(pattern, limits))[0] == status
