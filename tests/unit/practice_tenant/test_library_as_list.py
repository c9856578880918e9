"""A document library is a list too: its files are rows with numbers, columns, versions and changes."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph


@pytest.fixture
def library(graph: CheckedGraph) -> str:
    """A library with a column; gives back its address as a list."""
    wishes = {
        "displayName": "Letters",
        "list": {"template": "documentLibrary"},
        "columns": [{"name": "Case", "text": {}}, {"name": "Sent", "boolean": {}}],
    }
    made = graph.json("POST", f"sites/{graph.site}/lists", json=wishes, expect=201)
    return f"sites/{graph.site}/lists/{made['id']}"


def _file(graph: CheckedGraph, library: str, name: str = "letter.txt") -> tuple[str, dict[str, Any]]:
    """A file of the library: the address of its row, and the file."""
    drive = graph.json("GET", f"{library}/drive")["id"]
    made = graph.json("PUT", f"drives/{drive}/root:/{name}:/content", data=b"Dear parent", expect=201)
    row = graph.json("GET", f"drives/{drive}/items/{made['id']}/listItem")
    return f"{library}/items/{row['id']}", made


def test_a_row_and_its_file_lead_to_each_other(graph: CheckedGraph, library: str) -> None:
    row, made = _file(graph, library)
    assert graph.practice.graph("GET", f"{row}/driveItem", expect=200).json()["id"] == made["id"]
    shown = graph.json("GET", f"{row}?$expand=fields,driveItem")
    assert (shown["fields"]["FileLeafRef"], shown["driveItem"]["id"]) == ("letter.txt", made["id"])
    assert graph.json("GET", row)["fields"]["FileLeafRef"] == "letter.txt"


def test_columns_are_set_on_the_file_through_either_address(graph: CheckedGraph, library: str) -> None:
    row, made = _file(graph, library)
    graph.json("PATCH", f"{row}/fields", json={"Case": "TIS-2026-0007"})
    drive = made["parentReference"]["driveId"]
    graph.json("PATCH", f"drives/{drive}/items/{made['id']}/listItem/fields", json={"Sent": True})
    fields = graph.json("GET", f"{row}/fields")
    assert (fields["Case"], fields["Sent"]) == ("TIS-2026-0007", True)
    after = graph.json("GET", f"drives/{drive}/items/{made['id']}")
    assert (after["cTag"] == made["cTag"], after["eTag"] == made["eTag"]) == (True, False)
    old = {"If-Match": made["eTag"]}
    assert graph.error("PATCH", f"{row}/fields", json={"Case": "x"}, headers=old) == (412, "resourceModified")
    assert graph.error("PATCH", f"{row}/fields", json={"Nothing": "x"})[0] == 400


def test_rows_have_versions_and_go_with_their_file(graph: CheckedGraph, library: str) -> None:
    row, made = _file(graph, library)
    drive = made["parentReference"]["driveId"]
    graph.json("PUT", f"drives/{drive}/items/{made['id']}/content", data=b"Dear parents")
    versions = graph.json("GET", f"{row}/versions")["value"]
    assert [each["id"] for each in versions] == ["2.0", "1.0"]
    graph("DELETE", row, expect=204)
    assert graph.error("GET", row) == (404, "itemNotFound")
    assert graph.error("GET", f"drives/{drive}/items/{made['id']}") == (404, "itemNotFound")


def test_delta_tells_of_new_changed_and_deleted_files(graph: CheckedGraph, library: str) -> None:
    row, _ = _file(graph, library, "kept.txt")
    gone, _ = _file(graph, library, "gone.txt")
    first = graph.json("GET", f"{library}/items/delta?$expand=fields&$top=1")
    second = graph.json("GET", first["@odata.nextLink"])
    told = first["value"] + second["value"]
    assert {each["fields"]["FileLeafRef"] for each in told} == {"kept.txt", "gone.txt"}
    graph.json("PATCH", f"{row}/fields", json={"Case": "7"})
    graph("DELETE", gone, expect=204)
    third = graph.json("GET", second["@odata.deltaLink"])
    rest = graph.json("GET", third["@odata.nextLink"])
    by_number = {each["id"]: each for each in third["value"] + rest["value"]}
    assert by_number[row.rpartition("/")[2]]["fields"]["Case"] == "7"
    assert by_number[gone.rpartition("/")[2]]["deleted"] == {"state": "deleted"}


def test_a_row_of_a_plain_list_is_no_file(graph: CheckedGraph) -> None:
    cases = graph.new_list({"name": "Reference", "text": {}})
    item = graph.add(cases, Reference="1")
    assert graph.error("GET", f"{cases}/items/{item['id']}/driveItem") == (404, "itemNotFound")
