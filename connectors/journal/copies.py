"""A copy of the journal that may leave the machine: packed, and sealed piece by piece under a key of its own.

The key is derived from the journal's key file and a random salt, so the copy is of no use to whoever has it alone. Each
piece of a mebibyte is sealed by AES-256-GCM with its number and whether it is the last, so that none can be changed,
left out, added or put in another place. (The construction is STREAM: Hoang, Reyhanitabar, Rogaway, Vizar 2015.)
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.errors import JournalError

_MAGIC = b"CASEWORK JOURNAL COPY 1\n"
_PURPOSE = b"casework: a copy of the journal"
_PIECE = 1 << 20
_HOW = zlib.Z_RLE
"""How zlib packs: half of a journal is sealed, and to search that for what comes again takes twice the time. A copy is
larger by a third for it, and is opened as any other."""
_TAG = 16
_SALT = 32
_LONGEST_HEADER = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyLabel:
    """What a copy says of itself without its key.

    Attributes:
        size: of the journal's file, in bytes.
    """

    school: str
    made_at: datetime
    size: int


def seal_copy(file: Path, *, school: str, made_at: datetime, chain_key: bytes) -> bytes:
    """The journal's file as a copy that may leave the machine.

    Raises:
        OSError: it cannot be read.
    """
    salt = os.urandom(_SALT)
    facts = {
        "school": school,
        "made at": made_at.isoformat(),
        "size": file.stat().st_size,
        "salt": salt.hex(),
    }
    header = _MAGIC + json.dumps(facts, sort_keys=True).encode() + b"\n"
    box = AESGCM(_key(chain_key, salt))
    sealed = bytearray(header)
    pieces = list(_packed(file))
    for number, piece in enumerate(pieces):
        sealed += box.encrypt(_nonce(number, last=number + 1 == len(pieces)), piece, header)
    return bytes(sealed)


def label_of(content: bytes) -> CopyLabel:
    """Read what the copy says of itself.

    Raises:
        JournalError: it is no copy of a journal.
    """
    return _header(content)[0]


def open_copy(content: bytes, target: Path, *, chain_key: bytes) -> None:
    """Write the journal that the copy holds into a file.

    Raises:
        JournalError: the key is another one, or the copy is damaged, cut off or changed.
        OSError: the file cannot be written.
    """
    label, salt, header = _header(content)
    box = AESGCM(_key(chain_key, salt))
    unpack = zlib.decompressobj()
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        try:
            for number, piece, last in _pieces(content[len(header) :]):
                opened = box.decrypt(_nonce(number, last=last), piece, header)
                file.write(unpack.decompress(opened))
            file.write(unpack.flush())
        except (InvalidTag, zlib.error) as error:
            raise JournalError(
                "This copy of the journal cannot be opened: the key is another one, or the copy is damaged. "
                "Check the key against the sheet in the safe, or take an older copy."
            ) from error
        file.flush()
        os.fsync(file.fileno())
    if target.stat().st_size != label.size:
        raise JournalError("This copy of the journal is not whole. Take an older copy.")


def _header(content: bytes) -> tuple[CopyLabel, bytes, bytes]:
    ends = content.find(b"\n", len(_MAGIC), len(_MAGIC) + _LONGEST_HEADER)
    if content.startswith(_MAGIC) and ends > 0:
        with suppress(ValueError, KeyError, TypeError):
            facts = json.loads(content[len(_MAGIC) : ends])
            label = CopyLabel(
                school=str(facts["school"]),
                made_at=datetime.fromisoformat(facts["made at"]),
                size=int(facts["size"]),
            )
            return label, bytes.fromhex(facts["salt"]), content[: ends + 1]
    raise JournalError("This file is no copy of a journal. Take another one.")


def _key(chain_key: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_PURPOSE).derive(chain_key)


def _nonce(number: int, *, last: bool) -> bytes:
    """Never the same twice under one key: each copy has a key of its own."""
    return number.to_bytes(11, "big") + bytes([last])


def _packed(file: Path) -> Iterator[bytes]:
    """The file's content, packed, in pieces that are full but for the last."""
    pack = zlib.compressobj(strategy=_HOW)
    waiting = bytearray()
    with file.open("rb") as content:
        while read := content.read(_PIECE):
            waiting += pack.compress(read)
            while len(waiting) > _PIECE:
                yield bytes(waiting[:_PIECE])
                del waiting[:_PIECE]
    waiting += pack.flush()
    while len(waiting) > _PIECE:
        yield bytes(waiting[:_PIECE])
        del waiting[:_PIECE]
    yield bytes(waiting)


def _pieces(sealed: bytes) -> Iterator[tuple[int, bytes, bool]]:
    step = _PIECE + _TAG
    count = max(1, -(-len(sealed) // step))
    for number in range(count):
        yield number, sealed[number * step : (number + 1) * step], number + 1 == count
