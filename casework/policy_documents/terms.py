"""Terms and academic years as spans of days, by a school's own calendar or by the usual one."""

from collections.abc import Callable
from datetime import date

TermSpan = Callable[[str, int], tuple[date, date] | None]
"""Gives the first and last day of a term ("autumn", 2024), or None when the calendar does not reach so far."""

SEASONS = ("spring", "summer", "autumn")

_USUAL = {
    "autumn": ((9, 1), (12, 31)),
    "spring": ((1, 1), (3, 31)),
    "summer": ((4, 1), (7, 31)),
}


def usual_term(season: str, year: int) -> tuple[date, date]:
    """Gives the span of a term where no school calendar is at hand: to the end of the month it usually ends in."""
    first, last = _USUAL[season]
    return date(year, *first), date(year, *last)


def term_span(season: str, year: int, terms: TermSpan | None) -> tuple[date, date]:
    """Gives the span of a term by the school's calendar, or the usual one for years that it does not reach."""
    known = terms(season, year) if terms else None
    return known or usual_term(season, year)


def academic_year_span(first_year: int) -> tuple[date, date]:
    return date(first_year, 9, 1), date(first_year + 1, 8, 31)


def academic_year_text(first_year: int) -> str:
    return f"{first_year}/{(first_year + 1) % 100:02d}"
