"""Works out the next review from the last update and the cycle, no more exactly than the last update is stated."""

import calendar
from dataclasses import replace
from datetime import date

from casework.policy_documents.spans import (
    FoundDate,
    academic_span,
    day_span,
    month_span,
    season_span,
    year_span,
)
from casework.policy_documents.terms import SEASONS, TermSpan
from casework.policy_documents.values import Precision, ReviewCycle, StatedDate

_YEAR = 12


def derive_next(last: StatedDate, cycle: ReviewCycle, *, terms: TermSpan | None = None) -> StatedDate | None:
    """Gives the next review that the cycle asks for, marked as derived; None where the two do not fit together."""
    found = _after(last, cycle, terms)
    if found is None:
        return None
    return StatedDate(
        text=f"{last.text}, {cycle.text}",
        value=found.value,
        precision=found.precision,
        from_=found.from_,
        to=found.to,
        derived=True,
        where=cycle.where,
    )


def _after(last: StatedDate, cycle: ReviewCycle, terms: TermSpan | None) -> FoundDate | None:
    if last.value is None or last.from_ is None or last.to is None:
        return None
    if cycle.month:
        return _in_named_month(last.to, cycle)
    if last.precision is Precision.DAY:
        return _day_later(last.from_, cycle.months)
    if last.precision is Precision.MONTH:
        return _month_later(last.to, cycle.months)
    if last.precision is Precision.TERM:
        return _term_later(last.value, cycle.months, terms)
    years, rest = divmod(cycle.months, _YEAR)
    if rest:
        return None
    if last.precision is Precision.ACADEMIC_YEAR:
        return academic_span(last.from_.year + years)
    return year_span(last.from_.year + years)


def _in_named_month(last: date, cycle: ReviewCycle) -> FoundDate:
    month = cycle.month or last.month
    earliest = _shift(last.year, last.month, max(cycle.months - _YEAR, 0))
    year = earliest[0] if (earliest[0], month) > earliest else earliest[0] + 1
    return month_span(year, month)


def _day_later(last: date, months: int) -> FoundDate | None:
    year, month = _shift(last.year, last.month, months)
    return day_span(year, month, min(last.day, calendar.monthrange(year, month)[1]))


def _month_later(last: date, months: int) -> FoundDate:
    return month_span(*_shift(last.year, last.month, months))


def _term_later(value: str, months: int, terms: TermSpan | None) -> FoundDate:
    year, season = value.split("-")
    count = int(year) * len(SEASONS) + SEASONS.index(season) + max(months * len(SEASONS) // _YEAR, 1)
    return replace(season_span(SEASONS[count % len(SEASONS)], count // len(SEASONS), terms))


def _shift(year: int, month: int, months: int) -> tuple[int, int]:
    count = year * _YEAR + month - 1 + months
    return count // _YEAR, count % _YEAR + 1
