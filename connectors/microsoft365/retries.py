"""When a request is tried again at once, and when it is handed back to the job."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from casework.errors import ConnectorError, TemporaryConnectorError

LOCKED = 423

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class RetryRule:
    """How long one call may take with all its repetitions; waits are in seconds.

    Attributes:
        longest: waiting in all. What needs longer goes back to the job, which comes again anyway.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest: float = 20.0

    def wait_before_next(self, error: ConnectorError, *, tried: int, spent: float) -> float | None:
        """Return the seconds to wait before trying again, or None if this error ends the call."""
        if not isinstance(error, TemporaryConnectorError) or error.outcome_unknown:
            return None
        if error.status == LOCKED or tried >= self.attempts:
            return None  # a document open in Word stays open for longer than a call lasts
        wait = error.retry_after if error.retry_after is not None else self.first_wait * 2 ** (tried - 1)
        return wait if spent + wait <= self.longest else None

    def carry_out(
        self,
        attempt: Callable[[], T],
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> T:
        """Call attempt until it returns, or until its error ends the call.

        Raises:
            ConnectorError: the last attempt's error.
        """
        began, waited, tried = clock(), 0.0, 0
        while True:
            tried += 1
            try:
                return attempt()
            except ConnectorError as error:
                wait = self.wait_before_next(error, tried=tried, spent=max(waited, clock() - began))
                if wait is None:
                    raise
            sleep(wait)
            waited += wait
