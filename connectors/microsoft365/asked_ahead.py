"""What a look asks for first, asked in one request as it begins; each answer is used once, by the request it is for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from casework.errors import ConnectorError, SignInError, TemporaryConnectorError
from connectors.microsoft365.batches import MOST, JsonObject, Part

if TYPE_CHECKING:
    from connectors.microsoft365.connection import SchoolConnection

GOOD_FOR = 30.0
"""Seconds after which an answer that nobody has fetched is of no use any more."""
LEFT_ALONE = 3600.0
"""Seconds for which a service that does not take requests together is asked one by one."""
FEWEST = 2


class AskedAhead:
    """The answers that one school's look has in hand.

    They are only read, and never older than the look: once this process writes anything to the service they are gone,
    and so they are when the look ends. What failed is not kept: whoever wants it asks by himself, and meets the rules
    that hold for it. A refusal that wants to be left alone for a while counts as that request's first attempt.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[Part, JsonObject | TemporaryConnectorError] = {}
        self._asked_at = 0.0
        self._writes = 0
        self._not_before = 0.0

    def ask(self, connection: SchoolConnection, wanted: Iterable[Part]) -> None:
        """Ask for these in one request, one after the other in this order; what fails is left to whoever wants it."""
        self._kept.clear()
        parts = tuple(part for part in dict.fromkeys(wanted) if connection.carries(part.url))[:MOST]
        if len(parts) < FEWEST or connection.only_reading or self._clock() < self._not_before:
            return
        self._asked_at, self._writes = self._clock(), connection.writes
        try:
            self._kept = connection.ask_together(parts)
        except TemporaryConnectorError as error:
            if error.retry_after is not None:
                self._kept = dict.fromkeys(parts, error)
        except SignInError:
            return  # the look's first request says so
        except ConnectorError:
            self._not_before = self._clock() + LEFT_ALONE

    def take(self, connection: SchoolConnection, part: Part) -> JsonObject | TemporaryConnectorError | None:
        """The answer to this request, or the refusal that was its first attempt; None if it is to be asked."""
        kept = self._kept.pop(part, None)
        if kept is None:
            return None
        if connection.writes != self._writes or self._clock() - self._asked_at > GOOD_FOR:
            self._kept.clear()
            return None
        return kept

    def forget(self) -> None:
        """A look begins or ends: what was asked before is no longer news."""
        self._kept.clear()
