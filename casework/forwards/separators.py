"""The line that programs put above a forwarded mail, the lines that introduce an answer, and the one at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from casework.forwards.lines import Line
from casework.forwards.words import END_STEMS, FORWARD_STEMS, NAME_PARTICLES, ORIGINAL_STEMS, WROTE_WORDS

RULE = re.compile(r"^[\s_\-=*~#\u2010-\u2015\u2500-\u2501\u2014\u2550]{5,}$")
_DECORATED = re.compile(
    r"^[\s>*]*(?P<left>[-_=~*#\u2010-\u2015\u2500\u2550]{2,})\s*(?P<words>[^\s\-_=~].{1,120}?)"
    r"\s*(?P<right>[-_=~*#\u2010-\u2015\u2500\u2550]{2,})\s*:?(?P<rest>.*)$"
)
_HALF_DECORATED = re.compile(
    r"^(?:[-_=~*]{3,}\s*(?P<a>[^\-_=~].{1,70})|(?P<b>.{1,70}?[^\-_=~])\s*[-_=~]{3,})$"
)
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\w")
_WROTE = re.compile(
    r"(?:^|[\s,>)])(?:" + "|".join(map(re.escape, WROTE_WORDS)) + r")(?:$|[\s:.,])", re.IGNORECASE
)
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s(?-i:GMT|UTC|BST|CES?T|E[SD]T|P[SD]T|C[SD]T|MEZ)\b|\s[+-]\d{4}\b)?",
    re.IGNORECASE,
)
_EDGES = frozenset(" >*-_=~#:\uff1a\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2550")
"""With one of these a separator begins or ends."""
_SPACED_RULE = re.compile(r"(?:[-=_*] ){3,}[-=_*]?")
_SCISSORS = re.compile(r"(?<=[-=_])\s?(?:8<|>8)\s?(?=[-=_])")
_GROUPWISE = re.compile(r"(?:@|\d).*>>>$")
MOST_WORDS = 9
WORDS_OF_A_HEADING = 3
LONGEST_HEADING = 60
FIRST_PERSON = frozenset(
    {"i", "i'm", "i\u2019m", "we", "ich", "wir", "je", "nous", "ik", "io", "yo", "eu", "jag", "jeg"}
)
"""A line with one of these is what the forwarder wrote, not what a program prints."""


class SeparatorKind(StrEnum):
    FORWARD = "forward"
    ORIGINAL = "original"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Separator:
    """What the line says; `decorated` where rules stand beside the words, `rest` what follows on the line."""

    kind: SeparatorKind
    decorated: bool
    words: str = ""
    rest: str = ""


def read_separator(line: Line) -> Separator | None:
    """The separator on this line, or None. Without rules beside it only known words for forwarding count."""
    if line.clean[:1] not in _EDGES and line.clean[-1:] not in _EDGES:
        return None
    clean = _SPACED_RULE.sub("-----", _SCISSORS.sub("", line.clean))
    match = _DECORATED.match(clean)
    if match and len(match["words"].split()) <= MOST_WORDS * 2:
        words = match["words"].strip()
        return Separator(kind=_kind(words), decorated=True, words=words, rest=match["rest"].strip())
    if half := _HALF_DECORATED.match(clean):
        words = (half["a"] or half["b"]).strip()
        kind = _kind(words)
        return None if kind is SeparatorKind.UNKNOWN else Separator(kind=kind, decorated=True, words=words)
    return _bare_separator(clean)


def says_wrote(words: str) -> bool:
    """True if the words say "wrote", in any language."""
    return _WROTE.search(words) is not None


def is_heading(line: Line) -> bool:
    """True for "[Forwarded message]" or "This is a forwarded message": counts only right above a header."""
    clean = line.clean.strip("[](){}<>*\u2026. ")
    lower = clean.casefold()
    bracketed = line.clean[:1] in {"[", "(", "{"} and line.clean[-1:] in {"]", ")", "}"}
    few = len(clean.split()) <= WORDS_OF_A_HEADING and lower.startswith(FORWARD_STEMS)
    return (
        lower == "this is a forwarded message"
        or few
        or (bracketed and len(clean) <= LONGEST_HEADING and _kind(clean) is SeparatorKind.FORWARD)
    )


def is_rule(line: Line) -> bool:
    return bool(RULE.match(line.clean))


def ends_forward(line: Line) -> bool:
    """True for "----- End forwarded message -----" and its like."""
    separator = read_separator(line) if line.clean[:2] in {"--", "==", "__", "**"} else None
    return bool(separator and separator.words.casefold().startswith(END_STEMS))


def introduces_answer(lines: list[Line], at: int) -> int:
    """How many lines an "On Monday, A wrote:" takes that begins here; 0 if none does.

    Known by its shape (a day and a person, a colon, then quotation), so no language needs to be listed, or by
    the word for "wrote".
    """
    if lines[at].depth == 3 and _GROUPWISE.search(lines[at].clean):  # noqa: PLR2004 - ">>> A <a@b.example> DAY >>>"
        return 1
    text = ""
    for count in range(1, 5):
        if at + count > len(lines) or lines[at + count - 1].blank:
            return 0
        line = lines[at + count - 1]
        text = f"{text} {line.clean}".strip()
        if line.clean.endswith((":", "\uff1a")):
            quoted = _quotation_follows(lines, at + count, line.depth)
            names_someone = bool(_ADDRESS.search(text) or _WROTE.search(text))
            return count if names_someone and (quoted or _says_when_and_who(text)) else 0
    return 0


def attribution_of(text: str) -> tuple[str, str]:
    """The person's part and the day's part of an "On DAY, PERSON wrote:" line, cut at the address."""
    plain = _WROTE.sub(" ", text).strip(" :\uff1a")
    found = _ADDRESS.search(plain)
    if not found:
        return "", plain
    before, after = plain[: found.start()], plain[found.end() :]
    comma = max(before.rfind(","), before.rfind(">"))
    time_end = max((match.end() for match in _CLOCK.finditer(before)), default=0)
    cut = max(comma + 1 if comma > time_end - 1 else 0, time_end)
    name = before[cut:]
    taken = _small_words(name)
    return f"{name[taken:]}{found[0]}".strip(" ,"), f"{before[:cut]} {name[:taken]} {after}".strip(" ,")


def _small_words(name: str) -> int:
    """Letters of the words such as "heeft" that stand between the day and the name; a name's own "van" stays."""
    words = list(re.finditer(r"[^\s]+\s+", name))
    taken = 0
    for word in words:
        plain = word[0].strip()
        if not (plain.isalpha() and plain.islower()) or plain in NAME_PARTICLES:
            break
        taken = word.end()
    return taken


