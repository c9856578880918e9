"""Everybody through whose hands a report came: the sender, each author of what was forwarded, and named sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casework.forwards import Forward
from casework.forwards.headers import read_header
from casework.forwards.lines import lines_of
from casework.forwards.people import parse_person
from casework.intake.replies import reply_text
from casework.intake.report import find_chain
from casework.intake.sources import sources_named
from casework.messages import ReceivedMessage

_NAME = re.compile(r"[^<>\n,:;]{0,80}\Z")
_WROTE = re.compile(
    r"<\s*(?:mailto:)?(?P<address>[^<>\s@]+@[^<>\s@]+)\s*>[^<>\n]{0,40}:\s*$",
    re.MULTILINE,
)
"""The line above a quotation: "On Monday, Rosa Vale <rosa@vale.example> wrote:", in any language."""
ENOUGH_OF_A_HEADER = 2


def people_in(
    message: ReceivedMessage, *, apart_from: str = "", chain: Iterable[Forward] | None = None
) -> tuple[tuple[str, str], ...]:
    """Name and address of each, once; either may be empty, never both.

    Args:
        message: with all that was forwarded inside it.
        apart_from: the reporting mailbox's own address, which stands in the history of every answer.
        chain: its forwards, where they have been looked for already.
    """
    forwards = find_chain(message) if chain is None else tuple(chain)
    found = dict.fromkeys(person for person in _people(message, forwards) if any(person))
    return tuple(person for person in found if not apart_from or person[1].casefold() != apart_from)


def _people(message: ReceivedMessage, chain: tuple[Forward, ...]) -> Iterator[tuple[str, str]]:
    yield message.sender.name, message.sender.address
    for person in message.reply_to:
        yield person.name, person.address
    for forward in chain:
        yield forward.from_name, forward.from_address
    # a parent whose mail is forwarded names a source as a cover note does
    own_words = (
        [chain[0].above, *(forward.body for forward in chain)] if chain else [reply_text(message.text)]
    )
    for source in dict.fromkeys(name for words in own_words for name in sources_named(words)):
        yield source, ""
    for text in dict.fromkeys((message.text, message.html_text)):
        yield from _printed(text)
    for inner in message.embedded:
        yield from _people(inner, find_chain(inner))


def _printed(text: str) -> Iterator[tuple[str, str]]:
    """Writers by the printed headers and by the lines above quotations, be it a forward, an answer or neither."""
    lines, at = lines_of(text), 0
    while at < len(lines):
        header = read_header(lines, at)
        at = max(at + 1, header.end) if header else at + 1
        if header and "sender" in header.fields and header.envelope >= ENOUGH_OF_A_HEADER:
            person = parse_person(header.fields["sender"])
            yield person.name, person.address
    end = 0
    for match in _WROTE.finditer(text):
        name = _NAME.search(text, max(end, match.start() - 80), match.start())
        yield name[0].strip(" \t\"'") if name else "", match["address"]
        end = match.end()
