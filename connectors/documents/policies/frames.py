"""What passes between Casework and the process that reads documents: frames of bytes, and documents as JSON."""

import json
import struct
from typing import IO

from casework.policy_documents import Block, DocumentText, Look, Where

_LENGTH = struct.Struct("<Q")
_LARGEST = 1 << 31


def write_frame(stream: IO[bytes], *parts: bytes) -> None:
    """Writes parts as one frame.

    Raises:
        OSError: The other end is gone.
    """
    stream.write(_LENGTH.pack(len(parts)))
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def read_frame(stream: IO[bytes]) -> list[bytes]:
    """Reads one frame; an empty list means that the other end is gone."""
    count = _number(stream)
    if count is None:
        return []
    parts: list[bytes] = []
    for _ in range(count):
        length = _number(stream)
        part = stream.read(length) if length is not None and length <= _LARGEST else b""
        if length is None or len(part) < length:
            return []
        parts.append(part)
    return parts


def _number(stream: IO[bytes]) -> int | None:
    head = stream.read(_LENGTH.size)
    return int(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None


def to_json(document: DocumentText) -> bytes:
    """Gives a document as JSON: what comes back from a process that read a stranger's file is data, never code."""
    blocks = [
        (block.cells, block.where.value, block.look.value, block.columns, block.table)
        for block in document.blocks
    ]
    # Surrogates that stand alone are no text; they are written as escapes and come back as they were.
    return json.dumps([blocks, document.wrapped, document.properties]).encode("ascii")


def from_json(data: bytes, *, name: str) -> DocumentText:
    """Gives the document that ``to_json`` wrote."""
    blocks, wrapped, properties = json.loads(data)
    return DocumentText(
        name=name,
        blocks=tuple(
            Block(
                cells=tuple(cells), where=Where(where), look=Look(look), columns=tuple(columns), table=table
            )
            for cells, where, look, columns, table in blocks
        ),
        wrapped=wrapped,
        properties=properties,
    )
