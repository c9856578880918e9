"""The part of an answer that its sender wrote, and the case tags in a subject or text."""

from __future__ import annotations

import re

from casework.forwards.headers import read_header
from casework.forwards.lines import Line, lines_of, unquoted
from casework.forwards.separators import introduces_answer, is_rule, read_separator

_TAG = re.compile(
    r"\[\s*([A-Z]{2,6})\s{0,3}-\s{0,3}(\d{4}|GOV)\s{0,3}-\s{0,3}(\d{4,8})\s{0,3}-\s{0,3}([a-z0-9]{4,26})\s*\]",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^(?:sent|get|gesendet|envoy[ée]|inviato|enviado|verzonden|skickat|sendt|lähetetty|wysłan|отправлено)\b.{0,40}"
    r"\b(?:iphone|ipad|android|outlook|samsung|galaxy|mobile|phone|mail|yahoo|blackberry|windows|proton|device|huawei|xperia)\b.{0,80}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:(?:kind(?:est)?|best|warm(?:est)?|many|with|very|yours)\s+){0,3}"
    r"(?:regards|wishes|thanks|thank you|sincerely|faithfully|truly|cheers|kr|best|respect)"
    r"(?:\s+(?:and\s+)?(?:regards|wishes|again|in advance|you))*\s*[,.!]*$",
    re.IGNORECASE,
)
_SIGNATURE_MARK = re.compile(r"^(?:--|—|__)\s*$")


def find_tags(text: str) -> tuple[tuple[str, str], ...]:
    """Every tag such as [TIS-2026-0007-k3f9] as (reference, token), each once, in order.

    That of a governors' paper has GOV and the last day of the term: [TIS-GOV-20261218-k3f9]. A line break or space inside
    the tag is forgiven: programs fold subjects where they like.
    """
    found = (
        (f"{match[1]}-{match[2]}-{match[3]}".upper(), match[4].lower())
        for match in _TAG.finditer(text[:200_000])
    )
    return tuple(dict.fromkeys(found))


def reply_text(text: str) -> str:
    """The answer's own words, without the quoted history and the signature.

    Where the sender wrote below the quotation, those lines are taken.
    """
    lines = lines_of(text)
    own = lines[: _history_begins(lines)]
    if not any(not line.blank and not line.depth for line in own):
        own = _below_quotation(lines)
    return without_signature(unquoted([line for line in own if not line.depth], 0))


def own_words(text: str) -> str:
    """Everything that the sender wrote, above the quoted history, between its lines and below; the signature stays.

    For answers that decide something: a condition must not be missed because it stands in an odd place.
    """
    lines = lines_of(text)
    begins = _history_begins(lines)
    own = [line for line in lines[:begins] if not line.depth]
    below = _between_quotations(lines[begins:])
    return unquoted([*own, *below], 0).strip()


def _between_quotations(history: list[Line]) -> list[Line]:
    """Lines of one's own between and below quoted ones; nothing tells them apart where the quotation has no marks."""
    own: list[Line] = []
    quoted = False
    for at, line in enumerate(history):
        if read_separator(line) and not line.depth:
            break
        quoted = quoted or bool(line.depth)
        if quoted and not line.depth and not introduces_answer(history, at):
            own.append(line)
    return own


def without_signature(text: str) -> str:
    """The text up to the signature: its mark, a device's own line, or a closing such as "Kind regards"."""
    lines = text.split("\n")
    written = False
    for at, line in enumerate(lines):
        words = line.strip()
        if _SIGNATURE_MARK.match(words) or _DEVICE.match(words) or (written and _CLOSING.match(words)):
            return "\n".join(lines[:at]).strip()
        written = written or bool(words)
    return text.strip()


def _history_begins(lines: list[Line]) -> int:
    for at, line in enumerate(lines):
        if line.blank:
            continue
        if line.depth or read_separator(line) or introduces_answer(lines, at):
            return at
        header = read_header(lines, at)
        if header and "sender" in header.fields and header.envelope >= 2:  # noqa: PLR2004 - one line proves nothing
            return at - 1 if at and is_rule(lines[at - 1]) else at
        if is_rule(line) and len(line.clean) >= 20 and at:  # noqa: PLR2004 - Outlook's rule above the history
            return at
    return len(lines)


def _below_quotation(lines: list[Line]) -> list[Line]:
    quoted = [at for at, line in enumerate(lines) if line.depth]
    return lines[quoted[-1] + 1 :] if quoted else []
