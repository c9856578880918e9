"""The lines of a mail's text, with the depth of quotation taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_QUOTE = re.compile(r"[ \t\u00a0]{0,4}(>(?:[ \t\u00a0]?>)*)[ \t\u00a0]?")
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))
)
_SPACES = {0xA0: " ", 0x2007: " ", 0x202F: " ", 0x3000: " ", 0x2002: " ", 0x2003: " ", 0x2009: " ", 0x09: " "}
_MARKS = _INVISIBLE | _SPACES
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line: `depth` of quotation, the `raw` words inside it, and `clean`, rid of invisible marks."""

    depth: int
    raw: str
    clean: str

    @property
    def blank(self) -> bool:
        return not self.clean


def lines_of(text: str) -> list[Line]:
    return [_line(line) for line in _BREAKS.split(text)]


def unquoted(lines: Iterable[Line], depth: int) -> str:
    """The lines with that many levels of quotation taken off and blank edges trimmed."""
    return "\n".join(
        ">" * (line.depth - depth) + " " * (line.depth > depth) + line.raw for line in lines
    ).strip()


def visible(text: str) -> str:
    """The text without marks that a reader cannot see, and with plain single spaces."""
    return " ".join(text.translate(_MARKS).split())


def _line(line: str) -> Line:
    rest, depth = line, 0
    if ">" in line[:6]:
        match = _QUOTE.match(line.translate(_INVISIBLE)) if not line.isascii() else _QUOTE.match(line)
        if match:
            depth = match[1].count(">")
            source = line if line.isascii() else line.translate(_INVISIBLE)
            rest = source[match.end() :]
    clean = rest.strip() if rest.isascii() and "\t" not in rest else rest.translate(_MARKS).strip()
    return Line(depth=depth, raw=rest.rstrip(), clean=clean)
