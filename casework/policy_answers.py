"""What people answer to reminders of policies: one word first, whatever stands around it."""

from __future__ import annotations

import re
from enum import StrEnum


class PolicyAnswer(StrEnum):
    REVIEWED = "reviewed"
    RETIRED = "retired"
    EMPTIED = "emptied"
    UNCLEAR = "unclear"


_WORDS = {
    PolicyAnswer.REVIEWED: ("reviewed",),
    PolicyAnswer.RETIRED: ("retired", "withdrawn", "deleted"),
    PolicyAnswer.EMPTIED: ("emptied",),
}
_FIRST_WORD = re.compile(r"^[\s\W_]*(?:it\s+(?:is|was|has\s+been)\s+)?(?P<word>[a-z]+)\b", re.IGNORECASE)
_TAG = re.compile(r"\[[^\]\n]{0,40}\]")
_DOUBT = re.compile(r"\?|\b(?:not|never|isn't|hasn't|wasn't|if|unless)\b", re.IGNORECASE)
_NEAR = 60


def read_policy_answer(text: str) -> PolicyAnswer:
    """Gives what an answer says; a question, a condition or a denial right behind the word makes it unclear.

    Args:
        text: the answer's own words, without the quoted history.
    """
    plain = _TAG.sub(" ", text).strip()
    first = _FIRST_WORD.match(plain)
    if first is None or _DOUBT.search(plain[: first.end() + _NEAR].split("\n\n")[0].replace("\n", " ")):
        return PolicyAnswer.UNCLEAR
    word = first["word"].casefold()
    return next((answer for answer, words in _WORDS.items() if word in words), PolicyAnswer.UNCLEAR)
