"""A text in which whoever may be threatened stands as "them": what is said of "her" is said of "Miss Roper" too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_ROLES = (
    r"(?:head ?(?:teacher|mistress|master)|head(?! (?:in|off|on|of|down|up|first|start|lice|back|home|over|out"
    r"|for|to|and)\b)|deputy(?: head)?"
    r"|class teacher|teachers?|ta|senco|sencos|governors?|secretary|receptionist|caretaker|dinner lad(?:y|ies)"
    r"|principal|staff|office lady)"
)
_PERSON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z][\w'-]*[\w]"
    rf"|\b(?i:(?:the|that|this|your|my|our|those|these)(?: \w+'s?)?(?: (?:new|old|bloody|fucking|stupid|nasty"
    rf"|useless))? {_ROLES}))(?P<own>'s?)?(?!\w)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewritten:
    """The text with pronouns; `starts` are the places of its pieces, `origins` theirs in the text as it was."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, place: int) -> int:
        """Where in the text as it was that place lies; inside a pronoun, where the person begins."""
        piece = bisect_right(self.starts, place) - 1
        following = self.origins[piece + 1] if piece + 1 < len(self.origins) else None
        found = self.origins[piece] + place - self.starts[piece]
        return found if following is None else min(found, following)


def with_pronouns(text: str, groups: Iterable[tuple[int, int]]) -> Rewritten | None:
    """The text with "them" or "their" for each person by title or role and each group; None where there is none.

    Args:
        text: as people read it.
        groups: begin and end of mentions of groups.
    """
    persons = [
        (match.start(), match.end(), "their" if match["own"] else "them") for match in _PERSON.finditer(text)
    ]
    persons += [(start, end, "them") for start, end in groups]
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    at = length = 0
    for start, end, pronoun in sorted(persons):
        if start < at:
            continue
        for piece, origin in ((text[at:start], at), (pronoun, start)):
            parts.append(piece)
            starts.append(length)
            origins.append(origin)
            length += len(piece)
        at = end
    if not parts:
        return None
    return Rewritten(text="".join((*parts, text[at:])), starts=(*starts, length), origins=(*origins, at))
