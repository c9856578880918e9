"""Whether a report speaks of the headteacher: then the note goes to the chair alone until a person has looked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework.forwards import find_forwards
from casework.forwards.blocks import any_of
from casework.forwards.headers import read_header
from casework.forwards.lines import lines_of
from casework.intake.replies import without_signature

if TYPE_CHECKING:
    from casework.intake.report import Report

_ROLE = any_of(
    r"""
    <not_deputy>\bhead[\s\-\u2010-\u2015]?teachers?\b|\bhead[\s\-]?(?:master|mistress)(?:es|s)?\b
    (?<!on )(?<!in )(?<!over )\bthe\s+head\b(?!\s+<other_head>|-)
    \b(?:our|your|this|that|their|her|his|new|useless|stupid|bloody)\s+<not_deputy>head\b(?!\s+<other_head>|-)
    \bhead\s+of\s+(?:the\s+)?school\b
    """,
    fragments={
        "not_deputy": r"(?<!deputy )(?<!assistant )(?<!deputy-)(?<!assistant-)(?<!vice )(?<!former )",
        "other_head": r"of\s+(?!school\b|the\s+school\b)|lice\b|cold\b|start\b|count\b|injur|band\b|line\b|quarter"
        r"|chef|cook"
        r"|boy\b|girl\b|office\b|in\b|down\b|up\b|off\b|out\b|on\b|hurts\b|is\s+(?:sore|hurting)",
    },
)
_GREETING = re.compile(
    r"^\s*(?:dear|hi|hiya|hello|hey|good\s+(?:morning|afternoon|evening)|morning|afternoon|to|attn|attention"
    r"|f\.?a\.?o\.?|for the attention of)\b[\s:,]*(?:[\w.'\u2019-]+[\s,]*){0,6}?(?:[,!:\u2013-]|$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:tel|t|m|phone|mobile|ext|email|e)\b\s*[.:]|\d[\d\s()]{7,}|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b"
    r"|\b(?:school|academy|primary|infant|junior|trust|office|pa to|assistant|teacher|business manager|headteacher)\b",
    re.IGNORECASE,
)
MOST_SIGNATURE_LINES = 10
LONGEST_SIGNATURE_LINE = 70


def mentions_headteacher(report_or_text: Report | str, *, headteacher_names: tuple[str, ...] = ()) -> bool:
    """True if the words name the role or the person, greetings, headings and signatures apart.

    In doubt it is True: telling the chair too much is mended by one click, telling the head is not.
    """
    pieces = (
        _pieces_of_text(report_or_text) if isinstance(report_or_text, str) else _pieces_of(report_or_text)
    )
    names = _names_pattern(headteacher_names)
    for piece in pieces:
        words = _plain_words(piece)
        if _ROLE.search(words) or (names and names.search(words)):
            return True
    return False


def _pieces_of(report: Report) -> list[str]:
    pieces = [report.subject, report.message]
    for forward in report.chain:
        pieces += [forward.subject, forward.above]
    pieces.append(report.chain[-1].body if report.chain else "")
    return pieces


def _pieces_of_text(text: str) -> list[str]:
    chain = find_forwards(text)
    if not chain:
        return [text]
    return [
        chain[0].above,
        *(part for forward in chain for part in (forward.subject, forward.above)),
        chain[-1].body,
    ]


def _plain_words(piece: str) -> str:
    """The piece without printed headers, greetings and signature, on one line."""
    kept, lines, at = [], lines_of(piece), 0
    while at < len(lines):
        header = read_header(lines, at)
        if header and header.envelope >= 2:  # noqa: PLR2004 - one line may be a sentence
            at = header.end
            continue
        kept.append(lines[at].clean)
        at += 1
    body = _without_contact_block(without_signature("\n".join(kept)))
    return " ".join(" ".join(_without_greeting(line) for line in body.split("\n")).split())


def _without_greeting(line: str) -> str:
    return _GREETING.sub("", line, count=1)


def _without_contact_block(text: str) -> str:
    """Drop a last paragraph of short lines that are no sentences and carry a telephone, address or post."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    while len(paragraphs) > 1 and _is_contact_block(paragraphs[-1]):
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def _is_contact_block(paragraph: str) -> bool:
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    short = all(len(line) <= LONGEST_SIGNATURE_LINE and not line.endswith((".", "!", "?")) for line in lines)
    return short and 2 <= len(lines) <= MOST_SIGNATURE_LINES and bool(_CONTACT.search(paragraph))  # noqa: PLR2004


def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = [
        r"\.?\s+".join(re.escape(word.rstrip(".")) for word in name.split()) for name in names if name.strip()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None
