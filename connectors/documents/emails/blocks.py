"""The marks that a mail's plain text may carry, and the blocks that they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

LINK: Final = re.compile(r"\[(?P<label>[^\]\n]+)\]\((?P<url>[^()\n]+)\)")
"""A link among other words: in an entry of a list or in a paragraph."""
_BUTTON: Final = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<url>.+)\)")
_FACT: Final = re.compile(r"\|\s*(?P<label>[^|]*?)\s*\|\s*(?P<value>.*?)\s*")
_ONE_TEXT: Final = {"#": "heading", "##": "section", "!": "notice", "~": "change", ">": "quote"}
# A value must never be taken for a mark: its marks travel as characters of Unicode's private area.
_MARKS: Final = "#-!|[]()*~>\\\n"
_HIDDEN: Final = {ord(mark): 0xE000 + place for place, mark in enumerate(_MARKS)}
_SHOWN: Final = {place: chr(mark) for mark, place in _HIDDEN.items()}
_BREAK: Final = chr(_HIDDEN[ord("\n")])
_PRIVATE: Final = dict.fromkeys(_SHOWN)
# Plain http only to the practice tenant on this machine.
_SAFE_LINK: Final = re.compile(r"(https://|mailto:|tel:|http://(127\.0\.0\.1|localhost)(:\d+)?(/|$)).*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of a mail.

    Attributes:
        kind: heading, section, paragraph, list, facts, notice, change, quote or buttons.
        lines: the block's lines; of facts and buttons the labels.
        values: of facts the values, of buttons the addresses; else empty.
    """

    kind: str
    lines: tuple[str, ...]
    values: tuple[str, ...] = ()


def shield(value: str) -> str:
    """The value with its marks hidden, so that it comes out as it is."""
    return value.translate(_PRIVATE).translate(_HIDDEN)


def unshield(text: str) -> str:
    """The text as people read it."""
    return text.translate(_SHOWN)


def read_blocks(text: str) -> Iterator[Block]:
    """The blocks of a mail's text, in order."""
    for piece in re.split(r"\n\s*\n", text.strip()):
        # Not splitlines(): a value may hold other characters that it takes for the end of a line.
        lines = [line.strip() for line in piece.split("\n") if line.strip()]
        if lines:
            yield _read(lines)


def links_of(block: Block) -> Iterator[tuple[str, str]]:
    """Every link of a block: its label and address."""
    if block.kind == "buttons":
        yield from zip(block.lines, block.values, strict=True)
        return
    for line in block.lines:
        for link in LINK.finditer(line):
            yield link["label"], link["url"]


def is_safe_link(url: str) -> bool:
    """True for a link that a mail may carry."""
    return _SAFE_LINK.fullmatch(url) is not None


def _read(lines: list[str]) -> Block:
    mark, _, rest = lines[0].partition(" ")
    if mark in _ONE_TEXT:
        return Block(kind=_ONE_TEXT[mark], lines=(_joined([rest, *lines[1:]]),))
    if mark == "-":
        return Block(kind="list", lines=tuple(_entries(lines)))
    for pattern, kind in ((_FACT, "facts"), (_BUTTON, "buttons")):
        if found := _all_match(lines, pattern.fullmatch):
            labels, values = zip(*(match.groups() for match in found), strict=True)
            return Block(kind=kind, lines=labels, values=values)
    return Block(kind="paragraph", lines=(_joined(lines),))


def _entries(lines: list[str]) -> Iterator[str]:
    entry: list[str] = []
    for line in lines:
        if line.partition(" ")[0] == "-" and entry:
            yield _joined(entry)
            entry = []
        entry.append(line.removeprefix("-").lstrip())
    yield _joined(entry)


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph; a backslash at the end of a line keeps the break."""
    return " ".join(lines).replace("\\ ", _BREAK)


def _all_match(lines: list[str], match: Callable[[str], re.Match[str] | None]) -> list[re.Match[str]]:
    found = [match(line) for line in lines]
    return [each for each in found if each] if all(found) else []
