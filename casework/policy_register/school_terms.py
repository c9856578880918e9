"""The school's own terms, so that "Autumn Term 2026" ends on the day on which its calendar ends it."""

from __future__ import annotations

from datetime import date

from casework.policy_documents import TermSpan
from casework.term_dates import TermDates

_WHOLE_FROM = {"autumn": 12, "spring": 3, "summer": 7}
"""The month in which a term must end to be the whole of it: a calendar may stop at half-term."""


def term_spans(calendar: TermDates) -> TermSpan:
    """Gives the span of a term by the calendar; terms may stand there whole or as halves."""
    spans: dict[tuple[str, int], tuple[date, date]] = {}
    for term in calendar.terms:
        key = (_season(term.starts), term.starts.year)
        first, last = spans.get(key, (term.starts, term.ends))
        spans[key] = (min(first, term.starts), max(last, term.ends))

    def span(season: str, year: int) -> tuple[date, date] | None:
        found = spans.get((season, year))
        return found if found and found[1].month >= _WHOLE_FROM[season] else None

    return span


def _season(starts: date) -> str:
    """Tells a term by its first day; the second half of spring begins before Lady Day."""
    if starts.month >= 8:  # noqa: PLR2004 - August
        return "autumn"
    return "spring" if (starts.month, starts.day) <= (3, 15) else "summer"
