"""Every mail operation of Microsoft's schema is there, and answers as the schema says."""

from base64 import b64encode
from collections.abc import Iterator

import pytest
import requests

from tests.graph_contract import ABSENT, CONTRACT, _contract, check_answer, find_operation
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import KEY_PROPERTY, deliver, draft, file_attachment, person

pytestmark = pytest.mark.skipif(not CONTRACT.exists(), reason=ABSENT)
_MAIL_WORDS = ("/messages", "/mailFolders", "/sendMail", "/masterCategories", "/mailboxSettings")


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


def test_every_mail_operation_of_the_schema_answers_as_it_says(
    practice: PracticeServer, seen: set[tuple[str, str]]
) -> None:
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
    missing = _mail_operations() - seen
    assert not missing, f"never answered with success: {sorted(missing)}"


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
    session = {"AttachmentItem": {"attachmentType": "file", "name": "b.txt", "size": 1}}
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


def _mail_operations() -> set[tuple[str, str]]:
    return {
        (path, method)
        for path, operations in _contract()["paths"].items()
        if any(word in path for word in _MAIL_WORDS)
        for method in operations
        if method in {"get", "post", "put", "patch", "delete"}
    }
