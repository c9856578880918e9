"""Reads a label that its own value interrupts, as happens where a table is flattened: "Date for next May 2027 review"."""

from collections.abc import Sequence
from dataclasses import replace

from casework.policy_documents.labels import Kind, Label, find_labels
from casework.policy_documents.spans import FoundDate

_BEFORE = 40
_AFTER = 25
# With these words the first half of a label ends.
_HALVES = (
    " next",
    " last",
    " latest",
    " previous",
    " recent",
    "date of",
    "date for",
    " policy",
    " full",
    " scheduled",
)
_DATED = (Kind.NEXT, Kind.LAST, Kind.REVIEW)


def find_interrupted(text: str, dates: Sequence[FoundDate]) -> tuple[Label, FoundDate] | None:
    """Gives the first date that stands within a label, and the label as it reads without the date."""
    for date in dates:
        label = _label_around(text, date) if date.value and not _has_its_own(text, date, dates) else None
        if label is not None:
            return label, date
    return None


def _has_its_own(text: str, date: FoundDate, dates: Sequence[FoundDate]) -> bool:
    """Tells whether the label behind a date has a date of its own ("Uniform Policy May 2025 Review: May 2028")."""
    behind = next((label for label in find_labels(text) if label.start >= date.end), None)
    if behind is None or text[date.end : behind.start].strip():
        return False
    return any(
        other.value and other.start >= behind.end and not text[behind.end : other.start].strip(" :=-|\t")
        for other in dates
    )


def _label_around(text: str, date: FoundDate) -> Label | None:
    before = text[max(date.start - _BEFORE, 0) : date.start].rstrip()
    after = text[date.end : date.end + _AFTER].lstrip()
    if not after or not before.lower().endswith(_HALVES):
        return None
    seam = len(before)
    if any(label.end == seam for label in find_labels(before)):
        return None
    for label in find_labels(f"{before} {after}"):
        if label.start < seam < label.end - 1 and label.kind in _DATED:
            return replace(label, start=date.end, end=date.end)
    return None
