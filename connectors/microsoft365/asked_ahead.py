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
MOST_REQUESTS = 5
DELTA_LINK = "@odata.deltaLink"


class AskedAhead:
    """The answers that one school's look has in hand.

    They are only read, and never older than the look, with whose end they are gone. Once this process writes to a
    mailbox, what was seen of it may be no longer so and is gone too; files and lists likewise. What has changed since
    a moment stays what it was, and what is written now comes with the next such answer. What failed is not kept:
    whoever wants it asks by himself, and meets the rules that hold for it. A refusal that wants to be left alone for a
    while counts as that request's first attempt.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[Part, JsonObject | TemporaryConnectorError] = {}
        self._answers: dict[Part, JsonObject | TemporaryConnectorError] = {}
        self.wanted: tuple[Part, ...] = ()
        """What this look has asked for, or would have."""
        self._led_to_nothing: dict[Part, JsonObject] = {}
        self._asked_at = 0.0
        self._written: dict[Part, int] = {}
        self._not_before = 0.0

    def ask(self, connection: SchoolConnection, wanted: Iterable[Part]) -> None:
        """Ask for these in one request, one after the other in this order; what fails is left to whoever wants it.

        More than one request carries go in several, and so does what stood behind one that failed.
        """
        self.forget()
        self.wanted = tuple(dict.fromkeys(wanted))
        parts = tuple(part for part in self.wanted if connection.carries(part.url))
        if len(parts) < FEWEST or connection.only_reading or self._clock() < self._not_before:
            return
        self._asked_at = self._clock()
        self._written = {part: connection.writings.near(part.url) for part in parts}
        for _ in range(MOST_REQUESTS):
            if not (parts and self._asked(connection, parts[:MOST])):
                return
            # the first without an answer has failed; those behind it were not tried
            untried = [part for part in parts[:MOST] if part not in self._answers][1:]
            parts = (*untried, *parts[MOST:])

    def _asked(self, connection: SchoolConnection, parts: tuple[Part, ...]) -> bool:
        """Ask for these in one request; False if there is no use in asking for more."""
        try:
            answers = connection.ask_together(parts)
        except TemporaryConnectorError as error:
            if error.retry_after is not None:
                self._kept |= dict.fromkeys(parts, error)
            return False
        except SignInError:
            return False  # the look's first request says so
        except ConnectorError:
            self._not_before = self._clock() + LEFT_ALONE
            return False
        self._answers |= answers
        self._kept |= answers
        return not any(isinstance(answer, TemporaryConnectorError) for answer in answers.values())

    def take(self, connection: SchoolConnection, part: Part) -> JsonObject | TemporaryConnectorError | None:
        """The answer to this request, or the refusal that was its first attempt; None if it is to be asked."""
        kept = self._kept.pop(part, None)
        if kept is None:
            return None
        if self._clock() - self._asked_at > GOOD_FOR:
            self._kept.clear()
            return None
        if connection.writings.near(part.url) != self._written[part] and not _tells_of_changes(kept):
            return None
        return kept

    @property
    def nothing_new(self) -> bool:
        """True if all that was wanted was answered, and no answer says more than what has led to nothing before."""
        if not self.wanted or len(self._answers) < len(self.wanted):
            return False
        return all(
            isinstance(answer, dict) and (_is_unchanged(answer) or answer == self._led_to_nothing.get(part))
            for part, answer in self._answers.items()
        )

    def led_to_nothing(self) -> None:
        """A whole look has made nothing of these answers."""
        self._led_to_nothing |= {
            part: answer
            for part, answer in self._answers.items()
            if isinstance(answer, dict) and DELTA_LINK not in answer
        }

    def may_lead_to_something(self) -> None:
        """What led to nothing before may lead to something now: something else has changed."""
        self._led_to_nothing.clear()

    def forget(self) -> None:
        """A look begins or ends: what was asked before is no longer news."""
        self._kept.clear()
        self._answers = {}
        self.wanted = ()


def _tells_of_changes(answer: JsonObject | TemporaryConnectorError) -> bool:
    return isinstance(answer, dict) and DELTA_LINK in answer


def _is_unchanged(answer: JsonObject) -> bool:
    """True of an answer to what has changed since: nothing, and there is no more of it."""
    return DELTA_LINK in answer and answer.get("value") == []
