"""The ports that only the register of policies needs; `casework.ports` says what all ports share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from casework.document_readers import DocumentReaders


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEntry:
    """One all-day entry of ours in somebody's calendar, by the service's id; its etag is another after each change."""

    entry_id: str
    key: str
    day: date
    subject: str
    etag: str = field(compare=False)


class ReviewCalendar(Protocol):
    """One person's calendar, as far as our own entries in it go."""

    def find(self, key: str) -> tuple[CalendarEntry, ...]:
        """The entries with that key, one as a rule; no other entry is read."""

    def ours(self) -> tuple[CalendarEntry, ...]:
        """All entries of ours; nobody else's is read."""

    def add(
        self,
        *,
        key: str,
        day: date,
        subject: str,
        text: str,
        once: str,
        settled: Callable[[], None] = lambda: None,
    ) -> CalendarEntry:
        """Enter an all-day entry.

        Args:
            key: by which it is found again.
            day: on which it lies.
            subject: what it says.
            text: what it says inside.
            once: of two with the same word here the service makes one.
            settled: called as soon as it is there. If it raises TurnLostError, the entry is taken away again, provided
                that this very call made it and that nobody has changed it since.
        """

    def move(self, entry: CalendarEntry, *, day: date, subject: str) -> None:
        """Give the entry another day, if it is as it was found.

        Raises:
            NotThereError: somebody deleted it.
            ChangedMeanwhileError: somebody changed it.
        """

    def remove(self, entry: CalendarEntry) -> None:
        """Delete the entry, if it is as it was found. Doing it twice does it once.

        Raises:
            ChangedMeanwhileError: somebody changed it.
        """


class Calendars(Protocol):
    """Calendars by their owner's address."""

    def of(self, address: str) -> ReviewCalendar: ...


class SharedWith(Protocol):
    """Who may open a document of the library."""

    def readers(self, file_id: str) -> DocumentReaders:
        """The people and groups that may open it, and how far its links reach.

        Raises:
            NotThereError: it is gone.
        """


class Directory(Protocol):
    """The school's people."""

    def is_active(self, address: str) -> bool:
        """True if somebody has that address and an account that is not blocked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedCopy:
    """What lies at a public address; `name` ends as the kind of document does (".pdf", ".html")."""

    content: bytes
    name: str


class Website(Protocol):
    """The school's public pages."""

    def fetch(self, address: str) -> PublishedCopy:
        """What a visitor gets there.

        Raises:
            NotThereError: nothing is there.
            PermanentConnectorError: the address is none that may be fetched, or what lies there is too large.
        """
