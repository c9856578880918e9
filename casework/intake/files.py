"""Files from the drop folder as a report: pictures, scans, documents, and mails that somebody saved."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casework.chats import REFUSED
from casework.intake.platforms import Platforms
from casework.intake.report import MessageKind, Report, read_report
from casework.messages import Attachment, ReceivedMessage

if TYPE_CHECKING:
    from casework.ports import MessageReader

_MAILS = (".eml", ".msg")
_TELLING = (".txt", ".zip")
"""What may be words of the reporter, or a chat that somebody exported."""
_TYPES = {
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".webp": "image/webp",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Endings that not every computer knows."""


def report_from_files(
    files: Sequence[tuple[str, bytes]], *, reader: MessageReader, platforms: Platforms
) -> Report:
    """Files dropped together, by name and content, as one report.

    A saved mail is read as if somebody had forwarded it; a text file is what the reporter has to say. It is always
    a report: a person put the files there, whatever they are.
    """
    message = message_from_files(files, reader=reader)
    return replace(read_report(message, platforms=platforms), kind=MessageKind.REPORT)


def message_from_files(files: Sequence[tuple[str, bytes]], *, reader: MessageReader) -> ReceivedMessage:
    """The files as one mail that nobody sent: saved mails inside it, text files as its words."""
    attachments = tuple(_attachment(name, content) for name, content in files)
    inner = tuple(reader.read(content, name=name) for name, content in files if _is_mail(name, content))
    deeper = tuple(_deeper(message) for message in inner)
    others = [reader.read(content, name=name) for name, content in files if name.lower().endswith(_TELLING)]
    notes = [other.text for other in others if other.text and not other.chats]
    return ReceivedMessage(
        text="\n\n".join(notes),
        attachments=attachments,
        embedded=deeper,
        chats=tuple(chat for other in others for chat in other.chats),
        problems=tuple(
            problem for other in others for problem in other.problems if problem.startswith(REFUSED)
        ),
    )


def _is_mail(name: str, content: bytes) -> bool:
    return bool(content) and name.lower().endswith(_MAILS)


def _attachment(name: str, content: bytes) -> Attachment:
    short = name.replace("\\", "/").rpartition("/")[2]
    return Attachment(
        name=short,
        content_type=_type_of(short),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        original_name=name,
    )


def _type_of(name: str) -> str:
    ending = f".{name.lower().rpartition('.')[2]}"
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _deeper(message: ReceivedMessage) -> ReceivedMessage:
    """The same mail one step further in: its files are inside a file."""
    return replace(
        message,
        attachments=tuple(
            replace(attachment, depth=attachment.depth + 1) for attachment in message.attachments
        ),
        embedded=tuple(_deeper(inner) for inner in message.embedded),
    )
