"""Finds the words that say what a date is: next review, last update, cycle, or a review date of either sort."""

import re
from dataclasses import dataclass

from casework.policy_documents.label_forms import (
    APPROVAL,
    BARE_DATE,
    COVER_DATE,
    LABEL_FORMS,
    WRITING,
    Kind,
    Manner,
)

__all__ = [
    "APPROVAL",
    "BARE_DATE",
    "COVER_DATE",
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
_STEMS = (
    *(
        "review",
        "revis",
        "updat",
        "approv",
        "ratif",
        "adopt",
        "agreed",
        "agreement",
        "accept",
        "authori",
        "signed",
    ),
    *(
        "endors",
        "date",
        "next",
        "renew",
        "expir",
        "valid",
        "due",
        "amend",
        "written",
        "creat",
        "draft",
        "produc",
    ),
    *(
        "prepar",
        "implement",
        "introduc",
        "issue",
        "publi",
        "version",
        "effect",
        "frequen",
        "cycle",
        "evaluat",
        "last",
    ),
    *("latest", "refresh", "edition", "commence", "force", "title", "name", "modif", "checked"),
)
# Of two labels of the same length the more telling one stands.
_ORDER = (Kind.NEXT, Kind.CYCLE, Kind.REVIEW, Kind.LAST, Kind.TITLE)


def may_have_label(lowered: str) -> bool:
    """Tells quickly whether it is worth looking for labels in a line, given in lower case."""
    return any(stem in lowered for stem in _STEMS)


def find_labels(text: str) -> list[Label]:
    """Finds the labels of a tidied line from left to right, each within its cell and line."""
    return [label for part in _PART.finditer(text) for label in _labels_of_part(part[0], part.start())]


def _labels_of_part(text: str, offset: int) -> list[Label]:
    """Finds the labels of one part of a line; of those that overlap the longest stands."""
    found = [
        Label(
            kind=form.kind,
            rank=form.rank,
            manner=form.manner,
            start=match.start() + offset,
            end=match.end() + offset,
            text=match[0].strip(),
        )
        for form, pattern in _COMPILED
        for match in pattern.finditer(text)
        if match[0].strip()
    ]
    found.sort(key=lambda label: (label.start - label.end, _ORDER.index(label.kind), label.rank))
    kept: list[Label] = []
    for label in found:
        if not any(label.start < other.end and other.start < label.end for other in kept):
            kept.append(label)
    return sorted(kept, key=lambda label: label.start)
