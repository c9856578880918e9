"""One sweep at a time on a journal: a lock of the operating system, which a dead process cannot keep."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from casework.errors import JournalError

POLL = 0.1
"""Seconds between two tries."""


@contextmanager
def journal_lock(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the journal's lock.

    Args:
        path: of the lock file; made if it is not there, and left there.
        wait: seconds to wait for another sweep to end.

    Raises:
        JournalError: another Casework held it all the time.
    """
    with _opened(path) as file:
        deadline = time.monotonic() + wait
        while not _taken(file):
            if time.monotonic() > deadline:
                raise JournalError(
                    f"Another Casework is at work on {path.with_suffix('').name}. "
                    "Wait until it has finished, or stop it, and try again."
                )
            time.sleep(POLL)
        try:
            yield
        finally:
            _give_back(file)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("a+b")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+b")


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
