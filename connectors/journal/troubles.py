"""What a database complains of, in words for the office: the file, the reason and the next step."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

from casework.errors import DamagedJournalError, JournalBusyError, JournalError

_RESTORE = "Stop Casework and run: casework restore latest. If no backup is left: casework rebuild"

_SQLITE = MappingProxyType(
    {
        sqlite3.SQLITE_PERM: (
            "access to it was refused",
            "Give the account that runs Casework the right to write it.",
        ),
        sqlite3.SQLITE_BUSY: (
            "another program held it for too long",
            "Close programs that have it open (a viewer, a backup) and try again.",
        ),
        sqlite3.SQLITE_LOCKED: (
            "another program held it for too long",
            "Close programs that have it open (a viewer, a backup) and try again.",
        ),
        sqlite3.SQLITE_READONLY: (
            "it may only be read, not written",
            "Give the account that runs Casework the right to write to the file and its folder.",
        ),
        sqlite3.SQLITE_IOERR: (
            "the disk reported a fault",
            "Check the disk and its free space; keep the journal on a local disk, not on a network share.",
        ),
        sqlite3.SQLITE_CORRUPT: ("it is damaged", _RESTORE),
        sqlite3.SQLITE_FULL: (
            "the disk is full",
            "Free some space and start Casework again; nothing was lost.",
        ),
        sqlite3.SQLITE_CANTOPEN: (
            "it cannot be opened",
            "Check that the folder exists and that the account that runs Casework may write to it.",
        ),
        sqlite3.SQLITE_NOTADB: ("it is not a journal, or it is damaged", _RESTORE),
    }
)
_SENT_BACK = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization_failure and deadlock_detected: its manual (13.5) says to do the transaction again."""
_NO_ROOM = 1 << 20
"""Bytes: a disk with less is full, whatever SQLite says of it (it calls a side file that cannot grow a fault)."""
_UNKNOWN = (
    "the database refused a request",
    "Run `casework verify`; if it finds nothing, report this as a fault.",
)
_SERVER = (
    "the database server cannot be reached or refused a request",
    "Check the server and its log, then try again.",
)


def explained(error: DBAPIError | sqlite3.Error, place: str) -> JournalError:
    """The trouble as a JournalError; only its kind is told, for a database may quote what it holds."""
    driver_error = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver_error, sqlite3.Error):
        code = (getattr(driver_error, "sqlite_errorcode", None) or 0) & 0xFF
        if code == sqlite3.SQLITE_IOERR and _is_full(place):
            code = sqlite3.SQLITE_FULL
        reason, step = _SQLITE.get(code, _UNKNOWN)
    elif getattr(driver_error, "sqlstate", None) in _SENT_BACK:
        return JournalBusyError(
            f"The journal {place} was busy: another writer went first. It is tried again."
        )
    else:
        reason, step = _SERVER
    return _error(place, reason, step)


def damaged(place: str) -> JournalError:
    return _error(place, *_SQLITE[sqlite3.SQLITE_CORRUPT])


def is_our_mistake(error: DBAPIError) -> bool:
    """A broken constraint or a wrong statement is a fault of ours and must not pass for one of the disk.

    What SQLite calls an interface error is one, too; PostgreSQL's driver calls so a connection that was lost.
    """
    if isinstance(error, InterfaceError):
        return isinstance(error.orig, sqlite3.Error)
    return isinstance(error, (IntegrityError, ProgrammingError))


def _is_full(place: str) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(Path(place).parent).free < _NO_ROOM
    return False


def _error(place: str, reason: str, step: str) -> JournalError:
    kind = DamagedJournalError if step is _RESTORE else JournalError
    return kind(f"The journal {place} cannot be used: {reason}. {step}")


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn a trouble of the database of this name into a JournalError; a mistake of ours stays what it is."""
    try:
        yield
    except (DBAPIError, NoConnectionFreeError, sqlite3.Error) as error:
        told = told_in_words(error, name)
        if told is None:
            raise
        raise told from error


def told_in_words(error: BaseException, name: str) -> JournalError | None:
    """What a trouble of the database of this name is told as; None of whatever stays what it is."""
    if isinstance(error, DBAPIError):
        return None if is_our_mistake(error) else explained(error, name)
    if isinstance(error, NoConnectionFreeError):
        return JournalBusyError(
            f"The journal {name} was busy: every connection to it was in use for half a minute. It is tried again."
        )
    return explained(error, name) if isinstance(error, sqlite3.Error) else None
