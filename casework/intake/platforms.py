"""Where something was posted: the platforms that the school's list knows, found in addresses and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from casework.intake.word_index import WordIndex

FEWEST_DIGITS = 15
"""Shorter numbers are older than the platform's numbering by time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PostedRule:
    """A post's number begins with its time.

    Attributes:
        bits: of the number below the time.
        since: the moment from which the time counts.
        unit: what it counts, seconds or thousandths of them.
    """

    bits: int
    since: datetime
    unit: timedelta = timedelta(milliseconds=1)

    def moment(self, number: str) -> datetime | None:
        """When the post with this number was made; None for a number that holds no time."""
        if not number.isdecimal() or len(number) < FEWEST_DIGITS or int(number) >> 64:
            return None
        return self.since + (int(number) >> self.bits) * self.unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """One platform.

    Attributes:
        hosts: domains, subdomains included; one with a path ("google.com/maps") counts for addresses below it.
        words: how people call it, in any case of letters.
        exact_words: words that mean it only when written exactly so, such as "on X".
        short_hosts: domains of it that only lead on, so that their paths name nobody.
        handle: pattern of an address path whose first group is the account.
        group: pattern of an address path whose first group is the group or page.
        tracking: query parameters of its own that only track.
        post: patterns of an address path with its query, whose groups together name one post.
        posted: how the time of a post is read from its number.
    """

    name: str
    hosts: tuple[str, ...] = ()
    short_hosts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exact_words: tuple[str, ...] = ()
    handle: str = ""
    group: str = ""
    tracking: frozenset[str] = frozenset()
    post: tuple[str, ...] = ()
    posted: PostedRule | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Platforms:
    """The platforms in the order of the list, and what is taken out of every address."""

    known: tuple[Platform, ...] = ()
    tracking: frozenset[str] = frozenset()
    ignored_hosts: frozenset[str] = frozenset()
    _words: WordIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups = {
            platform.name: [_flexible(word) for word in (*platform.words, *platform.exact_words)]
            for platform in self.known
        }
        index = WordIndex(groups, whole=groups, before=r"(?<![\w@./-])", after=r"(?![\w@-]|\.\w)")
        object.__setattr__(self, "_words", index)

    def of_host(self, host: str) -> Platform | None:
        """The platform that this host belongs to."""
        name = host.casefold().rstrip(".")
        return next((p for p in self.known if belongs_to(name, (*p.hosts, *p.short_hosts))), None)

    def of_address(self, url: str) -> Platform | None:
        """The platform that this address belongs to, by its host or by host and path."""
        host = host_of(url)
        path = urlsplit(url).path if host else ""
        below = (p for p in self.known if any(_lies_below(host, path, one) for one in p.hosts if "/" in one))
        return self.of_host(host) or next(below, None)

    def named_in(self, text: str) -> tuple[str, ...]:
        """Names of the platforms that the words speak of, in the order of the list."""
        by_name = {platform.name: platform for platform in self.known}
        hits = {hit.name for hit in self._words.find(text) if _counts(hit.words, by_name[hit.name])}
        return tuple(name for name in by_name if name in hits)


def belongs_to(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _lies_below(host: str, path: str, place: str) -> bool:
    domain, _, top = place.partition("/")
    return belongs_to(host, (domain,)) and f"{path}/".startswith(f"/{top}/")


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _counts(found: str, platform: Platform) -> bool:
    """An exact word counts only as it is written in the list; the others in any form."""
    joined = re.sub(r"[\s-]", "", found.casefold())
    return found in platform.exact_words or any(
        word.casefold().replace(" ", "").replace("-", "") == joined for word in platform.words
    )


def _flexible(word: str) -> str:
    """Spaces in a word may be written as a hyphen or not at all."""
    return re.escape(word).replace(r"\ ", r"[\s-]?")
