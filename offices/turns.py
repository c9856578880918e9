"""Keeping a school's sweeps apart: by a file's lock on one PC, by a lease in the journal among hosts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from casework.errors import JournalError
from connectors.journal import SqlJournal, Turn
from connectors.journal.lock import journal_lock
from connectors.settings_file import Settings

LEASE = 60.0
"""Seconds for which a host that dies keeps the others from its school; renewed well before they are over."""
RENEWALS = 4
"""So often within one lease."""
POLL = 0.2


@contextmanager
def leased(journal: SqlJournal, school: str, *, wait: float) -> Iterator[Turn]:
    """Hold the school's turn, renewed in the background; the journal goes on only while it is ours.

    Args:
        journal: of the school.
        school: its code.
        wait: seconds to wait for another host to end its sweep.

    Raises:
        JournalError: another host held it all the time.
    """
    turn = _taken(journal, school, wait=wait, seconds=LEASE)
    over = threading.Event()
    renewing = threading.Thread(
        target=_keep, args=(journal, turn, LEASE, over), name=f"turn of {school}", daemon=True
    )
    renewing.start()
    journal.holder = turn.holder
    try:
        yield turn
    finally:
        journal.holder = ""
        over.set()
        renewing.join()
        journal.turns.give_back(turn)


def _taken(journal: SqlJournal, school: str, *, wait: float, seconds: float) -> Turn:
    holder = uuid4().hex
    limit = time.monotonic() + wait
    while True:
        if turn := journal.turns.take(school, holder=holder, seconds=seconds):
            return turn
        if time.monotonic() > limit:
            raise JournalError(
                "Another host is at work on this school. Wait until it has finished, or stop it, and try again."
            )
        time.sleep(POLL)


def _keep(journal: SqlJournal, turn: Turn, seconds: float, over: threading.Event) -> None:
    """Renew until told to stop; what cannot be renewed is found out by the next transaction."""
    while not over.wait(seconds / RENEWALS):
        # while the database is away the lease may run out: then the next transaction says so
        with suppress(JournalError):
            if not journal.turns.renew(turn, seconds=seconds):
                return


@contextmanager
def one_sweep(settings: Settings, journal: SqlJournal, *, wait: float) -> Iterator[None]:
    """Keep every other sweep of the school away, on this host and on others.

    Raises:
        JournalError: another one went on for longer than `wait` seconds.
    """
    if settings.journal.url:
        with leased(journal, settings.school.code, wait=wait):
            yield
        return
    with journal_lock(_lock_of(settings.file, settings.journal.file), wait=wait):
        yield


@cache
def _lock_of(settings: Path, journal: Path) -> Path:
    """Beside the journal itself, whatever link the settings name. Found once: a sweep a minute would follow each link."""
    return (settings.parent / journal).resolve().with_suffix(".lock")


def take_over(settings: Settings, journal: SqlJournal) -> None:
    """What a sweep begins with where others may have been at work: claims of a process that died are given back.

    Raises:
        NewerJournalError: a newer Casework has changed the journal meanwhile.
    """
    if not settings.journal.url:
        journal.refuse_newer()  # on a server each transaction asks
    with journal.transaction() as transaction:
        transaction.outbox_view.release_claims()
