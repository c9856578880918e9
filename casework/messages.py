"""The values that a received mail becomes once it has been read: people, attachments, headers and text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from casework.chats import ChatFile

AUTHORS_HEADERS = frozenset({
    b"from", b"sender", b"reply-to", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to",
    b"references", b"mime-version", b"content-type", b"content-transfer-encoding", b"content-disposition",
})  # fmt: skip
"""Headers that the writer's mail program sets; every other one may be added or changed on the way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A person or mailbox as a header names them; either half may be empty."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].casefold()


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """One file of a message, byte for byte as it was sent.

    `name` is safe to use as a file name; `original_name` is what the sender wrote. `depth` is 0 for a file of
    the message itself and grows by one with every message that was forwarded as an attachment.
    """

    name: str
    content_type: str
    content: bytes
    sha256: str
    size: int
    inline: bool = False
    depth: int = 0
    original_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedMessage:
    """A mail as a person reads it, with everything needed to judge where it came from.

    `text` is the plain text, made from the HTML where the mail has nothing else; `html_text` is the HTML as
    plain text whether or not there is other text. `problems` says what could not be read and why. `chats` are the
    exported chats among the attachments.
    """

    message_id: str = ""
    sender: Address = field(default_factory=Address)
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/plain"
    text: str = ""
    html: str | None = None
    html_text: str = ""
    attachments: tuple[Attachment, ...] = ()
    embedded: tuple[ReceivedMessage, ...] = ()
    problems: tuple[str, ...] = ()
    chats: tuple[ChatFile, ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name, or an empty string: the topmost is the one written last."""
        wanted, length = name.casefold(), len(name)
        for key, value in self.headers:
            if len(key) == length and key.casefold() == wanted:
                return value
        return ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every header of that name, topmost first."""
        wanted = name.casefold()
        return tuple(value for key, value in self.headers if key.casefold() == wanted)

    def every_attachment(self) -> Iterator[Attachment]:
        """The message's own files, then those of the messages that were forwarded inside it."""
        yield from self.attachments
        for inner in self.embedded:
            yield from inner.every_attachment()

    def every_chat(self) -> Iterator[ChatFile]:
        """The exported chats among the message's own files, then those of the messages inside it."""
        yield from self.chats
        for inner in self.embedded:
            yield from inner.every_chat()


def content_fingerprint(raw: bytes) -> str:
    """SHA-256 of what the writer sent, so that one mail that came by two routes counts as one.

    Args:
        raw: The mail as received, headers and all.

    Returns:
        A hexadecimal digest over the writer's own headers and the body, line endings apart.
    """
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    ends = lines.find(b"\n\n")
    head = lines if ends < 0 else lines[:ends]
    unfolded = re.sub(rb"\n[ \t]+", b" ", head)
    kept = sorted(_normal_header(line) for line in unfolded.split(b"\n") if _is_the_authors(line))
    digest = hashlib.sha256(b"\n".join(kept))
    digest.update(b"\n\n")
    if ends >= 0:  # a view, so that a mail of many megabytes is not copied once more
        digest.update(memoryview(lines)[ends + 2 : max(ends + 2, _last_black(lines))])
    return digest.hexdigest()


def _last_black(content: bytes) -> int:
    """Where the white space at the end begins."""
    end = len(content)
    while end and content[end - 1 : end].isspace():
        end -= 1
    return end


def _is_the_authors(line: bytes) -> bool:
    return line.partition(b":")[0].strip().lower() in AUTHORS_HEADERS


def _normal_header(line: bytes) -> bytes:
    name, _, value = line.partition(b":")
    return name.strip().lower() + b":" + b" ".join(value.split())
