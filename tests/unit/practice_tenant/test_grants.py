"""Consents, scoped roles and grants, as Microsoft adds them up, and the words of each refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from tests.checked_graph import CheckedGraph
from tests.practice import PracticeServer


class Application:
    """An application of somebody's, which has no permission until it is given one."""

    def __init__(self, practice: PracticeServer) -> None:
        made = practice.practice("POST", "applications", json={"name": "Timetable"}).json()
        self.practice = practice
        self.client_id = str(made["client_id"])
        self._secret = str(made["secret"])

    def token(self) -> str:
        """A new token: what was consented to since the last one is in it."""
        self.practice._tokens.pop(self.client_id, None)
        return self.practice.application_token(client_id=self.client_id, client_secret=self._secret)

    def consent(self, *roles: str, method: str = "POST") -> None:
        for role in roles:
            grant = {"holder": self.client_id, "kind": "entra", "resource": "*", "role": role}
            self.practice.practice(method, "permissions", json=grant)

    def asks(self, method: str, path: str, **more: Any) -> int:
        return self.practice.graph(method, path, token=self.token(), **more).status_code

    def identity(self) -> dict[str, Any]:
        return {"application": {"id": self.client_id, "displayName": "Timetable"}}


@pytest.fixture
def application(practice: PracticeServer) -> Iterator[Application]:
    return Application(practice)


def _roles(token: str) -> object:
    return jwt.decode(token, options={"verify_signature": False}).get("roles")


def test_a_token_names_what_was_consented_to_and_no_role_of_exchanges(
    practice: PracticeServer, application: Application
) -> None:
    assert _roles(application.token()) is None
    application.consent("Mail.Read", "Sites.Selected")
    assert _roles(application.token()) == ["Mail.Read", "Sites.Selected"]
    assert _roles(practice.casework_token()) == ["Sites.Selected"]


def test_a_consent_that_is_taken_away_is_gone_from_the_next_token(application: Application) -> None:
    inbox = f"users/{application.practice.user('clerk')}/messages"
    application.consent("Mail.Read")
    assert application.asks("GET", inbox) == 200
    application.consent("Mail.Read", method="DELETE")
    assert application.asks("GET", inbox) == 403


def test_one_consent_in_entra_opens_every_mailbox_whatever_exchange_narrows(
    practice: PracticeServer, application: Application
) -> None:
    scoped = {
        "holder": application.client_id,
        "kind": "mailbox",
        "resource": practice.user("reports"),
        "role": "Mail.ReadWrite",
    }
    practice.practice("POST", "permissions", json=scoped)
    clerk, reports = (f"users/{practice.user(role)}/messages" for role in ("clerk", "reports"))
    assert (application.asks("GET", reports), application.asks("GET", clerk)) == (200, 403)
    application.consent("Mail.Read")
    assert (application.asks("GET", reports), application.asks("GET", clerk)) == (200, 200)
    assert application.asks("POST", clerk, json={"subject": "x"}) == 403


def test_exchange_refuses_in_its_words(application: Application) -> None:
    path = f"users/{application.practice.user('clerk')}/messages"
    error = application.practice.graph("GET", path, token=application.token(), expect=403).json()["error"]
    assert error["code"] == "ErrorAccessDenied"
    assert error["message"] == "Access is denied. Check credentials and try again."


def test_sharepoint_refuses_a_token_without_any_role_in_other_words(
    graph: CheckedGraph, application: Application
) -> None:
    path = f"sites/{graph.site}"
    bare = graph.practice.graph("GET", path, token=application.token(), expect=403).json()["error"]
    application.consent("Sites.Selected")
    selected = graph.practice.graph("GET", path, token=application.token(), expect=403).json()["error"]
    assert bare["message"] == "Either scp or roles claim need to be present in the token."
    assert (selected["code"], selected["message"]) == ("accessDenied", "Access denied")


def test_a_grant_on_a_site_is_worth_nothing_without_the_consent(
    graph: CheckedGraph, application: Application
) -> None:
    permission = {"roles": ["read"], "grantedToIdentities": [application.identity()]}
    graph.json("POST", f"sites/{graph.site}/permissions", json=permission, expect=201)
    assert application.asks("GET", f"sites/{graph.site}") == 403
    application.consent("Sites.Selected")
    assert application.asks("GET", f"sites/{graph.site}") == 200


@pytest.mark.parametrize(
    ("role", "reads", "adds", "makes_columns"),
    [("read", 200, 403, 403), ("write", 200, 201, 403), ("fullcontrol", 200, 201, 201)],
)
@pytest.mark.parametrize("place", ["site", "list"])
def test_a_role_reaches_as_far_as_its_word(
    graph: CheckedGraph,
    application: Application,
    place: str,
    role: str,
    reads: int,
    adds: int,
    makes_columns: int,
) -> None:
    address = graph.new_list()
    site_or_list = f"sites/{graph.site}" if place == "site" else address
    application.consent("Sites.Selected" if place == "site" else "Lists.SelectedOperations.Selected")
    permission = {"roles": [role], "grantedTo": application.identity()}
    if place == "site":
        permission = {"roles": [role], "grantedToIdentities": [application.identity()]}
    graph.practice.graph("POST", f"{site_or_list}/permissions", json=permission, expect=201)
    assert application.asks("GET", f"{address}/items") == reads
    assert application.asks("POST", f"{address}/items", json={"fields": {"Title": "x"}}) == adds
    column = {"name": "Extra", "text": {}}
    assert application.asks("POST", f"{address}/columns", json=column) == makes_columns


