"""Deleted files come back from the recycle bin; links and web addresses lead to their items."""

from base64 import urlsafe_b64encode
from io import BytesIO
from typing import Any

import docx
import pytest

from tests.checked_graph import CheckedGraph


def _item(graph: CheckedGraph, made: dict[str, Any]) -> str:
    return f"drives/{graph.drive}/items/{made['id']}"


def test_a_deleted_folder_comes_back_with_all_that_was_in_it(graph: CheckedGraph) -> None:
    graph.put("Cases/2026/letter.docx", b"the letter")
    folder = graph.json("GET", graph.at("Cases"))
    graph("DELETE", _item(graph, folder), expect=204)
    assert graph.error("GET", graph.at("Cases/2026/letter.docx")) == (404, "itemNotFound")
    restored = graph.json("POST", f"{_item(graph, folder)}/restore", json={})
    assert restored["id"] == folder["id"]
    back = graph.json("GET", graph.at("Cases/2026/letter.docx"))
    assert graph.transfer("GET", back["@microsoft.graph.downloadUrl"]).content == b"the letter"
    changed = graph.json("GET", f"drives/{graph.drive}/root/delta")["value"]
    assert "letter.docx" in {each.get("name") for each in changed}


def test_a_file_comes_back_under_another_name_where_its_own_is_taken(graph: CheckedGraph) -> None:
    first = graph.put("a.txt", b"first")
    graph("DELETE", _item(graph, first), expect=204)
    graph.put("a.txt", b"second")
    assert graph.error("POST", f"{_item(graph, first)}/restore", json={}) == (409, "nameAlreadyExists")
    restored = graph.json("POST", f"{_item(graph, first)}/restore", json={"name": "b.txt"})
    assert (restored["id"], restored["name"]) == (first["id"], "b.txt")


def test_what_is_deleted_for_good_does_not_come_back(graph: CheckedGraph) -> None:
    made = graph.put("a.txt")
    graph("POST", f"{_item(graph, made)}/permanentDelete", expect=204)
    assert graph.error("POST", f"{_item(graph, made)}/restore", json={}) == (404, "itemNotFound")


def test_expansions_reach_children_and_their_rows(graph: CheckedGraph) -> None:
    graph.put("Cases/a.txt", b"aa")
    graph.put("Cases/b.txt", b"b")
    query = (
        "$expand=children($select=name;$orderby=size;$expand=listItem($expand=fields($select=FileLeafRef)))"
    )
    shown = graph.json("GET", f"{graph.at('Cases')}?$select=id&{query}")
    assert [child["name"] for child in shown["children"]] == ["b.txt", "a.txt"]
    assert shown["children"][0]["listItem"]["fields"]["FileLeafRef"] == "b.txt"
    assert "@microsoft.graph.downloadUrl" not in shown["children"][0]
    whole = graph.json("GET", f"{graph.at('Cases/a.txt')}?$expand=thumbnails,permissions,versions")
    assert (whole["thumbnails"], len(whole["versions"])) == ([], 1)
    assert whole["permissions"]


def test_a_download_address_comes_with_a_selection_only_when_it_was_named(graph: CheckedGraph) -> None:
    graph.put("a.txt")
    assert "@microsoft.graph.downloadUrl" not in graph.json("GET", f"{graph.at('a.txt')}?$select=id,name")
    for word in ("@microsoft.graph.downloadUrl", "content.downloadUrl"):
        shown = graph.json("GET", f"{graph.at('a.txt')}?$select=id,{word}")
        assert shown["@microsoft.graph.downloadUrl"].startswith("https://")


def test_a_link_of_the_school_opens_the_item_for_its_people(graph: CheckedGraph) -> None:
    made = graph.put("plan.txt", b"plan")
    link = graph.json(
        "POST", f"{_item(graph, made)}/createLink", json={"type": "view", "scope": "organization"}
    )
    share = "u!" + urlsafe_b64encode(link["link"]["webUrl"].encode()).decode().rstrip("=")
    found = graph.practice.graph(
        "GET", f"shares/{share}/driveItem", token=graph.practice.user_token("teacher")
    )
    assert (found.status_code, found.json()["id"]) == (200, made["id"])
    own = "u!" + urlsafe_b64encode(made["webUrl"].encode()).decode().rstrip("=")
    refused = graph.practice.graph(
        "GET", f"shares/{own}/driveItem", token=graph.practice.user_token("teacher")
    )
    assert refused.status_code in {403, 404}
    graph.practice.graph(
        "GET", f"shares/{own}/driveItem", token=graph.practice.user_token("office"), expect=200
    )
    graph.practice.graph("GET", f"shares/{own}/driveItem/content", expect=302)
    graph.practice.graph("GET", "shares/u!AAAA/driveItem", expect=404)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("policy", {"Safety policy.txt", "letter.docx"}),
        ("filename:policy", {"Safety policy.txt"}),
        ("filetype:docx", {"letter.docx"}),
        ("playground OR nothing", {"letter.docx"}),
        ("safe*", {"Safety policy.txt"}),
        ("NOT filetype:docx AND isDocument:true", {"Safety policy.txt"}),
        ("unheard", set()),
    ],
)
def test_files_are_found_by_name_and_by_what_they_say(
    graph: CheckedGraph, words: str, found: set[str]
) -> None:
    document, saved = docx.Document(), BytesIO()
    document.add_paragraph("Our policy about the playground.")
    document.save(saved)
    graph.put("Drop/letter.docx", saved.getvalue())
    graph.put("Safety policy.txt", b"Be careful.")
    answer = graph.json("GET", f"drives/{graph.drive}/root/search(q='{words}')")
    assert {each["name"] for each in answer["value"]} == found
