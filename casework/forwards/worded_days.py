"""A day whose month is a word, in whatever language: "25. listopada 2021" is November in Prague and October in Zagreb."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.forwards.languages_south import LANGUAGES
from casework.forwards.weekdays import agrees, weekdays_in

_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
SHORTEST_PREFIX = 3
SURE_PREFIX = 4
"""Letters after which a month's beginning in the header's own language needs no comparing with other languages."""
CLOSE_CALL = 2
"""A month's beginning this many letters shorter than the longest known one may still be meant."""
MOST_BETWEEN = 2
"""Words between month and day: "25 d'octubre" has one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """A word as a month: `worth` sorts the best reading first."""

    at: int
    day: date
    near: int
    worth: tuple[bool, bool, bool, bool, int, int]


def worded_day(
    text: str, languages: frozenset[str], times: list[tuple[int, int]]
) -> tuple[date, int, int] | None:
    """The day, and where it begins and ends; the end is its beginning where a time stands between its parts.

    Args:
        text: As the header has it.
        languages: Codes of the languages that the header's labels belong to.
        times: Spans of what looks like a time of day: no figure in them is a day.
    """
    words = list(_WORD.finditer(text))
    years = [at for at, word in enumerate(words) if _YEAR.fullmatch(word[0])]
    if not years:
        return None
    best = min(_readings(text, words, years[0], languages, times), key=lambda each: each.worth, default=None)
    if best is None:
        return None
    spots = sorted((best.at, best.near, years[0]))
    start, end = words[spots[0]].start(), words[spots[-1]].end()
    inside = any(start <= begin < end for begin, _ in times)
    return best.day, start, start if inside else end


def as_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readings(
    text: str,
    words: list[re.Match[str]],
    year: int,
    languages: frozenset[str],
    times: list[tuple[int, int]],
) -> Iterator[_Reading]:
    """Every month and day that the words can mean together, each weighed by the day of the week and the language."""
    named = weekdays_in(text)
    days = [at for at, word in enumerate(words) if _may_be_day(word, times)]
    for at, word in enumerate(words):
        if word[0].isdecimal():
            continue
        nearest = sorted(days, key=lambda day: abs(day - at) - (day < at) * 0.5)[:3]
        for code, month, shorter in _months_of(word[0]):
            for near in nearest:
                day = as_day(int(words[year][0]), month, int(words[near][0]))
                if day and abs(near - at) <= MOST_BETWEEN:
                    worth = (
                        not agrees(day, named.get(code)),
                        not _stands_well(at, near, words),
                        code not in named,
                        code not in languages,
                        shorter,
                        at,
                    )
                    yield _Reading(at=at, day=day, near=near, worth=worth)
                    break


def _stands_well(at: int, near: int, words: list[re.Match[str]]) -> bool:
    """The month follows the day, or stands between year and day as in "2021. január 3."."""
    before = words[max(0, at - MOST_BETWEEN) : at]
    return near < at or any(_YEAR.fullmatch(word[0]) for word in before)


def _may_be_day(word: re.Match[str], times: list[tuple[int, int]]) -> bool:
    in_a_time = any(start <= word.start() < end for start, end in times)
    return word[0].isdecimal() and len(word[0]) <= 2 and 1 <= int(word[0]) <= 31 and not in_a_time  # noqa: PLR2004


@lru_cache(maxsize=2_048)
def _months_of(word: str) -> tuple[tuple[str, int, int], ...]:
    """The languages in which a word is a month, which one, and by how many letters another language knows it better."""
    plain = _plain(word)
    found = {code: _longest(plain, forms) for code, forms in _FORMS.items()}
    longest = max((length for length, _ in found.values()), default=0)
    return tuple(
        (code, month, longest - length)
        for code, (length, month) in found.items()
        if month and (length >= min(longest, SURE_PREFIX) or longest - length <= CLOSE_CALL)
    )


def _longest(word: str, forms: tuple[tuple[str, int], ...]) -> tuple[int, int]:
    """Length and number of the month whose longest known form begins the word; short forms must match whole."""
    fitting = (
        (len(form), month)
        for form, month in forms
        if word.startswith(form) and (len(word) == len(form) or len(form) >= SHORTEST_PREFIX)
    )
    return max(fitting, default=(0, 0))


def _plain(word: str) -> str:
    """Lower-case without accents, so that "août", "aout" and "AOÛT" are one; Hebrew's "in" is taken off."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return letters.removeprefix("\u05d1")


_FORMS = {
    language.code: tuple(
        (_plain(form), number)
        for number, forms in enumerate(language.months.split(), start=1)
        for form in forms.split("/")
    )
    for language in LANGUAGES
}
