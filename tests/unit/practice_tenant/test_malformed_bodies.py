"""Bodies of the wrong kind are the client's fault: they are refused, and never break the practice tenant."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver

_WRONG = ("x", 7, True, [1], ["x"], [[]], {"a": 1}, {"emailAddress": 5})
_MESSAGE = (
    "subject body from sender toRecipients ccRecipients bccRecipients replyTo attachments categories flag importance "
    "isRead internetMessageHeaders internetMessageId singleValueExtendedProperties inferenceClassification"
)
_EVENT = (
    "subject body start end attendees location categories isAllDay importance singleValueExtendedProperties"
)
_ITEM = "name parentReference fileSystemInfo description folder file @microsoft.graph.conflictBehavior"
_COLUMN = "name displayName text choice dateTime number defaultValue description personOrGroup indexed"
_BODIES = (
    ("POST", "{reports}/messages", _MESSAGE),
    ("PATCH", "{reports}/messages/{draft}", _MESSAGE),
    ("POST", "{reports}/sendMail", "message saveToSentItems"),
    ("POST", "{reports}/messages/{mail}/createReply", "message comment"),
    ("POST", "{reports}/messages/{mail}/forward", "message comment toRecipients"),
    ("POST", "{reports}/messages/{mail}/move", "destinationId"),
    (
        "POST",
        "{reports}/messages/{draft}/attachments",
        "@odata.type name contentBytes item contentType isInline",
    ),
    ("POST", "{reports}/messages/{draft}/attachments/createUploadSession", "AttachmentItem"),
    ("POST", "{reports}/mailFolders", "displayName"),
    ("POST", "{reports}/outlook/masterCategories", "displayName color"),
    ("PATCH", "{reports}/mailboxSettings", "automaticRepliesSetting timeZone language workingHours"),
    ("POST", "{reports}/events", _EVENT),
    ("POST", "{reports}/todo/lists", "displayName"),
    (
        "POST",
        "{reports}/todo/lists/tasks/tasks",
        "title body dueDateTime categories status importance recurrence",
    ),
    ("POST", "{drive}/root/children", _ITEM),
    ("PATCH", "{drive}/items/{file}", _ITEM),
    ("POST", "{drive}/items/{file}/copy", "name parentReference"),
    ("POST", "{drive}/items/{file}/createLink", "type scope"),
    ("POST", "{drive}/items/{file}/invite", "recipients roles requireSignIn"),
    ("POST", "{drive}/items/{file}/createUploadSession", "item"),
    ("PATCH", "{drive}/items/{file}/listItem/fields", "Title"),
    ("POST", "{site}/lists", "displayName list columns description"),
    ("PATCH", "{cases}", "displayName description"),
    ("POST", "{cases}/columns", _COLUMN),
    ("POST", "{cases}/items", "fields contentType"),
    ("PATCH", "{cases}/items/1/fields", "Title"),
    ("POST", "{site}/permissions", "roles grantedToIdentities"),
    ("POST", "subscriptions", "changeType notificationUrl resource expirationDateTime clientState"),
)


@pytest.fixture(scope="module")
def places(server: PracticeServer) -> dict[str, str]:
    """What the addresses name, made once for all of them."""
    server.reset()
    graph = CheckedGraph(server)
    user = f"users/{server.user('reports')}"
    made = server.graph("POST", f"{user}/messages", json={"subject": "A draft"}, expect=201).json()
    cases = graph.new_list({"name": "Notes", "text": {}})
    graph.add(cases, Notes="x")
    return {
        "reports": user,
        "mail": deliver(server)["id"],
        "draft": made["id"],
        "drive": f"drives/{graph.drive}",
        "file": graph.put("a.txt")["id"],
        "site": f"sites/{graph.site}",
        "cases": cases,
    }


@pytest.mark.parametrize(
    ("method", "path", "names"), _BODIES, ids=[f"{each[0]} {each[1]}" for each in _BODIES]
)
def test_a_value_of_the_wrong_kind_never_breaks_the_tenant(
    server: PracticeServer, places: dict[str, str], method: str, path: str, names: str
) -> None:
    address = path.format(**places)
    broken: list[tuple[str, Any]] = []
    for name in names.split():
        for value in _WRONG:
            answer = server.graph(method, address, json={name: value})
            if answer.status_code >= 500 and answer.status_code != 501:
                broken.append((name, value))
    assert not broken


@pytest.mark.parametrize("body", [b"[1]", b'"x"', b"{", b'{"a":', b"\xff", b"null", b"7"])
def test_what_is_no_object_is_refused_everywhere(
    server: PracticeServer, places: dict[str, str], body: bytes
) -> None:
    for method, path, _ in _BODIES:
        address = path.format(**places)
        answer = server.graph(method, address, data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, f"{method} {path} answered {answer.status_code}"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "{drive}/root/children", {"name": "x", "folder": {}, "colour": "red"}),
        ("PATCH", "{drive}/items/{file}", {"colour": "red"}),
        ("POST", "{drive}/items/{file}/createLink", {"type": "view", "colour": "red"}),
        ("POST", "{drive}/items/{file}/copy", {"colour": "red"}),
        ("POST", "{site}/lists", {"displayName": "x", "colour": "red"}),
        ("POST", "{cases}/columns", {"name": "x", "text": {}, "colour": "red"}),
        ("POST", "{cases}/items", {"Title": "x"}),
        ("POST", "{reports}/events", {"colour": "red"}),
        ("POST", "{reports}/sendMail", {"message": {}, "colour": "red"}),
        ("POST", "{reports}/messages/{mail}/reply", {"toRecipients": []}),
        ("POST", "{reports}/messages/{mail}/move", {"colour": "inbox"}),
        ("PATCH", "{reports}/mailboxSettings", {"automaticRepliesSetting": {"colour": "red"}}),
    ],
)
def test_a_name_that_graph_does_not_know_is_refused(
    server: PracticeServer, places: dict[str, str], method: str, path: str, body: dict[str, Any]
) -> None:
    answer = server.graph(method, path.format(**places), json=body, expect=400)
    unknown = next(name for name in ("colour", "Title", "toRecipients") if name in str(body))
    assert f"'{unknown}'" in answer.json()["error"]["message"]
