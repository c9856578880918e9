"""Whether the post is still up, as a person answers in a line; the program itself never looks."""

from __future__ import annotations

import re
from enum import StrEnum

LONGEST_ANSWER = 120


class PostState(StrEnum):
    """What a person saw who looked; the choices of the StillUp column."""

    STILL_UP = "still up"
    GONE = "gone"
    CHANGED = "changed"


_WHAT = r"it|the (?:post|page|video|picture|comment)|that|this|post"
_IS = r"(?:'s|\u2019s| is| has been| was| has)?"
_LEAD = rf"(?:yes|no|ok|hi|hello|well)?[,.:;! ]*(?:(?:{_WHAT}){_IS}\s+)?(?:(?:all|now|just|already|both|completely) )*"
_AWAY = r"gone|removed|deleted|taken down|down"
_THERE = r"up|there|online|visible|live"
_GONE = re.compile(
    rf"^{_LEAD}(?:{_AWAY}|offline|disappeared|no longer (?:{_THERE})|not (?:{_THERE})(?: any ?more| any longer)?"
    rf"|isn['\u2019]?t (?:{_THERE})(?: any ?more)?)\b",
    re.IGNORECASE,
)
_STILL_UP = re.compile(
    rf"^{_LEAD}(?:still (?:{_THERE})|still not (?:{_AWAY})|not (?:yet )?(?:{_AWAY})|up\b|there still)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(rf"^{_LEAD}(?:changed|edited|altered|reworded)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\?|\b(?:think|not sure|maybe|perhaps|unsure|might|don['\u2019]?t know|can['\u2019]?t (?:see|tell))\b",
    re.IGNORECASE,
)


def read_post_state(words: str) -> PostState | None:
    """Read the first line of an answer such as GONE or "It's still there"; None where that is in doubt."""
    line = next((line.strip() for line in words.splitlines() if line.strip()), "")
    if not line or len(line) > LONGEST_ANSWER or _DOUBT.search(line):
        return None
    for pattern, state in (
        (_STILL_UP, PostState.STILL_UP),
        (_GONE, PostState.GONE),
        (_CHANGED, PostState.CHANGED),
    ):
        if pattern.match(line):
            return state
    return None
