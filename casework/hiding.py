"""Hiding who reported: their names and addresses leave the working copies, and files that show them are not copied."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TypeAlias
from urllib.parse import unquote

Person: TypeAlias = tuple[str, str]
"""A name and an address; either may be empty."""

SHORTEST_PART = 3
"""Letters of a part of a name that is worth hiding wherever it stands; a shorter one is hidden as it is written."""
SURE_PART = 4
"""Letters of a part of a name that, seen in a file, keeps the file out of the case's folder."""
MOST_BYTES = 40_000_000
"""Of an archive's parts unpacked together: a file that holds more is treated as one that shows somebody."""
LONGEST_TEXT = 6_000_000
_NO_NAMES = frozenset(
    {"mrs", "miss", "the", "and", "school", "office", "mail", "email", "info", "post", "facebook", "home", "parent",
     "parents", "contact", "admin", "enquiries", "via", "from", "for", "prof", "rev", "dr", "mr", "ms", "mx"}
)  # fmt: skip
"""Words that stand in names and addresses and say nothing of who it is."""
_SHORT_WORDS = frozenset(
    {"am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "oh", "ok",
     "on", "or", "pm", "so", "to", "uk", "up", "us", "we"}
)  # fmt: skip
_STREAM = re.compile(rb"stream\r?\n")


def without_people(text: str, people: Iterable[Person], *, label: str) -> str:
    """The text with every name and address of these people replaced by the label.

    Args:
        text: what was reported, or a file's name.
        people: parts of a name of three letters and more are replaced too, in whatever case; two letters only
            where they are written as in the name.
        label: such as "Reporter A".
    """
    shown = unicodedata.normalize("NFC", text)
    whole, exact = _words_of(people)
    for words, flags in ((whole, re.IGNORECASE), (exact, re.NOFLAG)):
        if words:
            shown = _standing_alone(words, flags).sub(f"[{label}]", shown)
    return shown


def shows_people(content: bytes, people: Iterable[Person]) -> bool:
    """True if the file's own words, names or properties name one of these people.

    Pictures of words cannot be read. In doubt (an archive that does not end) it is True.
    """
    words, _ = _words_of(people)
    sure = {word for word in words if len(word) >= SURE_PART}
    if not sure:
        return False
    pattern = _standing_alone(sure, re.IGNORECASE)
    try:
        return any(pattern.search(text) for text in _texts_in(content))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OverflowError):
        return False  # damaged or locked: nobody reads anything in it
    except _TooMuchError:
        return True


def shows_address(link: str, people: Iterable[Person]) -> bool:
    """True if a link carries the address of one of these people, as the links of newsletters and notices do."""
    decoded = unquote(unquote(link)).casefold()
    return any(address and address.casefold() in decoded for _, address in people)


class _TooMuchError(Exception):
    """An archive goes on and on."""


def _words_of(people: Iterable[Person]) -> tuple[set[str], set[str]]:
    """What to look for in any case, and what only as it is written."""
    whole: set[str] = set()
    exact: set[str] = set()
    for name, address in people:
        parts = _parts(name)
        local = address.partition("@")[0]
        whole |= {address, local, name, "".join(parts), "".join(reversed(parts)), *parts, *_parts(local)}
        exact |= {
            part for part in parts if len(part) == SHORTEST_PART - 1 and part.casefold() not in _SHORT_WORDS
        }
    kept = {unicodedata.normalize("NFC", word) for word in whole if len(word) >= SHORTEST_PART}
    return {word for word in kept if word.casefold() not in _NO_NAMES and not word.isdigit()}, exact


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s,.()'\"_\d+-]+", name) if part]


def _standing_alone(words: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    """Any of the words where no letter touches it: "Vale_2.png" shows Vale, "valet" does not."""
    longest_first: Sequence[str] = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])", flags)


def _texts_in(content: bytes) -> Iterator[str]:
    """Everything in a file that may be words: as it is, in 16 bits, unpacked, and without marks between letters."""
    left = MOST_BYTES
    for piece in _pieces(content):
        left -= len(piece)
        if left < 0 and piece is not content:
            raise _TooMuchError
        text = _ends_of(piece).decode("utf-8", "replace")
        yield unicodedata.normalize("NFC", text)
        yield re.sub(r"<[^<>]{0,2000}>", "", text)
        if b"\x00" in piece:
            yield _ends_of(piece).replace(b"\x00", b"").decode("latin-1")


def _ends_of(piece: bytes) -> bytes:
    """What is longer than any text is a picture or a film: its properties stand at its beginning or end."""
    if len(piece) <= LONGEST_TEXT:
        return piece
    return piece[: LONGEST_TEXT // 2] + b"\n" + piece[-LONGEST_TEXT // 2 :]


def _pieces(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        yield from _unzipped(content)
    if content.startswith(b"%PDF"):
        for match in _STREAM.finditer(content):
            yield _inflated(content[match.end() :])


def _unzipped(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            yield entry.filename.encode()
            with archive.open(entry) as part:
                yield part.read(MOST_BYTES + 1)


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        return b""
