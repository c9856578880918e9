"""Days as people write them in a line: "12 Nov", "12/11", "yesterday", "last Friday"; all of them past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s*(?P<year>20\d\d))?"
_FORMS = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})(?:[/.](?P<year>20\d\d|\d\d))?\b"),
    re.compile(rf"\b{_DAY}\s*(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+{_DAY}\b{_YEAR}", re.IGNORECASE),
)
_NEAR = (
    (re.compile(r"\bday before yesterday\b", re.IGNORECASE), 2),
    (re.compile(r"\b(?:yesterday|last night)\b", re.IGNORECASE), 1),
    (re.compile(r"\b(?:today|this morning|this afternoon|just now|tonight)\b", re.IGNORECASE), 0),
)
_ON_A_WEEKDAY = re.compile(rf"\b(?:on |last |this )?(?P<weekday>{_WEEKDAY})\b", re.IGNORECASE)
_A_YEAR = timedelta(days=365)


def days_said(text: str, *, today: date) -> tuple[date, ...]:
    """Every day that the text names, each once; a day without a year is the last one that has come.

    A weekday beside a date is that date's own; a day that does not exist, or is still to come, is none.
    """
    found: list[date] = []
    rest = text
    for form in _FORMS:
        found += [day for match in form.finditer(rest) if (day := _dated(match, today))]
        rest = form.sub(" ", rest)
    for pattern, ago in _NEAR:
        found += [today - timedelta(days=ago)] * bool(pattern.search(rest))
        rest = pattern.sub(" ", rest)
    found = found or list(_weekdays(rest, today))
    return tuple(dict.fromkeys(found))


def _weekdays(text: str, today: date) -> Iterator[date]:
    for match in _ON_A_WEEKDAY.finditer(text):
        weekday = _WEEKDAYS.index(match["weekday"][:3].casefold())
        yield today - timedelta(days=(today.weekday() - weekday) % 7)


def _dated(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].casefold()) + 1
    given = parts.get("year")
    year = int(given) + (2000 if given and len(given) == 2 else 0) if given else today.year  # noqa: PLR2004 - two digits
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        return None
    if day > today and not given:
        day = day.replace(year=year - 1) if (month, day.day) != (2, 29) else day
    return day if today - _A_YEAR <= day <= today else None
