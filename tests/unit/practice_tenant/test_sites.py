"""Sites: how they are addressed, searched, and opened to applications."""

import pytest

from tests.checked_graph import CheckedGraph


def test_a_site_is_found_by_id_and_by_path(graph: CheckedGraph) -> None:
    host, _, path = str(graph.practice.facts["site_path"]).partition(":")
    by_id = graph.json("GET", f"sites/{graph.site}")
    assert by_id["webUrl"] == graph.practice.facts["site_url"]
    for spelling in (f"sites/{host}:{path}", f"sites/{host}:{path}:", f"sites/{host}:{path.upper()}:"):
        assert graph.json("GET", spelling)["id"] == graph.site
    lists = graph.json("GET", f"sites/{host}:{path}:/lists")["value"]
    assert [each["displayName"] for each in lists] == ["Documents"]


def test_the_root_site_is_another_one(graph: CheckedGraph) -> None:
    root = graph.json("GET", "sites/root")
    assert root["root"] == {}
    assert root["id"] != graph.site
    host = str(graph.practice.facts["site_path"]).partition(":")[0]
    assert graph.json("GET", f"sites/{host}")["id"] == root["id"]


@pytest.mark.parametrize("address", ["sites/nowhere.example:/sites/x", "sites/a,b,c"])
def test_an_unknown_site_is_not_found(graph: CheckedGraph, address: str) -> None:
    assert graph.error("GET", address) == (404, "itemNotFound")


def test_a_search_shows_only_what_may_be_opened(graph: CheckedGraph) -> None:
    found = graph.json("GET", "sites?search=casework")["value"]
    assert [site["id"] for site in found] == [graph.site]
    everything = graph.json("GET", "sites?search=*")["value"]
    narrow = graph.json("GET", "sites?search=*", person="casework")["value"]
    assert len(narrow) == 2 < len(everything)


def _application(graph: CheckedGraph) -> tuple[str, str]:
    """A new application with the consent to what it is granted, and no grant: its client id and a token."""
    wish = {"name": "Another", "consents": ["Sites.Selected"]}
    made = graph.practice.practice("POST", "applications", json=wish).json()
    token = graph.practice.application_token(client_id=made["client_id"], client_secret=made["secret"])
    return made["client_id"], token


def test_an_application_reaches_a_site_as_far_as_it_was_granted(graph: CheckedGraph) -> None:
    client, token = _application(graph)
    ask, address = graph.practice.graph, f"sites/{graph.site}"
    assert ask("GET", address, token=token).status_code == 403
    identity = {"application": {"id": client, "displayName": "Another"}}
    wish = {"roles": ["read"], "grantedToIdentities": [identity]}
    made = graph.json("POST", f"{address}/permissions", json=wish, expect=201)
    ask("GET", address, token=token, expect=200)
    new_file = f"{address}/drive/root:/a.txt:/content"
    assert ask("PUT", new_file, data=b"x", token=token).status_code == 403
    graph("PATCH", f"{address}/permissions/{made['id']}", json={"roles": ["write"]}, expect=200)
    ask("PUT", new_file, data=b"x", token=token, expect=201)
    new_list = {"displayName": "Mine", "list": {"template": "genericList"}}
    assert ask("POST", f"{address}/lists", json=new_list, token=token).status_code == 403
    graph("DELETE", f"{address}/permissions/{made['id']}", expect=204)
    assert ask("GET", address, token=token).status_code == 403


def test_full_control_of_a_site_grants_nothing_to_others(graph: CheckedGraph) -> None:
    client, _ = _application(graph)
    wish = {"roles": ["write"], "grantedToIdentities": [{"application": {"id": client}}]}
    address = f"sites/{graph.site}/permissions"
    assert graph.error("POST", address, json=wish, person="casework") == (403, "accessDenied")
    granted = graph.json("GET", address)["value"]
    assert [permission["roles"] for permission in granted] == [["fullcontrol"]]


@pytest.mark.parametrize(
    "wish",
    [
        {"roles": ["write"], "grantedToIdentities": []},
        {"roles": ["write"], "grantedToIdentities": [{"application": {"id": "nobody"}}]},
        {"roles": ["emperor"], "grantedToIdentities": [{"application": {"id": "nobody"}}]},
    ],
)
def test_a_grant_names_an_application_and_a_role(graph: CheckedGraph, wish: dict[str, object]) -> None:
    assert graph.error("POST", f"sites/{graph.site}/permissions", json=wish) == (400, "invalidRequest")


def test_the_libraries_of_a_site_are_its_drives(graph: CheckedGraph) -> None:
    drive = graph.new_library("Casework")
    drives = graph.json("GET", f"sites/{graph.site}/drives")["value"]
    assert {each["name"]: each["id"] for each in drives}["Casework"] == drive
    default = graph.json("GET", f"sites/{graph.site}/drive")
    assert (default["name"], default["driveType"]) == ("Documents", "documentLibrary")
    made = graph.json("PUT", f"drives/{drive}/root:/Case/a.txt:/content", data=b"x")
    rows = graph.json("GET", f"sites/{graph.site}/lists/Casework/items?$expand=fields")["value"]
    assert [row["fields"]["FileLeafRef"] for row in rows] == ["Case", "a.txt"]
    row = graph.json("GET", f"drives/{drive}/items/{made['id']}/listItem")
    assert row["id"] == rows[1]["id"]
