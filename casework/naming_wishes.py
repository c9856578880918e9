"""Whether a reporter asks not to be named: a suggestion that protects by default, and that staff may take back."""

from __future__ import annotations

import re

_NOT = r"\b(?:do\s*n.?t|do not|never|not to|not)\b"
_NEAR, _FAR = r"[^.!?\n]{0,40}?", r"[^.!?\n]{0,60}?"
_UNWILLING = r"\b(?:(?:do|does|did|would)(?:\s?n.?t| not)|not|never) (?:want|wish|like)\b"
_THEIRS = r"\b(?:my|her|his|their|our) (?:name|identity)\b"
_IN_CONFIDENCE = (
    r"(?:strictly |as |as strictly )?(?:confidential\b|private\b|between us\b"
    r"|in (?:the )?(?:strict(?:est)? )?confidence\b)"
)
_TELL = r"\b(?:say|tell|mention|reveal|disclose|share|give|pass on|let|use)\b"
_ME = (
    r"\b(?:it was (?:me|i)\b|(?:it|this|that) (?:came|comes|is) from me\b|who (?:told|sent|reported|wrote)\b|who i am\b"
    r"|who it (?:was|came from)\b|where you (?:got|heard|had) (?:it|this|that)\b"
    r"|my name\b|i (?:told|sent|reported|wrote)\b)"
)
_WISHES = (
    f"{_NOT}{_NEAR}{_TELL}{_FAR}{_ME}",
    rf"{_NOT}{_NEAR}\b(?:name me|be named|be identified)\b",
    r"\b(?:stay|remain|be|report|report this|keep (?:me|this|it)|keep my (?:name|identity)) anonymous(?:ly)?\b",
    r"\banonymous(?:ly)?,? please\b|\bplease\b[^.!?\n]{0,20}\banonymous(?:ly)?\b",
    rf"\b(?:keep|leave) (?:me|her|him|us|{_THEIRS}) out of (?:it|this)\b",
    r"\bkeep (?:me|my (?:name|identity)) (?:out of (?:it|this)|private|secret|confidential|to yoursel)",
    r"\b(?:without|leave out|withhold) (?:using |giving |mentioning )?my name\b",
    rf"{_NOT} (?:want|wish|like) (?:my name|(?:any(?:one|body)|them|her|him|people) to know)",
    r"\b(?:would\s?n.?t|would not) (?:want|wish|like) (?:my name|(?:any(?:one|body)|them|people) to know)",
    rf"{_UNWILLING} (?:for )?{_THEIRS} (?:to|being|used|mentioned|given|shared|known|passed|out|in)\b",
    rf"{_UNWILLING}{_NEAR}\b(?:know|find out|learn|hear|guess|work out)\b{_NEAR}{_ME}",
    rf"{_UNWILLING}{_NEAR}\btraced? (?:back )?to (?:me|us|her|him|them)\b",
    rf"{_UNWILLING} to (?:be|get|become) involved\b",
    rf"\b(?:rather|prefer)\b{_NEAR}\b(?:nobody|no one) (?:knew|knows?|heard|found out|finds out)\b",
    rf"\b(?:rather|prefer)\b{_NEAR}{_THEIRS} (?:did|was|were|is|does|be)(?:\s?n.?t| not)\b",
    rf"{_THEIRS} (?:must|should|may) not\b",
    rf"\bask(?:s|ed)?\b{_NEAR}(?:{_THEIRS}{_NEAR}\bnot\b|\bnot\b{_NEAR}{_THEIRS})",
    rf"\b(?:keep|treat|hold) (?:this|it|that|everything) {_IN_CONFIDENCE}",
    rf"\b(?:this|it|that|everything) (?:to be |be |is )?(?:kept|treated|held) {_IN_CONFIDENCE}",
    r"\b(?:nobody|no one) (?:must|should|may|is to) (?:know|learn|find out)\b[^.!?\n]{0,30}\b(?:me|i)\b",
)
_MINDS_NOT = re.compile(
    r"\b(?:do\s*n.?t|do not) mind\b[^.!?\n]{0,40}\b(?:named|my name|knows?)\b|\b(?:can|may) (?:use|give) my name\b",
    re.IGNORECASE,
)
_ASKS = re.compile("|".join(_WISHES), re.IGNORECASE)
LONGEST = 20_000


def asks_not_to_be_named(own_words: str) -> bool:
    """True if the words say so; in doubt it is better to protect once too often.

    Args:
        own_words: what the reporter wrote; not what was forwarded, whose author may ask the same of others.
    """
    text = " ".join(own_words[:LONGEST].replace("\u2019", "'").split())
    return _ASKS.search(text) is not None and _MINDS_NOT.search(text) is None
