"""Outlook's own files (.msg), read property by property so that a damaged one spoils only itself."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from extract_msg import MSGFile, openMsg
from extract_msg.enums import ErrorBehavior

from casework.forwards.people import parse_people, parse_person
from casework.messages import Address, ReceivedMessage
from connectors.documents.messages.assemble import Content, joined_text
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.headers import split_header
from connectors.documents.messages.rich_text import rich_text

DAMAGED = "The Outlook file is damaged; ask the sender to send it again, or save it from Outlook as .eml."
MOST_ATTACHMENTS = 500

logging.getLogger("extract_msg").setLevel(logging.CRITICAL)  # it logs names and paths of what it reads


def read_outlook(raw: bytes, *, depth: int) -> tuple[ReceivedMessage, Content]:
    """The message without its attachments, and the attachments still to be unpacked. Never raises."""
    content = Content(depth=depth)
    file = _open(raw)
    if file is None:
        content.note(DAMAGED)
        return ReceivedMessage(), content
    try:
        for attachment in _safely(lambda: file.attachments, [], content)[:MOST_ATTACHMENTS]:
            _add(attachment, content)
        return _message(file, content), content
    finally:
        with suppress(Exception):  # closing a damaged file is of no consequence
            file.close()


def _open(raw: bytes) -> Any:  # noqa: ANN401 - extract-msg carries no types
    for strict in (True, False):
        with suppress(Exception):  # any damage leads to any error; the second try asks for less
            opener: Callable[..., Any] = openMsg if strict else MSGFile
            return opener(raw, errorBehavior=ErrorBehavior.SUPPRESS_ALL, strict=strict)
    return None


def _safely(read: Callable[[], Any], otherwise: Any, content: Content) -> Any:  # noqa: ANN401 - the same
    try:
        value = read()
    except Exception:  # noqa: BLE001 - whatever the damaged bytes lead to
        content.note("Part of the Outlook file is damaged; the rest was read.")
        return otherwise
    return otherwise if value is None else value


def _message(file: Any, content: Content) -> ReceivedMessage:  # noqa: ANN401 - the same
    plain = str(_safely(lambda: file.body, "", content)).replace("\x00", "")
    markup = _markup(file, content)
    if not markup.strip():
        rtf = _safely(lambda: file.compressedRtf, b"", content)
        found_plain, markup = rich_text(rtf) if rtf else ("", "")
        plain = plain if plain.strip() else found_plain
    text, html, html_text = joined_text([(plain, markup)])
    header, _, _ = split_header(str(_safely(lambda: file.headerText, "", content)).encode("utf-8", "replace"))
    date = _safely(lambda: file.date, None, content)
    kind = str(_safely(lambda: file.classType, "", content)).casefold()
    message = ReceivedMessage(
        message_id=str(_safely(lambda: file.messageId, "", content)).strip(),
        sender=_sender(file, content),
        to=_recipients(file, 1, content) or parse_people(header.get("to")),
        cc=_recipients(file, 2, content) or parse_people(header.get("cc")),
        subject=" ".join(str(_safely(lambda: file.subject, "", content)).replace("\x00", "").split()),
        date=date if isinstance(date, datetime) else None,
        in_reply_to=tuple(str(_safely(lambda: file.inReplyTo, "", content)).split()),
        references=tuple(header.get("references").split()),
        headers=(*header.fields, *_automatic(kind)),
        content_type="multipart/report" if kind.startswith("report.") else "text/plain",
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        html=html or None,
        html_text=html_text,
    )
    return replace(message, reply_to=parse_people(header.get("reply-to")))


def _automatic(kind: str) -> tuple[tuple[str, str], ...]:
    """Outlook's class of message says of an answer from its assistant what a header says of others."""
    return (("Auto-Submitted", "auto-replied"),) if kind.startswith("ipm.note.rules.oof") else ()


def _markup(file: Any, content: Content) -> str:  # noqa: ANN401 - the same
    markup = _safely(lambda: file.getStream("__substg1.0_10130102"), b"", content)
    if not markup:
        markup = _safely(lambda: file.getStringStream("__substg1.0_1013"), "", content)
    return decode_text(markup)[0] if isinstance(markup, bytes) else str(markup)


def _sender(file: Any, content: Content) -> Address:  # noqa: ANN401 - the same
    """The one the mail speaks for; its SMTP address where the file keeps one beside Exchange's own form."""
    shown = parse_person(str(_safely(lambda: file.sender, "", content)))
    if "@" in shown.address:
        return shown
    for number in ("5D02", "5D01", "0065", "0C1F"):
        address = str(_safely(partial(file.getStringStream, f"__substg1.0_{number}"), "", content))
        if "@" in address:
            return Address(name=shown.name, address=address.strip("\x00 "))
    return shown


def _recipients(file: Any, kind: int, content: Content) -> tuple[Address, ...]:  # noqa: ANN401 - the same
    listed = _safely(lambda: file.recipients, [], content)[:MOST_ATTACHMENTS]
    read = (_safely(partial(_recipient, one), (0, Address()), content) for one in listed)
    return tuple(person for number, person in read if number == kind and (person.name or person.address))


def _recipient(recipient: Any) -> tuple[int, Address]:  # noqa: ANN401 - the same
    name = str(recipient.name or "").strip("\x00 '")
    address = str(recipient.smtpAddress or recipient.email or "").strip("\x00 '")
    person = Address(name="" if name == address else name, address=address if "@" in address else "")
    return int(recipient.type.value) & 0xF, person


def _add(attachment: Any, content: Content) -> None:  # noqa: ANN401 - the same
    name = str(
        _safely(lambda: attachment.longFilename or attachment.shortFilename or attachment.name, "", content)
    )
    data = _safely(lambda: attachment.data, b"", content)
    if not isinstance(data, bytes):
        inner = _safely(data.exportBytes, b"", content) if hasattr(data, "exportBytes") else b""
        if inner:
            added = content.add_file(name if name.lower().endswith(".msg") else f"{name or 'forwarded'}.msg",
                                     "application/vnd.ms-outlook", inner)  # fmt: skip
            content.inner.append((added.name, inner))
        return
    kind = str(_safely(lambda: attachment.mimetype, "", content)) or mimetypes.guess_type(name)[0]
    inline = bool(_safely(lambda: attachment.cid, "", content))
    added = content.add_file(name.strip("\x00"), kind or "application/octet-stream", data, inline=inline)
    if added.name.lower().endswith((".eml", ".msg")):
        content.inner.append((added.name, data))
