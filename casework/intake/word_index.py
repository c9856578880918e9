"""Many patterns searched at once: only those that can begin with the letters at hand are tried at each word.

A report is short but the lists are long; trying every pattern at every letter took most of the time of reading a mail.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

KEY_LENGTH = 3
MOST_BEGINNINGS = 20_000
"""Beginnings of words whose patterns are kept at hand; strangers may write any letters."""
_WORD = re.compile(r"\w+")
_FRAGMENT = re.compile(r"<([a-z_]+)>")
_SKIPPED = re.compile(r"\\b|\^|\(\?<?[=!](?:[^()]|\([^()]*\))*\)")
_ATOM = re.compile(r"(\\[^\w\s]|\\ |[\w '’-])([?*]|\{0,\d+\}\??)?")  # noqa: RUF001 - the apostrophe of telephones
_CLASS = re.compile(r"\[([^\]\\^-]{1,8})\]([?*])?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    name: str
    start: int
    end: int
    words: str


class WordIndex:
    """Patterns by name, each of which begins at the beginning of a word.

    Args:
        groups: For each name its patterns; a pattern may hold alternatives parted by "|".
        fragments: Patterns by name, which <name> in a pattern stands for.
        whole: Names whose patterns must end at the end of a word.
        before: Pattern that must stand before each of them, and `after` behind.
    """

    def __init__(
        self,
        groups: Mapping[str, Iterable[str]],
        *,
        fragments: Mapping[str, str] | None = None,
        whole: Iterable[str] = (),
        before: str = "",
        after: str = r"\b",
    ) -> None:
        table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, patterns in groups.items():
            for choice in _choices(patterns, fragments or {}):
                for opening in openings(choice):
                    table[opening][name].append(choice)
        ends = dict.fromkeys(whole, after)
        self._table = {
            opening: tuple(
                (name, f"{before}(?:{'|'.join(choices)}){ends.get(name, '')}")
                for name, choices in named.items()
            )
            for opening, named in table.items()
        }

        self._ready: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}

    def find(self, text: str) -> Iterator[Hit]:
        """Every place where a pattern matches, in order; a name's matches do not overlap."""
        lower = text.lower() if len(text.lower()) == len(text) else text
        ends: dict[str, int] = {}
        for word in _WORD.finditer(lower):
            at = word.start()
            for name, pattern in self._candidates(lower[at], lower[at : at + KEY_LENGTH]):
                if at < ends.get(name, 0):
                    continue
                match = pattern.match(text, at)
                if match:
                    ends[name] = match.end()
                    yield Hit(name=name, start=at, end=match.end(), words=match[0].strip())

    def _candidates(self, first: str, three: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        found = self._ready.get(three)
        if found is None:
            keys = (three, three[:2], first, "")
            found = tuple(
                (name, _compiled(pattern)) for key in keys for name, pattern in self._table.get(key, ())
            )
            if len(self._ready) < MOST_BEGINNINGS:
                self._ready[three] = found
        return found


class WordSearch:
    """Whether a pattern is found in a text, sooner than by searching: it is tried where its letters stand, nowhere else.

    Args:
        pattern: Where it begins with a letter, that must be the beginning of a word.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def is_in(self, text: str) -> bool:
        lower = text.lower()
        if len(lower) != len(text):  # its letters are not where those of the text are
            return self._pattern.search(text) is not None
        starts, letters = self._beginnings
        match = self._pattern.match
        for word in starts.finditer(lower):
            at = word.start()
            begin = lower[at : at + KEY_LENGTH]
            if (begin in letters or begin[:2] in letters or begin[:1] in letters) and match(text, at):
                return True
        return False

    @cached_property
    def _beginnings(self) -> tuple[re.Pattern[str], frozenset[str]]:
        """Where a match may begin, and the letters that it may begin with."""
        choices = alternatives(self._pattern.pattern)
        letters = frozenset(begin for choice in choices for begin in openings(choice))
        if "" in letters:
            raise ValueError("This pattern may begin with anything; let it begin with a letter or a mark.")
        marks = "".join(sorted({re.escape(begin[0]) for begin in letters if not begin[0].isalnum()}))
        return re.compile(rf"\w+{f'|[{marks}]' if marks else ''}"), letters


def _choices(patterns: Iterable[str], fragments: Mapping[str, str]) -> Iterator[str]:
    for pattern in patterns:
        yield from alternatives(_expanded(pattern, fragments))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _expanded(pattern: str, fragments: Mapping[str, str]) -> str:
    """Fragments may use fragments, three deep."""
    for _ in range(3):
        pattern = _FRAGMENT.sub(lambda match: f"(?:{fragments[match[1]]})", pattern)
    return pattern


def alternatives(pattern: str) -> list[str]:
    """The alternatives at the outermost level."""
    found, depth, start, at = [], 0, 0, 0
    while at < len(pattern):
        letter = pattern[at]
        if letter == "\\":
            at += 1
        elif letter == "[":
            at = pattern.index("]", at + 2)
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
        at += 1
    return [choice for choice in (*found, pattern[start:]) if choice]


def openings(pattern: str) -> frozenset[str]:
    """The letters, up to three, that a match can begin with; shorter where the pattern leaves them open."""
    return frozenset(text[:KEY_LENGTH].lower() for text, _ in _begins(pattern, 0))


def _begins(pattern: str, depth: int) -> set[tuple[str, bool]]:
    """Beginnings, each with True while the rest of the pattern may still add to it."""
    found = {("", True)}
    at = 0
    while at < len(pattern) and any(grows for _, grows in found):
        step, at = _step(pattern, at, depth)
        found = {
            (text + more, grows and still and len(text + more) < KEY_LENGTH) if grows else (text, False)
            for text, grows in found
            for more, still in (step if grows else {("", False)})
        }
    return found


def _step(pattern: str, at: int, depth: int) -> tuple[set[tuple[str, bool]], int]:
    """What the atom at that place adds, and where the next one begins."""
    if skipped := _SKIPPED.match(pattern, at):
        return {("", True)}, skipped.end()
    if pattern.startswith("(?:", at) and depth < 8:  # noqa: PLR2004 - deeper than any list
        end = _closing(pattern, at)
        inside = {
            begin for choice in alternatives(pattern[at + 3 : end]) for begin in _begins(choice, depth + 1)
        }
        optional = pattern[end + 1 : end + 2] in {"?", "*", "{"}
        after = re.compile(r"[?*+]|\{\d*,?\d*\}\??").match(pattern, end + 1)
        return inside | ({("", True)} if optional else set()), after.end() if after else end + 1
    if letters := _CLASS.match(pattern, at):
        return {(letter, True) for letter in letters[1]} | (
            {("", True)} if letters[2] else set()
        ), letters.end()
    if atom := _ATOM.match(pattern, at):
        return {(atom[1].removeprefix("\\"), True)} | ({("", True)} if atom[2] else set()), atom.end()
    return {("", False)}, len(pattern)


def _closing(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if not depth:
                return at
        at += 1
    raise ValueError("A bracket in a word list is not closed; close it.")
