"""The moment that a quoted header names, in whatever language and order it is written; never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from casework.forwards.languages_south import LANGUAGES
from casework.forwards.lines import visible
from casework.forwards.words import AFTERNOON, MORNING, ZONES

_HALF = r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|[^\W\d_]{1,5}\.?(?:[^\W\d_]{1,3}\.?)?|[上下午前後오전후]{2}))?"
_TIME = re.compile(
    r"(?<![\d.:/-])(?P<before>[上下午前後오전후]{2}\s?|(?:de|du|öö|ös|πμ|μμ)\.?\s)?"
    r"(?P<hour>\d{1,2})\s?(?:[:.hH]|h\s|시\s?|時|点|點|:\s)(?P<minute>\d{2})(?![\d.]\d)"
    r"(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)" + _HALF
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
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS_IN_YEAR = 12
LONGEST_DATE = 200


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
    shown = visible(text)[:LONGEST_DATE]
    found = _find_day(shown, languages, not_after)
    if found is None:
        return None
    rest = shown[: found.start] + " " + shown[found.end :] if found.end > found.start else shown
    moment, after = _find_time(rest)
    return datetime.combine(found.day, moment, tzinfo=_find_zone(rest[after:]) if after else None)


def _find_day(text: str, languages: frozenset[str], not_after: datetime | None) -> _Found | None:
    for pattern in (_ISO, _KOREAN):
        if match := pattern.search(text):
            parts = {name: int(number) for name, number in match.groupdict().items()}
            with suppress(ValueError):
                return _Found(day=date(**parts), start=match.start(), end=match.end())
    if match := _NUMERIC.search(text):
        day = _numeric_day(match, text, not_after)
        return _Found(day=day, start=match.start(), end=match.end()) if day else None
    return _worded_day(text, languages)


def _numeric_day(match: re.Match[str], text: str, not_after: datetime | None) -> date | None:
    """Day first, as in Europe, unless the day of the week, the calendar or American habit says otherwise."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - two figures
    readings = [day for day in (_day(year, second, first), _day(year, first, second)) if day]
    if len(set(readings)) > 1 and match[2] == "/" and _looks_american(text):
        readings.reverse()
    latest = not_after.date() + timedelta(days=1) if not_after else date.max
    weekday = _english_weekday(text)
    possible = [day for day in readings if day <= latest and weekday in (None, day.weekday())]
    return next(iter(possible or readings), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _looks_american(text: str) -> bool:
    """Only American English writes 10/25/2021 11:17 AM, in capitals and without a European zone."""
    return bool(re.search(r"\d\s?[AP]M\b", text)) and not re.search(
        r"GMT\s?\+|BST|CES?T|UTC\s?\+|\+0\d", text
    )


def _english_weekday(text: str) -> int | None:
    words = [word[:3].casefold() for word in re.findall(r"[A-Za-z]{3,9}", text)]
    return next((_ENGLISH_DAYS.index(word) for word in words if word in _ENGLISH_DAYS), None)


def _worded_day(text: str, languages: frozenset[str]) -> _Found | None:
    words = list(_WORD.finditer(text))
    years = [at for at, word in enumerate(words) if re.fullmatch(r"(?:19|20)\d\d", word[0])]
    if not years:
        return None
    times = [match.span() for match in _TIME.finditer(text)]
    days = [at for at, word in enumerate(words) if _may_be_day(word, times)]
    for at, month in _months_in(words, languages):
        for near in sorted(days, key=lambda day: abs(day - at) - (day < at) * 0.5):
            day = _day(int(words[years[0]][0]), month, int(words[near][0]))
            if day and abs(near - at) <= 2:  # noqa: PLR2004 - "25 d'octubre" has one word between
                spots = sorted((at, near, years[0]))
                return _clipped(day, words[spots[0]].start(), words[spots[-1]].end(), times)
    return None


def _clipped(day: date, start: int, end: int, times: list[tuple[int, int]]) -> _Found:
    """Never swallow a time that stands between the parts of the date."""
    inside = any(start <= begin < end for begin, _ in times)
    return _Found(day=day, start=start, end=start if inside else end)


def _may_be_day(word: re.Match[str], times: list[tuple[int, int]]) -> bool:
    in_a_time = any(start <= word.start() < end for start, end in times)
    return word[0].isdecimal() and len(word[0]) <= 2 and 1 <= int(word[0]) <= 31 and not in_a_time  # noqa: PLR2004


def _months_in(words: list[re.Match[str]], languages: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Words that may be months: those that follow a number first, and the header's own languages before others."""
    candidates = []
    for at, word in enumerate(words):
        if word[0].isdecimal():
            continue
        month, rank = _month_of(word[0], languages)
        if month:
            before = [earlier[0] for earlier in words[max(0, at - 2) : at]]
            follows = any(part.isdecimal() and len(part) <= 2 for part in before)  # noqa: PLR2004 - a day has two figures
            candidates.append((not follows, rank, -len(word[0]), at, month))
    yield from ((at, month) for *_, at, month in sorted(candidates))


def _month_of(word: str, languages: frozenset[str]) -> tuple[int, int]:
    plain = _plain(word)
    own = _month_in(plain, tuple(sorted(languages))) if languages else 0
    if own:
        return own, 0
    return _month_in(plain, ("en",)) or _month_in(plain, tuple(_month_tables())), 1


@cache
def _month_in(word: str, codes: tuple[str, ...]) -> int:
    """The month whose longest known form begins the word; short words must match a form whole."""
    best = (0, 0)
    for code in codes:
        for form, month in _month_tables().get(code, ()):
            if word.startswith(form) and len(form) > best[0] and (len(word) == len(form) or len(form) >= 3):  # noqa: PLR2004
                best = (len(form), month)
    return best[1]


@cache
def _month_tables() -> dict[str, tuple[tuple[str, int], ...]]:
    return {
        language.code: tuple(
            (_plain(form), number)
            for number, forms in enumerate(language.months.split(), start=1)
            for form in forms.split("/")
        )
        for language in LANGUAGES
    }


def _plain(word: str) -> str:
    """Lower-case without accents, so that "août", "aout" and "AOÛT" are one."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


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
