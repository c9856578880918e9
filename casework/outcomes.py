"""How a case ended, as staff write it in their own words: known by what it means, and kept as it was written."""

from __future__ import annotations

import re
from enum import StrEnum


class OutcomeKind(StrEnum):
    """What an outcome means; none is better than another, and "nothing wrong" is an ordinary end."""

    FEEDBACK = "legitimate feedback"
    NOT_INAPPROPRIATE = "not inappropriate"
    INFORMAL = "resolved informally"
    REMOVED = "removed"
    COMPLAINT = "handled as a complaint"
    PASSED_ON = "passed on"
    NOT_REMOVED = "not removed"
    OTHER = "in other words"


_WORDS: tuple[tuple[OutcomeKind, str], ...] = (
    (
        OutcomeKind.FEEDBACK,
        r"\b(?:legitimate|fair|honest|genuine|reasonable)\b.*\b(?:feedback|criticism|comment|view|opinion)\b|^feedback\b",
    ),
    (
        OutcomeKind.NOT_INAPPROPRIATE,
        (
            r"\bnot (?:an? )?(?:inappropriate|breach|against)\b|\bno (?:breach|action|case|concern|further action)\b"
            r"|\bnothing (?:wrong|inappropriate|to do)\b|\bwithin the policy\b|\bprivate (?:views?|chat|talk)\b"
            r"|\bfalse alarm\b"
        ),
    ),
    (OutcomeKind.COMPLAINT, r"\bcomplaints?\b"),
    (
        OutcomeKind.NOT_REMOVED,
        r"\b(?:not|never|n['\u2019]t)\b[^.]{0,20}\b(?:removed?|taken down|deleted)\b|\bstill up\b|\brefus\w+",
    ),
    (OutcomeKind.PASSED_ON, r"\b(?:police|solicitor|lado|local authority|host|passed on|referred)\b"),
    (
        OutcomeKind.INFORMAL,
        r"\binformal\w*|\b(?:talk(?:ed)?|conversation|discussed|spoke|meeting|apolog\w+|settled)\b",
    ),
    (OutcomeKind.REMOVED, r"\b(?:removed|deleted|taken down|took (?:it|them) down|gone)\b"),
)
"""In the order of asking: what says that nothing was wrong comes before what was done about it."""


def outcome_kind(words: str) -> OutcomeKind:
    """What staff's words mean; OTHER where they are none that is known, which is no mistake."""
    return next(
        (kind for kind, pattern in _WORDS if re.search(pattern, words, re.IGNORECASE)), OutcomeKind.OTHER
    )
