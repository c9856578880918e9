"""Mailboxes in memory, as far as our own mail in them goes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import inscriptis

from casework.errors import NotThereError, PermanentConnectorError
from casework.intake import is_system_address
from casework.ports import Clock, FoundMail, MailContent, NewMail, Outgoing
from casework.returned_mail import Conversations, SystemMail


@dataclass(slots=True)
class _Kept:
    number: str
    mail: NewMail
    key: str
    is_draft: bool = True
    sent_at: datetime | None = None
    discarded: bool = False
    half_made: str = ""
    """The key that it will have: until then it goes to nobody, and is not found by it."""


class MemoryOutgoing:
    """One mailbox. The methods of the second half are what its owner does."""

    def __init__(self, clock: Clock, address: str) -> None:
        self._clock = clock
        self._address = address.lower()
        self._mails: dict[str, _Kept] = {}

    def ours(self, *, only_drafts: bool = False) -> tuple[FoundMail, ...]:
        kept = (one for one in self._mails.values() if one.key and (one.is_draft or not only_drafts))
        return tuple(map(self._found, kept))

    def find(self, key: str) -> FoundMail | None:
        same = (kept for kept in self._mails.values() if kept.key == key)
        best = min(same, key=lambda kept: (kept.is_draft, kept.discarded), default=None)
        return self._found(best) if best else None

    def save(
        self,
        mail: NewMail,
        *,
        settled: Callable[[str], None] = lambda _: None,
        again: bool = False,
    ) -> FoundMail:
        if again:
            for kept in [*self._mails.values()]:
                if kept.half_made == mail.key:
                    self.discard(kept.number)
        number = f"{self._address}/{len(self._mails) + 1}"
        draft = _Kept(number=number, mail=replace(mail, to=()), key="", half_made=mail.key)
        self._mails[number] = draft
        try:
            settled(number)
        except Exception:
            self.discard(number)
            raise
        draft.mail, draft.key, draft.half_made = mail, mail.key, ""
        return self._found(draft)

    def read_back(self, message_id: str) -> MailContent:
        kept = self._kept(message_id)
        return MailContent(
            found=self._found(kept),
            recipients=tuple(sorted({address.lower() for address in kept.mail.to})),
            subject=kept.mail.subject,
            text=str(inscriptis.get_text(kept.mail.html)),
            attachments=tuple(
                (one.name, hashlib.sha256(one.content).hexdigest()) for one in kept.mail.attachments
            ),
        )

    def send(self, message_id: str) -> None:
        kept = self._kept(message_id)
        if not kept.is_draft:
            raise PermanentConnectorError("This mail was sent already. Nothing needs doing.")
        kept.is_draft = False
        kept.discarded = False
        kept.sent_at = self._clock.now()

    def discard(self, message_id: str) -> None:
        kept = self._mails.get(message_id)
        if kept and kept.is_draft:
            kept.discarded = True

    def find_sent(
        self, *, since: datetime, recipient: str, internet_message_id: str, attachment_sha256: str
    ) -> MailContent | None:
        sent = [self.read_back(kept.number) for kept in self._mails.values() if not kept.is_draft]
        return sent_among(
            sent,
            since=since,
            recipient=recipient,
            internet_message_id=internet_message_id,
            attachment_sha256=attachment_sha256,
        )

    def press_send(self, message_id: str, *, edited: NewMail | None = None, loses_marks: bool = False) -> str:
        """The owner sends a draft; return the sent mail's id.

        Args:
            message_id: the draft.
            edited: what the owner made of it first.
            loses_marks: as from a phone: another id, and our properties are gone.
        """
        kept = self._kept(message_id)
        kept.mail = edited or kept.mail
        self.send(message_id)
        if not loses_marks:
            return message_id
        del self._mails[message_id]
        kept.number, kept.key = f"{message_id}-by-phone", ""
        self._mails[kept.number] = kept
        return kept.number

    def remove(self, message_id: str) -> None:
        """The owner deletes a mail for good."""
        del self._mails[message_id]

    def sent_mails(self) -> tuple[NewMail, ...]:
        return tuple(kept.mail for kept in self._mails.values() if not kept.is_draft)

    def _found(self, kept: _Kept) -> FoundMail:
        # the Message-ID stays the draft's, whatever sends it
        first_number = kept.number.removesuffix("-by-phone").replace("@", ".")
        return FoundMail(
            message_id=kept.number,
            key=kept.key,
            is_draft=kept.is_draft,
            internet_message_id=f"<{first_number}@memory.example>",
            conversation_id=f"conversation-{first_number}",
            sent_at=kept.sent_at,
            discarded=kept.discarded,
            changed_at=kept.sent_at or self._clock.now(),
        )

    def _kept(self, message_id: str) -> _Kept:
        if message_id not in self._mails:
            raise NotThereError("There is no such mail (any more).")
        return self._mails[message_id]


def sent_among(
    sent: Sequence[MailContent],
    *,
    since: datetime,
    recipient: str,
    internet_message_id: str,
    attachment_sha256: str,
) -> MailContent | None:
    """The one that `Outgoing.find_sent` asks for."""
    for content in sent:
        if internet_message_id and content.found.internet_message_id == internet_message_id:
            return content
    for content in sent:
        recent = content.found.sent_at is not None and content.found.sent_at >= since
        hashes = {sha256 for _, sha256 in content.attachments}
        if recent and recipient.lower() in content.recipients and attachment_sha256 in hashes:
            return content
    return None


class MemoryConversations:
    """What mail systems answered in one mailbox. `receive` is what the world does to it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._mails: dict[str, tuple[str, SystemMail, bytes]] = {}

    def receive(self, conversation_id: str, raw: bytes, *, sender: str) -> None:
        """A mail arrives in that conversation; a person's is not a mail system's."""
        if not is_system_address(sender):
            return
        number = f"system-{len(self._mails) + 1}"
        mail = SystemMail(
            message_id=number, internet_message_id=f"<{number}@memory.example>", received_at=self._clock.now()
        )
        self._mails[number] = (conversation_id, mail, raw)

    def from_systems(self, conversation_id: str) -> tuple[SystemMail, ...]:
        return tuple(mail for place, mail, _ in self._mails.values() if place == conversation_id)

    def raw(self, message_id: str) -> bytes:
        if message_id not in self._mails:
            raise NotThereError("There is no such mail (any more).")
        return self._mails[message_id][2]


class MemoryMailService:
    """Mailboxes by address, made when first asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._mailboxes: dict[str, MemoryOutgoing] = {}
        self._conversations: dict[str, MemoryConversations] = {}

    def outgoing(self, address: str) -> Outgoing:
        return self.mailbox(address)

    def conversations(self, address: str) -> Conversations:
        return self._conversations.setdefault(address.lower(), MemoryConversations(self._clock))

    def mailbox(self, address: str) -> MemoryOutgoing:
        """Return the mailbox with what its owner can do."""
        return self._mailboxes.setdefault(address.lower(), MemoryOutgoing(self._clock, address))

    def sent_mails(self) -> tuple[tuple[str, NewMail], ...]:
        """Everything sent from any mailbox, with the address that it came from."""
        return tuple((address, mail) for address, box in self._mailboxes.items() for mail in box.sent_mails())
