"""Who is named as the source of a report: by a note that says who sent, showed or told it to the writer."""

# ruff: noqa: RUF001 - the quotation marks of telephones are meant

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.intake.source_words import (
    ASKED,
    CAME_FROM,
    COMMON_NOUNS,
    GAVE,
    IDENTIFIED,
    KIN,
    MADE,
    NOT_NAMES,
    OTHER_DOINGS,
    TITLES,
    TO_MANY,
    TOLD,
)
from casework.intake.word_index import WordSearch

LONGEST = 20_000
LONGEST_SENTENCE = 400
MOST = 20
_TITLE = rf"(?:{TITLES})\.?"
_CAPITAL = r"[^\W\d_a-z][^\W\d_]{0,30}(?:['-][^\W\d_a-z][^\W\d_]{0,30}){0,2}"
_NAME = rf"(?:{_TITLE} )?{_CAPITAL}(?: (?:(?:de|van|von|der|del|al|bin) )?{_CAPITAL}){{0,2}}"
_NO_NAME = rf"(?!(?i:{'|'.join(sorted(NOT_NAMES - set(TITLES.casefold().split('|'))))})(?![\w'-]))"
_PERSON = rf"(?:(?:{KIN}) of )?{_NO_NAME}{_NAME}(?:'s?(?: [a-z]+)? (?:{KIN})\b)?"
_PEOPLE = rf"(?P<who>{_PERSON}(?:(?:, | and | & )(?:(?:his|her|their) (?:{KIN}) )?{_PERSON}){{0,3}})"
_GAP = rf"(?P<gap>(?:[, ]+\(?(?!(?i:{OTHER_DOINGS})\b)[\w'’-]+\)?){{0,12}}?)"
_ACTED = re.compile(
    rf"(?<![\w'@/.]){_PEOPLE}(?:'s)?{_GAP}\)?,? (?i:(?:{GAVE}|{MADE}|{TOLD}|{ASKED})){TO_MANY}", re.MULTILINE
)
_DID = WordSearch(re.compile(f"(?:{GAVE}|{MADE}|{TOLD}|{ASKED})", re.IGNORECASE))
"""What somebody who is named may have done; a sentence without it need not be searched for names."""
_CAME = re.compile(
    rf"(?i:(?<!\w)(?:{CAME_FROM})):?(?: (?:my|our|a|the|one of (?:my|our))(?: [a-z]+){{1,3}},?)? {_PEOPLE}"
)
_OWNED = re.compile(rf"(?P<who>{_NAME})'s? (?:[a-z]+ )?(?:{IDENTIFIED})\b")
_LOWER = re.compile(
    rf"(?:^|(?<=[.!?;,] )|(?<=\band )|(?<=\bso ))(?P<who>[a-z]{{3,15}}) (?:(?:has|had|just|also|only)"
    rf" ){{0,2}}(?:{GAVE})",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\bM[rsx]\.)(?<!\bMrs\.)(?<!\bDr\.)\s+|\n\s*\n|\n(?=[-*\u2022>])")


def sources_named(own_words: str) -> tuple[str, ...]:
    """Names of those whom a note names as its source, each once, such as "Delphine Ash" or "Wilf".

    Who sent, showed or told it to the writer, or took the pictures; not who posted, wrote or sent it round to many:
    those are what the report is about. A child by whom a parent is named ("Wilf's mum") is named with it.

    Args:
        own_words: what the writer of the note says, in English; not what is forwarded below.
    """
    plain = own_words[:LONGEST].replace("\u2019", "'")
    found = (name for part in _sentences(plain) for name in _in_sentence(part))
    return tuple(name for name, _ in zip(dict.fromkeys(found), range(MOST), strict=False))


def _sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        line = " ".join(part.split())
        yield from (line[at : at + LONGEST_SENTENCE] for at in range(0, len(line), LONGEST_SENTENCE))


def _in_sentence(sentence: str) -> Iterator[str]:
    for match in _ACTED.finditer(sentence) if _DID.is_in(sentence) else ():
        yield from names_among(match["who"])
        if re.match(r",? (?:and|&) |, \w+ and |[, ]*\(", match["gap"]):
            yield from names_among(match["gap"])
    for pattern in (_CAME, _OWNED):
        for match in pattern.finditer(sentence):
            yield from names_among(match["who"])
            aside = re.match(r" ?\(([^()]{1,60})\)", sentence[match.end() :])
            yield from names_among(aside[1]) if aside else ()
    for match in _LOWER.finditer(sentence):
        if match["who"] not in COMMON_NOUNS and match["who"] not in NOT_NAMES:
            yield match["who"]


def names_among(words: str) -> Iterator[str]:
    """The names in "Mrs Birch (Wilf's mum) and Amy": a run of capitals is one name, titles are none."""
    run: list[str] = []
    for word in (*words.split(), "."):
        plain = re.sub(r"^[^\w]+|'s?$|[^\w]+$", "", re.sub(r"'s?[),;]*$", "", word))
        if run and word.startswith("("):
            yield " ".join(run)
            run = []
        if plain and re.fullmatch(_CAPITAL, plain) and plain.casefold() not in NOT_NAMES:
            run.append(plain)
            if not re.search(r"(?:'s?|[,;)])$", word):
                continue
        if run:
            yield " ".join(run)
            run = []
