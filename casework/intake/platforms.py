"""Where something was posted: the platforms that the school's list knows, found in addresses and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """One platform.

    Attributes:
        hosts: domains, subdomains included.
        words: how people call it, in any case of letters.
        exact_words: words that mean it only when written exactly so, such as "on X".
        handle: pattern of an address path whose first group is the account.
        group: pattern of an address path whose first group is the group or page.
        tracking: query parameters of its own that only track.
    """

    name: str
    hosts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exact_words: tuple[str, ...] = ()
    handle: str = ""
    group: str = ""
    tracking: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Platforms:
    """The platforms in the order of the list, and what is taken out of every address."""

    known: tuple[Platform, ...] = ()
    tracking: frozenset[str] = frozenset()
    ignored_hosts: frozenset[str] = frozenset()
    _words: tuple[tuple[str, re.Pattern[str]], ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        patterns = tuple((platform.name, _word_pattern(platform)) for platform in self.known)
        object.__setattr__(self, "_words", tuple((name, pattern) for name, pattern in patterns if pattern))

    def of_host(self, host: str) -> Platform | None:
        """The platform that this host belongs to."""
        name = host.casefold().rstrip(".")
        return next(
            (p for p in self.known if any(name == h or name.endswith(f".{h}") for h in p.hosts)), None
        )

    def of_address(self, url: str) -> Platform | None:
        return self.of_host(host_of(url))

    def named_in(self, text: str) -> tuple[str, ...]:
        """Names of the platforms that the words speak of, in the order of the list."""
        return tuple(name for name, pattern in self._words if pattern.search(text))


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def in_list_order(names: Iterable[str], platforms: Platforms) -> tuple[str, ...]:
    wanted = set(names)
    return tuple(platform.name for platform in platforms.known if platform.name in wanted)


def _word_pattern(platform: Platform) -> re.Pattern[str] | None:
    loose = [rf"(?i:{_flexible(word)})" for word in platform.words]
    exact = [re.escape(word) for word in platform.exact_words]
    if not loose and not exact:
        return None
    return re.compile(r"(?<![\w@./-])(?:" + "|".join([*loose, *exact]) + r")(?![\w@-]|\.\w)")


def _flexible(word: str) -> str:
    """Spaces in a word may be written as a hyphen or not at all."""
    return re.escape(word).replace(r"\ ", r"[\s-]?")
