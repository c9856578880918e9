"""What Outlook hides in winmail.dat ([MS-OXTNEF]): files, the text where the mail has none, and mails inside.

Read here and not by a library: a count that damage has made huge must not keep the reader busy for hours.
"""

from __future__ import annotations

import mimetypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.messages import Address, ReceivedMessage
from connectors.documents.messages import outlook_properties as known
from connectors.documents.messages.assemble import Content, joined_text
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.outlook_properties import IDENTIFIER, Properties, read_properties
from connectors.documents.messages.rich_text import rich_text

SIGNATURE = b"\x78\x9f\x3e\x22"
DAMAGED = "winmail.dat is damaged; ask the sender to send the files again, as plain attachments."
MOST_FILES = 500
MOST_ATTRIBUTES = 20_000
MOST_RECIPIENTS = 500
_HEADER, _CHECKSUM = 6, 2
_LEVELS = frozenset({1, 2})
_TITLE, _DATA, _RENDERING, _FILE_PROPERTIES = 0x8010, 0x800F, 0x9002, 0x9005
_OF_FILES = frozenset({_TITLE, _DATA, _FILE_PROPERTIES})
_MAIL_PROPERTIES, _CODE_PAGE, _BODY, _RECIPIENTS, _SUBJECT = 0x9003, 0x9007, 0x800C, 0x9004, 0x8004


@dataclass(kw_only=True, slots=True)
class PackedFile:
    """One attachment as it is gathered from the attributes that follow each other."""

    title: bytes = b""
    content: bytes = b""
    properties: Properties = field(default_factory=lambda: Properties(values={}))


@dataclass(kw_only=True, slots=True)
class Packed:
    """What a winmail.dat holds; `damaged` where its bytes end or go wrong before their time."""

    code_page: str = "cp1252"
    properties: Properties = field(default_factory=lambda: Properties(values={}))
    recipients: list[Properties] = field(default_factory=list)
    subject: bytes = b""
    body: bytes = b""
    files: list[PackedFile] = field(default_factory=list)
    damaged: bool = False


def is_tnef(content: bytes) -> bool:
    return content.startswith(SIGNATURE)


def unpack_tnef(content: bytes, into: Content) -> Packed:
    """Add the files and texts of a winmail.dat to what was gathered already; say so where it is damaged."""
    packed = read_tnef(content)
    if packed.damaged:
        into.note(DAMAGED)
    for file in packed.files:
        _add_file(file, packed.code_page, into)
    if not any(plain.strip() or html.strip() for plain, html in into.texts):
        into.texts.append(_texts(packed))
    return packed


def read_tnef(content: bytes) -> Packed:
    """Everything that can be read; never raises."""
    packed = Packed()
    for number, data in _attributes(content, packed):
        if number == _RENDERING:
            packed.files.append(PackedFile())
        elif number in _OF_FILES and packed.files:
            _gather_file(packed.files[-1], number, data, packed.code_page)
        else:
            _gather_mail(packed, number, data)
    del packed.files[MOST_FILES:]
    return packed


def _gather_mail(packed: Packed, number: int, data: bytes) -> None:
    if number == _CODE_PAGE and len(data) >= 4:  # noqa: PLR2004 - a four-byte number
        packed.code_page = _charset(struct.unpack("<I", data[:4])[0])
    elif number == _MAIL_PROPERTIES:
        packed.properties, _ = read_properties(data, packed.code_page)
    elif number == _RECIPIENTS:
        packed.recipients = _rows(data, packed.code_page)
    elif number == _BODY:
        packed.body = data
    elif number == _SUBJECT:
        packed.subject = data


def _gather_file(file: PackedFile, number: int, data: bytes, code_page: str) -> None:
    if number == _TITLE:
        file.title = data.rstrip(b"\x00")
    elif number == _DATA:
        file.content = data
    elif number == _FILE_PROPERTIES:
        file.properties, _ = read_properties(data, code_page)


