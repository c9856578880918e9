"""How the year's reviews spread over the terms, so that nobody reviews twenty policies in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.policy_documents.terms import SEASONS, term_span
from casework.policy_register.policies import Policy
from casework.policy_register.school_terms import term_spans
from casework.policy_register.standing import DueDay
from casework.term_dates import TermDates

_TERMS_AHEAD = 6
_UNEVEN = 2
"""A term with more than this many times its share is too full."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TermLoad:
    """The reviews of one term.

    Attributes:
        name: "Spring 2027", or "Overdue", "Later" and "No date".
        titles: of the policies that fall due in it, in order of their day.
    """

    name: str
    titles: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.titles)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """Overdue reviews, then those of the terms ahead, then the rest."""

    loads: tuple[TermLoad, ...]

    @property
    def total(self) -> int:
        return sum(load.count for load in self.loads)

    @property
    def advice(self) -> str:
        """One sentence on a term that is too full; "" if none is."""
        terms = [load for load in self.loads if load.name not in {"Overdue", "Later", "No date"}]
        planned = sum(load.count for load in terms)
        if not planned:
            return ""
        fullest = max(terms, key=lambda load: load.count)
        if fullest.count <= max(_UNEVEN, _UNEVEN * planned / len(terms)):
            return ""
        emptiest = min(terms, key=lambda load: load.count)
        return (
            f"{fullest.name} has {fullest.count} of {planned} reviews, {emptiest.name} has {emptiest.count}: "
            "some could be brought forward."
        )


def spread_of(policies: Iterable[Policy], *, calendar: TermDates, today: date, which: DueDay) -> Spread:
    """Gives the reviews term by term: a review in a holiday belongs to the term before it."""
    spans = term_spans(calendar)
    terms = []
    for season, year in _seasons_from(today):
        begins, _ = term_span(season, year, spans)
        terms.append((begins, f"{season.capitalize()} {year}"))
    buckets: dict[str, list[tuple[date, str]]] = {"Overdue": []}
    buckets |= {name: [] for _, name in terms[:-1]}
    buckets |= {"Later": [], "No date": []}
    for policy in policies:
        if policy.is_retired or policy.is_lost:
            continue
        due = policy.due(which)
        buckets[_bucket(due, today, terms)].append((due or date.max, policy.title))
    loads = (
        TermLoad(name=name, titles=tuple(title for _, title in sorted(rows)))
        for name, rows in buckets.items()
    )
    return Spread(loads=tuple(loads))


def _bucket(due: date | None, today: date, terms: list[tuple[date, str]]) -> str:
    if due is None:
        return "No date"
    if due < today:
        return "Overdue"
    if due >= terms[-1][0]:
        return "Later"
    begun = [name for begins, name in terms[:-1] if begins <= due]
    return begun[-1] if begun else terms[0][1]


def _seasons_from(today: date) -> list[tuple[str, int]]:
    """The term of a day and those after it, one more than are shown."""
    month_of = {"spring": 1, "summer": 4, "autumn": 9}
    now = [season for season in SEASONS if month_of[season] <= today.month][-1]
    first = today.year * len(SEASONS) + SEASONS.index(now)
    return [(SEASONS[n % len(SEASONS)], n // len(SEASONS)) for n in range(first, first + _TERMS_AHEAD + 1)]
