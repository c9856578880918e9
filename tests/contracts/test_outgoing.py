"""What every Outgoing promises: in memory, in a dry run and in a mailbox of Exchange."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import pytest

from casework.errors import NotThereError
from casework.letters import folded_body
from casework.ports import MailAttachment, NewMail, Outgoing
from connectors.memory import MemoryClock, MemoryMailService
from connectors.memory.dry_run import DryOutgoing
from connectors.microsoft365.mail_service import GraphMailService
from tests.contracts.conftest import MONDAY
from tests.practice import PracticeServer

KEY = "TIS/case/TIS-2026-0007/letter/invitation/1"
LETTER = MailAttachment(
    name="Letter (é) TIS-2026-0007.docx",
    content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    content=b"PK letter" * 500,
)
MAIL = NewMail(
    key=KEY,
    to=("A.Parent@example.org",),
    subject="A letter from school [TIS-2026-0007-k3f9]",
    html="<html><body><p>Dear&nbsp;Ms Parent,</p><p>please read the <b>letter</b>.</p></body></html>",
    reply_to="reports@tillbrook.example",
    attachments=(LETTER,),
    robot=False,
)


class Owner(Protocol):
    """What the mailbox's owner does."""

    def press_send(self, message_id: str, *, loses_marks: bool = False) -> object: ...

    def remove(self, message_id: str) -> None: ...


@dataclass
class Outlook:
    """The headteacher at the practice tenant."""

    practice: PracticeServer

    def press_send(self, message_id: str, *, loses_marks: bool = False) -> None:
        how = "phone" if loses_marks else "graph"
        head = self.practice.user("headteacher")
        self.practice.practice("POST", "send", params={"user": head, "message": message_id, "as": how})

    def remove(self, message_id: str) -> None:
        path = f"users/{self.practice.user('headteacher')}/messages/{message_id}/permanentDelete"
        self.practice.graph("POST", path, headers={"Prefer": 'IdType="ImmutableId"'}, expect=204)


@pytest.fixture(params=["memory", "dry run", "graph"])
def both(request: pytest.FixtureRequest) -> tuple[Outgoing, Owner]:
    if request.param == "memory":
        service = MemoryMailService(MemoryClock(MONDAY))
        return service.outgoing("head@tillbrook.example"), service.mailbox("head@tillbrook.example")
    if request.param == "dry run":
        clock = MemoryClock(MONDAY)
        real = MemoryMailService(clock).outgoing("head@tillbrook.example")
        dry = DryOutgoing(real, clock, "head@tillbrook.example", tell=lambda _: None)
        return dry, dry.made
    practice = request.getfixturevalue("practice")
    service = GraphMailService(request.getfixturevalue("account"))
    return service.outgoing(practice.user("headteacher")), Outlook(practice)


@pytest.fixture
def outgoing(both: tuple[Outgoing, Owner]) -> Outgoing:
    return both[0]


@pytest.fixture
def head(both: tuple[Outgoing, Owner]) -> Owner:
    return both[1]


def test_a_saved_mail_waits_as_a_draft_with_its_key(outgoing: Outgoing) -> None:
    saved = outgoing.save(MAIL)
    assert (saved.key, saved.is_draft, saved.discarded, saved.sent_at) == (KEY, True, False, None)
    assert saved.internet_message_id.startswith("<")
    assert saved.conversation_id


def test_a_draft_reads_back_as_it_was_written(outgoing: Outgoing) -> None:
    content = outgoing.read_back(outgoing.save(MAIL).message_id)
    assert content.recipients == ("a.parent@example.org",)
    assert content.subject == MAIL.subject
    assert content.attachments == ((LETTER.name, hashlib.sha256(LETTER.content).hexdigest()),)
    assert folded_body(content.text) == folded_body("Dear Ms Parent, please read the letter.")


def test_a_draft_that_is_read_back_says_when_it_was_made(outgoing: Outgoing) -> None:
    draft = outgoing.save(MAIL)

    changed_at = outgoing.read_back(draft.message_id).found.changed_at

    assert changed_at
    assert abs(changed_at - MONDAY) < timedelta(minutes=5)


def test_a_mail_without_attachment_is_saved_too(outgoing: Outgoing) -> None:
    saved = outgoing.save(replace(MAIL, attachments=(), robot=True))
    assert saved.key == KEY
    assert outgoing.read_back(saved.message_id).attachments == ()


def test_several_attachments_arrive_once_each(outgoing: Outgoing) -> None:
    other = MailAttachment(name="policy.pdf", content_type="application/pdf", content=b"%PDF" * 100)
    content = outgoing.read_back(outgoing.save(replace(MAIL, attachments=(LETTER, other))).message_id)
    assert sorted(name for name, _ in content.attachments) == sorted([LETTER.name, other.name])


def test_a_big_attachment_arrives_whole(outgoing: Outgoing) -> None:
    film = MailAttachment(
        name="scan.pdf", content_type="application/pdf", content=b"%PDF-" + bytes(5_000_000)
    )
    content = outgoing.read_back(outgoing.save(replace(MAIL, attachments=(film,))).message_id)
    assert content.attachments == ((film.name, hashlib.sha256(film.content).hexdigest()),)


def test_a_mail_is_found_by_its_key_and_no_other(outgoing: Outgoing) -> None:
    saved = outgoing.save(MAIL)
    assert outgoing.find(KEY) == saved
    assert outgoing.find("TIS/case/TIS-2026-0007/letter/invitation/2") is None


