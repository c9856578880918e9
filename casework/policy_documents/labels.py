"""Finds the words that say what a date is: next review, last update, cycle, or a review date of either sort."""

import re
from dataclasses import dataclass
from functools import lru_cache

from casework.policy_documents.label_forms import LABEL_FORMS
from casework.policy_documents.label_kinds import (
    APPROVAL,
    BARE_DATE,
    COVER_DATE,
    REVIEWS,
    WRITING,
    Kind,
    Manner,
)
from casework.policy_documents.words import has_any

__all__ = [
    "APPROVAL",
    "BARE_DATE",
    "COVER_DATE",
    "REVIEWS",
    "WRITING",
    "Kind",
    "Label",
    "Manner",
    "find_labels",
    "may_have_label",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A label found in a line; of several that speak of the same thing, rank 1 is the plainest."""

    kind: Kind
    rank: int
    manner: Manner
    start: int
    end: int
    text: str


_COMPILED = tuple((form, re.compile(form.pattern, re.IGNORECASE)) for form in LABEL_FORMS)
_PART = re.compile(r"[^\t\n]+")
# Looked for as plain pieces of lower-case text, which is many times quicker than one pattern of them all.
_STEMS = tuple(dict.fromkeys(stem for form in LABEL_FORMS for stem in form.needs))
# A line without "writ" has no "written" either.
_FEWEST_STEMS = tuple(stem for stem in _STEMS if not any(other in stem for other in _STEMS if other != stem))
# Which wordings a stem may begin, by their places in the table.
_FORMS_OF = {
    stem: tuple(place for place, form in enumerate(LABEL_FORMS) if stem in form.needs) for stem in _STEMS
}
_REMEMBERED = 2048
# Of two labels of the same length the more telling one stands.
_ORDER = (Kind.NEXT, Kind.CYCLE, Kind.REVIEW, Kind.LAST, Kind.TITLE)


def may_have_label(lowered: str) -> bool:
    """Tells quickly whether it is worth looking for labels in a line, given in lower case."""
    return has_any(lowered, _FEWEST_STEMS)


# The same line is asked about by the readings of title, owner and dates, and a footer on every page.
@lru_cache(_REMEMBERED)
def find_labels(text: str) -> tuple[Label, ...]:
    """Finds the labels of a tidied line from left to right, each within its cell and line."""
    if not may_have_label(text.lower()):
        return ()
    return tuple(label for part in _PART.finditer(text) for label in _labels_of_part(part[0], part.start()))


def _labels_of_part(text: str, offset: int) -> list[Label]:
    """Finds the labels of one part of a line; of those that overlap the longest stands."""
    lowered = text.lower()
    places = {place for stem, forms in _FORMS_OF.items() if stem in lowered for place in forms}
    found = [
        Label(
            kind=form.kind,
            rank=form.rank,
            manner=form.manner,
            start=match.start() + offset,
            end=match.end() + offset,
            text=match[0].strip(),
        )
        for form, pattern in map(_COMPILED.__getitem__, sorted(places))
        if has_any(lowered, form.also)
        for match in pattern.finditer(text)
        if match[0].strip()
    ]
    if len(found) < 2:  # noqa: PLR2004 - nothing to choose between
        return found
    found.sort(key=lambda label: (label.start - label.end, _ORDER.index(label.kind), label.rank))
    kept: list[Label] = []
    for label in found:
        if not any(label.start < other.end and other.start < label.end for other in kept):
            kept.append(label)
    return sorted(kept, key=lambda label: label.start)
