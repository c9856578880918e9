"""The Welsh of a school's calendar in English, so that one set of rules reads both, and a name in both languages, too."""

from __future__ import annotations

import re

# Longer phrases first: what stands in one is not read once more by itself.
_PHRASES = (
    (r"hanner\s+tymor", "half term"),
    (r"diwrnod(?:au)?\s+(?:hms|hyfforddiant(?:\s+mewn\s+swydd)?(?:\s+staff)?)", "INSET day"),
    (r"hms|hyfforddiant\s+mewn\s+swydd", "INSET day"),
    (r"ar\s+gau\s+i\s+(?:dd|d)isgyblion", "closed to pupils"),
    (r"(?:ar\s+gau|wedi\s+cau)", "closed"),
    (r"g[wŵ]yl\s+(?:y\s+)?banc", "bank holiday"),
    (r"(?:yn\s+)?(?:dychwelyd|ailagor)", "return"),
    (r"(?:yn\s+)?(?:dechrau|cychwyn)", "start"),
    (r"(?:yn\s+)?(?:diwedd|gorffen)", "end"),
    (r"tymor", "term"),
    (r"g?wyliau", "holidays"),
    (r"diwrnod|dydd", "day"),
    (r"ysgol(?:ion)?", "school"),
    (r"(?:dd|d)isgyblion", "pupils"),
    (r"athrawon", "teachers"),
    (r"hydref", "autumn"),
    (r"gwanwyn", "spring"),
    (r"haf", "summer"),
    (r"nadolig", "Christmas"),
    (r"pasg", "Easter"),
    (r"sulgwyn", "Whitsun"),
    (r"cyntaf", "first"),
    (r"olaf", "last"),
    (r"eira", "snow"),
    (r"y|yr", "the"),
)
_WELSH = re.compile(
    "|".join(rf"(?P<p{number}>\b(?:{phrase})\b)" for number, (phrase, _) in enumerate(_PHRASES)),
    re.IGNORECASE,
)
_THE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]r\b")
_SURELY_WELSH = re.compile(
    r"\b(tymor|g?wyliau|hms|hyfforddiant|ar gau|g[wŵ]yl|diwrnod|dydd|ysgol(ion)?|disgyblion|dechrau|diwedd)\b",
    re.IGNORECASE,
)

MONTHS = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
"""How the months begin, January first."""

HEADINGS = {
    "kind": ("math", "categori"),
    "name": ("enw", "digwyddiad", "disgrifiad", "tymor"),
    "starts": ("dechrau", "dyddiad dechrau", "dyddiad", "o", "yn dechrau"),
    "ends": ("diwedd", "dyddiad diwedd", "dyddiad gorffen", "gorffen", "hyd", "yn gorffen"),
}
"""What the columns of a table are called."""


def in_english(says: str) -> str:
    """The same with its Welsh words of calendars in English; what is not Welsh stays as it is."""
    if not _SURELY_WELSH.search(says):
        return says
    return _WELSH.sub(_meaning, _THE.sub(" the", says))


def _meaning(found: re.Match[str]) -> str:
    return _PHRASES[int((found.lastgroup or "p0")[1:])][1]
