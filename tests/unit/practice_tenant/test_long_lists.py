"""Long lists, content types, and how late and in which order a school hears of changes."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, raw_mail

_WILLING = {"Prefer": "HonorNonIndexedQueriesWarningMayFailRandomly"}


@pytest.fixture
def cases(graph: CheckedGraph) -> str:
    """Six cases in a list whose threshold is five."""
    graph.practice.practice("PUT", "limits", json={"list_view_threshold": 5})
    indexed = {"name": "Stage", "text": {}, "indexed": True}
    address = graph.new_list(indexed, {"name": "Notes", "text": {}})
    for number in range(6):
        graph.add(address, Stage="open" if number else "closed", Notes=str(number))
    return address


def test_a_long_list_is_searched_by_its_indexes_only(graph: CheckedGraph, cases: str) -> None:
    asked = f"{cases}/items?$filter=fields/Stage eq 'open'"
    assert len(graph.json("GET", asked)["value"]) == 5
    unindexed = f"{cases}/items?$filter=fields/Notes eq '1'"
    assert graph.error("GET", unindexed, headers=_WILLING) == (429, "activityLimitReached")
    assert len(graph.json("GET", f"{cases}/items")["value"]) == 6


def test_a_first_condition_that_finds_too_much_is_refused(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Stage="open")
    both = f"{cases}/items?$filter=fields/Stage eq 'open' and fields/Stage ne 'closed'"
    assert graph.error("GET", both) == (429, "activityLimitReached")


def test_a_short_list_is_searched_by_any_column_for_who_takes_the_risk(
    graph: CheckedGraph, cases: str
) -> None:
    graph.practice.practice("PUT", "limits", json={"list_view_threshold": 6})
    unindexed = f"{cases}/items?$filter=fields/Notes eq '1'"
    assert graph.error("GET", unindexed) == (400, "invalidRequest")
    assert len(graph.json("GET", unindexed, headers=_WILLING)["value"]) == 1


def test_rows_name_the_content_type_that_their_list_has(
    practice: PracticeServer, graph: CheckedGraph
) -> None:
    address = graph.new_list({"name": "Notes", "text": {}})
    graph.add(address, Notes="x")
    types = practice.graph("GET", f"{address}/contentTypes", expect=200).json()["value"]
    assert [(each["name"], each["parentId"]) for each in types] == [("Item", "0x01"), ("Folder", "0x0120")]
    row = graph.json("GET", f"{address}/items/1")
    assert row["contentType"] == {"id": types[0]["id"], "name": "Item"}
    one = practice.graph("GET", f"{address}/contentTypes/{types[0]['id']}", expect=200).json()
    assert one["name"] == "Item"
    columns = practice.graph("GET", f"{address}/contentTypes/{types[0]['id']}/columns", expect=200).json()
    assert "Notes" in {each["name"] for each in columns["value"]}
    site = practice.graph("GET", f"sites/{graph.site}/contentTypes", expect=200).json()["value"]
    assert [each["id"] for each in site] == ["0x01", "0x0101", "0x0120"]
    practice.graph("GET", f"{address}/contentTypes/0x99", expect=404)


def test_what_was_just_made_is_not_found_at_once(practice: PracticeServer, graph: CheckedGraph) -> None:
    address = graph.new_list({"name": "Notes", "text": {}})
    practice.practice("PUT", "delays", json={"new_items": 600})
    user = f"users/{practice.user('office')}"
    made = practice.graph("POST", f"{user}/messages", json={"subject": "x"}, expect=201).json()
    file, row = graph.put("a.txt"), graph.add(address, Notes="x")
    for path in (
        f"{user}/messages/{made['id']}",
        f"drives/{graph.drive}/items/{file['id']}",
        f"{address}/items/{row['id']}",
    ):
        practice.graph("GET", path, expect=404)
    assert practice.practice("GET", "delays").json() == {"delta": 0, "new_items": 600, "mail_delta": 0}
    practice.practice("PUT", "delays", json={"new_items": 0})
    practice.graph("GET", f"{user}/messages/{made['id']}", expect=200)
    practice.graph("GET", f"drives/{graph.drive}/items/{file['id']}", expect=200)
    practice.graph("GET", f"{address}/items/{row['id']}", expect=200)


def test_delta_of_a_mailbox_tells_of_a_mail_only_later(practice: PracticeServer) -> None:
    inbox = f"users/{practice.user('reports')}/mailFolders/inbox/messages/delta"
    deliver(practice)
    practice.practice("PUT", "delays", json={"mail_delta": 600})
    deliver(practice, raw_mail(subject="Later"))
    first = practice.graph("GET", inbox, expect=200).json()
    assert [each["subject"] for each in first["value"]] == ["A post"]
    practice.practice("PUT", "delays", json={"mail_delta": 0})
    second = practice.graph("GET", first["@odata.deltaLink"], expect=200).json()
    assert [each["subject"] for each in second["value"]] == ["Later"]


@pytest.mark.parametrize("body", [{}, {"new_items": "long"}, {"delta": -1}, {"tea": 5}])
def test_a_delay_is_a_number_of_seconds(practice: PracticeServer, body: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="answered 400"):
        practice.practice("PUT", "delays", json=body)


def test_drives_and_lists_show_the_quirks_of_delta_too(graph: CheckedGraph) -> None:
    address = graph.new_list({"name": "Notes", "text": {}})
    graph.put("a.txt")
    graph.put("b.txt")
    graph.add(address, Notes="a")
    graph.add(address, Notes="b")
    graph.practice.practice("PUT", "clients", json={"delta_quirks": True, "delta_unordered": True})
    for start, last in (
        (f"drives/{graph.drive}/root/delta", "name"),
        (f"{address}/items/delta?$expand=fields", "id"),
    ):
        first = graph.json("GET", start)
        assert first["value"] == []
        second = graph.json("GET", first["@odata.nextLink"])
        newest = second["value"][0][last]
        again = graph.json("GET", second["@odata.deltaLink"])
        assert again["value"] == []
        assert [each[last] for each in graph.json("GET", again["@odata.nextLink"])["value"]][:1] == [newest]


def test_an_old_version_of_a_file_can_be_deleted_and_the_newest_cannot(graph: CheckedGraph) -> None:
    made = graph.put("a.txt", b"one")
    graph.put("a.txt", b"two")
    item = f"drives/{graph.drive}/items/{made['id']}"
    graph("DELETE", f"{item}/versions/1.0", expect=204)
    assert [each["id"] for each in graph.json("GET", f"{item}/versions")["value"]] == ["2.0"]
    assert graph.error("DELETE", f"{item}/versions/2.0")[0] == 400


def test_a_view_of_the_calendar_tells_what_changed_in_its_span(practice: PracticeServer) -> None:
    user = f"users/{practice.user('office')}"

    def event(day: int, subject: str) -> str:
        when = {"dateTime": f"2026-11-{day}T10:00:00", "timeZone": "UTC"}
        body = {"subject": subject, "start": when, "end": when}
        return str(practice.graph("POST", f"{user}/events", json=body, expect=201).json()["id"])

    inside, _ = event(24, "inside"), event(29, "outside")
    span = "startDateTime=2026-11-23T00:00:00Z&endDateTime=2026-11-28T00:00:00Z"
    first = practice.graph("GET", f"{user}/calendarView/delta?{span}", expect=200).json()
    assert [each["subject"] for each in first["value"]] == ["inside"]
    practice.graph("DELETE", f"{user}/events/{inside}", expect=204)
    event(25, "new")
    second = practice.graph("GET", first["@odata.deltaLink"], expect=200).json()
    assert [each.get("subject", "gone") for each in second["value"]] == ["gone", "new"]
    practice.graph("GET", f"{user}/calendarView/delta", expect=400)


def test_a_calendar_is_renamed_and_deleted_and_the_default_one_stays(practice: PracticeServer) -> None:
    user = f"users/{practice.user('office')}"
    made = practice.graph("POST", f"{user}/calendars", json={"name": "Trips"}, expect=201).json()
    address = f"{user}/calendars/{made['id']}"
    renamed = practice.graph("PATCH", address, json={"name": "School trips"}, expect=200).json()
    assert (renamed["name"], renamed["changeKey"] != made["changeKey"]) == ("School trips", True)
    practice.graph("PATCH", address, json={"name": "calendar"}, expect=409)
    practice.graph("DELETE", address, expect=204)
    practice.graph("GET", address, expect=404)
    practice.graph("DELETE", f"{user}/calendar", expect=403)


@pytest.mark.parametrize(
    ("path", "context"),
    [
        ("users/{office}/todo/lists", "#users('"),
        ("users/{office}/calendar", "/calendar/$entity"),
        ("users/{office}/outlook/masterCategories", "/outlook/masterCategories"),
        ("drives/{drive}/items/root/children", "#items"),
        ("sites/{site}/lists", "#lists"),
    ],
)
def test_every_object_says_its_context(practice: PracticeServer, path: str, context: str) -> None:
    facts = practice.facts
    address = path.format(
        office=practice.user("office"), drive=facts["office_drive_id"], site=facts["site_id"]
    )
    body = practice.graph("GET", address, expect=200).json()
    assert body["@odata.context"].startswith(f"{facts['graph_root']}v1.0/$metadata#")
    assert context in body["@odata.context"]
