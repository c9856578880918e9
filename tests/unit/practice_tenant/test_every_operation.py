"""Every operation of Microsoft's schema is there: its successes and its refusals are as the schema says."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from tests.graph_contract import ABSENT, CONTRACT, _contract, check_answer, find_operation
from tests.notified import listening
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import KEY_PROPERTY, deliver, draft, file_attachment, person

pytestmark = pytest.mark.skipif(not CONTRACT.exists(), reason=ABSENT)
_METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def seen(practice: PracticeServer) -> Iterator[set[tuple[str, str]]]:
    """The operations of the contract that were asked and fitted."""
    operations: set[tuple[str, str]] = set()

    def check(method: str, answer: requests.Response) -> None:
        check_answer(method, answer)
        operation = find_operation(method, str(answer.url))
        if operation is not None and answer.ok:
            operations.add(operation)

    usual, practice.check_answer = practice.check_answer, check
    yield operations
    practice.check_answer = usual


def test_every_operation_of_the_schema_answers_as_it_says(
    practice: PracticeServer, seen: set[tuple[str, str]]
) -> None:
    _mail(practice)
    _calendar_and_tasks(practice, f"users/{practice.user('office')}")
    _files(practice, f"drives/{practice.facts['office_drive_id']}")
    _lists(practice, f"sites/{practice.facts['site_id']}")
    _subscriptions(practice, f"users/{practice.user('office')}")
    missing = _operations() - seen
    assert not missing, f"never answered with success: {sorted(missing)}"


@pytest.mark.parametrize("asker", ["a stranger", "who names what is not there"])
def test_every_operation_refuses_in_microsofts_form(practice: PracticeServer, asker: str) -> None:
    stranger = practice.practice("POST", "applications", json={"name": "Stranger"}).json()
    nobody = practice.application_token(client_id=stranger["client_id"], client_secret=stranger["secret"])
    for path, method in sorted(_operations()):
        if path == "/subscriptions":
            continue
        known = {"user": practice.user("office"), "drive": practice.facts["office_drive_id"]}
        known |= {"site": practice.facts["site_id"]} if asker == "a stranger" else {}
        filled = re.sub(r"\{(\w+)\}", lambda name, known=known: str(known.get(name[1], "A" * 60)), path)
        if asker != "a stranger" and "A" * 60 not in filled:
            continue
        answer = practice.graph(
            method.upper(), filled, token=nobody if asker == "a stranger" else None, json={}
        )
        assert 400 <= answer.status_code < 500, f"{method} {path} answered {answer.status_code}"
        error = answer.json()["error"]
        assert error["message"]
        assert re.fullmatch(r"[A-Za-z_]{4,}", error["code"])
        assert set(error["innerError"]) == {"date", "request-id", "client-request-id"}


def _mail(practice: PracticeServer) -> None:
    user = f"users/{practice.user('reports')}"
    message = f"{user}/messages/{deliver(practice)['id']}"
    _folders_and_settings(practice, user)
    _attachments(practice, message)
    for action in ("createReply", "createForward"):
        practice.graph("POST", f"{message}/{action}", json={}, expect=201)
    practice.graph("POST", f"{message}/reply", json={"comment": "Thanks"}, expect=202)
    forward = {"toRecipients": [person(practice.user("office"))]}
    practice.graph("POST", f"{message}/forward", json=forward, expect=202)
    practice.graph("PATCH", message, json={"isRead": True}, expect=200)
    practice.graph("GET", f"{message}?$select=subject,internetMessageHeaders,uniqueBody", expect=200)
    practice.graph("GET", f"{message}/$value", expect=200)
    copied = practice.graph("POST", f"{message}/copy", json={"destinationId": "archive"}, expect=201).json()
    practice.graph("DELETE", f"{user}/messages/{copied['id']}", expect=204)
    practice.graph("POST", f"{message}/move", json={"destinationId": "archive"}, expect=201)
    _drafts(practice, user)


def _folders_and_settings(practice: PracticeServer, user: str) -> None:
    for path in (
        "mailFolders",
        "mailFolders/inbox",
        "mailFolders/inbox/messages",
        "messages",
        "mailFolders/delta",
    ):
        practice.graph("GET", f"{user}/{path}", expect=200)
    practice.graph("GET", f"{user}/mailFolders/inbox/messages/delta", expect=200)
    for number, path in enumerate(("mailFolders", "mailFolders/inbox/childFolders")):
        practice.graph("POST", f"{user}/{path}", json={"displayName": f"New {number}"}, expect=201)
        practice.graph("GET", f"{user}/{path}?$expand=childFolders", expect=200)
    practice.graph("POST", f"{user}/mailFolders/drafts/messages", json={"subject": "x"}, expect=201)
    practice.graph("POST", f"{user}/outlook/masterCategories", json={"displayName": "New"}, expect=201)
    practice.graph("GET", f"{user}/outlook/masterCategories", expect=200)
    practice.graph("GET", f"{user}/mailboxSettings", expect=200)
    setting = {"automaticRepliesSetting": {"status": "disabled", "internalReplyMessage": "Away"}}
    practice.graph("PATCH", f"{user}/mailboxSettings", json=setting, expect=200)


def _attachments(practice: PracticeServer, message: str) -> None:
    added = practice.graph(
        "POST", f"{message}/attachments", json=file_attachment("a.txt", b"a"), expect=201
    ).json()
    item = {"@odata.type": "#microsoft.graph.itemAttachment", "name": "Inner", "item": {"subject": "Inner"}}
    practice.graph("POST", f"{message}/attachments", json=item, expect=201)
    practice.graph("GET", f"{message}/attachments", expect=200)
    practice.graph("GET", f"{message}?$expand=attachments", expect=200)
    practice.graph("GET", f"{message}/attachments/{added['id']}", expect=200)
    practice.graph("GET", f"{message}/attachments/{added['id']}/$value", expect=200)
    practice.graph("DELETE", f"{message}/attachments/{added['id']}", expect=204)
    session = {"AttachmentItem": {"attachmentType": "file", "name": "b.txt", "size": 4_000_000}}
    practice.graph("POST", f"{message}/attachments/createUploadSession", json=session, expect=201)


def _drafts(practice: PracticeServer, user: str) -> None:
    made = draft(
        practice,
        "reports",
        immutable=False,
        categories=["New"],
        singleValueExtendedProperties=[{"id": KEY_PROPERTY, "value": "7"}],
    )
    expand = f"$expand=singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')"
    practice.graph("GET", f"{user}/messages/{made['id']}?{expand}", expect=200)
    practice.graph("POST", f"{user}/messages/{made['id']}/send", expect=202)
    mime = b64encode(b"To: parent@example.net\r\nSubject: x\r\n\r\nHello")
    practice.graph("POST", f"{user}/messages", data=mime, headers={"Content-Type": "text/plain"}, expect=201)
    practice.graph("POST", f"{user}/sendMail", data=mime, headers={"Content-Type": "text/plain"}, expect=202)


def _calendar_and_tasks(practice: PracticeServer, user: str) -> None:
    times = {
        name: {"dateTime": f"2026-11-23T1{n}:00:00", "timeZone": "UTC"}
        for n, name in enumerate(("start", "end"))
    }
    event = practice.graph(
        "POST", f"{user}/calendar/events", json={"subject": "Talk", **times}, expect=201
    ).json()
    practice.graph("GET", f"{user}/calendar/events", expect=200)
    span = "startDateTime=2026-11-23T00:00:00Z&endDateTime=2026-11-24T00:00:00Z"
    practice.graph("GET", f"{user}/calendar/calendarView?{span}", expect=200)
    practice.graph("GET", f"{user}/events/{event['id']}", expect=200)
    practice.graph("PATCH", f"{user}/events/{event['id']}", json={"subject": "A talk"}, expect=200)
    practice.graph("DELETE", f"{user}/events/{event['id']}", expect=204)
    tasks = practice.graph("POST", f"{user}/todo/lists", json={"displayName": "Letters"}, expect=201).json()
    practice.graph("GET", f"{user}/todo/lists", expect=200)
    practice.graph("POST", f"{user}/todo/lists/{tasks['id']}/tasks", json={"title": "Post it"}, expect=201)
    practice.graph("GET", f"{user}/todo/lists/{tasks['id']}/tasks", expect=200)


def _files(practice: PracticeServer, drive: str) -> None:
    practice.graph("GET", f"users/{practice.user('office')}/drive", expect=200)
    for path in ("", "/root", *(f"/root/{word}" for word in ("delta", "children"))):
        practice.graph("GET", drive + path, expect=200)
    folder = practice.graph(
        "POST", f"{drive}/root/children", json={"name": "A", "folder": {}}, expect=201
    ).json()
    inner = f"{drive}/items/{folder['id']}"
    practice.graph("POST", f"{inner}/children", json={"name": "B", "folder": {}}, expect=201)
    practice.graph("GET", f"{inner}/children", expect=200)
    session = {"item": {"@microsoft.graph.conflictBehavior": "rename"}}
    made = practice.graph("PUT", f"{drive}/root:/a.txt:/content", data=b"a", expect=201).json()
    item = f"{drive}/items/{made['id']}"
    practice.graph("PUT", f"{item}/content", data=b"b", expect=200)
    practice.graph("GET", f"{item}/content", expect=302)
    practice.graph("POST", f"{item}/createUploadSession", json=session, expect=200)
    practice.graph("PATCH", item, json={"name": "b.txt"}, expect=200)
    for path in ("", "/versions", "/permissions", "/listItem"):
        practice.graph("GET", item + path, expect=200)
    practice.graph("POST", f"{item}/createLink", json={"type": "view", "scope": "organization"}, expect=201)
    practice.graph("POST", f"{item}/copy", json={"name": "c.txt"}, expect=202)
    invitation = {
        "recipients": [{"email": practice.user("teacher")}],
        "roles": ["read"],
        "requireSignIn": True,
    }
    practice.graph("POST", f"{item}/invite", json=invitation, expect=200)
    practice.graph("DELETE", item, expect=204)


def _lists(practice: PracticeServer, site: str) -> None:
    for path in ("", "/drive", "/drives", "/lists", "/permissions"):
        practice.graph("GET", site + path, expect=200)
    application = {"application": {"id": practice.facts["casework"]["client_id"], "displayName": "Casework"}}
    grant = {"roles": ["write"], "grantedToIdentities": [application]}
    practice.graph("POST", f"{site}/permissions", json=grant, expect=201)
    wishes = {"displayName": "Cases", "columns": [{"name": "Reference", "text": {}}]}
    made = practice.graph("POST", f"{site}/lists", json=wishes, expect=201).json()
    cases = f"{site}/lists/{made['id']}"
    column = practice.graph(
        "POST", f"{cases}/columns", json={"name": "Due", "dateTime": {}}, expect=201
    ).json()
    practice.graph("GET", f"{cases}/columns/{column['id']}", expect=200)
    practice.graph("PATCH", f"{cases}/columns/{column['id']}", json={"indexed": True}, expect=200)
    item = practice.graph("POST", f"{cases}/items", json={"fields": {"Title": "A"}}, expect=201).json()
    for path in (
        "",
        "/columns",
        "/items",
        "/items/delta",
        f"/items/{item['id']}",
        f"/items/{item['id']}/fields",
    ):
        practice.graph("GET", cases + path, expect=200)
    practice.graph("PATCH", f"{cases}/items/{item['id']}/fields", json={"Title": "B"}, expect=200)
    practice.graph("DELETE", f"{cases}/items/{item['id']}", expect=204)


def _subscriptions(practice: PracticeServer, user: str) -> None:
    with listening() as listener:
        wishes = {
            "changeType": "created",
            "notificationUrl": listener.url,
            "resource": f"{user}/messages",
            "expirationDateTime": (datetime.now(UTC) + timedelta(hours=2)).isoformat(),
        }
        made = practice.graph("POST", "subscriptions", json=wishes, expect=201).json()
        practice.graph("GET", "subscriptions", expect=200)
        practice.graph("GET", f"subscriptions/{made['id']}", expect=200)
        longer = {"expirationDateTime": (datetime.now(UTC) + timedelta(hours=3)).isoformat()}
        practice.graph("PATCH", f"subscriptions/{made['id']}", json=longer, expect=200)
        practice.graph("DELETE", f"subscriptions/{made['id']}", expect=204)


def _operations() -> set[tuple[str, str]]:
    return {
        (path, method)
        for path, operations in _contract()["paths"].items()
        for method in operations
        if method in _METHODS
    }
