"""The port that keeps a service's limits when many hosts ask it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from casework.budgets import Toll


class Gate(Protocol):
    """What stands before a tenant: every request passes through it."""

    def passing(self, *tolls: Toll) -> AbstractContextManager[None]:
        """Wait until the request may be sent; the request is sent inside.

        Args:
            tolls: one for each thing that the request asks for, one after the other.

        Raises:
            TemporaryConnectorError: the service wants to be left alone for longer than a request can wait.
        """

    def pause(self, toll: Toll, seconds: float) -> None:
        """The service wants to be left alone for so long: whoever asks with this purse waits."""