def _attributes(content: bytes, packed: Packed) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each attribute. The last one may be cut off: what is there of it still counts."""
    at = _HEADER
    for _ in range(MOST_ATTRIBUTES):
        if at + 9 > len(content):
            packed.damaged = packed.damaged or at == _HEADER
            return
        level, number, _, size = struct.unpack("<BHHI", content[at : at + 9])
        if level not in _LEVELS:
            packed.damaged = True
            return
        start = at + 9
        packed.damaged = packed.damaged or start + size > len(content)
        yield number, content[start : start + size]
        at = start + size + _CHECKSUM


def _rows(data: bytes, code_page: str) -> list[Properties]:
    rows: list[Properties] = []
    at = 4
    for _ in range(min(int.from_bytes(data[:4], "little"), MOST_RECIPIENTS)):
        row, taken = read_properties(data[at:], code_page)
        if not row.values:
            break
        rows.append(row)
        at += taken
    return rows


def _charset(number: int) -> str:
    return "utf-8" if number == 65001 else f"cp{number or 1252}"  # noqa: PLR2004 - Windows' number for UTF-8


def _add_file(file: PackedFile, code_page: str, into: Content) -> None:
    properties = file.properties
    name = properties.text(known.LONG_NAME) or decode_text(file.title, code_page)[0]
    name = name or properties.text(known.SHORT_NAME, known.DISPLAY_NAME)
    content, packed_mail = _content(file)
    if packed_mail and not name.lower().endswith(".dat"):
        name = f"{name or 'forwarded'}.dat"
    kind = properties.text(known.FILE_TYPE) or _type_of(name, packed_mail=packed_mail)
    inline = bool(properties.text(known.CONTENT_ID))
    added = into.add_file(name, kind.strip().lower(), content, inline=inline)
    if added.name.lower().endswith((".eml", ".msg")) or packed_mail:
        into.inner.append((added.name, content))


def _content(file: PackedFile) -> tuple[bytes, bool]:
    """The file's bytes, and whether they are a mail: an object's own bytes follow its identifier."""
    held = file.properties.content(known.FILE_CONTENT)
    if file.properties.is_object(known.FILE_CONTENT):
        inner = held[IDENTIFIER:]
        return (inner, True) if is_tnef(inner) else (file.content or inner, False)
    content = file.content or held
    return content, is_tnef(content)


def message_of(packed: Packed, content: Content) -> ReceivedMessage:
    """A winmail.dat that stands alone, or lies in another one, as the mail that it is."""
    text, markup, html_text = joined_text(content.texts)
    properties = packed.properties
    return ReceivedMessage(
        message_id=properties.text(known.MESSAGE_ID).strip(),
        sender=_sender(properties),
        to=_people(packed, 1),
        cc=_people(packed, 2),
        subject=" ".join((properties.text(known.SUBJECT) or _plain(packed.subject, packed)).split()),
        date=properties.moment(known.SENT_AT, known.DELIVERED_AT),
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        html=markup or None,
        html_text=html_text,
    )


def _sender(properties: Properties) -> Address:
    """The one the mail speaks for; Exchange's own form of an address is none."""
    name = properties.text(known.SENT_FOR_NAME, known.SENDER_NAME)
    written = (known.SENT_FOR_SMTP, known.SENDER_SMTP, known.SENT_FOR_ADDRESS, known.SENDER_ADDRESS)
    addresses = (properties.text(number) for number in written)
    return Address(name=name.strip(), address=next((each.strip() for each in addresses if "@" in each), ""))


def _people(packed: Packed, kind: int) -> tuple[Address, ...]:
    found = []
    for row in packed.recipients:
        address = row.text(known.SMTP_ADDRESS, known.ADDRESS).strip()
        person = Address(name=row.text(known.DISPLAY_NAME).strip(), address=address if "@" in address else "")
        if row.number(known.RECIPIENT_KIND) & 0xF == kind and (person.name or person.address):
            found.append(person)
    return tuple(found)


def _plain(text: bytes, packed: Packed) -> str:
    return decode_text(text.rstrip(b"\x00"), packed.code_page)[0]


def _texts(packed: Packed) -> tuple[str, str]:
    plain = packed.properties.text(known.BODY) or _plain(packed.body, packed)
    markup = packed.properties.text(known.HTML)
    compressed = packed.properties.content(known.RICH_TEXT)
    if not markup.strip() and compressed:
        found_plain, markup = rich_text(compressed)
        plain = plain if plain.strip() else found_plain
    return plain, markup


def _type_of(name: str, *, packed_mail: bool) -> str:
    if packed_mail:
        return "application/ms-tnef"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
