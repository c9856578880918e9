"""Finds the date that stands on a cover or beside the title without a label: the last resort for the last update."""

import re
from collections.abc import Sequence

from casework.policy_documents.dates import find_dates
from casework.policy_documents.labels import COVER_DATE, Kind, find_labels
from casework.policy_documents.pairs import Reading
from casework.policy_documents.rows import Row
from casework.policy_documents.spans import FoundDate
from casework.policy_documents.subjects import names_a_policy, turns_away
from casework.policy_documents.terms import TermSpan
from casework.policy_documents.values import Where
from casework.policy_documents.words import has_digit

_FIRST_ROWS = 10
_LONGEST = 90
_SENTENCE = re.compile(r"\b(?:this|is|are|was|were|has|have|must|should|the\s+previous)\b", re.IGNORECASE)
_OF_REVIEWS = (Kind.NEXT, Kind.REVIEW, Kind.CYCLE)
_BRACKET_AT_END = re.compile(r"\([^()]*\)?\s*$")
_PUNCTUATION = " \t-:|,;()[]."


def find_cover_dates(rows: Sequence[Row], *, terms: TermSpan | None = None) -> list[Reading]:
    """Gives dates such as "Behaviour Policy, September 2025", or a line of the cover that is nothing but a date."""
    cover = [row for row in rows if row.where in (Where.BODY, Where.TEXT_BOX)][:_FIRST_ROWS]
    edges = [row for row in rows if row.where in (Where.HEADER, Where.FOOTER)]
    found: list[Reading] = []
    for row in (*cover, *edges):
        date = _unlabelled(row.text, terms)
        if date is not None:
            found.append(
                Reading(kind=Kind.LAST, rank=COVER_DATE, label="", dates=(date,), where=row.where.value)
            )
    return found[:1]


def _unlabelled(text: str, terms: TermSpan | None) -> FoundDate | None:
    labels = find_labels(text)
    if labels and labels[0].kind in _OF_REVIEWS:
        # "Uniform Policy May 2025 Review: May 2028": what stands before the label is a line of its own.
        text = _BRACKET_AT_END.sub("", text[: labels[0].start])
    elif labels:
        return None
    if len(text) > _LONGEST or not has_digit(text):
        return None
    dates = find_dates(text, terms=terms)
    if len(dates) != 1 or dates[0].weak or text[dates[0].end :].strip(_PUNCTUATION):
        return None
    before = text[: dates[0].start].strip(_PUNCTUATION)
    named = names_a_policy(before) and not turns_away(before) and not _SENTENCE.search(before)
    return dates[0] if not before or named else None
