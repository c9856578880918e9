"""What the beginning of a subject says: forwarded, answered, or neither."""

from __future__ import annotations

import re
from enum import StrEnum

from casework.forwards.lines import visible
from casework.forwards.words import FORWARD_PREFIXES, REPLY_PREFIXES

_TAG = re.compile(r"^(?:\[[^\]]{0,60}\]|\{[^}]{0,60}\}|\*{3}[^*]{0,30}\*{3})\s*:?\s*")
_PREFIX = re.compile(r"^([^\W\d_][\w\-.]{0,12})\s?(?:\[\d+\]|\(\d+\)|\^\d+)?\s?[:\uff1a]\s*")
VS_ANSWERS = frozenset({"fi", "et"})
"""Languages where "VS:" begins an answer; in Danish and Norwegian it begins a forward."""


class SubjectKind(StrEnum):
    FORWARD = "forward"
    REPLY = "reply"
    PLAIN = "plain"


def subject_kind(subject: str, languages: frozenset[str] = frozenset()) -> SubjectKind:
    """What the outermost prefix says; `languages` are those of the quoted header, where there is one."""
    word = _first_prefix(subject)
    if word == "vs" and languages & VS_ANSWERS and not languages & {"da", "no"}:
        return SubjectKind.REPLY
    if word in FORWARD_PREFIXES:
        return SubjectKind.FORWARD
    return SubjectKind.REPLY if word in REPLY_PREFIXES else SubjectKind.PLAIN


def bare_subject(subject: str) -> str:
    """The subject without prefixes and bracketed tags, for comparing."""
    rest = visible(subject)
    for _ in range(20):
        stripped = _TAG.sub("", rest)
        match = _PREFIX.match(stripped)
        if match and match[1].casefold() in FORWARD_PREFIXES | REPLY_PREFIXES:
            stripped = stripped[match.end() :]
        if stripped == rest:
            break
        rest = stripped
    return rest


def _first_prefix(subject: str) -> str:
    rest = _TAG.sub("", _TAG.sub("", visible(subject)))
    match = _PREFIX.match(rest)
    return match[1].casefold() if match else ""
