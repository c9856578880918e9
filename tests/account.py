"""The account of a school: everything that people can see of it, so that two ways to the same end can be compared."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, TypeAlias

from casework.register_lists import CASES_LIST, POLICIES_LIST, ListDefinition
from offices.office import Office
from tests.school import SchoolAtWork
from workflows.verifying import wrong_in_register

Account: TypeAlias = dict[str, list[str]]
ROLES = ("headteacher", "deputy", "office", "clerk", "chair", "safeguarding_lead", "reports", "teacher")
LISTS: Mapping[str, ListDefinition] = {"cases": CASES_LIST, "policies": POLICIES_LIST}
BIN = "Deleted Items"
"""Left out: what an attempt that was cut short leaves is thrown away there, and nobody is asked to act on it."""
CUSTODY = "/Custody/"
TIMELINE = "/Timeline.docx"
"""Holds moments, as the custody pages do, so that its bytes are never the same."""
SEALED_COPY = ".copy"
"""Of the journal: no two are alike."""
HEARTBEAT_FILE = "Casework is at work.txt"
"""Says when it was written."""
OFTEN = "evidence.listed"
"""How often a list or a timeline was brought up to date tells nothing."""
BOUND = "custody.written"
"""That a page of the custody record was written: how many entries stand on one page tells nothing, because after trouble
an act may be entered when the page that would have held it is written already. `account_of` counts the entries."""
HEAD = re.compile(r"\b\d+:[0-9a-f]{32}\b")
"""The log's newest entry in a digest: its link is over moments too."""
MAIL = "subject,body,toRecipients,ccRecipients,replyTo,isDraft,parentFolderId,categories,from"


def account_of(school: SchoolAtWork) -> Account:
    """Everything that people see, as lines; the order of mails and rows tells nothing and is not kept."""
    account = {f"mailbox of {role}": sorted(_mails(school, role)) for role in ROLES}
    account["mail that left the school"] = sorted(map(_left, school.left_the_school()))
    for which, definition in LISTS.items():
        account[f"list of {which}"] = sorted(_row(row, definition) for row in school.rows(which))
    for drive in ("casework", "sealed", "drop"):
        account[f"files in {drive}"] = sorted(_files(school, drive))
    pages = school.files("sealed", wanted=lambda path: CUSTODY in path)
    account["custody"] = sorted(_custody(pages))
    account["custody numbers"] = sorted(_custody_numbers(pages))
    return account


def mail_everywhere(school: SchoolAtWork) -> Counter[tuple[str, str]]:
    """Every mail that lies in somebody's Inbox or left the school: whom it went to, and its subject."""
    inboxes = Counter(
        (role, subject)
        for role in ("teacher", "headteacher", "office", "chair")
        for subject in school.subjects(role)
    )
    return inboxes + Counter((str(mail["To"]), str(mail["Subject"])) for mail in school.left_the_school())


def log_of(office: Office) -> list[str]:
    """What the log says that happened, without the moments; it must hold, and nothing may be left to do.

    Raises:
        AssertionError: a broken link, or an effect that still waits or was given up, or
            evidence that the register and the log do not both know.
    """
    verification = office.journal.verify()
    assert verification.holds, verification
    with office.journal.transaction() as transaction:
        waiting = [*transaction.outbox_view.unfinished(), *transaction.outbox_view.needing_a_person()]
        assert not waiting, [(effect.kind, effect.state.value, effect.problem) for effect in waiting]
        assert not transaction.sightings.needing_a_person()
        items = transaction.evidence.not_checked_since(datetime.max.replace(tzinfo=UTC))
        every = transaction.events.after(0)
    unlike = [*wrong_in_register(items, every)]
    assert not unlike, unlike
    pages = Counter((event.case, event.fields["page"]) for event in every if event.what == BOUND)
    twice = [page for page, count in pages.items() if count > 1]
    assert not twice, f"pages of the custody record that were written twice: {twice}"
    events = [event for event in every if event.what not in {OFTEN, BOUND}]
    return sorted(f"{event.case or ''} {event.what} {dict(event.fields)}" for event in events)


