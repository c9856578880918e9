"""Suggestions for the person who reads a report, each with the words that led to it; they decide nothing."""

# ruff: noqa: RUF001 - the apostrophes of telephones are meant

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from casework.forwards.lines import visible
from casework.intake.characteristic_words import CHARACTERISTICS, ORDINARY, ORDINARY_FRAGMENTS
from casework.intake.demeaning import demeaned
from casework.intake.suggestion_words import CATEGORIES, FIGURES, FRAGMENTS, THREATS
from casework.intake.victims import with_pronouns
from casework.intake.violence import violent_places
from casework.intake.word_index import Hit, WordIndex

MOST_TEXT = 100_000
MOST_WORDS = 8
LONGEST_WORDS = 120
_DISGUISES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_DISGUISED = re.compile(r"(?<!\w)(?=\w*[a-z])(?=[\w@$]*[0134578@$])[\w@$]{3,20}(?!\w)", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
THREAT_CATEGORY = "threat of violence"
CHARACTERISTIC_CATEGORY = "protected characteristic"
_FIGURE, _ORDINARY = "figure of speech", "ordinary words"


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
    hits = tuple(_index().find(plain))
    ordinary = [hit for hit in hits if hit.name == _ORDINARY]
    mentions = [hit for hit in hits if hit.name in CHARACTERISTICS and not _inside(hit, ordinary)]
    violent = _violent(plain, hits, mentions)
    characteristics = _named(CHARACTERISTICS, mentions)
    categories = _named(CATEGORIES, hits)
    if spoken_against := demeaned(plain, mentions, violent=violent):
        words = tuple(dict.fromkeys(hit.words for hit in spoken_against))[:MOST_WORDS]
        categories = (*categories, Suggestion(name=CHARACTERISTIC_CATEGORY, words=words))
    threat = _named((THREAT_CATEGORY,), violent)
    return Suggestions(categories=(*categories, *threat), characteristics=characteristics, threat=threat)


def _readable(text: str) -> str:
    """Invisible marks and letters disguised as figures undone, so that "1d10t" is read as a person reads it."""
    shown = visible(text).translate(_APOSTROPHES)
    shown = re.sub(r"https?://\S+", " ", shown)
    return _DISGUISED.sub(lambda match: match[0].translate(_DISGUISES), shown)


def _inside(hit: Hit, harmless: Iterable[Hit]) -> bool:
    return any(other.start < hit.end and hit.start < other.end for other in harmless)


def _violent(text: str, hits: Iterable[Hit], mentions: Iterable[Hit]) -> list[Hit]:
    """Where violence is threatened or called for, be its victim a pronoun, a person by name or role, or a group."""
    known = list(hits)
    figures = [hit for hit in known if hit.name == _FIGURE]
    found = [hit for hit in known if hit.name == THREAT_CATEGORY and not _inside(hit, figures)]
    rewritten = with_pronouns(text, [(hit.start, hit.end) for hit in mentions])
    if rewritten is None:
        places = list(violent_places(text))
    else:
        again = tuple(_threat_index().find(rewritten.text))
        struck = [hit for hit in again if hit.name == _FIGURE]
        places = [
            (hit.start, hit.end) for hit in again if hit.name == THREAT_CATEGORY and not _inside(hit, struck)
        ]
        places += violent_places(rewritten.text)
        places = [(rewritten.origin(start), rewritten.origin(end)) for start, end in places]
    for start, end in places:
        hit = _threat(text, start, end)
        if hit.words and not _inside(hit, [*figures, *found]):
            found.append(hit)
    return found


def _threat(text: str, start: int, end: int) -> Hit:
    return Hit(name=THREAT_CATEGORY, start=start, end=end, words=text[start:end].strip())


def _named(names: Iterable[str], hits: Iterable[Hit]) -> tuple[Suggestion, ...]:
    """One suggestion for each name that was hit, in the order of the names, with its different words."""
    words: dict[str, dict[str, None]] = {}
    for hit in hits:
        words.setdefault(hit.name, {})[hit.words[:LONGEST_WORDS]] = None
    return tuple(
        Suggestion(name=name, words=tuple(words[name])[:MOST_WORDS]) for name in names if name in words
    )


@cache
def _index() -> WordIndex:
    groups = {
        THREAT_CATEGORY: THREATS,
        _FIGURE: FIGURES,
        _ORDINARY: ORDINARY,
        **CATEGORIES,
        **CHARACTERISTICS,
    }
    return WordIndex(groups, fragments=FRAGMENTS | ORDINARY_FRAGMENTS, whole=(*CATEGORIES, *CHARACTERISTICS))


@cache
def _threat_index() -> WordIndex:
    return WordIndex({THREAT_CATEGORY: THREATS, _FIGURE: FIGURES}, fragments=FRAGMENTS)
