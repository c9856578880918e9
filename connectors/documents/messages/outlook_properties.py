"""Outlook's properties as winmail.dat packs them ([MS-OXTNEF] 2.1.3.4), each read only as far as its bytes go."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connectors.documents.messages.charsets import decode_text

SUBJECT, BODY, RICH_TEXT, HTML = 0x0037, 0x1000, 0x1009, 0x1013
SENT_FOR_NAME, SENT_FOR_ADDRESS, SENDER_NAME, SENDER_ADDRESS = 0x0042, 0x0065, 0x0C1A, 0x0C1F
SENT_FOR_SMTP, SENDER_SMTP, SMTP_ADDRESS = 0x5D02, 0x5D01, 0x39FE
SENT_AT, DELIVERED_AT, MESSAGE_ID = 0x0039, 0x0E06, 0x1035
DISPLAY_NAME, ADDRESS, RECIPIENT_KIND = 0x3001, 0x3003, 0x0C15
FILE_CONTENT, SHORT_NAME, LONG_NAME, FILE_TYPE, CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
HIDDEN = 0x7FFE

_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
          0x0040: 8, 0x0048: 16}  # fmt: skip
"""Bytes by type; two-byte values are padded to four."""
_STRING, _UNICODE, _BINARY, _OBJECT = 0x001E, 0x001F, 0x0102, 0x000D
_TIME, _LONG = 0x0040, 0x0003
_MANY, _NAMED = 0x1000, 0x8000
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
MOST_PROPERTIES = 5_000
MOST_VALUES = 5_000
"""Of one property: the count is a number in the file, which damage may make any number."""
IDENTIFIER = 16
"""Bytes before an object's content that say what it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    kind: int
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Properties:
    """Properties by number; the first value of each."""

    values: dict[int, Property]
    code_page: str = "cp1252"

    def text(self, *numbers: int) -> str:
        """The first of these properties that holds text."""
        for number in numbers:
            found = self.values.get(number)
            if found is None:
                continue
            if found.kind == _UNICODE:
                text = found.content.decode("utf-16-le", "replace")
            elif found.kind in {_STRING, _BINARY}:
                text = decode_text(found.content.rstrip(b"\x00"), self.code_page)[0]
            else:
                continue
            if text.strip("\x00 "):
                return text.rstrip("\x00")
        return ""

    def content(self, number: int) -> bytes:
        found = self.values.get(number)
        return found.content if found and found.kind in {_BINARY, _OBJECT, _STRING} else b""

    def is_object(self, number: int) -> bool:
        found = self.values.get(number)
        return bool(found and found.kind == _OBJECT)

    def number(self, number: int) -> int:
        found = self.values.get(number)
        return struct.unpack("<i", found.content)[0] if found and len(found.content) == 4 else 0  # noqa: PLR2004

    def moment(self, *numbers: int) -> datetime | None:
        for number in numbers:
            found = self.values.get(number)
            if found and found.kind == _TIME:
                return moment_of(struct.unpack("<q", found.content)[0])
        return None


def moment_of(ticks: int) -> datetime | None:
    """A count of tenths of microseconds since 1601 as a moment; None for what no calendar has."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def read_properties(packed: bytes, code_page: str) -> tuple[Properties, int]:
    """The properties at the beginning of these bytes, and how many bytes they take; what is cut off is left out."""
    reading = _Reading(packed)
    values: dict[int, Property] = {}
    try:
        for _ in range(min(reading.count(), MOST_PROPERTIES)):
            number, found = reading.property()
            if found is not None:
                values.setdefault(number, found)
    except EOFError:
        pass
    return Properties(values=values, code_page=code_page), reading.at


class _Reading:
    """One pass over the bytes; `EOFError` where they end too early."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed
        self.at = 0

    def take(self, size: int) -> bytes:
        end = self.at + size
        if size < 0 or end > len(self.packed):
            raise EOFError
        taken, self.at = self.packed[self.at : end], end
        return taken

    def count(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def padded(self) -> bytes:
        size = self.count()
        taken = self.take(size)
        self.at += -size % 4
        return taken

    def property(self) -> tuple[int, Property | None]:
        kind, number = struct.unpack("<HH", self.take(4))
        if number >= _NAMED:
            self._name()
        plain = kind & ~_MANY
        varies = plain in {_STRING, _UNICODE, _BINARY, _OBJECT}
        many = self.count() if varies or kind & _MANY else 1
        if not varies and plain not in _FIXED:
            raise EOFError
        values = [
            self.padded() if varies else self.take(_FIXED[plain]) for _ in range(min(many, MOST_VALUES))
        ]
        if many > MOST_VALUES:
            raise EOFError
        return number, Property(kind=plain, content=values[0]) if values else None

    def _name(self) -> None:
        """A property of somebody's own has a name, which is passed over."""
        self.take(IDENTIFIER)
        if self.count():
            self.padded()
        else:
            self.take(4)
