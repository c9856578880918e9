"""What every Conversations promises: the mails of mail systems in one conversation, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from casework.errors import NotThereError
from casework.ports import NewMail
from casework.returned_mail import Conversations
from connectors.memory import MemoryClock
from connectors.memory.mail import MemoryConversations
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.mail_service import GraphMailService
from tests.contracts.conftest import MONDAY
from tests.practice import PracticeServer

Arrive = Callable[[str, str], None]


def message(sender: str, text: str, answers: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "headteacher@tillbrook.example", "About your mail"
    made["Message-ID"] = f"<{abs(hash((sender, text)))}@parents.example>"
    if answers:
        made["References"] = answers
    made.set_content(text)
    return made.as_bytes()


@pytest.fixture(params=["memory", "graph"])
def place(request: pytest.FixtureRequest) -> tuple[Conversations, str, Arrive]:
    """The conversations of one mailbox, the id of one of them, and how a mail comes into it."""
    if request.param == "memory":
        memory = MemoryConversations(MemoryClock(MONDAY))
        return memory, "talk", lambda who, text: memory.receive("talk", message(who, text), sender=who)
    practice: PracticeServer = request.getfixturevalue("practice")
    account: SchoolAccount = request.getfixturevalue("account")
    head = practice.user("headteacher")
    service = GraphMailService(account)
    ours = service.outgoing(head).save(
        NewMail(key="k", to=("a@parents.example",), subject="A letter", html="<p>x</p>")
    )
    service.outgoing(head).send(ours.message_id)

    def arrive(who: str, text: str) -> None:
        practice.deliver(message(who, text, ours.internet_message_id), sender=who, to=head)

    return service.conversations(head), ours.conversation_id, arrive


def test_what_a_mail_system_wrote_is_found_and_read(place: tuple[Conversations, str, Arrive]) -> None:
    conversations, talk, arrive = place
    arrive("mailer-daemon@parents.example", "It could not be delivered.")

    (mail,) = conversations.from_systems(talk)

    assert b"could not be delivered" in conversations.raw(mail.message_id)


def test_a_persons_mail_and_other_conversations_are_left_alone(
    place: tuple[Conversations, str, Arrive],
) -> None:
    conversations, talk, arrive = place
    arrive("a@parents.example", "My answer.")
    arrive("postmaster@parents.example", "Returned.")

    assert len(conversations.from_systems(talk)) == 1
    assert conversations.from_systems("another") == ()


def test_a_mail_that_is_gone_is_said_to_be(place: tuple[Conversations, str, Arrive]) -> None:
    with pytest.raises(NotThereError):
        place[0].raw("AAMkADnotthere")
