"""What a case is found by: fingerprints of a post's address, of files, of words and of people."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from casework.cases import StaffColumns
from casework.intake import Report

SMALL_PICTURE = 20_000
"""Bytes of an inline picture that is more likely a badge in somebody's signature than a screenshot."""
SHINGLE = 3
SAMPLES = 24
FEWEST_WORDS = 12
"""Shorter texts ("please look at this") are alike without being about the same post."""


class MarkKind(StrEnum):
    LINK = "link"
    ACCOUNT = "account"
    FILE = "file"
    WORDS = "words"
    REPORTER = "reporter"
    AUTHOR = "author"
    SUBJECT = "subject"
    LETTER = "letter asked for"
    WAITING = "waits for others"


WAITS = "yes"
"""The one mark of an open case that waits for others, which finds these cases without reading all."""


def marks_of_report(report: Report, *, own_domains: frozenset[str]) -> dict[MarkKind, tuple[str, ...]]:
    """What a report shares with another report of the same post.

    Args:
        report: as it was read.
        own_domains: of the school, whose own pages stand in every signature.
    """
    return {
        MarkKind.LINK: tuple(_links(report, own_domains)),
        MarkKind.ACCOUNT: tuple(_accounts(report)),
        MarkKind.FILE: tuple(_files(report)),
        MarkKind.WORDS: sample_of_words(report.author.body),
    }


def reporter_mark(address: str) -> str:
    return _fingerprint(address.strip().casefold()) if "@" in address else ""


def subject_marks(staff: StaffColumns) -> tuple[str, ...]:
    """The parents of a case by every address that the row gives, and by name."""
    by_address = [_fingerprint(address) for address in sorted(staff.subject_addresses)]
    names = [name for one in (staff.parent, staff.steps.second_parent) if (name := plain_name(one))]
    return (*by_address, *(_fingerprint(name) for name in names))


def name_mark(name: str) -> str:
    """How a display name is found among the parents of cases; empty for one that is too short to tell anybody by."""
    plain = plain_name(name)
    return _fingerprint(plain) if plain else ""


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "and"})


def plain_name(name: str) -> str:
    """A name without titles, initials and marks, its parts in order; empty unless two parts are left.

    "Mrs R. Oakfield" names too many people to be compared; "Rowan Oakfield" and "OAKFIELD, Rowan" are one.
    """
    spelled = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    parts = [part for part in re.split(r"[^a-z]+", spelled) if len(part) > 1 and part not in _TITLES]
    return " ".join(sorted(parts)) if len(parts) > 1 else ""


def link_key(url: str) -> str:
    """An address as it is compared: without scheme, "www", "m" and a last slash; empty where it names no single page."""
    try:
        split = urlsplit(url)
    except ValueError:
        return ""
    host = re.sub(
        r"^(?:www|m|mobile|web|touch|old|new|en-gb|[a-z]{2}-[a-z]{2})\.", "", split.netloc.casefold()
    )
    path = split.path.rstrip("/")
    if not host or path.count("/") + bool(split.query) < 1 or len(path) + len(split.query) < len("/p/1"):
        return ""
    return f"{host}{path}?{split.query}" if split.query else f"{host}{path}"


def _links(report: Report, own_domains: frozenset[str]) -> Iterator[str]:
    """Addresses of posts: those on a platform where the report has any, else all but the school's own."""
    on_platform = [link for link in report.links if link.platform]
    for link in on_platform or report.links:
        key = link_key(link.key)
        host = key.partition("/")[0]
        if key and not any(host == own or host.endswith(f".{own}") for own in own_domains):
            yield _fingerprint(key)


def _accounts(report: Report) -> Iterator[str]:
    """Who posted together with when, where the report says both: the time to the minute."""
    posted = report.author.date if report.forwarded else None
    if posted is None:
        return
    for link in report.links:
        if link.handle:
            yield _fingerprint(f"{link.platform}/{link.handle.casefold()}/{posted:%Y-%m-%dT%H:%M}")


def _files(report: Report) -> Iterator[str]:
    for attachment in report.attachments:
        badge = attachment.inline and attachment.size < SMALL_PICTURE
        if attachment.size and not badge and attachment.content_type != "message/rfc822":
            yield attachment.sha256


@lru_cache(maxsize=4)
def sample_of_words(text: str) -> tuple[str, ...]:
    """A sample of the text's three-word runs; two texts share about as large a part of their samples as of their words.

    Quoted signs, links and capitals do not count. Empty for a text that is too short to compare. The last few are
    remembered, because a message is compared before it has a case and again when it has one.
    """
    words = re.findall(r"[^\W_]+", re.sub(r"\S+://\S+", " ", text[:50_000]).casefold())
    if len(words) < FEWEST_WORDS:
        return ()
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    numbers = [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs]
    # the smallest under each seed's own order is alike for texts that share most runs
    return tuple(f"{seed}.{min(map(order, numbers)):016x}" for seed, order in enumerate(_ORDERS))


_ORDERS = tuple(
    int.from_bytes(hashlib.blake2b(bytes([seed]), digest_size=8).digest()).__xor__ for seed in range(SAMPLES)
)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
