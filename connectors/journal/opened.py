"""One transaction of a journal from its beginning to its end: classes, for a generator costs more than most questions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Generic, TypeVar

from casework.errors import JournalError
from connectors.journal.driver import Driver
from connectors.journal.session import Session
from connectors.journal.troubles import told_in_words

Line = Callable[[], AbstractContextManager[Driver]]
"""Begins a transaction of the database, which is committed or undone as its block ends."""
Within = TypeVar("Within")


class Turn:
    """One transaction of a journal at a time, whichever thread it is of."""

    def __init__(self, name: str, *, patience: float) -> None:
        self.name = name
        self._patience = patience
        self._free = threading.Lock()
        self._thread = _ThreadState()

    def take(self) -> None:
        """Wait for it.

        Raises:
            RuntimeError: this thread is in a transaction already.
            JournalError: another thread holds it for too long.
        """
        if self._thread.inside:
            raise RuntimeError(
                "This thread is inside a transaction of the journal already. "
                "Pass that transaction on; a second one would wait for the first for ever."
            )
        if not self._free.acquire(timeout=self._patience):
            raise JournalError(
                f"The journal {self.name} cannot be used: another part of Casework held it too long. "
                "Stop Casework and start it again; nothing was lost."
            )
        self._thread.inside = True

    def give_back(self) -> None:
        self._thread.inside = False
        self._free.release()


class _ThreadState(threading.local):
    inside = False


class Opened:
    """A session while its turn is held; troubles of the database are told in words."""

    __slots__ = ("_begin", "_on_line", "_session", "_session_over", "_turn")

    def __init__(self, turn: Turn, line: Line, session_over: Callable[[Driver], Session]) -> None:
        self._turn = turn
        self._begin = line
        self._session_over = session_over

    def __enter__(self) -> Session:
        self._turn.take()
        try:
            self._on_line = self._begin()
            self._session = self._session_over(self._on_line.__enter__())
        except BaseException as error:
            self._turn.give_back()
            self._refuse(error)
            raise
        return self._session

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._end(kind, error, traceback)
        except BaseException as trouble:
            self._refuse(trouble)
            raise
        finally:
            self._turn.give_back()
        if error is not None:
            self._refuse(error)

    def _end(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._session.close()
        except BaseException as trouble:
            self._on_line.__exit__(type(trouble), trouble, trouble.__traceback__)
            raise
        self._on_line.__exit__(kind, error, traceback)

    def _refuse(self, error: BaseException) -> None:
        told = told_in_words(error, self._turn.name)
        if told is not None:
            raise told from error


class Transacting(Generic[Within]):
    """What is worked with inside one transaction: made as it begins, and written to its end before the commit.

    Args:
        opened: the session under it.
        begin: makes it.
        end: writes what waits; not called where the block has failed.
    """

    __slots__ = ("_begin", "_end", "_opened", "_session", "_within")

    def __init__(
        self,
        opened: Opened,
        begin: Callable[[Session], Within],
        end: Callable[[Session, Within], None],
    ) -> None:
        self._opened = opened
        self._begin = begin
        self._end = end

    def __enter__(self) -> Within:
        self._session = self._opened.__enter__()
        try:
            self._within = self._begin(self._session)
        except BaseException as error:
            self._opened.__exit__(type(error), error, error.__traceback__)
            raise
        return self._within

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self._end(self._session, self._within)
            except BaseException as trouble:
                self._opened.__exit__(type(trouble), trouble, trouble.__traceback__)
                raise
        self._opened.__exit__(kind, error, traceback)
