"""Mailboxes as a dry run leaves them, as far as our own mail in them goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from casework.dry_run.acts import Act, Tell, WouldWrite
from casework.errors import NotThereError, PermanentConnectorError
from casework.ports import Clock, FoundMail, MailContent, MailService, NewMail, Outgoing
from casework.returned_mail import Conversations, SystemMail
from connectors.memory.mail import MemoryOutgoing, sent_among

_OURS = "would-be."


class DryOutgoing:
    """Drafts that would be made lie in memory; every other mail is read where it lies.

    Args:
        real: the mailbox itself, of which only reading methods are called.
        clock: for the times of sending.
        address: the mailbox's.
        tell: hears of each draft that would be made, sent or thrown away.
    """

    def __init__(self, real: Outgoing, clock: Clock, address: str, *, tell: Tell) -> None:
        self.made = MemoryOutgoing(clock, f"{_OURS}{address}")
        """The mails that only the dry run made, with what the mailbox's owner could do with them."""
        self._real = real
        self._clock = clock
        self._address = address
        self._tell = tell
        self._sent: dict[str, datetime] = {}
        self._discarded: set[str] = set()

    def ours(self, *, only_drafts: bool = False) -> tuple[FoundMail, ...]:
        there = map(self._as_it_would_be, self._real.ours(only_drafts=only_drafts))
        found = (*there, *self.made.ours(only_drafts=only_drafts))
        return tuple(mail for mail in found if mail.is_draft or not only_drafts)

    def find(self, key: str) -> FoundMail | None:
        there = self._real.find(key)
        found = (self.made.find(key), self._as_it_would_be(there) if there else None)
        return min(
            (one for one in found if one), key=lambda mail: (mail.is_draft, mail.discarded), default=None
        )

    def save(
        self, mail: NewMail, *, settled: Callable[[str], None] = lambda _: None, again: bool = False
    ) -> FoundMail:
        found = self.made.save(mail, settled=settled, again=again)
        text = self.made.read_back(found.message_id).text
        self._tell(WouldWrite(act=Act.DRAFTED, place=self._address, what=mail.key, mail=mail, text=text))
        return found

    def read_back(self, message_id: str) -> MailContent:
        if message_id.startswith(_OURS):
            return self.made.read_back(message_id)
        content = self._real.read_back(message_id)
        return replace(content, found=self._as_it_would_be(content.found))

    def send(self, message_id: str) -> None:
        content = self.read_back(message_id)
        if not content.found.is_draft:
            raise PermanentConnectorError("This mail was sent already. Nothing needs doing.")
        if message_id.startswith(_OURS):
            self.made.send(message_id)
        else:
            self._sent[message_id] = self._clock.now()
            self._discarded.discard(message_id)
        key = content.found.key
        mail = NewMail(key=key, to=content.recipients, subject=content.subject, html="")
        self._tell(WouldWrite(act=Act.SENT, place=self._address, what=key, mail=mail, text=content.text))

    def discard(self, message_id: str) -> None:
        try:
            found = self.read_back(message_id).found
        except NotThereError:
            return
        if found.is_draft and not found.discarded:
            self.made.discard(message_id)
            self._discarded.add(message_id)
            self._tell(WouldWrite(act=Act.DISCARDED, place=self._address, what=found.key))

    def find_sent(
        self, *, since: datetime, recipient: str, internet_message_id: str, attachment_sha256: str
    ) -> MailContent | None:
        would_be = sent_among(
            [self.read_back(message_id) for message_id in self._sent],
            since=since,
            recipient=recipient,
            internet_message_id=internet_message_id,
            attachment_sha256=attachment_sha256,
        )
        if would_be:
            return would_be
        for place in (self.made, self._real):
            if found := place.find_sent(
                since=since,
                recipient=recipient,
                internet_message_id=internet_message_id,
                attachment_sha256=attachment_sha256,
            ):
                return found
        return None

    def _as_it_would_be(self, mail: FoundMail) -> FoundMail:
        if mail.message_id in self._sent:
            return replace(mail, is_draft=False, discarded=False, sent_at=self._sent[mail.message_id])
        return replace(mail, discarded=mail.discarded or mail.message_id in self._discarded)


class DryConversations:
    """What mail systems answered; nobody has answered what was never sent."""

    def __init__(self, real: Conversations) -> None:
        self._real = real

    def from_systems(self, conversation_id: str) -> tuple[SystemMail, ...]:
        return () if f"-{_OURS}" in conversation_id else self._real.from_systems(conversation_id)

    def raw(self, message_id: str) -> bytes:
        return self._real.raw(message_id)


class DryMailService:
    """Mailboxes by address."""

    def __init__(self, real: MailService, clock: Clock, *, tell: Tell) -> None:
        self._real = real
        self._clock = clock
        self._tell = tell
        self._mailboxes: dict[str, DryOutgoing] = {}

    def outgoing(self, address: str) -> Outgoing:
        known = address.lower()
        if known not in self._mailboxes:
            real = self._real.outgoing(address)
            self._mailboxes[known] = DryOutgoing(real, self._clock, known, tell=self._tell)
        return self._mailboxes[known]

    def conversations(self, address: str) -> Conversations:
        return DryConversations(self._real.conversations(address))
