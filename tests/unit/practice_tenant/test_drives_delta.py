"""Drive delta: the latest state of each item, deletions, pages, tokens and starting again."""

from typing import Any

from tests.checked_graph import CheckedGraph


def _root(graph: CheckedGraph) -> str:
    return f"drives/{graph.drive}/root/delta"


def _round(graph: CheckedGraph, address: str, **more: Any) -> tuple[list[Any], str]:
    """Everything of one round, and where the next begins."""
    items: list[Any] = []
    while True:
        page = graph.json("GET", address, **more)
        items += page["value"]
        if "@odata.deltaLink" in page:
            return items, page["@odata.deltaLink"]
        address = page["@odata.nextLink"]


def test_the_first_round_tells_of_everything_and_the_next_of_nothing(graph: CheckedGraph) -> None:
    graph.put("Policies/a.docx")
    items, link = _round(graph, _root(graph))
    assert {item["name"] for item in items} == {"root", "Policies", "a.docx"}
    assert _round(graph, link)[0] == []


def test_only_the_latest_state_of_an_item_is_told(graph: CheckedGraph) -> None:
    item = graph.put("a.docx", b"one")
    _, link = _round(graph, _root(graph))
    graph.put("a.docx", b"two")
    graph.json("PATCH", f"drives/{graph.drive}/items/{item['id']}", json={"name": "b.docx"})
    items, _ = _round(graph, link, headers={"deltaExcludeParent": "true"})
    assert [(each["id"], each["name"], each["size"]) for each in items] == [(item["id"], "b.docx", 3)]


def test_delta_shows_no_path_and_no_ctag_as_onedrive_for_business(graph: CheckedGraph) -> None:
    graph.put("Policies/a.docx")
    items, _ = _round(graph, _root(graph))
    assert not any("path" in item["parentReference"] or "cTag" in item for item in items)
    by_name = {item["name"]: item for item in items}
    assert by_name["a.docx"]["parentReference"]["id"] == by_name["Policies"]["id"]


def test_the_folders_above_a_change_come_along(graph: CheckedGraph) -> None:
    graph.put("Case/Letters/a.docx", b"one")
    _, link = _round(graph, _root(graph))
    graph.put("Case/Letters/a.docx", b"two")
    items, _ = _round(graph, link)
    assert [item["name"] for item in items] == ["root", "Case", "Letters", "a.docx"]


def test_a_deletion_is_told_by_a_facet_and_without_a_name(graph: CheckedGraph) -> None:
    item = graph.put("Case/a.docx")
    _, link = _round(graph, _root(graph))
    graph("DELETE", graph.at("Case"), expect=204)
    items, _ = _round(graph, link)
    gone = {each["id"]: each for each in items if "deleted" in each}
    assert set(gone) == {item["id"], item["parentReference"]["id"]}
    assert not any("name" in each or "eTag" in each for each in gone.values())


def test_who_reads_for_the_first_time_is_not_told_of_what_is_gone(graph: CheckedGraph) -> None:
    graph.put("a.docx")
    graph("DELETE", graph.at("a.docx"), expect=204)
    items, _ = _round(graph, _root(graph))
    assert [item["name"] for item in items] == ["root"]


def test_pages_lose_nothing_when_items_change_meanwhile(graph: CheckedGraph) -> None:
    for number in range(6):
        graph.put(f"{number}.txt")
    first = graph.json("GET", f"{_root(graph)}?$top=3&$select=id,name")
    graph.put("5.txt", b"changed")
    graph.put("new.txt")
    rest, link = _round(graph, first["@odata.nextLink"])
    later, _ = _round(graph, link)
    told = [item["name"] for item in (*first["value"], *rest, *later)]
    assert {f"{number}.txt" for number in range(6)} | {"new.txt"} <= set(told)
    assert all(set(item) - {"@odata.type"} <= {"id", "name"} for item in rest)


