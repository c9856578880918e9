"""Suggestions for the person who reads a report, each with the words that led to it; they decide nothing."""

# ruff: noqa: RUF001 - the apostrophes of telephones are meant

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casework.forwards.lines import visible
from casework.intake.characteristic_words import CHARACTERISTICS, ORDINARY
from casework.intake.suggestion_words import CATEGORIES, FIGURES, THREATS

MOST_TEXT = 100_000
MOST_WORDS = 8
LONGEST_WORDS = 120
_DISGUISES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_DISGUISED = re.compile(r"(?<!\w)(?=\w*[a-z])(?=[\w@$]*[0134578@$])[\w@$]{3,20}(?!\w)", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
THREAT_CATEGORY = "threat of violence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A name from the register's own choices, and the words in the report that led to it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestions:
    categories: tuple[Suggestion, ...] = ()
    characteristics: tuple[Suggestion, ...] = ()
    threat: tuple[Suggestion, ...] = ()


def suggest(text: str) -> Suggestions:
    """What a person may want to tick, going by the words of the report and of what it quotes."""
    plain = _readable(text[:MOST_TEXT])
    threat = _found(THREAT_CATEGORY, THREATS, _struck(FIGURES, plain))
    characteristics = _all_found(CHARACTERISTICS, _struck(ORDINARY, plain))
    categories = _all_found(CATEGORIES, plain)
    if characteristics:
        words = tuple(word for found in characteristics for word in found.words)[:MOST_WORDS]
        categories = (*categories, Suggestion(name="protected characteristic", words=words))
    categories = (*categories, threat) if threat else categories
    return Suggestions(
        categories=categories, characteristics=characteristics, threat=(threat,) if threat else ()
    )


def _readable(text: str) -> str:
    """Invisible marks and letters disguised as figures undone, so that "1d10t" is read as a person reads it."""
    shown = visible(text).translate(_APOSTROPHES)
    shown = re.sub(r"https?://\S+", " ", shown)
    return _DISGUISED.sub(lambda match: match[0].translate(_DISGUISES), shown)


def _struck(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(" … ", text)


def _all_found(patterns: Mapping[str, re.Pattern[str]], text: str) -> tuple[Suggestion, ...]:
    found = (_found(name, pattern, text) for name, pattern in patterns.items())
    return tuple(suggestion for suggestion in found if suggestion)


def _found(name: str, pattern: re.Pattern[str], text: str) -> Suggestion | None:
    words = dict.fromkeys(match[0].strip()[:LONGEST_WORDS] for match in pattern.finditer(text))
    return Suggestion(name=name, words=tuple(words)[:MOST_WORDS]) if words else None
