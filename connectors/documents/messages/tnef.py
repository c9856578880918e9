"""What Outlook hides in winmail.dat: files, the text where the mail has none, and mails inside."""

from __future__ import annotations

import logging
import mimetypes
from typing import Any

from tnefparse import TNEF

from connectors.documents.messages.assemble import Content
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.rich_text import rich_text

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_INNER = 500

logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)  # it logs names of attachments


def is_tnef(content: bytes) -> bool:
    return content.startswith(SIGNATURE)


def unpack_tnef(content: bytes, into: Content) -> None:
    """Add the files and texts of a winmail.dat to what was gathered already; say so where it is damaged."""
    try:
        packed = TNEF(content)
    except Exception:  # noqa: BLE001 - tnefparse raises whatever the damaged bytes lead to
        into.note("winmail.dat is damaged; ask the sender to send the files again, as plain attachments.")
        return
    for attachment in packed.attachments[:MOST_INNER]:
        _add_attachment(attachment, into)
    if not any(plain.strip() or html.strip() for plain, html in into.texts):
        into.texts.append(_texts(packed))


def _add_attachment(attachment: Any, into: Content) -> None:  # noqa: ANN401 - the same
    try:
        name = attachment.long_filename()
        data = attachment.data
    except Exception:  # noqa: BLE001 - a damaged property raises when it is read
        into.note("One file in winmail.dat is damaged; ask the sender to send it again.")
        return
    text_name = decode_text(name)[0] if isinstance(name, bytes) else str(name or "")
    content = bytes(data) if isinstance(data, bytes | bytearray) else b""
    added = into.add_file(text_name.rstrip("\x00"), _type_of(text_name), content)
    if added.name.lower().endswith((".eml", ".msg")) or is_tnef(content):
        into.inner.append((added.name, content))


def _texts(packed: Any) -> tuple[str, str]:  # noqa: ANN401 - tnefparse carries no types
    plain, markup = _text(packed, "body"), _text(packed, "htmlbody")
    compressed = getattr(packed, "_rtfbody", None)
    if not plain.strip() and not markup.strip() and isinstance(compressed, bytes):
        return rich_text(compressed)
    return plain, markup


def _text(packed: object, name: str) -> str:
    try:
        value = getattr(packed, name, None)
    except Exception:  # noqa: BLE001 - the same
        return ""
    if isinstance(value, bytes | bytearray):
        return decode_text(bytes(value))[0].rstrip("\x00")
    return str(value or "").rstrip("\x00")


def _type_of(name: str) -> str:

    return mimetypes.guess_type(name)[0] or "application/octet-stream"
