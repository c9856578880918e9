"""What differs between two versions of a letter, paragraph by paragraph and word by word, for a mail that asks again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

REMOVED, ADDED, END = "\ue010", "\ue011", "\ue012"
"""Stand around what was taken out and what is new; characters that no letter has."""

MOST_LINES = 40
ALIKE = 0.35
"""From here on two paragraphs are one that was changed; below it, one went and another came."""
CONTEXT = 8
"""Unchanged words that are shown beside a change."""


def differences(before: str, after: str) -> tuple[str, ...]:
    """The changed paragraphs, each with its removed and added words marked; empty if the words are the same.

    White space alone is no difference.

    Args:
        before: the text of the earlier letter, a paragraph a line.
        after: that of the later one.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    lines = list(_changed(old, new))
    if len(lines) > MOST_LINES:
        more = len(lines) - MOST_LINES
        return (*lines[:MOST_LINES], f"and {more} more changed paragraphs; please read the attached letter")
    return tuple(lines)


def in_plain_text(line: str) -> str:
    """A marked line where nothing can be struck through: "[removed: must] [added: should]"."""
    line = re.sub(f"{REMOVED}([^{END}]*){END}", r"[removed: \1]", line)
    return re.sub(f"{ADDED}([^{END}]*){END}", r"[added: \1]", line)


def _paragraphs(text: str) -> list[str]:
    plain = re.sub(f"[{REMOVED}{ADDED}{END}]", "", text)
    return [words for line in plain.splitlines() if (words := " ".join(line.split()))]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for kind, from_old, to_old, from_new, to_new in _steps(old, new):
        if kind != "equal":
            yield from _replaced(old[from_old:to_old], new[from_new:to_new])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Paragraphs that are alike are one that changed; the others went or came, in the order of the letter."""
    left = list(old)
    for paragraph in new:
        earlier = max(left, key=lambda other: _likeness(other, paragraph), default="")
        if not earlier or _likeness(earlier, paragraph) < ALIKE:
            yield f"{ADDED}{paragraph}{END}"
            continue
        for gone in left[: left.index(earlier)]:
            yield f"{REMOVED}{gone}{END}"
        left = left[left.index(earlier) + 1 :]
        yield _word_by_word(earlier, paragraph)
    yield from (f"{REMOVED}{gone}{END}" for gone in left)


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def _word_by_word(old: str, new: str) -> str:
    before, after = old.split(), new.split()
    pieces: list[str] = []
    steps = list(_steps(before, after))
    for at, (kind, from_old, to_old, from_new, to_new) in enumerate(steps):
        if kind == "equal":
            pieces.append(_shortened(after[from_new:to_new], first=at == 0, last=at == len(steps) - 1))
            continue
        if to_old > from_old:
            pieces.append(f"{REMOVED}{' '.join(before[from_old:to_old])}{END}")
        if to_new > from_new:
            pieces.append(f"{ADDED}{' '.join(after[from_new:to_new])}{END}")
    return " ".join(pieces)


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    """A long run of unchanged words, cut to what stands beside the changes."""
    if len(words) <= 2 * CONTEXT:
        return " ".join(words)
    head = [] if first else list(words[:CONTEXT])
    tail = [] if last else list(words[-CONTEXT:])
    return " ".join([*head, "\u2026", *tail])


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
