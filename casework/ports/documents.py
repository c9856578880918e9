"""The ports of documents and words: reading mail and policies, writing letters and mails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from casework.chats import ChatTable
from casework.messages import ReceivedMessage
from casework.policy_documents import DocumentText


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

    def convert_all(self, letters: Sequence[bytes]) -> list[bytes | None]:
        """Several documents in one run, in their order; None for one of which this run made none.

        One that spoils the run may cost the others their PDF: each can still be converted by itself.
        """
