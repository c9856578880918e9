"""A draft is whole or not found: what broke on the way is cleared away by the next attempt."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email import message_from_string
from typing import Any

import pytest

from casework.errors import ChangedMeanwhileError, NotPermittedError, TemporaryConnectorError
from casework.ports import MailAttachment, NewMail
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.outgoing import GraphOutgoing
from tests.practice import PracticeServer

KEY = "TIS/case/TIS-2026-0007/letter/invitation/1"
LETTER = MailAttachment(name="letter.docx", content_type="application/msword", content=b"PK" * 4000)
MAIL = NewMail(
    key=KEY,
    to=("a.parent@example.org",),
    subject="A letter from school",
    html="<p>Hello</p>",
    reply_to="reports@tillbrook.example",
    attachments=(LETTER, MailAttachment(name="policy.pdf", content_type="application/pdf", content=b"%PDF")),
    robot=False,
)


@pytest.fixture
def outgoing(practice: PracticeServer, casework: SchoolAccount) -> GraphOutgoing:
    return GraphOutgoing(casework, practice.user("headteacher"))


def drafts(practice: PracticeServer) -> list[dict[str, Any]]:
    path = f"users/{practice.user('headteacher')}/mailFolders/drafts/messages"
    found: list[dict[str, Any]] = practice.graph("GET", path, expect=200).json()["value"]
    return found


@pytest.mark.parametrize("fault", ["lost", "reset", "500"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "*/mailFolders/*/messages"),
        ("POST", "*/attachments"),
        ("PATCH", "*/messages/*"),
    ],
)
def test_whatever_breaks_on_the_way_the_next_attempt_leaves_one_whole_draft(
    practice: PracticeServer, outgoing: GraphOutgoing, method: str, path: str, fault: str
) -> None:
    practice.set_faults({"method": method, "path": path, "fault": fault, "times": 5})
    with pytest.raises(TemporaryConnectorError):
        outgoing.save(MAIL)
    practice.set_faults()
    found = outgoing.find(KEY) or outgoing.save(MAIL)
    assert len(drafts(practice)) == 1
    assert {name for name, _ in outgoing.read_back(found.message_id).attachments} == {
        "letter.docx",
        "policy.pdf",
    }


@pytest.mark.parametrize("fault", ["lost", "reset", "500"])
def test_a_look_for_a_draft_that_breaks_is_no_sign_that_there_is_none(
    practice: PracticeServer, outgoing: GraphOutgoing, fault: str
) -> None:
    made = outgoing.save(MAIL)
    practice.set_faults({"method": "GET", "path": "*/messages*", "fault": fault, "times": 5})
    with pytest.raises(TemporaryConnectorError):
        outgoing.find(KEY)
    practice.set_faults()
    found = outgoing.find(KEY)
    assert found is not None
    assert found.message_id == made.message_id
    assert len(drafts(practice)) == 1


def test_a_half_made_draft_is_not_found(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    practice.set_faults({"method": "POST", "path": "*/attachments", "fault": "500"})
    with pytest.raises(TemporaryConnectorError) as caught:
        outgoing.save(MAIL)
    practice.set_faults()
    assert caught.value.outcome_unknown
    assert len(drafts(practice)) == 1
    assert outgoing.find(KEY) is None
    assert outgoing.ours() == ()


def test_a_letter_carries_its_key_and_where_a_reply_goes(
    practice: PracticeServer, outgoing: GraphOutgoing
) -> None:
    outgoing.send(outgoing.save(MAIL).message_id)
    (left,) = practice.outbox()
    mail = message_from_string(left["raw"])
    assert mail["X-Casework-Key"] == KEY
    assert "reports@tillbrook.example" in mail["Reply-To"]
    assert mail["X-Auto-Response-Suppress"] is None


def test_a_robot_asks_for_no_automatic_reply(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    robot = NewMail(key="TIS/note/1", to=("a@example.org",), subject="Note", html="<p>x</p>")
    outgoing.send(outgoing.save(robot).message_id)
    (left,) = practice.outbox()
    assert message_from_string(left["raw"])["X-Auto-Response-Suppress"] == "All"


def test_looking_for_all_our_mails_is_one_request(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    outgoing.send(outgoing.save(MAIL).message_id)
    practice.forget_recorded()
    assert len(outgoing.ours()) == 1
    assert len(practice.recorded()) == 1


def test_with_a_draft_waiting_it_is_one_request_from_the_second_time_on(
    practice: PracticeServer, outgoing: GraphOutgoing
) -> None:
    outgoing.save(MAIL)
    outgoing.ours()
    practice.forget_recorded()
    assert len(outgoing.ours()) == 1
    assert len(practice.recorded()) == 1


def test_the_heads_own_mail_is_not_read(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    raw = b"From: x@example.org\r\nTo: head@tillbrook.example\r\nSubject: private\r\n\r\nprivate\r\n"
    practice.deliver(raw, sender="x@example.org", to=practice.user("headteacher"))
    outgoing.save(MAIL)
    assert [mail.key for mail in outgoing.ours()] == [KEY]


def test_more_mails_than_a_page_holds_are_all_found(
    outgoing: GraphOutgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.microsoft365.outgoing._PAGE", "2")
    for number in range(5):
        outgoing.save(NewMail(key=f"TIS/note/{number}", to=("a@example.org",), subject="x", html="x"))
    assert len(outgoing.ours()) == 5


def test_a_mail_sent_while_it_is_being_discarded_stays(
    practice: PracticeServer, outgoing: GraphOutgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = outgoing.save(MAIL)
    delete = outgoing._calls.delete

    def sent_in_between(path: str, *, etag: str = "") -> None:
        monkeypatch.undo()
        head = practice.user("headteacher")
        practice.practice("POST", "send", params={"user": head, "message": draft.message_id, "as": "graph"})
        delete(path, etag=etag)

    monkeypatch.setattr(outgoing._calls, "delete", sent_in_between)
    outgoing.discard(draft.message_id)
    path = f"users/{practice.user('headteacher')}/mailFolders/sentitems/messages"
    (sent,) = practice.graph("GET", path, expect=200).json()["value"]
    assert sent["subject"] == MAIL.subject


def test_an_inline_picture_and_an_attached_mail_count_as_attachments(
    practice: PracticeServer, outgoing: GraphOutgoing
) -> None:
    draft = outgoing.save(MAIL)
    path = f"users/{practice.user('headteacher')}/messages/{draft.message_id}/attachments"
    item = {
        "@odata.type": "#microsoft.graph.itemAttachment",
        "name": "A mail",
        "item": {"@odata.type": "microsoft.graph.message", "subject": "inner", "body": {"content": "x"}},
    }
    picture = {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": "face.png",
        "isInline": True,
        "contentId": "face",
        "contentBytes": "iVBORw0=",
    }
    for attachment in (item, picture):
        headers = {"Prefer": 'IdType="ImmutableId"'}
        practice.graph("POST", path, json=attachment, headers=headers, expect=201)
    hashes = dict(outgoing.read_back(draft.message_id).attachments)
    assert hashes["face.png"] == hashlib.sha256(b"\x89PNG\r").hexdigest()
    assert len(hashes["A mail"]) == 64


def test_a_mailbox_outside_our_scope_is_refused(practice: PracticeServer, casework: SchoolAccount) -> None:
    with pytest.raises(NotPermittedError, match="casework doctor") as caught:
        GraphOutgoing(casework, practice.user("teacher")).save(MAIL)
    assert "teacher" not in str(caught.value)


def test_a_race_on_a_message_is_named_as_such(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    practice.set_faults({"method": "POST", "path": "*/send", "fault": "412", "times": 1})
    with pytest.raises(ChangedMeanwhileError):
        outgoing.send(outgoing.save(MAIL).message_id)


def test_sent_at_is_the_schools_time(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    practice.set_clock("2026-12-01T08:00:00+00:00")
    draft = outgoing.save(MAIL)
    outgoing.send(draft.message_id)
    sent_at = outgoing.read_back(draft.message_id).found.sent_at
    assert sent_at is not None
    assert sent_at.replace(second=0, microsecond=0) == datetime.fromisoformat("2026-12-01T08:00:00+00:00")
