"""Finds how often a policy is reviewed: "annually", "every two years", "on a three-year cycle", "in 18 months' time"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from casework.policy_documents.spans import month_of
from casework.policy_documents.words import has_any

_YEAR = 12
_TERM = 4
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "twelve": 12,
    "eighteen": 18,
    "other": 2,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "twenty four": 24,
    "thirty six": 36,
}
_SAID_ONCE = {
    "half year": 6,
    "half term": 2,
    "halftermly": 2,
    "halfyearly": 6,
    "biennial": 24,
    "biannual": 24,
    "bi annual": 24,
    "triennial": 36,
    "triannual": 36,
    "tri annual": 36,
    "quarter": 3,
    "term": _TERM,
    "month": 1,
}
_STEMS = ("year", "term", "month", "annu", "ennial", "quarter", "every", "each", " yr")
_NUMBER_WORDS = "one|two|three|four|five|six|seven|ten|twelve|eighteen|twenty[ -]four|thirty[ -]six"
_NUMBER = rf"(?P<number>\d{{1,2}}|{_NUMBER_WORDS})"
# "The annual report" is no cycle; "annual review" and "annual" alone are.
_ANNUAL = r"annual(?!\s+(?!review|basis|cycle|rolling|programme|policy|schedule|renewal|update|in\b|on\b|by\b)[a-z])"
_UNIT = r"(?P<unit>academic year|school year|calendar year|year|yr|month|term)"
_MONTH = r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)"


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundCycle:
    """A cycle found in a line; ``weak`` means a bare duration ("3 years"), which counts only beside a label."""

    start: int
    end: int
    text: str
    months: int
    month: int | None = None
    weak: bool = False


def find_cycles(text: str) -> list[FoundCycle]:
    """Finds every review cycle in a tidied line, in order."""
    found: list[FoundCycle] = []
    lowered = text.lower()
    if not has_any(lowered, _STEMS):
        return found
    for pattern, months_of, weak in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            months = months_of(match)
            if months:
                month = match.groupdict().get("month")
                found.append(
                    FoundCycle(
                        start=match.start(),
                        end=match.end(),
                        text=match[0].strip(),
                        months=months,
                        month=month_of(month) if month else None,
                        weak=weak,
                    )
                )
    return sorted(found, key=lambda item: item.start)


def _counted(match: re.Match[str]) -> int:
    return _number(match["number"]) * _unit(match)


def _every(match: re.Match[str]) -> int:
    return _unit(match) * (_number(match["number"]) if match["number"] else 1)


def _number(words: str) -> int:
    digits = re.sub(r"\D", "", words)
    return int(digits) if digits else _WORDS[words.lower().replace("-", " ")]


def _unit(match: re.Match[str]) -> int:
    unit = match["unit"].lower()
    if unit.endswith(("year", "yr")):
        return _YEAR
    return _TERM if unit == "term" else 1


def _said_once(match: re.Match[str]) -> int:
    words = match[0].lower().replace("-", " ")
    return next(months for word, months in _SAID_ONCE.items() if word in words)


def _yearly(_: re.Match[str]) -> int:
    return _YEAR


_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], int], bool]


def _form(pattern: str, months_of: Callable[[re.Match[str]], int], *, weak: bool = False) -> _Form:
    return re.compile(pattern, re.IGNORECASE), months_of, weak


# The order decides: "2-yearly" and "bi-annually" stand before "yearly" and "annually".
_FORMS: tuple[_Form, ...] = (
    _form(
        rf"\b(?:every|each)\s+(?:(?P<number>\d{{1,2}}(?:nd|rd|th)?|other|second|third|fourth|{_NUMBER_WORDS})"
        rf"(?:\s?\(\d\))?\s+)?(?:full\s+)?{_UNIT}s?\b(?:\s+in\s+{_MONTH})?",
        _every,
    ),
    _form(rf"\b(?:every|each)\s+(?:{_MONTH}|(?:autumn|spring|summer)(?:\s+term)?)\b", _yearly),
    _form(rf"\b{_NUMBER}(?:\s?\(\d\))?[\s-]*{_UNIT}ly\b", _counted),
    _form(
        rf"\b{_NUMBER}[\s-]+{_UNIT}s?[\s-]+(?:cycle|rolling|review|period|basis|interval|programme|rotation)\w*",
        _counted,
    ),
    _form(rf"\b(?:in|after|within)\s+{_NUMBER}\s+{_UNIT}s?'?(?:\s+time)?\b", _counted, weak=True),
    _form(
        r"\b(?:bi[ -]?annual|tri[ -]?annual|biennial|triennial|half[ -]?yearly|half[ -]?termly|quarterly|termly"
        r"|monthly)(?:ly)?\b",
        _said_once,
    ),
    _form(
        rf"\b(?:annually|yearly|{_ANNUAL}|once\s+(?:a|per|every)\s+year|per\s+annum)\b"
        rf"(?:\s+(?:in|every|each)\s+{_MONTH})?",
        _yearly,
    ),
    _form(rf"\b{_NUMBER}(?:\s?\(\d\))?\s*{_UNIT}s?'?\b(?:\s+time)?", _counted, weak=True),
    _form(r"\bonce\s+(?:a|per|every)\s+(?:term|month)\b", _said_once),
)
