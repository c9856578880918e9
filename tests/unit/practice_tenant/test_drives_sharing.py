"""Who may open what: Casework's grants, the staff, the sealed library, invitations and links."""

import pytest

from tests.checked_graph import CheckedGraph


def _seal(graph: CheckedGraph, drive: str, *roles: str) -> None:
    recipients = [{"email": graph.practice.user(role)} for role in roles]
    wishes = {
        "recipients": recipients,
        "roles": ["write"],
        "requireSignIn": True,
        "sendInvitation": False,
        "retainInheritedPermissions": False,
    }
    graph("POST", f"drives/{drive}/root/invite", json=wishes, person="casework", expect=200)


def test_sealed_originals_open_for_the_safeguarding_role_alone(graph: CheckedGraph) -> None:
    drive = graph.new_library("Sealed originals", person="casework")
    _seal(graph, drive, "safeguarding_lead")
    put = f"drives/{drive}/root:/TIS-2026-0001/original.eml:/content"
    sealed = graph.json("PUT", put, data=b"mail", person="casework")
    addresses = [f"drives/{drive}", f"drives/{drive}/root/children", f"drives/{drive}/root/delta"]
    addresses += [f"drives/{drive}/items/{sealed['id']}", f"drives/{drive}/items/{sealed['id']}/content"]
    addresses += [f"sites/{graph.site}/lists/Sealed originals/items"]
    for address in addresses:
        assert graph(method := "GET", address, person="safeguarding_lead").status_code in {200, 302}
        assert graph(method, address, person="casework").status_code in {200, 302}
        for role in ("headteacher", "teacher", "office"):
            assert graph.error(method, address, person=role) == (403, "accessDenied")


def test_a_sealed_library_is_not_even_listed_to_others(graph: CheckedGraph) -> None:
    _seal(graph, graph.new_library("Sealed originals"), "safeguarding_lead")
    for what, name in (("drives", "name"), ("lists", "displayName")):
        seen = {
            role: {
                each[name] for each in graph.json("GET", f"sites/{graph.site}/{what}", person=role)["value"]
            }
            for role in ("clerk", "safeguarding_lead")
        }
        assert seen["safeguarding_lead"] - seen["clerk"] == {"Sealed originals"}


def test_a_sealed_file_in_an_open_library_is_as_if_it_were_not_there(graph: CheckedGraph) -> None:
    drive = graph.new_library("Casework")
    item = graph.json("PUT", f"drives/{drive}/root:/Case/secret.txt:/content", data=b"x")
    wishes = {
        "recipients": [{"email": graph.practice.user("headteacher")}],
        "roles": ["read"],
        "requireSignIn": True,
        "retainInheritedPermissions": False,
    }
    graph("POST", f"drives/{drive}/items/{item['id']}/invite", json=wishes, expect=200)
    address = f"drives/{drive}/items/{item['id']}"
    assert graph.error("GET", address, person="clerk") == (404, "itemNotFound")
    assert graph.json("GET", f"drives/{drive}/root:/Case:/children", person="clerk")["value"] == []
    graph("GET", address, person="headteacher", expect=200)
    assert graph.error("DELETE", address, person="headteacher") == (403, "accessDenied")


def test_a_onedrive_is_its_owners_until_something_is_shared(graph: CheckedGraph) -> None:
    graph.put("Policies/a.docx")
    assert graph.error("GET", graph.at("Policies"), person="headteacher") == (403, "accessDenied")
    wishes = {
        "recipients": [{"email": graph.practice.user("headteacher")}],
        "roles": ["read"],
        "requireSignIn": True,
    }
    shared = graph.json("POST", f"{graph.at('Policies')}/invite", json=wishes)["value"][0]
    graph("GET", graph.at("Policies/a.docx"), person="headteacher", expect=200)
    assert (
        graph("PUT", f"{graph.at('Policies/a.docx')}/content", data=b"x", person="headteacher").status_code
        == 403
    )
    graph(
        "PATCH", f"{graph.at('Policies')}/permissions/{shared['id']}", json={"roles": ["write"]}, expect=200
    )
    graph("PUT", f"{graph.at('Policies/a.docx')}/content", data=b"x", person="headteacher", expect=200)
    graph("DELETE", f"{graph.at('Policies')}/permissions/{shared['id']}", expect=204)
    assert graph("GET", graph.at("Policies/a.docx"), person="headteacher").status_code in {403, 404}


def test_what_a_group_is_given_its_members_have_and_nobody_else(graph: CheckedGraph) -> None:
    graph.put("Policies/a.docx")
    wishes = {
        "recipients": [{"email": "governors@tillbrook.example"}],
        "roles": ["read"],
        "requireSignIn": True,
    }
    graph.json("POST", f"{graph.at('Policies')}/invite", json=wishes)
    shown = graph.json("GET", f"{graph.at('Policies/a.docx')}/permissions")["value"]
    groups = [
        one["grantedToV2"]["group"]["displayName"] for one in shown if "group" in one.get("grantedToV2", {})
    ]
    assert groups == ["Governors"]
    graph("GET", graph.at("Policies/a.docx"), person="chair", expect=200)
    assert graph.error("GET", graph.at("Policies/a.docx"), person="teacher") == (403, "accessDenied")


