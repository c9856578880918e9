"""Days, months, terms and years as dates that a document states, each with the first and the last day meant."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from casework.policy_documents.terms import TermSpan, academic_year_span, academic_year_text, term_span
from casework.policy_documents.values import Precision
from casework.policy_documents.words import MONTHS

_DECEMBER = 12
_CENTURY_TURNS_AT = 70
TWO_DIGITS = 2
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A date found in a line, with its place in it.

    Attributes:
        value: None for a date without a year: none is invented.
        weak: True for forms that mean a date only right beside a label ("2027", "09/23").
        month: The calendar month, where one is named.
    """

    start: int
    end: int
    text: str
    value: str | None
    precision: Precision
    from_: date | None
    to: date | None
    weak: bool = False
    month: int | None = None

    def at(self, start: int, end: int, text: str) -> "FoundDate":
        """Gives the same date at a place of a line; written out, for it is done for every date."""
        return FoundDate(
            start=start,
            end=end,
            text=text,
            value=self.value,
            precision=self.precision,
            from_=self.from_,
            to=self.to,
            weak=self.weak,
            month=self.month,
        )


def year_of(text: str) -> int:
    """Gives the year that two or four digits mean ("'23" is 2023, "98" is 1998)."""
    digits = re.sub(r"\D", "", text)
    number = int(digits)
    if len(digits) > TWO_DIGITS:
        return number
    return number + (1900 if number >= _CENTURY_TURNS_AT else 2000)


def month_of(text: str) -> int:
    return _MONTH_NUMBERS[text[:3].lower()]


def day_span(year: int, month: int, day: int) -> FoundDate | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return _found(found.isoformat(), Precision.DAY, found, found, month=month)


def no_date(month: int | None = None) -> FoundDate:
    """Gives what words mean that name no day of any calendar: a month without a year, or 31 June."""
    return _found(None, Precision.NONE, None, None, weak=True, month=month)


def month_span(year: int, month: int, *, first_month: int | None = None) -> FoundDate:
    """Gives a month, or the span that a pair of months ("September/October 2024") means; the later one names it."""
    start = date(year, first_month or month, 1)
    if first_month and first_month > month:
        start = start.replace(year=year - 1)
    return _found(f"{year}-{month:02d}", Precision.MONTH, start, _last_of_month(year, month), month=month)


def season_span(season: str, year: int, terms: TermSpan | None) -> FoundDate:
    first, last = term_span(season, year, terms)
    return _found(f"{year}-{season}", Precision.TERM, first, last)


def academic_span(first_year: int) -> FoundDate:
    first, last = academic_year_span(first_year)
    return _found(academic_year_text(first_year), Precision.ACADEMIC_YEAR, first, last)


def year_span(year: int) -> FoundDate:
    return _found(str(year), Precision.YEAR, date(year, 1, 1), date(year, 12, 31), weak=True)


def _found(
    value: str | None,
    precision: Precision,
    first: date | None,
    last: date | None,
    *,
    weak: bool = False,
    month: int | None = None,
) -> FoundDate:
    return FoundDate(
        start=0,
        end=0,
        text="",
        value=value,
        precision=precision,
        from_=first,
        to=last,
        weak=weak,
        month=month,
    )


def _last_of_month(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)
    return following - timedelta(days=1)
