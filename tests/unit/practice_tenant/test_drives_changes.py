"""Folders, renaming, moving, copying, deleting, special folders and searching."""

import pytest

from tests.checked_graph import CheckedGraph


def _folder(
    graph: CheckedGraph, name: str, behaviour: str | None = None, under: str = "root"
) -> dict[str, str]:
    wishes = {"name": name, "folder": {}}
    if behaviour:
        wishes["@microsoft.graph.conflictBehavior"] = behaviour
    made: dict[str, str] = graph.json("POST", f"drives/{graph.drive}/items/{under}/children", json=wishes)
    return made


def test_a_folder_is_made_once_unless_another_name_is_wished(graph: CheckedGraph) -> None:
    first = _folder(graph, "TIS-2026-0001")
    children = f"drives/{graph.drive}/root/children"
    taken = graph.error("POST", children, json={"name": "tis-2026-0001", "folder": {}})
    assert taken == (409, "nameAlreadyExists")
    assert _folder(graph, "TIS-2026-0001", "rename")["name"] == "TIS-2026-0001 1"
    assert _folder(graph, "TIS-2026-0001", "replace")["id"] == first["id"]


def test_children_come_in_pages_of_the_size_asked_for(graph: CheckedGraph) -> None:
    for number in range(5):
        graph.put(f"Case/{number}.txt")
    page = graph.json("GET", f"{graph.at('Case')}/children?$top=2&$select=name")
    names = [item["name"] for item in page["value"]]
    while "@odata.nextLink" in page:
        page = graph.json("GET", page["@odata.nextLink"])
        names += [item["name"] for item in page["value"]]
    assert names == [f"{number}.txt" for number in range(5)]


def test_a_file_is_moved_and_renamed_in_one_request(graph: CheckedGraph) -> None:
    item, folder = graph.put("Drop/photo.jpg"), _folder(graph, "Case")
    change = {"name": "evidence.jpg", "parentReference": {"id": folder["id"]}}
    moved = graph.json("PATCH", f"drives/{graph.drive}/items/{item['id']}", json=change)
    assert moved["id"] == item["id"]
    assert graph.json("GET", graph.at("Case/evidence.jpg"))["id"] == item["id"]
    assert graph.error("GET", graph.at("Drop/photo.jpg")) == (404, "itemNotFound")


def test_a_move_by_path_and_onto_a_taken_name(graph: CheckedGraph) -> None:
    item = graph.put("Drop/photo.jpg", b"new")
    graph.put("Case/photo.jpg", b"old")
    reference = {"parentReference": {"path": f"/drives/{graph.drive}/root:/Case"}}
    address = f"drives/{graph.drive}/items/{item['id']}"
    assert graph.error("PATCH", address, json=reference) == (409, "nameAlreadyExists")
    graph.json("PATCH", address, json={**reference, "@microsoft.graph.conflictBehavior": "replace"})
    assert graph.json("GET", graph.at("Case/photo.jpg"))["id"] == item["id"]


def test_a_folder_cannot_be_moved_into_itself_nor_the_root_anywhere(graph: CheckedGraph) -> None:
    outer = _folder(graph, "Outer")
    inner = _folder(graph, "Inner", under=outer["id"])
    address = f"drives/{graph.drive}/items"
    into = {"parentReference": {"id": inner["id"]}}
    assert graph.error("PATCH", f"{address}/{outer['id']}", json=into) == (400, "invalidRequest")
    assert graph.error("PATCH", f"drives/{graph.drive}/root", json={"name": "x"}) == (403, "accessDenied")
    assert graph.error("DELETE", f"drives/{graph.drive}/root") == (403, "accessDenied")


def test_a_file_cannot_be_moved_to_another_drive(graph: CheckedGraph) -> None:
    item, library = graph.put("note.txt"), graph.new_library("Casework")
    reference = {"parentReference": {"driveId": library, "id": "root"}}
    answer = graph.error("PATCH", f"drives/{graph.drive}/items/{item['id']}", json=reference)
    assert answer == (400, "invalidRequest")


def test_a_deleted_folder_takes_everything_below_with_it(graph: CheckedGraph) -> None:
    item = graph.put("Case/Letters/letter.docx")
    graph("DELETE", graph.at("Case"), expect=204)
    assert graph.error("GET", f"drives/{graph.drive}/items/{item['id']}") == (404, "itemNotFound")
    assert graph.error("GET", graph.at("Case/Letters")) == (404, "itemNotFound")
    graph.put("Case/Letters/letter.docx", expect=201)


def test_a_delete_of_a_version_that_has_changed_is_refused(graph: CheckedGraph) -> None:
    first = graph.put("letter.docx", b"one")
    graph.put("letter.docx", b"two")
    stale = graph.error("DELETE", graph.at("letter.docx"), headers={"If-Match": first["eTag"]})
    assert stale == (412, "resourceModified")


def test_a_copy_is_told_by_its_monitor(graph: CheckedGraph) -> None:
    graph.put("Case/a.txt", b"a")
    graph.put("Case/Letters/b.txt", b"b")
    library = graph.new_library("Casework")
    wishes = {"name": "Copy", "parentReference": {"driveId": library, "id": "root"}}
    answer = graph("POST", f"{graph.at('Case')}/copy", json=wishes, expect=202)
    status = graph.transfer("GET", answer.headers["Location"]).json()
    assert status["status"] == "completed"
    copied = graph.json("GET", f"drives/{library}/items/{status['resourceId']}")
    assert (copied["name"], copied["folder"]["childCount"], copied["size"]) == ("Copy", 2, 2)
    again = graph("POST", f"{graph.at('Case')}/copy", json=wishes, expect=202)
    told = graph.transfer("GET", again.headers["Location"]).json()
    assert (told["status"], told["error"]["code"]) == ("failed", "nameAlreadyExists")


def test_the_files_own_times_are_kept_apart_from_the_times_of_the_item(graph: CheckedGraph) -> None:
    item = graph.put("scan.pdf")
    change = {"fileSystemInfo": {"lastModifiedDateTime": "2023-09-01T10:00:00Z"}, "description": "scanned"}
    after = graph.json("PATCH", f"drives/{graph.drive}/items/{item['id']}", json=change)
    assert after["fileSystemInfo"]["lastModifiedDateTime"] == "2023-09-01T10:00:00Z"
    assert after["lastModifiedDateTime"].startswith("2026-11-23")
    assert after["description"] == "scanned"


def test_the_folder_of_an_application_is_made_when_it_is_first_asked_for(graph: CheckedGraph) -> None:
    folder = graph.json("GET", f"drives/{graph.drive}/special/approot")
    assert folder["parentReference"]["name"] == "Apps"
    made = graph.json("PUT", f"drives/{graph.drive}/special/approot:/state.json:/content", data=b"{}")
    assert made["parentReference"]["id"] == folder["id"]
    assert graph.error("GET", f"drives/{graph.drive}/special/nothing") == (404, "itemNotFound")


def test_a_search_finds_names_at_any_depth(graph: CheckedGraph) -> None:
    graph.put("Policies/2026/Social media policy.docx")
    graph.put("Policies/Behaviour.docx")
    found = graph.json("GET", f"drives/{graph.drive}/root/search(q='media social')")["value"]
    assert [item["name"] for item in found] == ["Social media policy.docx"]


@pytest.mark.parametrize("body", [{"name": "x"}, {"name": "x", "file": {}, "folder": {}}])
def test_a_child_is_either_a_folder_or_a_file(graph: CheckedGraph, body: dict[str, object]) -> None:
    assert graph.error("POST", f"drives/{graph.drive}/root/children", json=body) == (400, "invalidRequest")
