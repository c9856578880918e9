"""Mails and requests that several tests of the mailboxes make."""

from base64 import b64encode
from typing import Any

from tests.practice import PracticeServer

IMMUTABLE = {"Prefer": 'IdType="ImmutableId"'}
KEY_PROPERTY = "String {a1b2c3d4-0000-4000-8000-00000000c0de} Name CaseKey"


def raw_mail(
    *,
    sender: str = "Ann Other <ann@example.org>",
    subject: str = "A post",
    body: str = "See this.",
    more: str = "",
) -> bytes:
    """A plain mail from the internet; `more` is further header lines, each with its line end."""
    return (
        f"From: {sender}\r\nTo: reports@tillbrook.example\r\nSubject: {subject}\r\n{more}"
        f"Date: Mon, 23 Nov 2026 08:30:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


def deliver(practice: PracticeServer, raw: bytes | None = None, *, to: str = "reports") -> dict[str, Any]:
    """A mail from example.org arrives; gives it back as it lies in the Inbox."""
    practice.deliver(raw or raw_mail(), sender="ann@example.org", to=practice.user(to))
    newest = practice.graph("GET", f"users/{practice.user(to)}/mailFolders/inbox/messages?$top=1", expect=200)
    message: dict[str, Any] = newest.json()["value"][0]
    return message


def person(address: str, name: str = "") -> dict[str, Any]:
    return {"emailAddress": {"address": address, "name": name}}


def draft(
    practice: PracticeServer, role: str = "headteacher", *, immutable: bool = True, **more: Any
) -> dict[str, Any]:
    """A draft to one parent, with whatever else is given."""
    message = {
        "subject": "An invitation",
        "body": {"contentType": "HTML", "content": "<p>Dear parent</p>"},
        "toRecipients": [person("parent@example.net", "A Parent")],
        **more,
    }
    answer = practice.graph(
        "POST",
        f"users/{practice.user(role)}/messages",
        json=message,
        headers=IMMUTABLE if immutable else {},
        expect=201,
    )
    made: dict[str, Any] = answer.json()
    return made


def get(practice: PracticeServer, role: str, message_id: str, query: str = "", **more: Any) -> dict[str, Any]:
    answer = practice.graph(
        "GET",
        f"users/{practice.user(role)}/messages/{message_id}{query}",
        headers=IMMUTABLE,
        expect=200,
        **more,
    )
    message: dict[str, Any] = answer.json()
    return message


def listed(practice: PracticeServer, role: str, folder: str, query: str = "") -> list[dict[str, Any]]:
    """What lies in a folder."""
    answer = practice.graph(
        "GET",
        f"users/{practice.user(role)}/mailFolders/{folder}/messages{query}",
        headers=IMMUTABLE,
        expect=200,
    )
    value: list[dict[str, Any]] = answer.json()["value"]
    return value


def file_attachment(name: str, content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": name,
        "contentBytes": b64encode(content).decode(),
        **more,
    }
