"""Evens out the writing of a line: odd spaces, dashes, quotes and misspelt months, so that rules see one form."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_LOOKALIKES = str.maketrans(
    {
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2044": "/",
        "\u2215": "/",
        "\uff1a": ":",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\r": "\n",
        "\v": "\n",
        "\f": "\n",
    }
)
_FILL = re.compile(r"[._\u2026]{3,}")
_SPACES = re.compile(r"[ ]{2,}")
# Letters that are set apart one by one, with wider gaps between words: "N e x t  r e v i e w".
_LETTER_SPACED = re.compile(r"(?<!\S)\S(?: {1,3}\S){5,}(?!\S)")
_WIDER_GAPS = re.compile(r" {2,}")
_MAYBE_MONTH = re.compile(r"\b([A-Za-z]{5,10})(?=[ ,.'-]{1,2}(?:20)?\d\d\b)")
_DIGITS = re.compile(r"\d\d")
_RUN_ON = re.compile(
    r"(?i:(?<=next)(?=review|due)|(?<=last)(?=review)|(?<=review)(?=date\b|date:))"
    r"|(?<=[a-z\d])(?=(?:Next|Last|Reviewed|Review|Date|Due|Approved|Agreed|Ratified|Adopted|Updated|Owner|January|February"
    r"|March|April|June|July|August|September|October|November|December|Autumn|Spring|Summer)(?![a-z]))"
    r"|(?<=[a-z]{2})(?=\d{1,2}/\d|\d{1,2}[.-]\d{1,2}[.-]\d\d|20\d\d(?!\d))"
)
# Where words run on there is a capital or a digit behind a small letter: most lines have none.
_MAY_RUN_ON = re.compile(r"[A-Z](?<=[a-z\d][A-Z])|\d(?<=[a-z]{2}\d)")
_CLOSE_ENOUGH = 0.8
_MISSPELT_FROM = 5


def has_digit(text: str) -> bool:
    """Tells whether there is a digit in a text; written out, which is several times quicker than a pattern or a loop."""
    few = "2" in text or "1" in text or "0" in text or "3" in text or "5" in text
    return few or "4" in text or "9" in text or "7" in text or "6" in text or "8" in text


def has_any(text: str, pieces: Iterable[str]) -> bool:
    """Tells whether one of the pieces stands in a text, twice as quickly as ``any`` does."""
    for piece in pieces:  # noqa: SIM110 - this is asked of every line of every document
        if piece in text:
            return True
    return False


def tidy(text: str) -> str:
    """Evens out spaces, dashes, quotes and lines of dots; tabs and line ends stay, for they part columns and lines."""
    if text.isascii() and "  " not in text and "..." not in text and "__" not in text and "\r" not in text:
        return text
    text = _FILL.sub(" ", _LETTER_SPACED.sub(_unspaced, text.translate(_LOOKALIKES)))
    return _SPACES.sub(" ", text)


def _unspaced(match: re.Match[str]) -> str:
    """Joins spaced letters to words, if any two stand side by side; "A B C D E F" with no wider gap is one word too."""
    return " ".join(word.replace(" ", "") for word in _WIDER_GAPS.split(match[0]))


def part_run_ons(text: str) -> str:
    """Parts words that lost the space between them ("July 2024Review date", "NextReviewDate", "Date reviewed10/2021")."""
    return _RUN_ON.sub(" ", text) if _MAY_RUN_ON.search(text) else text


def mend_months(text: str) -> str:
    """Puts right the spelling of a month that stands before a year ("Septmeber 2023")."""
    if not _DIGITS.search(text):
        return text
    return _MAYBE_MONTH.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    word = match[1]
    if word.lower() in MONTHS:
        return word
    near: list[str] = get_close_matches(word.lower(), MONTHS, n=1, cutoff=_CLOSE_ENOUGH)
    if not near or near[0][0] != word[0].lower() or len(near[0]) < _MISSPELT_FROM:
        return word
    return near[0].capitalize()
