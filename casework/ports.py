"""Every port: the roles that the outside world plays for the jobs, implemented by connectors.

All may raise TemporaryConnectorError (tried again later; `outcome_unknown`: the request may have been carried out)
and PermanentConnectorError with its kinds (goes to a person). All moments are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.chats import ChatTable
from casework.messages import ReceivedMessage
from casework.policy_documents import DocumentText
from casework.records import JournalTransaction
from casework.returned_mail import Conversations
from casework.values import FieldValue

# --- mail -----------------------------------------------------------------------------------------


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
        """Move the message to a folder of the mailbox (made by setup). Doing it twice does it once."""


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
    """

    message_id: str
    key: str
    is_draft: bool
    internet_message_id: str
    conversation_id: str
    sent_at: datetime | None = None
    discarded: bool = False


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

    def ours(self) -> tuple[FoundMail, ...]:
        """All our mails in this mailbox by the common property, in any folder: one request, no other mail is read."""

    def find(self, key: str) -> FoundMail | None:
        """The mail with that key, in any folder."""

    def save(self, mail: NewMail) -> FoundMail:
        """Make a draft (bare, then its attachments). Not idempotent: `find` first after an unknown outcome."""

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


# --- lists ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRow:
    """One item of a list, by internal column names.

    Attributes:
        modified_by: address of the person, or empty for an application.
    """

    item_id: str
    etag: str
    fields: Mapping[str, FieldValue]
    modified_by: str = ""
    modified_at: datetime | None = None
    web_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterChanges:
    rows: tuple[RegisterRow, ...]
    removed: tuple[str, ...]
    cursor: str


class Register(Protocol):
    """A SharePoint list that people see."""

    def changes(self, cursor: str | None) -> RegisterChanges:
        """Rows added or changed since the cursor (all without one), latest state of each, and ids removed.

        Raises:
            CursorExpiredError: ask again without a cursor.
        """

    def find(self, column: str, value: str) -> RegisterRow | None:
        """The row with that value in an indexed text column."""

    def read(self, item_id: str) -> RegisterRow:
        """The row as it stands now.

        Raises:
            NotThereError: it was deleted.
        """

    def add(self, fields: Mapping[str, FieldValue]) -> RegisterRow:
        """Add a row.

        Raises:
            AlreadyThereError: a unique column holds this value already.
        """

    def update(self, item_id: str, fields: Mapping[str, FieldValue], *, etag: str) -> RegisterRow:
        """Set these columns, if the row is still as it was read.

        Raises:
            ChangedMeanwhileError: read again and merge.
            NotThereError: it was deleted.
        """

    def history(self, item_id: str) -> tuple[RegisterRow, ...]:
        """All versions, newest first, each with who made it and when."""

    def missing_columns(self) -> frozenset[str]:
        """Internal names of columns that somebody deleted. `add` and `update` leave them out; rows show None there."""


# --- files ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryFile:
    """A file (or folder) of a drive.

    Attributes:
        path: from the root of the watched folder, with "/" between, never at the front.
        etag: changes with content or properties; content_tag (may be empty) with content only.
        modified_by: address of the person, or empty for an application.
    """

    file_id: str
    path: str
    etag: str
    size: int
    modified_at: datetime
    modified_by: str = ""
    content_tag: str = ""
    web_url: str = ""
    is_folder: bool = False

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryChanges:
    files: tuple[LibraryFile, ...]
    removed: tuple[str, ...]
    cursor: str


class Library(Protocol):
    """A drive, or one folder of it."""

    def changes(self, cursor: str | None) -> LibraryChanges:
        """Files (no folders) below the folder that are new or changed, and ids removed or moved out.

        Raises:
            CursorExpiredError: ask again without a cursor.
        """

    def find(self, path: str) -> LibraryFile | None:
        """The file or folder at that path."""

    def read(self, file_id: str) -> bytes:
        """The content.

        Raises:
            NotThereError: it is gone.
        """

    def write(self, path: str, content: bytes, *, replace: bool = False) -> LibraryFile:
        """Store a file; parent folders are made.

        Raises:
            AlreadyThereError: there is one, and replace is False.
            TemporaryConnectorError: also while somebody has it open in Word (423).
        """

    def move(self, file_id: str, path: str) -> None:
        """Move a file to that path of the same library; parent folders are made. Doing it twice does it once."""

    def as_pdf(self, file_id: str) -> bytes | None:
        """The file as PDF by the service's own conversion; None where the service does not convert it."""


# --- documents and words --------------------------------------------------------------------------


class MessageReader(Protocol):
    """Reads mail of every form: MIME, .msg, winmail.dat."""

    def read(self, raw: bytes, *, name: str = "message.eml") -> ReceivedMessage:
        """Read a message. Never raises for bad input: `problems` says what was wrong."""


class DocumentReader(Protocol):
    """Reads the text of policy documents as a reader sees it."""

    def read(self, content: bytes, *, name: str) -> DocumentText:
        """Read one document.

        Raises:
            UnreadableDocumentError: damaged, encrypted, scanned, or not what its name says.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenMail:
    subject: str
    html: str
    text: str


class MailWriter(Protocol):
    """Writes the mails of templates/emails."""

    def write(self, name: str, fields: Mapping[str, object]) -> WrittenMail:
        """Write a mail.

        Raises:
            LetterTemplateError: a field is missing or unknown; names template and tag.
        """


class LetterWriter(Protocol):
    """Writes the Word letters of templates/letters."""

    def write(self, kind: str, fields: Mapping[str, object]) -> bytes:
        """Write a letter as .docx; the same fields give the same bytes.

        Raises:
            LetterTemplateError: names template, paragraph and tag, before anyone sees a draft.
        """

    def clean(self, docx: bytes) -> bytes:
        """A letter without its author, comments and editing marks; a clean one comes back as it is.

        Raises:
            UnreadableDocumentError: not a Word file, or one with tracked changes or hidden text that a person must mend.
        """

    def text(self, docx: bytes) -> str:
        """The text of a Word letter as a reader sees it, headers and footers included.

        Raises:
            UnreadableDocumentError: not a Word file.
        """


class ChatExports(Protocol):
    """Makes working copies of exported chats."""

    def table(self, table: ChatTable) -> bytes:
        """The table as a Word document; the same table gives the same bytes."""

    def files(self, export: bytes, names: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
        """Name and content of these files of the archive; one that is missing, damaged or huge is left out."""


class PdfConverter(Protocol):
    def convert(self, docx: bytes) -> bytes | None:
        """The document as PDF, or None where no converter is installed."""


# --- time and memory ------------------------------------------------------------------------------


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC: the school's time, which practice may move."""


class Journal(Protocol):
    """What the machine remembers of one school."""

    def transaction(self) -> AbstractContextManager[JournalTransaction]:
        """All or nothing; serialised against other writers.

        Raises:
            JournalError: disk full, locked for too long, damaged: says what to do.
        """
