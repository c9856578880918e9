"""What staff answer to Casework's questions about cases, understood generously; what is unclear is asked back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casework.cases import CaseReference

LONGEST_ANSWER = 600
"""Characters of an answer that are read: an office's answer is one line, a disclaimer is long."""


class QuestionKind(StrEnum):
    """What a question is about."""

    FILING = "filing"
    SAME_POST = "same post"
    DELETED_ROW = "deleted row"
    LETTER_CHANGE = "letter change"
    HALTED_SIDE = "halted side"


class Said(StrEnum):
    """What an answer asks for."""

    FILE = "file"
    NEW = "new"
    NOT_OURS = "not ours"
    LINK = "link"
    APART = "keep apart"
    CLOSE = "close"
    KEEP = "keep"
    AS_IT_IS = "as it is"
    PUT_BACK = "put back"
    GO_ON = "go on"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadReply:
    """An answer as understood; `case` only with FILE."""

    said: Said
    case: CaseReference | None = None


_NUMBER = re.compile(r"\b([a-z]{2,6})[\s\-_/.]{0,3}(\d{4})[\s\-_/.]{0,3}(\d{1,8})\b", re.IGNORECASE)
_WORDS: dict[QuestionKind, tuple[tuple[Said, re.Pattern[str]], ...]] = {
    QuestionKind.FILING: (
        (
            Said.NOT_OURS,
            re.compile(
                r"\bnot\s+(?:\w+\s+)?(?:ours|for us|a (?:case|report|matter)|relevant)\b"
                r"|\b(?:spam|junk|ignore|bin it|delete it|nothing to do with us|no case|none of (?:these|them))\b"
            ),
        ),
        (
            Said.NEW,
            re.compile(r"\bnew\b|\b(?:open|start|make|create) (?:a|another|one)\b|\ba case of its own\b"),
        ),
    ),
    QuestionKind.SAME_POST: (
        (
            Said.APART,
            re.compile(
                r"\b(?:keep|leave)\s+(?:them\s+|these\s+)?(?:apart|separate)\b|\b(?:apart|separate(?:ly)?|different|unrelated)\b"
                r"|\b(?:not|don.?t|do not|never)\b[^.\n]{0,20}\b(?:link|same|join|together|linked)\b|^\W*no\b"
            ),
        ),
        (Said.LINK, re.compile(r"\b(?:link|linked|same|together|join)\b|^\W*yes\b")),
    ),
    QuestionKind.DELETED_ROW: (
        (Said.KEEP, re.compile(r"\b(?:keep|stay|leave it|mistake|by accident|put (?:it )?back)\b")),
        (Said.CLOSE, re.compile(r"\b(?:close|closed|end it|finish(?:ed)?)\b")),
    ),
    QuestionKind.LETTER_CHANGE: (
        (
            # the reason that the button asks for may say "not" and "never"
            Said.AS_IT_IS,
            re.compile(
                r"^\W*(?:please\s+)?(?:(?:leave|send)\s+(?:it\s+)?)?as (?:it )?(?:is|stands)"
                r"\W{1,3}(?:because|since)\b[\s\S]*"
            ),
        ),
        (Said.KEEP, re.compile(r"\b(?:not|don.?t|never|no)\b[^.\n]*")),
        (
            Said.AS_IT_IS,
            re.compile(r"\bas (?:it )?is\b|\bas it stands\b|\bunchanged\b|\bwithout (?:a )?changes?\b"),
        ),
    ),
    QuestionKind.HALTED_SIDE: (
        (
            Said.PUT_BACK,
            re.compile(
                r"\bput\b[^.\n]{0,30}\bback\b|\brestore\b|\b(?:mistake|by accident)\b|\bnot (?:on purpose|meant)\b"
            ),
        ),
        (Said.GO_ON, re.compile(r"\bgo on\b|\bcarry on\b|\bcontinue\b|\bon purpose\b|\bmeant\b")),
    ),
}


def read_reply(kind: QuestionKind, own_text: str, *, school: str) -> ReadReply:
    """Read a reply's own words (no quoted history, no signature).

    One clear wish is understood however it is put ("please file this with TIS 2026 7"); two different ones, a
    question, or none are unclear: nothing is guessed.

    Args:
        kind: what was asked.
        own_text: the words of whoever answered.
        school: the capitals before case numbers.
    """
    text = own_text.strip()[:LONGEST_ANSWER].casefold()
    first = next((line for line in text.splitlines() if line.strip()), "")
    if kind is QuestionKind.FILING:
        return _filing(first, text, school)
    said = _wishes(kind, first) or _wishes(kind, text)
    return ReadReply(said=said[0] if len(said) == 1 and "?" not in first else Said.UNCLEAR)


def _filing(first: str, text: str, school: str) -> ReadReply:
    """The first line decides if it says anything; a number there is a wish to file."""
    for words in (first, text):
        cases = cases_named(words, school=school)
        said = _wishes(QuestionKind.FILING, words)
        if not cases and not said:
            continue
        if "?" in first or len(cases) + len(said) > 1:
            return ReadReply(said=Said.UNCLEAR)
        return ReadReply(said=Said.FILE, case=cases[0]) if cases else ReadReply(said=said[0])
    return ReadReply(said=Said.UNCLEAR)


def _wishes(kind: QuestionKind, text: str) -> tuple[Said, ...]:
    """What is asked for, each once; a word that a stronger wish has used ("do not link") counts no more."""
    found, rest = [], text
    for said, pattern in _WORDS[kind]:
        if pattern.search(rest):
            found.append(said)
            rest = pattern.sub(" ", rest)
    return tuple(found)


def cases_named(text: str, *, school: str) -> tuple[CaseReference, ...]:
    """Every case of this school whose number stands in the text, however it is written ("tis 2026/7")."""
    numbers = (
        CaseReference(f"{school}-{match[2]}-{int(match[3]):04d}")
        for match in _NUMBER.finditer(text)
        if match[1].upper() == school
    )
    return tuple(dict.fromkeys(numbers))


def listed(cases: Iterable[CaseReference]) -> str:
    """For a sentence: TIS-2026-0003, TIS-2026-0004 and TIS-2026-0007."""
    names = list(cases)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
