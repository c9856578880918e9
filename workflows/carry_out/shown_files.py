"""Whether a file shows who reported: its words, its properties and what is packed inside it are read for names."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from casework.hiding import Person, names_pattern

MOST_BYTES = 40_000_000
"""Of everything unpacked together: a file that holds more is treated as one that shows somebody."""
LONGEST_TEXT = 6_000_000
"""What is longer is a picture or a film: its properties stand at its beginning or end."""
_STREAM = re.compile(rb"stream\r?\n")


class _TooMuchError(Exception):
    """An archive goes on and on."""


def shows_people(content: bytes, people: Iterable[Person]) -> bool:
    """True if the file's own words, names or properties name one of these people.

    Words in a picture cannot be read. In doubt (an archive that does not end) it is True.
    """
    pattern = names_pattern(people)
    if pattern is None:
        return False
    try:
        return any(pattern.search(text) for piece in _pieces(content) for text in _texts_in(piece))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OverflowError, EOFError):
        return False  # damaged or locked: nobody reads anything in it
    except _TooMuchError:
        return True


def _pieces(content: bytes) -> Iterator[bytes]:
    """The file as it is, then what is packed in it."""
    yield content
    left = MOST_BYTES
    packed = _unzipped(content) if content.startswith(b"PK") else _streams(content)
    for piece in packed:
        left -= len(piece)
        if left < 0:
            raise _TooMuchError
        yield piece


def _unzipped(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            yield entry.filename.encode()
            with archive.open(entry) as part:
                yield part.read(MOST_BYTES + 1)


def _streams(content: bytes) -> Iterator[bytes]:
    """The unpacked streams of a PDF; nothing of any other file."""
    if not content.startswith(b"%PDF"):
        return
    whole = memoryview(content)
    for match in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(whole[match.end() :], MOST_BYTES + 1)
        except zlib.error:
            continue  # not packed, or packed in another way


def _texts_in(piece: bytes) -> Iterator[str]:
    """What may be words: in 8 bits, with marks taken out from between letters, and in 16 bits."""
    if len(piece) > LONGEST_TEXT:
        piece = piece[: LONGEST_TEXT // 2] + b"\n" + piece[-LONGEST_TEXT // 2 :]
    text = piece.decode("utf-8", "replace")
    yield unicodedata.normalize("NFC", text)
    yield re.sub(r"<[^<>]{0,2000}>", "", text)
    if b"\x00" in piece:
        yield piece.replace(b"\x00", b"").decode("latin-1")
