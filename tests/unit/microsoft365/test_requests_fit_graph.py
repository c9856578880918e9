"""Every request that the connector sends fits Microsoft's published description of Graph."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
import requests

from casework.ports import MailAttachment, NewMail
from casework.register_lists import CASES_LIST
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.checks import Patients, run_checks
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.inbox import GraphInbox
from connectors.microsoft365.lists import GraphRegister
from connectors.microsoft365.outgoing import GraphOutgoing
from connectors.microsoft365.provisioning import Places, provision
from tests.graph_contract import _ROOT, ABSENT, CONTRACT, _contract, _validator, find_operation
from tests.graph_description import plain_address
from tests.practice import PracticeServer
from tests.unit.microsoft365.conftest import casework_account, wishes

pytestmark = pytest.mark.skipif(not CONTRACT.exists(), reason=ABSENT)

# In Microsoft's documentation, and left out of the cut.
_FURTHER = (
    r"GET /",  # the service document
    r"POST /users/[^/]+/messages/[^/]+/permanentDelete",  # docs: api/message-permanentdelete
    r"GET /sites/[^/]+/lists/[^/]+/items/[^/]+/versions",  # docs: api/listitem-list-versions
)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[requests.PreparedRequest]:
    """Whatever leaves for Graph while the test runs."""
    noted: list[requests.PreparedRequest] = []
    send = requests.Session.send

    def noting(
        self: requests.Session, request: requests.PreparedRequest, **more: object
    ) -> requests.Response:
        if "/v1.0/" in str(request.url) and str(request.headers.get("User-Agent", "")).startswith("NONISV"):
            noted.append(request)
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", noting)
    return noted


def problems(request: requests.PreparedRequest) -> list[str]:
    method, address = str(request.method), plain_address(str(request.url))
    operation = find_operation(method, f"https://localhost/v1.0{address}")
    name = f"{method} {address}"
    if operation is None:
        known = any(re.fullmatch(pattern, name) for pattern in _FURTHER)
        return [] if known else [f"{name}: Graph has no such operation"]
    described = _contract()["paths"][operation[0]][operation[1]]
    return _bad_body(request, operation, described, name)


def _bad_body(
    request: requests.PreparedRequest, operation: tuple[str, str], described: dict[str, object], name: str
) -> list[str]:
    if not request.body or "json" not in str(request.headers.get("Content-type", "")):
        return []
    content = described.get("requestBody", {}).get("content", {})  # type: ignore[attr-defined]
    if not content.get("application/json", {}).get("schema"):
        return []
    step = operation[0].replace("~", "~0").replace("/", "~1")
    pointer = f"{_ROOT}#/paths/{step}/{operation[1]}/requestBody/content/application~1json/schema"
    errors = _validator(pointer).iter_errors(json.loads(request.body))
    return [f"{name}: {'/'.join(map(str, error.absolute_path))} {error.message[:160]}" for error in errors]


def assert_fit(sent: list[requests.PreparedRequest], least: int) -> None:
    assert len(sent) >= least
    found = sorted({problem for request in sent for problem in problems(request)})
    assert not found, "\n".join(found)


def test_what_setup_asks_for_fits(practice: PracticeServer, sent: list[requests.PreparedRequest]) -> None:
    provision(casework_account(practice), wishes(practice))
    assert_fit(sent, 20)


def test_what_doctor_asks_for_fits(
    practice: PracticeServer, casework: SchoolAccount, places: Places, sent: list[requests.PreparedRequest]
) -> None:
    mailboxes = {"headteacher": practice.user("headteacher")}
    assert all(
        check.ok for check in run_checks(casework, Patients(wishes=wishes(practice), mailboxes=mailboxes))
    )
    assert_fit(sent, 15)


def test_what_mail_asks_for_fits(
    practice: PracticeServer, casework: SchoolAccount, places: Places, sent: list[requests.PreparedRequest]
) -> None:
    practice.deliver(b"Subject: x\r\n\r\nx", sender="x@example.org", to=practice.user("reports"))
    inbox = GraphInbox(casework, practice.user("reports"))
    first = inbox.changes(None)
    inbox.changes(first.cursor)
    inbox.everything_since(datetime(2026, 11, 1, tzinfo=UTC))
    inbox.raw(first.messages[0].message_id)
    inbox.file_under(first.messages[0].message_id, "Casework/Processed")
    outgoing = GraphOutgoing(casework, practice.user("headteacher"))
    letter = MailAttachment(name="letter.docx", content_type="application/msword", content=b"PK")
    scan = MailAttachment(name="scan.pdf", content_type="application/pdf", content=bytes(4_000_000))
    mail = NewMail(
        key="TIS/1",
        to=("a@example.org",),
        subject="x",
        html="<p>x</p>",
        reply_to=practice.user("reports"),
        attachments=(letter, scan),
    )
    draft = outgoing.save(mail)
    outgoing.read_back(draft.message_id)
    outgoing.ours()
    outgoing.send(draft.message_id)
    outgoing.find_sent(
        since=datetime(2026, 11, 1, tzinfo=UTC),
        recipient="a@example.org",
        internet_message_id="<none@example.org>",
        attachment_sha256="0",
    )
    outgoing.discard(outgoing.save(mail).message_id)
    assert_fit(sent, 25)


def test_what_lists_ask_for_fits(
    casework: SchoolAccount, places: Places, sent: list[requests.PreparedRequest]
) -> None:
    register = GraphRegister(
        casework, site_id=places.site_id, list_id=places.cases_list, definition=CASES_LIST
    )
    row = register.add({"Title": "x", "Reference": "TIS-2026-0001", "Categories": ("other",)})
    register.update(row.item_id, {"Stage": "closed", "Continues": True}, etag=row.etag)
    register.find("Reference", "TIS-2026-0001")
    register.history(row.item_id)
    register.changes(register.changes(None).cursor)
    assert_fit(sent, 6)


def test_what_libraries_ask_for_fits(
    casework: SchoolAccount, places: Places, sent: list[requests.PreparedRequest]
) -> None:
    library = GraphLibrary(casework, places.casework_drive)
    file = library.write("a/b.txt", b"x")
    library.write("a/b.txt", b"y", replace=True)
    library.write("c/big.bin", bytes(5_000_000))
    library.move(file.file_id, "d/e/f.txt")
    library.read(file.file_id)
    library.as_pdf(file.file_id)
    library.changes(library.changes(None).cursor)
    assert_fit(sent, 12)