def test_latest_gives_a_link_and_no_items(graph: CheckedGraph) -> None:
    graph.put("a.docx")
    items, link = _round(graph, f"{_root(graph)}?token=latest")
    assert items == []
    graph.put("b.docx")
    names = {item["name"] for item in _round(graph, link)[0]}
    assert names == {"root", "b.docx"}


def test_a_moment_serves_as_a_token(graph: CheckedGraph) -> None:
    graph.put("old.docx")
    graph.practice.set_clock("2026-11-24T09:00:00Z")
    graph.put("new.docx")
    items, _ = _round(graph, f"{_root(graph)}?token=2026-11-24T00:00:00Z")
    assert {item["name"] for item in items} == {"root", "new.docx"}


def test_delta_is_spelt_in_three_ways(graph: CheckedGraph) -> None:
    link = _round(graph, f"{_root(graph)}()?token=latest")[1]
    token = link.partition("token=")[2]
    graph.put("a.docx")
    for spelling in (
        f"{_root(graph)}(token='{token}')",
        f"drives/{graph.drive}/root/microsoft.graph.delta?token={token}",
    ):
        assert "a.docx" in {item["name"] for item in _round(graph, spelling)[0]}


def test_an_order_to_read_again_ends_every_older_token(graph: CheckedGraph) -> None:
    graph.put("a.docx")
    _, link = _round(graph, _root(graph))
    wish = {"drive": graph.drive, "code": "resyncChangesUploadDifferences"}
    graph.practice.practice("POST", "resync", json=wish)
    answer = graph("GET", link, expect=410)
    assert answer.json()["error"]["code"] == "resyncChangesUploadDifferences"
    items, fresh = _round(graph, answer.headers["Location"])
    assert "a.docx" in {item["name"] for item in items}
    assert _round(graph, fresh)[0] == []


def test_a_token_from_before_a_reset_asks_for_a_new_beginning(graph: CheckedGraph) -> None:
    graph.put("a.docx")
    _, link = _round(graph, _root(graph))
    graph.practice.reset()
    graph("GET", link, expect=410)


def test_delta_is_of_the_root_only_and_tokens_of_their_own_drive(graph: CheckedGraph) -> None:
    graph.put("Case/a.docx")
    library = graph.new_library("Casework")
    assert graph.error("GET", f"{graph.at('Case')}/delta") == (400, "invalidRequest")
    token = _round(graph, _root(graph))[1].partition("token=")[2]
    assert graph.error("GET", f"drives/{library}/root/delta?token={token}") == (400, "invalidRequest")
    assert graph("GET", f"{_root(graph)}?token=nonsense").status_code == 400


def test_a_change_may_be_told_late_but_is_never_lost(graph: CheckedGraph) -> None:
    graph.put("early.docx")
    _, link = _round(graph, _root(graph))
    graph.practice.practice("PUT", "delays", json={"delta": 600})
    graph.put("late.docx")
    items, link = _round(graph, link)
    assert items == []
    graph.practice.practice("PUT", "delays", json={"delta": 0})
    assert "late.docx" in {item["name"] for item in _round(graph, link)[0]}


def test_delta_tells_nobody_of_what_they_may_not_see(graph: CheckedGraph) -> None:
    drive = graph.new_library("Casework")
    for name in ("open.txt", "secret.txt"):
        graph("PUT", f"drives/{drive}/root:/Case/{name}:/content", data=b"x", expect=201)
    wishes = {
        "recipients": [{"email": graph.practice.user("headteacher")}],
        "roles": ["read"],
        "requireSignIn": True,
        "retainInheritedPermissions": False,
    }
    graph("POST", f"drives/{drive}/root:/Case/secret.txt:/invite", json=wishes, expect=200)
    address = f"drives/{drive}/root/delta"
    seen = {
        role: {item["name"] for item in _round(graph, address, person=role)[0]}
        for role in ("clerk", "headteacher", "casework")
    }
    assert seen["clerk"] == {"root", "Case", "open.txt"}
    assert seen["headteacher"] == seen["casework"] == {"root", "Case", "open.txt", "secret.txt"}
