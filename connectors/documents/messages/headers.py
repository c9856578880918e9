"""The header of a mail or a part, however badly folded, encoded or quoted."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.limits import MOST_HEADER_BYTES, MOST_HEADERS

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_LOOSE_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*?)\?(?:=|$)")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?)")
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,80})\s*=\s*(\"(?:[^\"\\]|\\.)*(?:\"|$)|[^;]*)")
_SECTION = re.compile(r"^(.+?)(?:\*(\d{1,3}))?(\*)?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """Fields in order, as text with folding and encoding undone; `raw` keeps what was there before decoding."""

    fields: tuple[tuple[str, str], ...] = ()
    raw: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return next((value for key, value in self.fields if key.lower() == name), "")


def split_header(content: bytes) -> tuple[Header, bytes, bool]:
    """The header, the body, and whether the header was sound.

    A line that is no header line is taken for a fold that lost its indent where more header lines follow, and
    for the first line of the body otherwise.
    """
    lines, rest, sound = _header_lines(content.lstrip(b"\r\n") if content[:1] in b"\r\n" else content)
    raw: list[tuple[str, str]] = []
    for line in lines[:MOST_HEADERS]:
        name, _, value = line.partition(b":")
        text = _to_text(value).strip()
        raw.append(
            (name.decode("ascii", "replace").strip(), " ".join(text.split("\n")) if "\n" in text else text)
        )
    fields = tuple((name, decode_words(value)) for name, value in raw)
    first: dict[str, str] = {}
    for field_name, text in raw:
        first.setdefault(field_name.lower(), text)
    return Header(fields=fields, raw=first), rest, sound


def decode_words(text: str) -> str:
    """Undo RFC 2047, joining the bytes of neighbouring words before their charset is applied."""
    if "=?" not in text:
        return text
    joined = _BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str] = []
    held, charset, at = b"", "", 0
    for match in _WORD.finditer(joined):
        between = joined[at : match.start()]
        content, named = _word_bytes(match), match[1].partition("*")[0].lower()
        if held and (between or named != charset):
            pieces.append(decode_text(held, charset)[0])
            held = b""
        pieces.append(between)
        held, charset, at = held + content, named, match.end()
    pieces.append(decode_text(held, charset)[0] if held else "")
    return "".join(pieces) + joined[at:]


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The first word of a structured header in lower case, and its parameters with RFC 2231 undone."""
    word = value.partition(";")[0].strip().strip('"').lower()
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        shape = _SECTION.match(match[1].lower())
        if shape:
            part = (int(shape[2] or 0), bool(shape[3]), _unquoted(match[2]))
            sections.setdefault(shape[1], []).append(part)
    return word, {name: _joined(parts) for name, parts in sections.items()}


def _header_lines(content: bytes) -> tuple[list[bytes], bytes, bool]:
    lines: list[bytes] = []
    at, sound = 0, True
    limit = min(len(content), MOST_HEADER_BYTES)
    while at < limit:
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end
        line = content[at:end].rstrip(b"\r")
        if not line.strip():
            return lines, content[end + 1 :], sound
        if _FIELD.match(line):
            lines.append(line)
        elif lines and line[:1] in b" \t":
            lines[-1] += b"\n" + line.strip()
        elif lines and not line.startswith((b"--", b"From ")) and _more_follow(content, end):
            lines[-1] += b" " + line.strip()
            sound = False
        elif not line.startswith((b"From ", b">From ")):
            return lines, content[at:], not lines
        at = end + 1
    return lines, content[at:], sound


def _more_follow(content: bytes, at: int) -> bool:
    ahead = content[at + 1 : at + 2_000].splitlines()[:4]
    for line in ahead:
        if not line.strip():
            return False
        if _LOOSE_FIELD.match(line):
            return True
    return False


def _to_text(value: bytes) -> str:
    return value.decode("ascii") if value.isascii() else decode_text(value)[0]


def _word_bytes(match: re.Match[str]) -> bytes:
    content = match[3].encode("utf-8", "replace")
    if match[2] in "bB":
        packed = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        packed = packed[: len(packed) - 1] if len(packed) % 4 == 1 else packed
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
    return binascii.a2b_qp(content.replace(b"_", b" "))


def _unquoted(value: str) -> str:
    text = value.strip()
    if text.startswith('"'):
        return re.sub(r"\\([\"\\])", r"\1", text[1:].removesuffix('"'))
    return text.strip("'\"") if text[:1] == "'" else text


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    """Sections in order; percent encoding undone where a section is marked for it. Plain ones may hold RFC 2047."""
    ordered = sorted(parts, key=lambda part: part[0])
    if not any(encoded for _, encoded, _ in ordered):
        return (
            decode_words("".join(text for _, _, text in ordered if text))
            if len(ordered) > 1
            else decode_words(parts[0][2])
        )
    charset, content = "", b""
    for number, encoded, text in ordered:
        if encoded and number == 0 and text.count("'") >= 2:  # noqa: PLR2004 - charset'language'text
            charset, _, text = text.split("'", 2)  # noqa: PLW2901 - the rest of the same section
        content += unquote_to_bytes(text) if encoded else text.encode()
    return decode_text(content, charset)[0]
