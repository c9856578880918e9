"""The chain over the event log: what an entry's link is made of, and finding the first that does not hold."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from casework.records import BrokenLink
from connectors.journal.columns import json_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An event exactly as it is stored. A damaged file may hold anything in these places, so all is text."""

    number: int
    at: str
    what: str
    case: str | None
    fields: str
    chain: str


def link(key: bytes, *, school: str, entry: Entry, previous: str) -> str:
    """HMAC-SHA256 (hex) over the entry and the link before it; the entry's own `chain` takes no part."""
    canonical = json_text([entry.number, school, entry.at, entry.what, entry.case, entry.fields, previous])
    return hmac.digest(key, canonical.encode("ascii"), "sha256").hex()


def key_mark(key: bytes) -> str:
    """What tells one key from another without revealing it."""
    return hmac.digest(key, b"casework: which key is this?", "sha256").hex()[:16]


def first_broken(
    entries: Iterable[Entry], *, key: bytes, school: str, head: tuple[int, str]
) -> BrokenLink | None:
    """Recompute the chain.

    Args:
        entries: in order of their numbers.
        key: the one with which the log was written.
        school: whose log it is.
        head: number and link of the newest entry as remembered beside the log; (0, "") for an empty one.
    """
    previous = Entry(number=0, at="", what="", case=None, fields="", chain="")
    for entry in entries:
        expected = previous.number + 1
        if entry.number != expected:
            return BrokenLink(number=expected, reason="the entry is missing: it was removed or renumbered")
        if not hmac.compare_digest(
            link(key, school=school, entry=entry, previous=previous.chain).encode(), _bytes(entry.chain)
        ):
            return BrokenLink(number=expected, reason="the entry is not as it was written")
        previous = entry
    return _newest_missing(previous, head)


def _newest_missing(newest: Entry, head: tuple[int, str]) -> BrokenLink | None:
    number, chain = head
    if newest.number < number:
        reason = f"the newest entries are missing: the log once reached number {number}"
        return BrokenLink(number=newest.number + 1, reason=reason)
    if newest.number > number:
        return BrokenLink(number=number + 1, reason="the entry was added past the log's remembered end")
    if newest.chain != chain:
        return BrokenLink(number=newest.number, reason="the log's remembered end does not match the entry")
    return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
