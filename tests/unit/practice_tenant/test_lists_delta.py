"""List delta and item versions: what has changed, and who set which value when."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph


@pytest.fixture
def cases(graph: CheckedGraph) -> str:
    return graph.new_list({"name": "Decision", "choice": {"choices": ["approve", "reject"]}})


def _round(graph: CheckedGraph, address: str) -> tuple[list[Any], str]:
    items: list[Any] = []
    while True:
        page = graph.json("GET", address)
        items += page["value"]
        if "@odata.deltaLink" in page:
            return items, page["@odata.deltaLink"]
        address = page["@odata.nextLink"]


def test_an_edit_by_staff_is_told_once_in_its_latest_state(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Title="a")
    graph.add(cases, Title="b")
    items, link = _round(graph, f"{cases}/items/delta?$expand=fields")
    assert [item["fields"]["Title"] for item in items] == ["a", "b"]
    for decision in ("reject", "approve"):
        graph("PATCH", f"{cases}/items/2/fields", json={"Decision": decision}, person="headteacher")
    items, link = _round(graph, link)
    assert [(item["id"], item["fields"]["Decision"]) for item in items] == [("2", "approve")]
    assert items[0]["lastModifiedBy"]["user"]["email"] == graph.practice.user("headteacher")
    assert _round(graph, link)[0] == []


def test_fields_come_only_where_they_were_asked_for(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Title="a", Decision="approve")
    (bare,), _ = _round(graph, f"{cases}/items/delta")
    assert "fields" not in bare
    (narrow,), _ = _round(graph, f"{cases}/items/delta?$expand=fields($select=Decision)")
    assert {name for name in narrow["fields"] if "@" not in name} == {"Decision", "id"}


def test_a_deleted_item_is_told_by_a_facet(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Title="a")
    _, link = _round(graph, f"{cases}/items/delta")
    graph("DELETE", f"{cases}/items/1", expect=204)
    (gone,), _ = _round(graph, link)
    assert (gone["id"], gone["deleted"]) == ("1", {"state": "deleted"})
    assert _round(graph, f"{cases}/items/delta")[0] == []


def test_latest_and_pages(graph: CheckedGraph, cases: str) -> None:
    for title in "abcde":
        graph.add(cases, Title=title)
    assert _round(graph, f"{cases}/items/delta?token=latest")[0] == []
    page = graph.json("GET", f"{cases}/items/delta?$top=2")
    assert [item["id"] for item in page["value"]] == ["1", "2"]
    rest, _ = _round(graph, page["@odata.nextLink"])
    assert [item["id"] for item in rest] == ["3", "4", "5"]


def test_an_order_to_read_again_ends_every_older_token(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Title="a")
    _, link = _round(graph, f"{cases}/items/delta")
    graph.practice.practice("POST", "resync", json={"list": cases.rpartition("/")[2]})
    answer = graph("GET", link, expect=410)
    assert answer.json()["error"]["code"] == "resyncChangesApplyDifferences"
    items, _ = _round(graph, answer.headers["Location"])
    assert [item["id"] for item in items] == ["1"]


def test_versions_say_who_set_the_decision_and_when(graph: CheckedGraph, cases: str) -> None:
    graph("POST", f"{cases}/items", json={"fields": {"Title": "a"}}, person="casework", expect=201)
    graph.practice.set_clock("2026-11-24T10:00:00Z")
    graph("PATCH", f"{cases}/items/1/fields", json={"Decision": "approve"}, person="headteacher", expect=200)
    graph.practice.set_clock("2026-11-25T10:00:00Z")
    graph("PATCH", f"{cases}/items/1/fields", json={"Decision": None}, person="casework", expect=200)
    newest, decided, first = graph.json("GET", f"{cases}/items/1/versions?$expand=fields")["value"]
    assert [version["id"] for version in (newest, decided, first)] == ["3.0", "2.0", "1.0"]
    assert decided["fields"]["Decision"] == "approve"
    assert decided["lastModifiedBy"]["user"]["email"] == graph.practice.user("headteacher")
    assert decided["lastModifiedDateTime"].startswith("2026-11-24T10:00")
    assert "Decision" not in newest["fields"]
    assert "user" not in first["lastModifiedBy"]


def test_an_older_version_can_be_read_and_restored(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Title="old")
    graph("PATCH", f"{cases}/items/1/fields", json={"Title": "new"}, expect=200)
    versions = f"{cases}/items/1/versions"
    assert graph.json("GET", f"{versions}/1.0/fields")["Title"] == "old"
    assert graph.json("GET", f"{versions}/current")["id"] == "2.0"
    graph("POST", f"{versions}/1.0/restoreVersion", expect=204)
    assert graph.json("GET", f"{cases}/items/1/fields")["Title"] == "old"
    assert len(graph.json("GET", versions)["value"]) == 3
    assert graph.error("GET", f"{versions}/9.0") == (404, "itemNotFound")


def test_a_change_may_be_told_late_but_is_never_lost(graph: CheckedGraph, cases: str) -> None:
    graph.practice.practice("PUT", "delays", json={"delta": 600})
    graph.add(cases, Title="a")
    items, link = _round(graph, f"{cases}/items/delta")
    assert items == []
    items, link = _round(graph, link)
    assert items == []
    graph.practice.practice("PUT", "delays", json={"delta": 0})
    assert [item["id"] for item in _round(graph, link)[0]] == ["1"]
