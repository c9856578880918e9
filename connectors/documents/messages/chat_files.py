"""Exported chats among the files of a message: a zip file with its pictures, or the text alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from casework.chats import Chat, ChatFile, read_chat
from casework.messages import Attachment, ReceivedMessage
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.chat_archive import MOST_TEXT_BYTES, read_chat_archive

ZIP = b"PK\x03\x04"
FEWEST_MESSAGES = 2
"""Of a text file that is taken for a chat though its name does not say so: one line with a date is a note."""
_OFFICE = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp")


def with_chats(message: ReceivedMessage) -> ReceivedMessage:
    """The message with the chats that its files hold, and with the reasons why one was refused."""
    embedded = tuple(with_chats(inner) for inner in message.embedded)
    if not any(_may_be_chat(attachment) for attachment in message.attachments):
        return replace(message, embedded=embedded) if embedded else message
    chats: list[ChatFile] = []
    problems: list[str] = []
    for attachment in message.attachments:
        chat, problem = read_chat_file(attachment)
        chats += [chat] if chat else []
        problems += [problem] if problem else []
    return replace(
        message,
        embedded=embedded,
        chats=tuple(chats),
        problems=tuple(dict.fromkeys((*message.problems, *problems))),
    )


def chats_in_text(content: bytes, name: str) -> tuple[ChatFile, ...]:
    """The chat in a text file that stands by itself."""
    chat = _chat_in_text(content, name)
    return (ChatFile(sha256=hashlib.sha256(content).hexdigest(), chat=chat),) if chat else ()


def read_chat_file(attachment: Attachment) -> tuple[ChatFile | None, str]:
    """The chat in a file, or why it was refused; neither for a file of another sort."""
    if not _may_be_chat(attachment):
        return None, ""
    name = attachment.original_name or attachment.name
    if attachment.content.startswith(ZIP):
        archive = read_chat_archive(attachment.content, name=name)
        if archive.chat is None:
            return None, archive.problem
        return ChatFile(sha256=attachment.sha256, chat=archive.chat, media=archive.media), ""
    chat = _chat_in_text(attachment.content, name)
    return (ChatFile(sha256=attachment.sha256, chat=chat), "") if chat else (None, "")


def _chat_in_text(content: bytes, name: str) -> Chat | None:
    chat = read_chat(decode_text(content[:MOST_TEXT_BYTES], "utf-8")[0], file_name=name)
    if chat is None or ("whatsapp" not in name.casefold() and len(chat.messages) < FEWEST_MESSAGES):
        return None
    return chat


def _may_be_chat(attachment: Attachment) -> bool:
    name = (attachment.original_name or attachment.name).casefold()
    if attachment.content.startswith(ZIP):
        return not name.endswith(_OFFICE)
    return name.endswith(".txt")
