"""Reads labels that stand together before their values: "Last reviewed Next review Jan 2025 Jan 2027"."""

import re
from collections.abc import Iterator, Sequence

from casework.policy_documents.labels import REVIEWS, Kind, Label
from casework.policy_documents.spans import FoundDate

_LONGEST_GAP = 60
_FEWEST = 2
_SEAM = re.compile(r"[\s|:/,&\u2022-]*")
_SENTENCE = re.compile(r"[.!?;]|\b(?:is|was|are|were|has|have|will|shall|must|by|to|of)\b", re.IGNORECASE)


def find_runs(text: str, labels: Sequence[Label], dates: Sequence[FoundDate]) -> dict[int, FoundDate]:
    """Gives each label that stands in such a run its date, by where the label begins.

    The labels touch each other, as many dates as there are labels touch each other too, and the label of a review is
    among them. The name of the policy may stand between, as where the row of a table was flattened.
    """
    found: dict[int, FoundDate] = {}
    stated = [date for date in dates if date.value]
    for run in _touching(text, labels):
        if len(run) < _FEWEST or not _tells_apart(run):
            continue
        values = _values_after(text, run[-1].end, labels, stated)
        if len(values) == len(run):
            found |= {label.start: date for label, date in zip(run, values, strict=True)}
    return found


def _tells_apart(run: Sequence[Label]) -> bool:
    kinds = {label.kind for label in run}
    return len(kinds) > 1 and any(kind in REVIEWS for kind in kinds) and Kind.CYCLE not in kinds


def _touching(text: str, labels: Sequence[Label]) -> Iterator[list[Label]]:
    run: list[Label] = []
    for label in labels:
        if run and not _SEAM.fullmatch(text, run[-1].end, label.start):
            yield run
            run = []
        run.append(label)
    yield run


def _values_after(
    text: str, at: int, labels: Sequence[Label], stated: Sequence[FoundDate]
) -> list[FoundDate]:
    """Gives the run of dates after a place, up to the next label or other words."""
    values: list[FoundDate] = []
    end = min((label.start for label in labels if label.start >= at), default=len(text))
    reached = at
    for date in stated:
        if not at <= date.start < end:
            continue
        gap = text[reached : date.start]
        fits = _SEAM.fullmatch(gap) if values else len(gap) <= _LONGEST_GAP and not _SENTENCE.search(gap)
        if not fits:
            break
        values.append(date)
        reached = date.end
    return values
