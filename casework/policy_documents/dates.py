"""Finds the dates that UK schools write: days, months, terms, academic years and years, day before month."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from casework.policy_documents.spans import (
    TWO_DIGITS,
    FoundDate,
    academic_span,
    day_span,
    month_of,
    month_span,
    no_date,
    season_span,
    year_of,
    year_span,
)
from casework.policy_documents.terms import TermSpan
from casework.policy_documents.words import MONTHS, has_any, has_digit

_DECEMBER = 12
_REMEMBERED = 512
# Stands for each character of a date that was found; no document has it.
_TAKEN = "\0"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_WEEKDAY = (
    r"(?:(?<![a-z])(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?:the\s+)?)?"
)
# A pattern that begins with its digits is searched for many times as quickly as one that first looks back:
# what must not stand before a day, and a weekday that does, are looked at once a date is found.
_WEEKDAY_BEFORE = re.compile(_WEEKDAY.removesuffix("?") + r"$", re.IGNORECASE)
_LONGEST_WEEKDAY = 20
# No day stands right behind a letter by itself ("v3 June 2024", "l5/09/2026" of a scan) or behind "Version".
_NO_DAY_BEFORE = (
    r"(?<![\d/.-])(?<!\b[a-z])(?<!version )(?<!edition )(?<!issue )(?<!ver )(?<!ver\. )(?<!\bv )(?<!page )"
)
_NO_DAY_HERE = re.compile(
    r"(?:[\d/.-]|\b[a-z]|version |edition |issue |ver |ver\. |\bv |page )$", re.IGNORECASE
)
# "Nov 23 Nov 25" are two months, not the 23rd of November.
_MONTH_BEFORE = re.compile(rf"(?<![a-z]){_MONTH}\s'?$", re.IGNORECASE)
_NOT_ALONE = re.compile(r"(?:[\d/.-]|\b[a-z])$", re.IGNORECASE)
_LONGEST_BEFORE = 10
_LAST_DAY = 31
_AFTER_DAY = rf"(?!\d)\s?(?:st|nd|rd|th)?(?!\s+-\s+{_MONTH}\s*\d)"
_DAY = rf"{_NO_DAY_BEFORE}(?P<day>[12]\d|3[01]|0?[1-9]){_AFTER_DAY}"
_YEAR4 = r"(?:19[7-9]\d|20\s?\d\d)(?!\d)"
_YEAR = rf"(?:{_YEAR4}|'?\s?\d\d(?![\w%]|:\d|\s?(?:st|nd|rd|th|am|pm)\b|/\d))"
_SPAN = r"(?:\s?[/-]\s?)"
_SCHOOL_YEAR = rf"(?P<first>(?:20)?\d\d){_SPAN}(?P<second>(?:20)?\d\d)(?!\s?[/.-]?\d|\s?(?:st|nd|rd|th)\b)"
_TERM = (
    r"(?P<season>autumn|aut|spring|spr|summer|sum|michaelmas|christmas|lent|hilary|easter|trinity"
    r"|winter(?=\s*term)|fall(?=\s*term))(?![a-z])\.?"
)
_HALF = r"(?:[\s-]*(?:half[\s-]*)?terms?\b\.?)?(?:[\s-]*(?:\([12]\)|[12](?![\d/.]|st|nd|rd|th)))?"
_JOIN = r"[\s,.:(/-]*(?:of\s+)?(?:the\s+)?(?:(?:academic|school)\s+year\s*)?[\s(]*"
_SEASONS = {
    "aut": "autumn",
    "mic": "autumn",
    "chr": "autumn",
    "win": "autumn",
    "fal": "autumn",
    "spr": "spring",
    "len": "spring",
    "hil": "spring",
    "eas": "spring",
    "sum": "summer",
    "tri": "summer",
}


# The readings of dates, of the cover and of the owner ask about the same lines.
@lru_cache(_REMEMBERED)
def find_dates(text: str, *, terms: TermSpan | None = None) -> tuple[FoundDate, ...]:
    """Finds every date in a tidied line, in order; a longer form wins over the shorter ones within it."""
    found: list[FoundDate] = []
    left = text
    present = _present(left)
    for pattern, read, needs in _FORMS:
        if not needs <= present:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if _TAKEN in left[start:end]:
                continue
            meant = read(match, terms)
            if meant is None:
                continue
            if read in _AFTER_WEEKDAYS:
                start = _with_weekday(text, start)
            left = f"{left[:start]}{_TAKEN * (end - start)}{left[end:]}"
            found.append(meant.at(start, end, _quoted(text[start:end])))
            # What is left of the line may have nothing more that dates are made of.
            present = _present(left)
    return tuple(sorted(found, key=lambda item: item.start))


def _present(text: str) -> frozenset[str]:
    """Tells quickly what a line has that dates are made of: digits, digits joined by a mark, months, terms."""
    lowered = text.lower()
    found = {name for name, stems in _STEMS.items() if has_any(lowered, stems)}
    if has_digit(text):
        found.add("digit")
        if _JOINED.search(text):
            found.add("joined")
        if _DAY_AND_YEAR.search(text):
            found.add("day and year")
    return frozenset(found)


def _quoted(words: str) -> str:
    words = words.strip(" ,.-:/")
    return words + ")" if words.count("(") > words.count(")") else words


def _with_weekday(text: str, start: int) -> int:
    """Gives where a date begins, with the day of the week before it."""
    weekday = _WEEKDAY_BEFORE.search(text, max(start - _LONGEST_WEEKDAY, 0), start)
    return weekday.start() if weekday else start


def _is_no_day(match: re.Match[str]) -> bool:
    """Tells whether the digits of a day are part of something else: a longer number, or a version's."""
    start = match.start("day")
    if len(match["year"]) <= len("'25") and _MONTH_BEFORE.search(
        match.string, max(start - _LONGEST_BEFORE, 0), start
    ):
        return True
    if not 0 < int(match["day"]) <= _LAST_DAY:
        return True
    return _NO_DAY_HERE.search(match.string, max(start - _LONGEST_BEFORE, 0), start) is not None


