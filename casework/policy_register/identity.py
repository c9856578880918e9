"""Which documents are one policy: by the title inside them, by their words, whatever their files are called."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from casework.policy_documents import DocumentText

_SKETCH = 48
_SHINGLE = 5
"""Words in a row that are compared as one."""
_SAME_WORDS = 0.8
"""From this share of common words on two documents are one, whatever their titles."""
_LIKE_WORDS = 0.3
_LIKE_TITLE = 0.5

_WORD = re.compile(r"[a-z0-9]+")
_MARK_OF_COPY = re.compile(
    r"\(\s*\d+\s*\)|\bv(?:er(?:sion)?)?\.?\s*\d+(?:\.\d+)*\b|\b(?:copy|final|draft|new|old|latest|current|updated?"
    r"|revised|review(?:ed)?|approved|ratified|signed|clean|tracked|changes|amended|amends?|website|web|published|archived?)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = """
    a an and for from in of on our the to with at by its policy policies procedure procedures statement school schools
    model template document january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec autumn spring summer term
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_NUMBER = re.compile(r"^\d+(?:st|nd|rd|th)?$")
_DRAFT = re.compile(r"(?:^|[^a-z])draft(?:$|[^a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Copy:
    """A document as far as its identity goes.

    Attributes:
        key: Its file's id.
        name: `name_of_policy` of its title.
        sketch: `sketch_of` its words; empty where they could not be read.
    """

    key: str
    name: str
    sketch: tuple[int, ...] = ()


@lru_cache(maxsize=8192)
def name_of_policy(title: str, *, apart_from: frozenset[str] = frozenset()) -> str:
    """Gives the words that make a title this policy's, in order of the alphabet; "" if none is left.

    Versions, dates, marks of copies, plurals and words such as "policy" do not count, nor do those of the school's name.

    Args:
        title: The title inside a document, or a file's name without its ending.
        apart_from: Words of the school's own name, lower case.
    """
    plain = (
        unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold().replace("_", " ")
    )
    words = _WORD.findall(_MARK_OF_COPY.sub(" ", plain.replace("'", "")))
    kept = {_singular(word) for word in words if word not in _SMALL and word not in apart_from}
    return " ".join(sorted(word for word in kept if not _NUMBER.match(word)))


def is_marked_draft(path: str) -> bool:
    """Tells whether a file's own name says that it is a draft."""
    return _DRAFT.search(PurePosixPath(path).stem.replace("_", " ")) is not None


def sketch_of(document: DocumentText) -> tuple[int, ...]:
    """Gives a small sketch of a document's words: the least hashes of its runs of five words.

    Two sketches tell how many runs two documents have in common, to about a tenth.
    """
    words = _WORD.findall(" ".join(block.text for block in document.blocks).casefold())
    runs = {
        zlib.crc32(" ".join(words[at : at + _SHINGLE]).encode())
        for at in range(max(len(words) - _SHINGLE + 1, 1 if words else 0))
    }
    return tuple(sorted(runs)[:_SKETCH])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Gives the share of words that two sketches have in common: 0 to 1."""
    if not one or not other:
        return 0.0
    least = sorted({*one, *other})[:_SKETCH]
    both = set(one) & set(other)
    return sum(1 for value in least if value in both) / len(least)


@lru_cache(maxsize=4)
def same_policies(copies: tuple[Copy, ...]) -> tuple[tuple[str, ...], ...]:
    """Gives the documents that are one policy, as groups of keys in the order given; every key stands in one group."""
    groups = _Groups(copies)
    by_name: defaultdict[str, list[Copy]] = defaultdict(list)
    by_run: defaultdict[int, list[Copy]] = defaultdict(list)
    for copy in copies:
        if copy.name:
            by_name[copy.name].append(copy)
        for run in copy.sketch:
            by_run[run].append(copy)
    for named in by_name.values():
        groups.join(named)
    for near in _worth_comparing(by_run.values()):
        if _are_same(*near):
            groups.join(near)
    return groups.as_keys()


def _are_same(one: Copy, other: Copy) -> bool:
    alike = likeness(one.sketch, other.sketch)
    if alike >= _SAME_WORDS:
        return True
    return alike >= _LIKE_WORDS and _share(one.name.split(), other.name.split()) >= _LIKE_TITLE


def _share(one: Iterable[str], other: Iterable[str]) -> float:
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left | right else 0.0


def _worth_comparing(sharing: Iterable[list[Copy]]) -> set[tuple[Copy, Copy]]:
    """Gives the pairs that share a run of words; one that stands in very many documents is boilerplate."""
    most = 40
    return {
        (one, other)
        for copies in sharing
        if len(copies) <= most
        for place, one in enumerate(copies)
        for other in copies[place + 1 :]
    }


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004 - "bus"


class _Groups:
    """Sets that are joined where two of their members prove to be one."""

    def __init__(self, copies: Iterable[Copy]) -> None:
        self._above = {copy.key: copy.key for copy in copies}

    def join(self, copies: Sequence[Copy]) -> None:
        for copy in copies[1:]:
            one, other = self._top(copies[0].key), self._top(copy.key)
            self._above[other] = one

    def as_keys(self) -> tuple[tuple[str, ...], ...]:
        members: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._above:
            members[self._top(key)].append(key)
        return tuple(tuple(keys) for keys in members.values())

    def _top(self, key: str) -> str:
        while self._above[key] != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key
