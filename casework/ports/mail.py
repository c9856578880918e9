"""The ports of mail: what comes in, what goes out, and what lies in a mailbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from casework.returned_mail import Conversations

INBOX = "inbox"
"""The folder by the name by which every mailbox knows it, whatever its language."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenMessage:
    """A message in the reporting mailbox, by its immutable id. Its conversation is a hint and proves nothing."""

    message_id: str
    internet_message_id: str
    received_at: datetime
    conversation_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxChanges:
    messages: tuple[SeenMessage, ...]
    cursor: str


class Inbox(Protocol):
    """The inbox of the reporting mailbox. A removed message is never reported: absence proves nothing."""

    def changes(self, cursor: str | None) -> InboxChanges:
        """Messages new or changed since the cursor (all of them without one), each at most once.

        Raises:
            CursorExpiredError: ask again without a cursor.
        """

    def everything_since(self, moment: datetime) -> tuple[SeenMessage, ...]:
        """A full list of the inbox from that moment on: the backstop for what delta missed."""

    def raw(self, message_id: str) -> bytes:
        """The message as received, byte for byte.

        Raises:
            NotThereError: it is gone.
        """

    def file_under(self, message_id: str, folder: str) -> None:
        """Move the message to a folder (made by setup), or back to the INBOX. Doing it twice does it once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailAttachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMail:
    """A mail to be made in a mailbox's own Drafts.

    Attributes:
        key: the idempotency key; stamped on it as an extended property, beside the value common to all ours.
        to: addresses. Never more than one role's.
        reply_to: where a plain Reply goes.
        robot: True marks it as automatic (X-Auto-Response-Suppress); a letter is a person's, so False.
    """

    key: str
    to: tuple[str, ...]
    subject: str
    html: str
    reply_to: str = ""
    attachments: tuple[MailAttachment, ...] = ()
    robot: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundMail:
    """One of our mails, wherever it lies in the mailbox.

    Attributes:
        key: from the extended property; empty where a phone lost it.
        is_draft: False once it was sent.
        discarded: True if it lies in Deleted Items.
        changed_at: when it was last changed, by the service's clock; None where that was not asked.
    """

    message_id: str
    key: str
    is_draft: bool
    internet_message_id: str
    conversation_id: str
    sent_at: datetime | None = None
    discarded: bool = False
    changed_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class MailContent:
    """A mail read back: what approval is bound to.

    Attributes:
        recipients: To, Cc and Bcc, lower case.
        text: the body as text.
        attachments: (name, SHA-256) of each, inline ones too.
    """

    found: FoundMail
    recipients: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[tuple[str, str], ...]


class Outgoing(Protocol):
    """The mail that we make in one mailbox: drafts and what became of them."""

    def ours(self, *, only_drafts: bool = False) -> tuple[FoundMail, ...]:
        """All our mails in this mailbox by the common property, in any folder: one request, no other mail is read.

        Args:
            only_drafts: leave out what was sent. Of a draft id, key and whether it was discarded are told, no more.
        """

    def find(self, key: str) -> FoundMail | None:
        """The mail with that key, in any folder."""

    def save(
        self, mail: NewMail, *, settled: Callable[[str], None] = lambda _: None, again: bool = False
    ) -> FoundMail:
        """Make a draft. Not idempotent: `find` first after an unknown outcome.

        Args:
            mail: what it says.
            settled: called with the draft's id while the draft has no addressee yet, so that nobody can send it; if it
                raises, the draft is thrown away.
            again: an earlier attempt may have left a half-made draft with this key, which is thrown away first.
        """

    def read_back(self, message_id: str) -> MailContent:
        """The mail as it stands now.

        Raises:
            NotThereError: no mail has this id (any more, or not yet).
        """

    def send(self, message_id: str) -> None:
        """Send a draft. Accepted is not delivered; the copy in Sent Items may come later."""

    def discard(self, message_id: str) -> None:
        """Delete a draft. Doing it twice does it once; a mail that was sent is left alone."""

    def find_sent(
        self, *, since: datetime, recipient: str, internet_message_id: str, attachment_sha256: str
    ) -> MailContent | None:
        """A mail in Sent Items without our property: by internetMessageId, else by recipient with attachment hash."""


class MailService(Protocol):
    """Mailboxes by address."""

    def outgoing(self, address: str) -> Outgoing: ...

    def conversations(self, address: str) -> Conversations: ...
