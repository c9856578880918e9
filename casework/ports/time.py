"""The ports of time and memory: the clock and the journal."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from casework.records import JournalTransaction

BELIEVED = timedelta(hours=2)
"""A machine's clock that is further off the service's may show another day; less does little harm."""


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC: the school's time, which practice may move."""


class Journal(Protocol):
    """What the machine remembers of one school."""

    def transaction(self) -> AbstractContextManager[JournalTransaction]:
        """All or nothing; serialised against other writers.

        Raises:
            JournalError: disk full, locked for too long, damaged: says what to do.
        """

    def glimpse(self) -> AbstractContextManager[JournalTransaction]:
        """What is so now, for reading alone: it asks nothing of whose turn it is, so that a late host may look too."""