def test_an_odd_key_is_found_too(outgoing: Outgoing) -> None:
    saved = outgoing.save(replace(MAIL, key='TIS/policy/it\'s & "so" #1'))
    assert outgoing.find('TIS/policy/it\'s & "so" #1') == saved


def test_all_our_mails_are_found_in_any_folder(outgoing: Outgoing, head: Owner) -> None:
    first = outgoing.save(MAIL)
    outgoing.save(replace(MAIL, key=f"{KEY}-2"))
    head.press_send(first.message_id)
    assert {(mail.key, mail.is_draft) for mail in outgoing.ours()} == {(KEY, False), (f"{KEY}-2", True)}


def test_our_drafts_are_told_by_themselves(outgoing: Outgoing, head: Owner) -> None:
    sent, waiting = outgoing.save(MAIL), outgoing.save(replace(MAIL, key=f"{KEY}-2"))
    withdrawn = outgoing.save(replace(MAIL, key=f"{KEY}-3"))
    outgoing.discard(withdrawn.message_id)
    head.press_send(sent.message_id)
    found = [mail for mail in outgoing.ours(only_drafts=True) if not mail.discarded]
    assert [(mail.key, mail.message_id) for mail in found] == [(waiting.key, waiting.message_id)]


def test_a_draft_that_the_head_sends_is_seen_as_sent_under_the_same_id(
    outgoing: Outgoing, head: Owner
) -> None:
    draft = outgoing.save(MAIL)
    head.press_send(draft.message_id)
    found = outgoing.find(KEY)
    assert found is not None
    assert not found.is_draft
    assert found.sent_at is not None
    assert abs(found.sent_at - MONDAY) < timedelta(minutes=1)
    assert found.internet_message_id == draft.internet_message_id
    sent = outgoing.read_back(draft.message_id)
    assert not sent.found.is_draft


def test_what_was_sent_reads_back_as_the_draft_did(outgoing: Outgoing, head: Owner) -> None:
    draft = outgoing.save(MAIL)
    before = outgoing.read_back(draft.message_id)
    head.press_send(draft.message_id)
    after = outgoing.read_back(draft.message_id)
    assert (after.recipients, after.subject, after.attachments) == (
        before.recipients,
        before.subject,
        before.attachments,
    )
    assert folded_body(after.text) == folded_body(before.text)


def test_casework_sends_a_draft_itself(outgoing: Outgoing) -> None:
    draft = outgoing.save(MAIL)
    outgoing.send(draft.message_id)
    found = outgoing.find(KEY)
    assert found is not None
    assert not found.is_draft


def test_a_draft_that_is_gone_cannot_be_sent(outgoing: Outgoing, head: Owner) -> None:
    draft = outgoing.save(MAIL)
    head.remove(draft.message_id)
    with pytest.raises(NotThereError):
        outgoing.send(draft.message_id)
    with pytest.raises(NotThereError):
        outgoing.read_back(draft.message_id)
    assert outgoing.find(KEY) is None


def test_discarding_twice_does_it_once(outgoing: Outgoing) -> None:
    draft = outgoing.save(MAIL)
    outgoing.discard(draft.message_id)
    outgoing.discard(draft.message_id)
    found = outgoing.find(KEY)
    assert found is None or found.discarded


def test_discarding_leaves_a_sent_mail_alone(outgoing: Outgoing, head: Owner) -> None:
    draft = outgoing.save(MAIL)
    head.press_send(draft.message_id)
    outgoing.discard(draft.message_id)
    found = outgoing.find(KEY)
    assert found is not None
    assert (found.is_draft, found.discarded) == (False, False)


def test_a_waiting_draft_outweighs_a_discarded_one(outgoing: Outgoing) -> None:
    outgoing.discard(outgoing.save(MAIL).message_id)
    second = outgoing.save(MAIL)
    found = outgoing.find(KEY)
    assert found is not None
    assert (found.message_id, found.discarded) == (second.message_id, False)


def test_a_letter_sent_by_phone_is_found_by_its_message_id(outgoing: Outgoing, head: Owner) -> None:
    draft = outgoing.save(MAIL)
    head.press_send(draft.message_id, loses_marks=True)
    assert outgoing.find(KEY) is None
    found = outgoing.find_sent(
        since=MONDAY - timedelta(hours=1),
        recipient="someone.else@example.org",
        internet_message_id=draft.internet_message_id,
        attachment_sha256="",
    )
    assert found is not None
    assert found.found.key == ""
    assert found.recipients == ("a.parent@example.org",)


def test_a_letter_sent_by_phone_is_found_by_recipient_and_attachment(outgoing: Outgoing, head: Owner) -> None:
    draft = outgoing.save(MAIL)
    head.press_send(draft.message_id, loses_marks=True)
    sha256 = hashlib.sha256(LETTER.content).hexdigest()

    def look(recipient: str, attachment: str, hours: int) -> bool:
        found = outgoing.find_sent(
            since=MONDAY + timedelta(hours=hours),
            recipient=recipient,
            internet_message_id="<rewritten@example.org>",
            attachment_sha256=attachment,
        )
        return found is not None

    assert look("a.parent@EXAMPLE.org", sha256, -1)
    assert not look("b.parent@example.org", sha256, -1)
    assert not look("a.parent@example.org", "0" * 64, -1)
    assert not look("a.parent@example.org", sha256, 2)