def _bare_separator(clean: str) -> Separator | None:
    """Such as "Begin forwarded message:": few words, the word for forwarding among them, nothing after."""
    words = clean.strip("*_ ")
    if len(words.split()) > MOST_WORDS or not words.endswith((":", "\uff1a")):
        return None
    if FIRST_PERSON & {word.casefold() for word in words.split()}:
        return None
    kind = _kind(words)
    return Separator(kind=kind, decorated=False, words=words) if kind is not SeparatorKind.UNKNOWN else None


def _kind(words: str) -> SeparatorKind:
    lower = words.casefold().replace("i\u0307", "i")  # the Turkish capital İ
    if any(stem in lower for stem in FORWARD_STEMS):
        return SeparatorKind.FORWARD
    if any(stem in lower for stem in ORIGINAL_STEMS):
        return SeparatorKind.ORIGINAL
    return SeparatorKind.UNKNOWN


def _says_when_and_who(text: str) -> bool:
    """Without quotation below, only the word for "wrote" and a day or an address tell it from a person's sentence."""
    return bool(_WROTE.search(text)) and bool(_ADDRESS.search(text) or re.search(r"\b(?:19|20)\d\d\b", text))


def _quotation_follows(lines: list[Line], at: int, depth: int) -> bool:
    """By marks, or by an indent as wide as a tab."""
    ahead = [line for line in lines[at : at + 3] if not line.blank]
    return bool(ahead) and (ahead[0].depth > depth or ahead[0].raw.startswith("    "))
