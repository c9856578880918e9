"""The terms that governors know: whole ones, however the calendar writes them, each with the holidays before it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casework.term_dates import Term, TermDates

_SEASON = re.compile(
    r"\b(autumn|winter|spring|summer|michaelmas|lent|trinity|hydref|gwanwyn|haf)\b", re.IGNORECASE
)
_HALF_TERM = timedelta(weeks=4)
"""The longest break between two halves of one term."""


def whole_terms(calendar: TermDates) -> tuple[Term, ...]:
    """The calendar's terms in their order; those written in halves ("Autumn 1", "Autumn 2") are one."""
    found: list[Term] = []
    for term in sorted(calendar.terms, key=lambda one: one.starts):
        season = _season(term)
        if found and season and _season(found[-1]) == season and term.starts - found[-1].ends <= _HALF_TERM:
            name = f"{season.capitalize()} term"
            found[-1] = Term(name=name, starts=found[-1].starts, ends=term.ends)
        else:
            found.append(term)
    return tuple(found)


def term_that_ends(ends: date, calendar: TermDates) -> Term | None:
    """The term of a paper by its last day, or half of one, as an earlier version of Casework reported."""
    return next((one for one in (*whole_terms(calendar), *calendar.terms) if one.ends == ends), None)


def counted_from(term: Term, calendar: TermDates) -> date | None:
    """The first day that the paper of a term tells of; None if the calendar knows no term before it.

    What is reported in the holidays belongs to the term that follows, so that every case is told of once.
    """
    before = [one.ends for one in whole_terms(calendar) if one.ends < term.starts]
    return max(before) + timedelta(days=1) if before else None


def _season(term: Term) -> str:
    named = _SEASON.search(term.name)
    return named[0].casefold() if named else ""
