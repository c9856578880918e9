"""Lists and their columns: making, changing, and what SharePoint does not allow."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph

REFERENCE = {"name": "Reference", "text": {}, "indexed": True, "enforceUniqueValues": True}


def test_a_list_is_made_with_its_columns_in_one_request(graph: CheckedGraph) -> None:
    kinds: list[dict[str, Any]] = [
        {"name": "Line", "text": {}},
        {"name": "Note", "text": {"allowMultipleLines": True}},
        {"name": "Stage", "choice": {"choices": ["open", "closed"]}, "indexed": True},
        {"name": "Categories", "choice": {"choices": ["a"], "displayAs": "checkBoxes"}},
        {"name": "Due", "dateTime": {"format": "dateOnly"}},
        {"name": "Continues", "boolean": {}},
        {"name": "Count", "number": {}},
        {"name": "Helper", "personOrGroup": {}},
        {"name": "Link", "hyperlinkOrPicture": {"isPicture": False}},
    ]
    address = graph.new_list(*kinds)
    columns = graph.json("GET", f"{address}/columns")["value"]
    made = {column["name"]: column for column in columns}
    assert [column["name"] for column in columns][-9:] == [kind["name"] for kind in kinds]
    assert made["Title"]["readOnly"] is False
    assert made["Stage"]["choice"]["choices"] == ["open", "closed"]
    assert made["Note"]["text"]["allowMultipleLines"] is True
    expanded = graph.json("GET", f"{address}?$expand=columns,items($expand=fields)")
    assert len(expanded["columns"]) == len(columns)
    assert expanded["items"] == []


def test_a_list_that_cannot_be_made_whole_is_not_made(graph: CheckedGraph) -> None:
    wishes = {"displayName": "Cases", "columns": [REFERENCE, {"name": "Broken"}]}
    assert graph.error("POST", f"sites/{graph.site}/lists", json=wishes) == (400, "invalidRequest")
    assert graph.error("GET", f"sites/{graph.site}/lists/Cases") == (404, "itemNotFound")


def test_a_title_is_taken_once_and_a_list_can_be_renamed_and_deleted(graph: CheckedGraph) -> None:
    address = graph.new_list(title="Cases")
    taken = graph.error("POST", f"sites/{graph.site}/lists", json={"displayName": "cases"})
    assert taken == (409, "nameAlreadyExists")
    before = graph.json("GET", address)
    after = graph.json("PATCH", address, json={"displayName": "Our cases", "description": "All of them"})
    assert (after["id"], after["name"], after["displayName"]) == (before["id"], "Cases", "Our cases")
    assert after["eTag"] != before["eTag"]
    graph("GET", f"sites/{graph.site}/lists/Our%20cases", expect=200)
    graph("DELETE", address, expect=204)
    assert graph.error("GET", address) == (404, "itemNotFound")


def test_a_deleted_library_takes_its_drive_with_it(graph: CheckedGraph) -> None:
    drive = graph.new_library("Casework")
    graph("DELETE", f"sites/{graph.site}/lists/Casework", expect=204)
    assert graph.error("GET", f"drives/{drive}") == (404, "itemNotFound")


def test_the_internal_name_stays_when_people_rename_a_column(graph: CheckedGraph) -> None:
    address = graph.new_list(REFERENCE)
    column = graph.json("GET", f"{address}/columns/Reference")
    changed = graph.json("PATCH", f"{address}/columns/{column['id']}", json={"displayName": "Our number"})
    assert (changed["name"], changed["displayName"]) == ("Reference", "Our number")
    assert graph.add(address, Reference="1")["fields"]["Reference"] == "1"


def test_a_name_with_spaces_is_encoded_as_sharepoint_does(graph: CheckedGraph) -> None:
    address = graph.new_list({"displayName": "Next step", "text": {}})
    assert graph.json("GET", f"{address}/columns/Next_x0020_step")["displayName"] == "Next step"


@pytest.mark.parametrize(
    "column",
    [
        {"name": "Nothing"},
        {"name": "Two", "text": {}, "number": {}},
        {"text": {}},
        {"name": "Unique", "text": {}, "enforceUniqueValues": True},
        {"name": "Note", "text": {"allowMultipleLines": True}, "indexed": True},
        {"name": "Many", "choice": {"choices": ["a"], "displayAs": "checkBoxes"}, "indexed": True},
        {"name": "Link", "hyperlinkOrPicture": {}, "indexed": True},
        {"name": "Yes", "boolean": {}, "indexed": True, "enforceUniqueValues": True},
    ],
)
def test_columns_that_sharepoint_cannot_make_are_refused(graph: CheckedGraph, column: dict[str, Any]) -> None:
    address = graph.new_list()
    assert graph.error("POST", f"{address}/columns", json=column) == (400, "invalidRequest")


def test_a_column_is_added_once(graph: CheckedGraph) -> None:
    address = graph.new_list()
    graph("POST", f"{address}/columns", json=REFERENCE, expect=201)
    taken = graph.error("POST", f"{address}/columns", json={"name": "reference", "text": {}})
    assert taken == (409, "nameAlreadyExists")


def test_a_column_becomes_unique_only_when_it_is(graph: CheckedGraph) -> None:
    address = graph.new_list({"name": "Reference", "text": {}})
    for _ in range(2):
        graph.add(address, Reference="same")
    wish = {"indexed": True, "enforceUniqueValues": True}
    assert graph.error("PATCH", f"{address}/columns/Reference", json=wish) == (400, "invalidRequest")
    graph("PATCH", f"{address}/items/2/fields", json={"Reference": "other"}, expect=200)
    graph("PATCH", f"{address}/columns/Reference", json=wish, expect=200)


def test_choices_can_be_changed_and_the_type_cannot(graph: CheckedGraph) -> None:
    address = graph.new_list({"name": "Stage", "choice": {"choices": ["open"]}})
    changed = graph.json("PATCH", f"{address}/columns/Stage", json={"choice": {"choices": ["open", "shut"]}})
    assert changed["choice"]["choices"] == ["open", "shut"]
    assert changed["choice"]["displayAs"] == "dropDownMenu"
    assert graph.error("PATCH", f"{address}/columns/Stage", json={"text": {}}) == (400, "invalidRequest")


def test_a_deleted_column_is_no_longer_taken_and_those_of_sharepoint_stay(graph: CheckedGraph) -> None:
    address = graph.new_list(REFERENCE)
    graph("DELETE", f"{address}/columns/Reference", expect=204)
    fields = {"fields": {"Reference": "1"}}
    assert graph.error("POST", f"{address}/items", json=fields) == (400, "invalidRequest")
    for name in ("Title", "Modified"):
        assert graph.error("DELETE", f"{address}/columns/{name}") == (400, "invalidRequest")


def test_staff_make_lists_with_the_scope_for_it_and_on_their_own_sites_only(graph: CheckedGraph) -> None:
    wishes = {"displayName": "Staff list"}
    office = {"user": graph.practice.user("office"), "scope": "Sites.Manage.All"}
    token = graph.practice.practice("POST", "token", params=office).json()["access_token"]
    assert graph.error("POST", f"sites/{graph.site}/lists", json=wishes, person="office") == (
        403,
        "accessDenied",
    )
    graph.practice.graph("POST", f"sites/{graph.site}/lists", json=wishes, token=token, expect=201)
    head_site = graph.json("GET", f"users/{graph.practice.user('headteacher')}/drive/root")
    personal = head_site["parentReference"]["siteId"]
    assert graph.error("POST", f"sites/{personal}/lists", json=wishes, person="office") == (
        403,
        "accessDenied",
    )


def test_a_column_of_money_keeps_numbers(graph: CheckedGraph) -> None:
    address = graph.new_list({"name": "Fee", "currency": {"locale": "de-de"}})
    assert graph.json("GET", f"{address}/columns/Fee")["currency"] == {"locale": "de-de"}
    made = graph.add(address, Title="x", Fee=12.5)
    assert graph.json("GET", f"{address}/items/{made['id']}/fields")["Fee"] == 12.5
    refused = {"fields": {"Title": "y", "Fee": "12,50"}}
    assert graph.error("POST", f"{address}/items", json=refused) == (400, "invalidRequest")


@pytest.mark.parametrize(
    "kind",
    [
        {"calculated": {"formula": "=[Title]", "outputType": "text"}},
        {"lookup": {"listId": "Cases", "columnName": "Title"}},
        {"term": {"allowMultipleValues": False}},
        {"thumbnail": {}},
        {"geolocation": {}},
    ],
)
def test_a_kind_of_column_that_is_not_practised_is_said_to_be_missing(
    graph: CheckedGraph, kind: dict[str, object]
) -> None:
    address = graph.new_list()
    assert graph.error("POST", f"{address}/columns", json={"name": "x", **kind}) == (501, "notImplemented")
    assert "x" not in {column["name"] for column in graph.json("GET", f"{address}/columns")["value"]}
