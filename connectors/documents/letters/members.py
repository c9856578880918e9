"""The members of a Word file, packed so that those which stay the same are copied and not packed again."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# PKWARE's appnote, 4.3.7, 4.3.12 and 4.3.16: local header, central header, end of the central directory.
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_NEEDS: Final = 20  # version 2.0: deflated members
_DAY: Final = 0x21  # 1 January 1980, the earliest that the format can say
_DEFLATED, _STORED = 8, 0
_SMALL: Final = 2048
"""Bytes below which packing takes longer than it saves."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it stands in the archive, and its entry in the directory up to where it says how far in."""

    body: bytes
    entry: bytes
    name: bytes


def pack(name: str, content: bytes, *, level: int = 9) -> Member:
    """A member of this name; small ones are stored as they are."""
    method = _DEFLATED if len(content) > _SMALL else _STORED
    packed = content if method == _STORED else zlib.compress(content, level, wbits=-zlib.MAX_WBITS)
    called = name.encode()
    facts = (_NEEDS, 0, method, 0, _DAY, zlib.crc32(content), len(packed), len(content), len(called), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *facts)
    central = _CENTRAL.pack(b"PK\x01\x02", _NEEDS, *facts, 0, 0, 0, 0, 0)
    return Member(body=local + called + packed, entry=central[:-4], name=called)


def archive(members: Iterable[Member]) -> bytes:
    """The Word file with these members in this order."""
    listed = list(members)
    directory, offset = [], 0
    for member in listed:
        directory += [member.entry, offset.to_bytes(4, "little"), member.name]
        offset += len(member.body)
    entries = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(listed), len(listed), len(entries), offset, 0)
    return b"".join((*(member.body for member in listed), entries, end))