def test_an_application_of_one_list_sees_neither_the_others_nor_the_site(
    graph: CheckedGraph, application: Application
) -> None:
    application.consent("Lists.SelectedOperations.Selected")
    mine, other = graph.new_list(title="Mine"), graph.new_list(title="Other")
    graph.practice.graph(
        "POST",
        f"{mine}/permissions",
        json={"roles": ["write"], "grantedTo": application.identity()},
        expect=201,
    )
    assert application.asks("GET", f"{other}/items") == 403
    assert application.asks("GET", f"sites/{graph.site}") == 403
    listed = graph.practice.graph("GET", f"sites/{graph.site}/lists", token=application.token(), expect=200)
    assert [each["displayName"] for each in listed.json()["value"]] == ["Mine"]


def test_an_application_of_one_folder_sees_what_is_in_it_alone(
    graph: CheckedGraph, application: Application
) -> None:
    application.consent("Files.SelectedOperations.Selected")
    for path in ("Open/a.txt", "Shut/b.txt"):
        graph.json("PUT", f"{graph.at(path)}/content", data=b"x", expect=201)
    folder = graph.json("GET", graph.at("Open"))
    item = f"drives/{graph.drive}/items/{folder['id']}"
    permission = {"roles": ["write"], "grantedToV2": application.identity()}
    made = graph.practice.graph("POST", f"{item}/permissions", json=permission, expect=201).json()
    assert application.asks("GET", f"{graph.at('Open/a.txt')}") == 200
    assert application.asks("PUT", f"{graph.at('Open/c.txt')}/content", data=b"x") == 201
    assert application.asks("GET", f"{graph.at('Shut/b.txt')}") == 403
    assert made["id"] in [each["id"] for each in graph.json("GET", f"{item}/permissions")["value"]]
    graph.practice.graph("DELETE", f"{item}/permissions/{made['id']}", expect=204)
    assert application.asks("GET", f"{graph.at('Open/a.txt')}") == 403


@pytest.mark.parametrize(
    ("consent", "site", "office_drive"),
    [("Sites.Read.All", 200, 200), ("Files.Read.All", 403, 200), ("Mail.ReadWrite", 403, 403)],
)
def test_consents_for_all_sites_or_all_files_reach_them_all(
    graph: CheckedGraph, application: Application, consent: str, site: int, office_drive: int
) -> None:
    application.consent(consent)
    assert application.asks("GET", f"sites/{graph.site}") == site
    assert application.asks("GET", f"drives/{graph.drive}/root") == office_drive
    assert application.asks("PUT", f"{graph.at('new.txt')}/content", data=b"x") == 403


def test_only_an_installer_gives_permissions(graph: CheckedGraph, application: Application) -> None:
    path, permission = f"sites/{graph.site}/permissions", {"roles": ["read"]}
    permission |= {"grantedToIdentities": [application.identity()]}  # type: ignore[dict-item]  # JSON
    assert (
        graph.practice.graph("POST", path, json=permission, token=graph.practice.casework_token()).status_code
        == 403
    )
    assert application.asks("POST", path, json=permission) == 403
    application.consent("Sites.FullControl.All")
    assert application.asks("POST", path, json=permission) == 201
    params = {"user": graph.practice.user("office"), "scope": "Sites.FullControl.All"}
    administrator = graph.practice.practice("POST", "token", params=params).json()["access_token"]
    params["user"] = graph.practice.user("teacher")
    teacher = graph.practice.practice("POST", "token", params=params).json()["access_token"]
    graph.practice.graph("POST", path, json=permission, token=administrator, expect=201)
    graph.practice.graph("POST", path, json=permission, token=teacher, expect=403)


def test_a_person_is_held_to_what_the_program_asked_for_and_to_what_is_theirs(graph: CheckedGraph) -> None:
    practice = graph.practice
    params = {"user": practice.user("teacher"), "scope": "Mail.Read Files.Read"}
    token = practice.practice("POST", "token", params=params).json()["access_token"]
    mine = f"users/{practice.user('teacher')}/messages"
    practice.graph("GET", mine, token=token, expect=200)
    practice.graph("POST", mine, json={"subject": "x"}, token=token, expect=403)
    practice.graph("GET", f"users/{practice.user('headteacher')}/messages", token=token, expect=403)
    practice.graph("GET", f"drives/{graph.drive}/root", token=token, expect=403)


def test_an_unknown_kind_of_permission_is_refused_by_the_control(practice: PracticeServer) -> None:
    with pytest.raises(AssertionError, match="kind is one of"):
        practice.practice(
            "POST", "permissions", json={"holder": "casework", "kind": "x", "resource": "*", "role": "y"}
        )


def test_a_list_that_keeps_no_versions_shows_the_present_one_alone(graph: CheckedGraph) -> None:
    address = graph.new_list()
    item = graph.add(address, Title="one")
    graph.json("PATCH", f"{address}/items/{item['id']}/fields", json={"Title": "two"})
    versions = f"{address}/items/{item['id']}/versions"
    assert len(graph.json("GET", versions)["value"]) == 2
    setting = {"list": address.rpartition("/")[2], "versions": False}
    graph.practice.practice("PUT", "versioning", json=setting)
    assert [each["fields"]["Title"] for each in graph.json("GET", f"{versions}?$expand=fields")["value"]] == [
        "two"
    ]
    graph.practice.practice("PUT", "versioning", json=setting | {"versions": True})
    assert len(graph.json("GET", versions)["value"]) == 2