def test_casework_reaches_its_site_and_the_offices_onedrive_and_no_other(graph: CheckedGraph) -> None:
    graph("PUT", f"{graph.at('Drop/a.txt')}/content", data=b"x", person="casework", expect=201)
    graph("GET", f"sites/{graph.site}/drive/root", person="casework", expect=200)
    head = graph.practice.user("headteacher")
    for address in (f"users/{head}/drive", f"users/{head}/drive/root/children", "sites/root"):
        assert graph.error("GET", address, person="casework") == (403, "accessDenied")
    drives = graph.json("GET", "drives", person="casework")["value"]
    assert {drive["name"] for drive in drives} == {"Documents", "OneDrive"}


def test_permissions_say_who_may_open_a_library(graph: CheckedGraph) -> None:
    drive = graph.new_library("Sealed originals")
    before = graph.json("GET", f"drives/{drive}/root/permissions")["value"]
    assert [permission["grantedToV2"]["siteGroup"]["displayName"] for permission in before] == ["Members"]
    _seal(graph, drive, "safeguarding_lead", "headteacher")
    item = graph.json("PUT", f"drives/{drive}/root:/a.txt:/content", data=b"x")
    after = graph.json("GET", f"drives/{drive}/items/{item['id']}/permissions")["value"]
    addresses = {permission["grantedToV2"]["user"]["email"] for permission in after}
    assert addresses == {graph.practice.user("safeguarding_lead"), graph.practice.user("headteacher")}
    assert all(permission["inheritedFrom"]["id"] for permission in after)
    inherited = f"drives/{drive}/items/{item['id']}/permissions/{after[0]['id']}"
    graph("GET", inherited, expect=200)
    assert graph.error("DELETE", inherited) == (404, "itemNotFound")


@pytest.mark.parametrize(
    "wishes",
    [
        {"recipients": [{"email": "head@tillbrook.example"}], "roles": ["owner"], "requireSignIn": True},
        {"recipients": [], "roles": ["read"], "requireSignIn": True},
        {"recipients": [{"email": "head@tillbrook.example"}], "roles": ["read"]},
        {"recipients": [{"email": "nobody@tillbrook.example"}], "roles": ["read"], "requireSignIn": True},
    ],
)
def test_invitations_that_say_too_little_are_refused(graph: CheckedGraph, wishes: dict[str, object]) -> None:
    graph.put("a.txt")
    assert graph.error("POST", f"{graph.at('a.txt')}/invite", json=wishes) == (400, "invalidRequest")


def test_the_same_sharing_link_is_made_once(graph: CheckedGraph) -> None:
    graph.put("a.docx")
    address, wishes = f"{graph.at('a.docx')}/createLink", {"type": "view", "scope": "organization"}
    made = graph.json("POST", address, json=wishes, expect=201)
    assert graph.json("POST", address, json=wishes, expect=200) == made
    assert made["link"]["webUrl"].startswith("https://")
    assert graph.error("POST", address, json={"type": "everything"}) == (400, "invalidRequest")


def test_a_grant_by_a_practice_control_opens_a_drive(graph: CheckedGraph) -> None:
    user = graph.practice.user("teacher")
    assert graph.error("GET", f"drives/{graph.drive}", person="teacher") == (403, "accessDenied")
    grant = {"holder": user, "kind": "drive", "resource": graph.drive, "role": "read"}
    graph.practice.practice("POST", "permissions", json=grant)
    graph("GET", f"drives/{graph.drive}", person="teacher", expect=200)


def test_a_token_reaches_no_further_than_its_scopes(graph: CheckedGraph) -> None:
    graph.put("a.txt")
    for scope, reading, writing in (
        ("Mail.Read", 403, 403),
        ("Files.Read", 200, 403),
        ("Files.ReadWrite", 200, 200),
    ):
        wish = {"user": graph.practice.user("office"), "scope": scope}
        token = graph.practice.practice("POST", "token", params=wish).json()["access_token"]
        ask = graph.practice.graph
        assert ask("GET", graph.at("a.txt"), token=token).status_code == reading
        assert ask("PUT", f"{graph.at('a.txt')}/content", data=b"b", token=token).status_code == writing


def test_what_was_shared_is_changed_only_with_a_scope_for_changing(graph: CheckedGraph) -> None:
    graph.put("a.txt")
    person = graph.practice.user("teacher")
    wishes = {"recipients": [{"email": person}], "roles": ["write"], "requireSignIn": True}
    graph("POST", f"{graph.at('a.txt')}/invite", json=wishes, expect=200)
    assert graph.json("GET", graph.at("a.txt"))["shared"] == {"scope": "users"}
    for scope, status in (("Files.Read", 403), ("Files.ReadWrite", 200)):
        wish = {"user": person, "scope": scope}
        token = graph.practice.practice("POST", "token", params=wish).json()["access_token"]
        answer = graph.practice.graph("PUT", f"{graph.at('a.txt')}/content", data=b"b", token=token)
        assert answer.status_code == status
