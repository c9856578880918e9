"""What an examiner sees of a school at work: every mail, every file and every row, read once and remembered."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from typing import Any

from tests.school import SchoolAtWork

KEY_HEADER = "X-Casework-Key"
STAFF = ("headteacher", "deputy", "office", "clerk", "chair", "safeguarding_lead")
"""Everybody whose mailbox is looked into, the reporting mailbox and the reporting teacher's own apart."""
_FIELDS = "id,subject,body,internetMessageHeaders,isDraft,from,toRecipients,ccRecipients,hasAttachments"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What approval is bound to, as an examiner compares it."""

    recipients: tuple[str, ...]
    subject: str
    words: str
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenMail:
    """One mail in somebody's mailbox.

    Attributes:
        key: what X-Casework-Key says, or nothing.
    """

    mailbox: str
    mail_id: str
    subject: str
    words: str
    key: str
    sender: str
    is_draft: bool
    sheet: Sheet


class Files:
    """The files of a drive; each version is fetched once."""

    def __init__(self, school: SchoolAtWork, drive: str) -> None:
        self._school = school
        self._drive = f"drives/{school.places['drives'][drive]}"
        self._known: dict[tuple[str, str], bytes] = {}

    def now(self) -> dict[str, bytes]:
        return dict(self._below("root", ""))

    def _below(self, item: str, path: str) -> Iterator[tuple[str, bytes]]:
        place = "root/children" if item == "root" else f"items/{item}/children"
        for child in self._school.as_visitor("GET", f"{self._drive}/{place}?$top=500").json()["value"]:
            here = f"{path}/{child['name']}".strip("/")
            if "folder" in child:
                yield from self._below(child["id"], here)
            else:
                yield here, self._content(child)

    def _content(self, item: dict[str, Any]) -> bytes:
        version = (item["id"], item["eTag"])
        if version not in self._known:
            sent_on = self._school.server.graph("GET", f"{self._drive}/items/{item['id']}/content")
            self._known[version] = self._school.server.fetch(sent_on.headers["Location"])
        return self._known[version]


def mails_of(school: SchoolAtWork, role: str) -> list[SeenMail]:
    """Every mail of a mailbox, in whatever folder but Deleted Items and Sent Items."""
    mailbox = f"users/{school.address(role)}"
    put_away = {
        school.as_visitor("GET", f"{mailbox}/mailFolders/{name}").json()["id"]
        for name in ("deleteditems", "sentitems")
    }
    path = f"{mailbox}/messages?$top=500&$select={_FIELDS},parentFolderId&$expand=attachments"
    found = school.as_visitor("GET", path).json()["value"]
    return [_seen(role, mail) for mail in found if mail["parentFolderId"] not in put_away]


def _seen(role: str, mail: dict[str, Any]) -> SeenMail:
    headers = {
        header["name"].casefold(): header["value"] for header in mail.get("internetMessageHeaders") or []
    }
    words = folded(mail["body"]["content"])
    people = [*mail["toRecipients"], *mail["ccRecipients"]]
    files = [base64.b64decode(file.get("contentBytes") or "") for file in mail["attachments"]]
    return SeenMail(
        mailbox=role,
        mail_id=mail["id"],
        subject=mail["subject"],
        words=words,
        key=headers.get(KEY_HEADER.casefold(), ""),
        sender=mail["from"]["emailAddress"]["address"].casefold() if mail.get("from") else "",
        is_draft=mail["isDraft"],
        sheet=Sheet(
            recipients=tuple(sorted(person["emailAddress"]["address"].casefold() for person in people)),
            subject=mail["subject"],
            words=words,
            files=tuple(sorted(hashlib.sha256(content).hexdigest() for content in files)),
        ),
    )


def sheet_of(mail: EmailMessage) -> Sheet:
    """The same of a mail that left the school."""
    body = mail.get_body(("html", "plain"))
    people = [*(mail["To"].addresses if mail["To"] else ()), *(mail["Cc"].addresses if mail["Cc"] else ())]
    files = [part.get_payload(decode=True) for part in mail.iter_attachments()]
    return Sheet(
        recipients=tuple(sorted(person.addr_spec.casefold() for person in people)),
        subject=str(mail["Subject"]),
        words=folded(body.get_content() if body else ""),
        files=tuple(
            sorted(hashlib.sha256(content).hexdigest() for content in files if isinstance(content, bytes))
        ),
    )


def folded(html: str) -> str:
    """Words alone: how a service writes its HTML is its own affair."""
    without_style = re.sub(r"(?is)<(style|head|title)\b.*?</\1>", " ", html)
    return " ".join(re.sub(r"<[^>]+>|&nbsp;", " ", without_style).split())


def everything_in(content: bytes) -> str:
    """All text of a file, in small letters: of an Office file or an archive every part, properties included."""
    pieces = [content]
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                pieces += [archive.read(name) for name in archive.namelist()]
        except zipfile.BadZipFile:
            pass
    texts = [
        text
        for piece in pieces
        for text in (piece.decode("latin-1"), re.sub(rb"\x00", b"", piece).decode("latin-1"))
    ]
    return " ".join(texts).casefold()


def as_text(values: Iterable[object]) -> str:
    return json.dumps(list(values), default=str).casefold()
