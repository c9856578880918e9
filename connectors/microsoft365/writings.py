"""What this process has written to the service, so far as it may change what an address tells."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from urllib.parse import unquote, urlsplit

FILES_AND_LISTS = "files and lists"
ANYWHERE = "anywhere"
SENT = "sent"
_SENDING = frozenset({"send", "sendmail", "reply", "replyall", "forward"})
_OF_FILES = frozenset({"drives", "sites"})


class Writings:
    """Counts requests that may have written, by where: each mailbox, and files and lists as one.

    A mail that is sent may change any mailbox; what is known as neither counts for both.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, url: str) -> None:
        """A request that may write is made to this address."""
        place, sends = _place_of(url)
        self._counts[place] += 1
        self._counts[SENT] += sends

    def near(self, url: str) -> int:
        """Another number as soon as anything was written that this address may tell of."""
        place, _ = _place_of(url)
        if place == ANYWHERE:
            return self._counts.total()
        elsewhere = self._counts[ANYWHERE]
        sent = 0 if place == FILES_AND_LISTS else self._counts[SENT]
        return self._counts[place] + elsewhere + sent


@lru_cache(maxsize=512)
def _place_of(url: str) -> tuple[str, bool]:
    """Which place an address is of, and whether a POST to it sends a mail."""
    steps = unquote(urlsplit(url).path).casefold().split("/")
    match steps[2:]:
        case ["users", mailbox, *_, last]:
            return f"mailbox {mailbox}", last.rpartition(".")[2] in _SENDING
        case [collection, *_] if collection in _OF_FILES:
            return FILES_AND_LISTS, False
        case _:
            return ANYWHERE, False
