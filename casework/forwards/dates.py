"""The moment that a quoted header names, in whatever language and order it is written; never a guess."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from casework.forwards.lines import visible
from casework.forwards.weekdays import agrees, weekdays_in
from casework.forwards.worded_days import as_day, worded_day
from casework.forwards.words import AFTERNOON, MORNING, ZONES

_EAST = "[上下午前後오전후]{2}|凌晨|早上|清晨|晚上|傍晚|夜里"
_HALF = rf"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|[^\W\d_]{{1,5}}\.?(?:[^\W\d_]{{1,3}}\.?)?|{_EAST}))?"
_TIME = re.compile(
    rf"(?<![\d.:/-])(?P<before>(?:{_EAST})\s?|(?:de|du|öö|ös|πμ|μμ)\.?\s)?"
    r"(?P<hour>\d{1,2})\s?(?:[:.hH]|h\s|시\s?|時|点|點|:\s)(?P<minute>\d{2}|\d(?=\s?분))"
    r"(?:[:.](?P<second>\d{2})(?:,\d+)?)?(?!\d|[.:]\d)" + _HALF
)
_HOUR_ONLY = re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2})\s?(?P<half>[ap]\.?m\.?)(?!\w)", re.IGNORECASE)
_OFFSET = re.compile(
    r"(?:(?:GMT|UTC)\s?)?(?P<sign>[+\-\u2212])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?!\d)|(?<![A-Za-z])Z(?!\w)"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)"
)
_KOREAN = re.compile(r"(?P<year>(?:19|20)\d{2})\s?년\s?(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?((?:19|20)?\d{2})(?!\d)")
_FOUR_FIGURES = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(
    r"(?P<before>\d[ .-]{1,2}[^\W\d_]{3,10}[ ,.'-]{1,3})(?P<year>\d\d)(?=[ ,]{1,2}(?:[^\W\d_]{1,3}\.? )?\d{1,2}[:.]\d\d)"
)
MONTHS_IN_YEAR = 12
LONGEST_DATE = 200
FIGURES_OF_A_YEAR = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    day: date
    start: int
    end: int


def parse_moment(
    text: str, *, languages: frozenset[str] = frozenset(), not_after: datetime | None = None
) -> datetime | None:
    """Read a date with its time.

    Args:
        text: As the header has it, such as "lundi 25 octobre 2021 11:17".
        languages: Languages that the header's labels belong to; they settle words that differ between languages.
        not_after: When the mail that quotes it was written; settles 10/11 against 11/10.

    Returns:
        A moment to the minute or second, aware where an offset is given; None where no whole date is there.
    """
    shown = _with_century(visible(text)[:LONGEST_DATE])
    found = _find_day(shown, languages, not_after)
    if found is None:
        return None
    rest = shown[: found.start] + " " + shown[found.end :] if found.end > found.start else shown
    moment, after = _find_time(rest)
    return datetime.combine(found.day, moment, tzinfo=_find_zone(rest[after:]) if after else None)


def _with_century(text: str) -> str:
    """Write the year of "21 Nov, 26 At 19:42" whole; two figures are a year only between a month's name and a time."""
    return text if _FOUR_FIGURES.search(text) else _SHORT_YEAR.sub(r"\g<before>20\g<year>", text, count=1)


def _find_day(text: str, languages: frozenset[str], not_after: datetime | None) -> _Found | None:
    """Forms that can be read one way come first; "08.05.21" is a day only where nothing better stands there."""
    for pattern in (_ISO, _KOREAN):
        if match := pattern.search(text):
            parts = {name: int(number) for name, number in match.groupdict().items()}
            with suppress(ValueError):
                return _Found(day=date(**parts), start=match.start(), end=match.end())
    numeric = list(_NUMERIC.finditer(text))
    whole = next((match for match in numeric if len(match[4]) == FIGURES_OF_A_YEAR), None)
    if whole is None and (worded := worded_day(text, languages, [m.span() for m in _TIME.finditer(text)])):
        day, start, end = worded
        return _Found(day=day, start=start, end=end)
    match = whole or next(iter(numeric), None)
    read = _numeric_day(match, text, not_after) if match else None
    return _Found(day=read, start=match.start(), end=match.end()) if match and read else None


def _numeric_day(match: re.Match[str], text: str, not_after: datetime | None) -> date | None:
    """Day first, as in Europe, unless the day of the week, the calendar or American habit says otherwise."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - two figures
    readings = [day for day in (as_day(year, second, first), as_day(year, first, second)) if day]
    if len(set(readings)) > 1 and match[2] == "/" and _looks_american(text):
        readings.reverse()
    latest = not_after.date() + timedelta(days=1) if not_after else date.max
    named = frozenset[int]().union(*weekdays_in(text).values())
    possible = [day for day in readings if day <= latest and agrees(day, named)]
    return next(iter(possible or readings), None)


def _looks_american(text: str) -> bool:
    """Only American English writes 10/25/2021 11:17 AM, in capitals and without a European zone."""
    return bool(re.search(r"\d\s?[AP]M\b", text)) and not re.search(
        r"GMT\s?\+|BST|CES?T|UTC\s?\+|\+0\d", text
    )


def _find_time(text: str) -> tuple[time, int]:
    """The time and where it ends; midnight and 0 where there is none."""
    match = _TIME.search(text)
    if match:
        groups = match.groupdict()
        half = _half_of(groups["half"]) or _half_of(groups["before"])
        with suppress(ValueError):
            seconds = int(groups["second"] or 0)
            return time(_hour(int(groups["hour"]), half), int(groups["minute"]), seconds), match.end("minute")
    if match := _HOUR_ONLY.search(text):
        with suppress(ValueError):
            return time(_hour(int(match["hour"]), _half_of(match["half"]))), match.end()
    return time(), 0


def _half_of(word: str | None) -> str:
    plain = (word or "").casefold().replace(" ", "").strip()
    if plain in MORNING:
        return "morning"
    return "afternoon" if plain in AFTERNOON else ""


def _hour(hour: int, half: str) -> int:
    if half == "afternoon" and hour < MONTHS_IN_YEAR:
        return hour + 12
    return 0 if half == "morning" and hour == MONTHS_IN_YEAR else hour


def _find_zone(text: str) -> tzinfo | None:
    """The offset written after the time, as figures or as a zone's usual letters."""
    if match := _OFFSET.search(text):
        if not match["sign"]:
            return UTC
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if match["sign"] != "+" else minutes))
    known = (ZONES.get(word.casefold()) for word in re.findall(r"[^\W\d_]{3,5}", text))
    minutes_east = next((minutes for minutes in known if minutes is not None), None)
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east))