def differences(one: Account, other: Account) -> list[str]:
    """What stands in only one of the two, as lines that a person can read."""
    found = []
    for place in one.keys() | other.keys():
        here, there = list(one.get(place, ())), list(other.get(place, ()))
        for line in one.get(place, ()):
            if line in there:
                here.remove(line)
                there.remove(line)
        found += [f"- {place}: {line}" for line in here] + [f"+ {place}: {line}" for line in there]
    return sorted(found)


def _mails(school: SchoolAtWork, role: str) -> Iterator[str]:
    mailbox = f"users/{school.address(role)}"
    folders = dict(_folders(school, f"{mailbox}/mailFolders"))
    path = f"{mailbox}/messages?$top=500&$select={MAIL}&$expand=attachments"
    for mail in school.as_visitor("GET", path).json()["value"]:
        folder = folders[mail["parentFolderId"]]
        if folder == BIN:
            continue
        people = [
            _address(person) for kind in ("toRecipients", "ccRecipients", "replyTo") for person in mail[kind]
        ]
        files = [f"{file['name']} {_digest(file.get('contentBytes') or '')}" for file in mail["attachments"]]
        state = "draft" if mail["isDraft"] else "mail"
        sender = _address(mail["from"]) if mail.get("from") else ""
        body = _digest(HEAD.sub("(the log's head)", _folded(mail["body"]["content"])))
        yield f"{folder} | {state} | {mail['subject']} | {sender} > {people} | {files} | {mail['categories']} | {body}"


def _folders(school: SchoolAtWork, path: str, above: str = "") -> Iterator[tuple[str, str]]:
    for folder in school.as_visitor("GET", f"{path}?$top=100").json()["value"]:
        name = f"{above}/{folder['displayName']}".strip("/")
        yield folder["id"], name
        if folder["childFolderCount"]:
            mailbox = path.partition("/mailFolders")[0]
            yield from _folders(school, f"{mailbox}/mailFolders/{folder['id']}/childFolders", name)


def _left(mail: EmailMessage) -> str:
    files = [
        f"{part.get_filename()} {_digest(part.get_payload(decode=True))}" for part in mail.iter_attachments()
    ]
    body = mail.get_body()
    text = _digest(_folded(body.get_content())) if body else ""
    return f"{mail['Subject']} | {mail['From']} > {mail['To']} {mail['Cc'] or ''} | {files} | {text}"


def _row(row: Mapping[str, Any], definition: ListDefinition) -> str:
    return str(
        {
            column.name: row[column.name]
            for column in definition.columns
            if row.get(column.name) not in (None, "")
        }
    )


def _files(school: SchoolAtWork, drive: str) -> Iterator[str]:
    """By path and hash; the tenant reckons the hash from the bytes that it holds."""
    found = school.as_visitor("GET", f"drives/{school.places['drives'][drive]}/root/delta?$top=1000").json()[
        "value"
    ]
    items = {item["id"]: item for item in found if "deleted" not in item}
    for item in items.values():
        path, step = item["name"], item
        while above := items.get(step.get("parentReference", {}).get("id", "")):
            path, step = f"{above['name']}/{path}", above
        if "file" in item and path.endswith((TIMELINE, SEALED_COPY, HEARTBEAT_FILE)):
            yield path
        elif "file" in item and CUSTODY not in path:
            yield f"{path} {item['size']} {item['file']['hashes']['quickXorHash']}"


def _custody(pages: Mapping[str, bytes]) -> Iterator[str]:
    """What the custody pages say, without the moments: trouble may let a later act come first, or begin a page sooner."""
    for path, content in pages.items():
        _, headings, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        for line in lines:
            cells = dict(zip(headings, line, strict=True)) | {"when": "", "entered": "", "number": ""}
            yield f"{path.rpartition('/')[0]} {cells}"


def _custody_numbers(pages: Mapping[str, bytes]) -> Iterator[str]:
    """The numbers of each case's entries, whichever act bears which: none is missing, and none stands twice."""
    for path, content in pages.items():
        _, headings, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        place = headings.index("number")
        yield from (f"{path.rpartition('/')[0]} {int(line[place]):04}" for line in lines)


def _address(person: Mapping[str, Any]) -> str:
    return str(person["emailAddress"]["address"]).casefold()


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _digest(content: object) -> str:
    data = content if isinstance(content, bytes) else str(content).encode()
    return hashlib.sha256(data).hexdigest()[:16]
