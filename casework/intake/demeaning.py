"""Whether a text that mentions a protected group seems to demean it: neutral words and counter-speech do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from casework.intake.demeaning_words import AGAINST, DEFENCE, SLURS
from casework.intake.word_index import Hit

NEAR = 250
MOST_MENTIONS = 200
"""Of a text that goes on and on about groups: what stands in the first ones decides."""
_SENTENCE_ENDS = re.compile(r"[.!?\n]+(?:\s|$)")
_SURE = re.compile(r"\b(?:not welcome|unwelcome|nobody wants|no one wants|not wanted)\b", re.IGNORECASE)


def demeaned(text: str, mentions: Iterable[Hit], *, violent: Iterable[Hit]) -> list[Hit]:
    """Those mentions of a group beside which something speaks against it.

    Args:
        text: as people read it.
        mentions: of protected groups.
        violent: places that may threaten violence; beside a group they speak against it.
    """
    threatened = [(hit.start, hit.end) for hit in violent]
    return [hit for hit in islice(mentions, MOST_MENTIONS) if _is_demeaned(text, hit, threatened)]


def _is_demeaned(text: str, mention: Hit, threatened: list[tuple[int, int]]) -> bool:
    start, end = _sentence(text, mention)
    around = text[start:end]
    if _SURE.search(around):
        return True
    if DEFENCE.search(around):
        return False
    if SLURS.search(mention.words) or any(start < last and first < end for first, last in threatened):
        return True
    beside = " ".join(f"{text[start : mention.start]} \u2022 {text[mention.end : end]}".split())
    return AGAINST.search(beside) is not None or AGAINST.fullmatch(mention.words) is not None


def _sentence(text: str, mention: Hit) -> tuple[int, int]:
    """Where the sentence around a mention begins and ends; of a very long one, what stands near the mention."""
    first, last = max(0, mention.start - NEAR), min(len(text), mention.end + NEAR)
    start = max((match.end() for match in _SENTENCE_ENDS.finditer(text, first, mention.start)), default=first)
    after = _SENTENCE_ENDS.search(text, mention.end, last)
    return start, after.start() if after else last