def _iso_day(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    return day_span(int(match["year"]), int(match["month"]), int(match["day"]))


def _numeric_day(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    """Reads day before month; the other order only where the first cannot be (09/25/2023)."""
    if _NOT_ALONE.search(match.string, max(match.start() - 2, 0), match.start()):
        return None
    year, first, second = year_of(match["year"]), int(match["day"]), int(match["month"])
    return day_span(year, second, first) or day_span(year, first, second) or no_date()


def _written_day(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    if _is_no_day(match):
        return None
    return day_span(year_of(match["year"]), month_of(match["month"]), int(match["day"])) or no_date()


def _written_month(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    first = month_of(match["earlier"]) if match["earlier"] else None
    return month_span(year_of(match["year"]), month_of(match["month"]), first_month=first)


def _numeric_month(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    return month_span(year_of(match["year"]), int(match["month"]))


def _short_month(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    return replace(month_span(year_of(match["year"]), int(match["month"])), weak=True)


def _spaced_month(match: re.Match[str], terms: TermSpan | None) -> FoundDate | None:
    """Reads "07 2027", unless the digits are those of an edition or a page ("Page 10 2024")."""
    before = match.string[max(match.start() - _LONGEST_BEFORE, 0) : match.start()]
    return None if _NO_DAY_HERE.search(before) else _short_month(match, terms)


def _term_of_school_year(match: re.Match[str], terms: TermSpan | None) -> FoundDate | None:
    first, second = year_of(match["first"]), year_of(match["second"])
    if second != first + 1:
        return None
    season = _season(match)
    return season_span(season, first if season == "autumn" else second, terms)


def _term_of_year(match: re.Match[str], terms: TermSpan | None) -> FoundDate | None:
    found = season_span(_season(match), year_of(match["year"]), terms)
    earlier = match.groupdict().get("earlier_season")
    if not earlier:
        return found
    start = season_span(_SEASONS[earlier[:3].lower()], year_of(match["year"]), terms)
    return replace(found, from_=min(start.from_ or date.max, found.from_ or date.max))


def _numbered_term(match: re.Match[str], terms: TermSpan | None) -> FoundDate | None:
    """Reads "Term 3 2024" as schools with six terms count: two in the autumn, two in spring, two in summer."""
    season = ("autumn", "spring", "summer")[(int(match["number"]) - 1) // 2]
    first = year_of(match["first"])
    if match["second"] and season != "autumn":
        first = year_of(match["second"])
    return season_span(season, first, terms)


def _school_year(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    first, second = year_of(match["first"]), year_of(match["second"])
    if second != first + 1 or _may_be_a_month(match):
        return None
    return replace(academic_span(first), weak=True)


def _school_years(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    """Reads "2022-2025" as the year in which such a period ends."""
    first, second = year_of(match["first"]), year_of(match["second"])
    if len(match["first"]) == TWO_DIGITS:
        return None
    return year_span(second) if first < second <= first + 10 else None


def _year(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    return year_span(year_of(match["year"]))


def _without_year(match: re.Match[str], _: TermSpan | None) -> FoundDate | None:
    if match["month"] in ("may", "march"):
        return None
    return no_date(month_of(match["month"]) if match["month"] else None)


def _may_be_a_month(match: re.Match[str]) -> bool:
    """Tells whether "09/10" stands here, which is rather September 2010 than 2009/10."""
    return len(match["first"]) == TWO_DIGITS and int(match["first"]) <= _DECEMBER


def _season(match: re.Match[str]) -> str:
    return _SEASONS[match["season"][:3].lower()]


_JOINED = re.compile(r"\d\s?[./-]\s?\d")
# As in "June 15th, 2024", a form so rare that it is not tried where these two do not follow each other.
_DAY_AND_YEAR = re.compile(r"\d\s?(?:st|nd|rd|th)?,?\s+(?:19|20)", re.IGNORECASE)
_STEMS = {
    "month": tuple(month[:3] for month in MONTHS),
    "season": (*_SEASONS, "winter"),
    "term": ("term",),
}
_Read = Callable[[re.Match[str], TermSpan | None], FoundDate | None]
_Form = tuple[re.Pattern[str], _Read, frozenset[str]]


def _form(pattern: str, read: _Read, *needs: str) -> _Form:
    """Gives a form, with what a line must have for the pattern to be worth trying; digits if nothing is said."""
    return re.compile(pattern, re.IGNORECASE), read, frozenset(needs or ("digit",))


_MONTH_AND_DIGITS = ("month", "digit")
_SEASON_AND_DIGITS = ("season", "digit")
_AFTER_WEEKDAYS = (_numeric_day, _written_day)
# The order decides: a form stands before those that would match a part of it.
_FORMS: tuple[_Form, ...] = (
    _form(
        r"(?P<year>20\d\d)(?<!\d.{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _iso_day, "joined"
    ),
    _form(r"(?P<day>\d\d) (?P<month>\d\d) (?P<year>20\d\d)(?!\d)", _numeric_day),
    _form(
        r"(?P<day>\d{1,2})\s?[./-]\s?(?P<month>\d{1,2})\s?[./-]\s?"
        r"(?P<year>(?:19|20)?\d\d)(?![\d/-]|\.\d)",
        _numeric_day,
        "joined",
    ),
    _form(
        rf"(?P<day>\d{{1,2}}){_AFTER_DAY}(?:\s+of)?(?:\s+the)?[\s,./-]*(?P<month>{_MONTH})[\s,./-]*(?P<year>{_YEAR})",
        _written_day,
        *_MONTH_AND_DIGITS,
    ),
    _form(
        rf"{_WEEKDAY}\b(?P<month>{_MONTH})\s*(?:the\s+)?{_DAY},?\s+(?P<year>{_YEAR4})",
        _written_day,
        *_MONTH_AND_DIGITS,
        "day and year",
    ),
    _form(rf"\b{_TERM}{_HALF}{_JOIN}{_SCHOOL_YEAR}", _term_of_school_year, "season", "joined"),
    _form(rf"(?<!\d){_SCHOOL_YEAR}[\s,:-]*{_TERM}{_HALF}", _term_of_school_year, "season", "joined"),
    _form(
        rf"\b(?:(?P<earlier_season>autumn|spring|summer)(?:\s+term)?\s?[/&-]\s?)?{_TERM}{_HALF}{_JOIN}(?P<year>{_YEAR})",
        _term_of_year,
        *_SEASON_AND_DIGITS,
    ),
    _form(
        rf"(?<!\d)(?P<year>{_YEAR4})[\s,:-]*{_TERM}{_HALF}(?!\s*(?:20)?\d\d)",
        _term_of_year,
        *_SEASON_AND_DIGITS,
    ),
    _form(
        rf"\bterms?\s?(?:\d\s?[/&-]\s?)?(?P<number>[1-6]){_JOIN}(?P<first>20\d\d)(?:{_SPAN}(?P<second>(?:20)?\d\d))?(?!\d)",
        _numbered_term,
        "term",
        "digit",
    ),
    _form(
        rf"\b(?:(?P<earlier>{_MONTH})\s?(?:[/&-]|to)\s?)?(?P<month>{_MONTH})[\s,./-]*(?:of\s+)?(?P<year>{_YEAR})",
        _written_month,
        *_MONTH_AND_DIGITS,
    ),
    _form(rf"(?<![\d/]){_SCHOOL_YEAR}", _school_year, "joined"),
    _form(rf"(?<![\d/]){_SCHOOL_YEAR}", _school_years, "joined"),
    _form(
        r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])\s?[./-]\s?(?P<year>20\d\d)(?![\d/-])",
        _numeric_month,
        "joined",
    ),
    _form(r"(?<![\d/.-])(?P<year>20\d\d)[-/.](?P<month>0[1-9]|1[0-2])(?![\d/-])", _numeric_month, "joined"),
    _form(r"(?P<month>0[1-9]|1[0-2]) (?P<year>20\d\d)(?![\d/-])", _spaced_month),
    _form(
        rf"(?<![\d/.,-])(?P<month>0?[1-9]|1[0-2])[/-](?P<year>[0-4]\d)(?![\d/%-]|[.,]\d|\s*{_MONTH})",
        _short_month,
        "joined",
    ),
    _form(r"(?<![\d/.,-])(?P<month>0[1-9]|1[0-2])\.(?P<year>[0-4]\d)(?![\d/%.-])", _short_month, "joined"),
    _form(r"(?P<year>(?:19[89]|20[0-9])\d)(?<![\d/.,£-].{4})(?![\d/-]|[.,]\d)", _year),
    _form(
        rf"{_WEEKDAY}(?:{_DAY}(?:\s+of)?\s+)?\b(?P<month>{_MONTH})(?:\s+{_DAY.replace('day', 'later_day')})?",
        _without_year,
        "month",
    ),
    _form(rf"\b{_TERM}(?P<month>)(?:{_HALF})", _without_year, "season"),
)
