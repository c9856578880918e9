"""Whether a reporter asks not to be named: a suggestion that protects by default, and that staff may take back."""

from __future__ import annotations

import re

_NOT = r"\b(?:do\s*n.?t|do not|never|not to|not)\b"
_NEAR, _FAR = r"[^.!?\n]{0,40}?", r"[^.!?\n]{0,60}?"
_TELL = r"\b(?:say|tell|mention|reveal|disclose|share|give|pass on|let|use)\b"
_ME = (
    r"\b(?:it was (?:me|i)\b|(?:it|this|that) (?:came|comes|is) from me\b|who (?:told|sent|reported|wrote)\b|who i am\b"
    r"|who it (?:was|came from)\b|my name\b|i (?:told|sent|reported|wrote)\b)"
)
_WISHES = (
    f"{_NOT}{_NEAR}{_TELL}{_FAR}{_ME}",
    rf"{_NOT}{_NEAR}\b(?:name me|be named|be identified)\b",
    r"\b(?:stay|remain|be|report|report this|keep (?:me|this|it)|keep my (?:name|identity)) anonymous(?:ly)?\b",
    r"\banonymous(?:ly)?,? please\b|\bplease\b[^.!?\n]{0,20}\banonymous(?:ly)?\b",
    r"\bkeep (?:me|my (?:name|identity)) (?:out of (?:it|this)|private|secret|confidential|to yoursel)",
    r"\b(?:without|leave out|withhold) (?:using |giving |mentioning )?my name\b",
    rf"{_NOT} (?:want|wish|like) (?:my name|(?:any(?:one|body)|them|her|him|people) to know)",
    r"\b(?:would\s?n.?t|would not) (?:want|wish|like) (?:my name|(?:any(?:one|body)|them|people) to know)",
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
