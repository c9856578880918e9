"""Breaking Casework off between two things that it does, in a child process: killed, or without the answer."""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import unquote

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as LineBrokenError
from sqlalchemy import Connection

import schedule
from casework.errors import CaseworkError, JournalError
from connectors.journal import SqlJournal, SqlTurns
from connectors.journal.journal import SqlTransaction
from connectors.settings_file import read_settings
from offices.office import Office
from tests.journal_stores import close_tenants, inherit_nothing

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
KILLED, PROBLEMS = (-signal.SIGKILL if sys.platform == "linux" else 77), 78
"""How a child ends that was killed at its moment, and one whose sweep had something to complain of."""
COMMIT, TURN, PROBLEM = "commit", "turn", "PROBLEM"
WENT_AWAY = "The server went away before it answered."
PATIENCE = 60
_IDENTIFIER = re.compile(r"\b(drives|events|items|lists|messages|permissions|sites|users)/[^/:]+")
_NUMBERED = re.compile(r"(?<=/)(?:[A-Z]+-)?\d[^/.:]*")
# A forked child has everything loaded already; where there is no fork a new process loads it again.
_START = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A moment of a sweep.

    Attributes:
        number: so many writes outside and commits of the journal were begun before it.
        after: True right after the last of them was done (the tenant has it, Casework does not know), False right
            before it begins.
        lost: the process lives on, but the answer to the last of them never came: it was done, and nobody was told.
        hangs: the process does not die before it, but stands still until it is let go on.
    """

    number: int
    after: bool
    lost: bool = False
    hangs: bool = False


class Watch:
    """Counts what one sweep does that lasts: writes outside, and commits of the journal that change something."""

    def __init__(self, ledger: Path, breaks: Moment | None) -> None:
        self._ledger = ledger.open("a", encoding="utf-8")
        self._breaks = breaks
        self._counting = threading.Lock()
        self._begun = 0

    def begins(self, what: str) -> int:
        """Count it; returns its number, for `is_done`."""
        with self._counting:
            self._begun += 1
            number = self._begun
            if self._breaks == Moment(number=number, after=False):
                _die()
            if self._breaks == Moment(number=number, after=False, hangs=True):
                os.kill(os.getpid(), signal.SIGSTOP)
            self._ledger.write(f"{what}\n")
            self._ledger.flush()
        return number

    def is_done(self, number: int, told: Exception) -> None:
        """Die if this is the moment.

        Raises:
            Exception: `told`, if the answer is the one that is lost.
        """
        if self._breaks == Moment(number=number, after=True):
            _die()
        if self._breaks == Moment(number=number, after=True, lost=True):
            raise told


def _die() -> None:
    """As at a power cut: nothing of ours runs any more."""
    if sys.platform == "linux":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(KILLED)


def sweeps(settings: Path, ledger: Path, *, dies: Moment | None = None) -> int:
    """Let a new process do what `casework once` does; returns how it ended, and `ledger` tells what it did.

    Returns:
        0 for a sweep without any problem, else KILLED or PROBLEMS (which it wrote into the ledger).
    """
    ledger.unlink(missing_ok=True)
    child = _START.Process(target=_sweep, args=(settings, ledger, dies))
    child.start()
    child.join(PATIENCE)
    if child.exitcode is None:
        child.kill()
        child.join()
    return int(child.exitcode or 0)


@contextmanager
def hung(settings: Path, ledger: Path, moment: Moment) -> Iterator[None]:
    """Let a new process sweep until that moment and stand still there; it goes on after the block, to its own end.

    Raises:
        AssertionError: it ended before.
    """
    ledger.unlink(missing_ok=True)
    child = _START.Process(target=_sweep, args=(settings, ledger, moment))
    child.start()
    try:
        _, state = os.waitpid(child.pid or 0, os.WUNTRACED)
        assert os.WIFSTOPPED(state), "the sweep ended before that moment"
        yield
    finally:
        if child.pid and child.exitcode is None:
            os.kill(child.pid, signal.SIGCONT)
        child.join(PATIENCE)
        if child.exitcode is None:
            child.kill()
            child.join()


def done_in(ledger: Path) -> list[str]:
    """The writes and commits of the sweep, in their order, and what it complained of at the end."""
    return ledger.read_text(encoding="utf-8").splitlines()


def moments_of(done: list[str]) -> Iterator[Moment]:
    """The moments right before and right after each of these, each state of the world once.

    The moment after one thing is the moment before the next.
    """
    if done:
        yield Moment(number=1, after=False)
    for number in range(1, len(done) + 1):
        yield Moment(number=number, after=True)


def lost_answers_of(done: list[str], *, on_a_server: bool) -> Iterator[Moment]:
    """The moments at which an answer can be lost: of every write, and of every commit that goes to a server."""
    for number, what in enumerate(done, start=1):
        if on_a_server or what not in {COMMIT, TURN}:
            yield Moment(number=number, after=True, lost=True)


def hangs_of(done: list[str]) -> Iterator[Moment]:
    """The moments at which a host can stand still with a write outside decided and not yet made."""
    for number, what in enumerate(done, start=1):
        if what not in {COMMIT, TURN}:
            yield Moment(number=number, after=False, hangs=True)


def moments_of_new_kinds(done: list[str], known: set[str]) -> Iterator[Moment]:
    """The moments right before and right after the first write of each kind, and right after every mail that leaves.

    Args:
        done: the writes and commits of a sweep.
        known: kinds that were tried already; those of this sweep are added.
    """
    last = None
    for number, what in enumerate(done, start=1):
        kind = kind_of(what)
        is_new = what not in {COMMIT, TURN} and kind not in known
        if is_new:
            known.add(kind)
            if last != number - 1:
                yield Moment(number=number, after=False)
        if is_new or kind.endswith("/send"):
            last = number
            yield Moment(number=number, after=True)


def kind_of(what: str) -> str:
    """A write without the identifiers, names and numbers of the things that it is about."""
    told = _IDENTIFIER.sub(r"\1/*", unquote(what))
    return _NUMBERED.sub("*", told)


def _sweep(settings: Path, ledger: Path, dies: Moment | None) -> None:
    inherit_nothing()
    gc.disable()  # it lives for one sweep, and looking through what it inherited would copy all of it
    office = Office(read_settings(settings))
    # how long is waited is the matter of other tests
    office.account.con._sleep = lambda seconds: None
    with _watched(Watch(ledger, dies), office):
        complaints = _complaints_of_a_sweep(office)
    office.journal.close()
    close_tenants()
    if complaints:
        with ledger.open("a", encoding="utf-8") as file:
            file.writelines(f"{PROBLEM} {line}\n" for line in complaints)
    # not sys.exit: the tests' own clearing up, which a forked child inherits, is none of its business
    os._exit(PROBLEMS if complaints else 0)


def _complaints_of_a_sweep(office: Office) -> tuple[str, ...]:
    try:
        report = schedule.run_once(office)
    except CaseworkError as error:
        return (str(error),)
    return (*report.failed, *report.problems)


@contextmanager
def _watched(watch: Watch, office: Office) -> Iterator[None]:
    graph = office.settings.microsoft365.graph_root
    with (
        mock.patch.object(HTTPAdapter, "send", _watched_send(watch, graph)),
        mock.patch.object(SqlJournal, "transaction", _watched_transaction(watch)),
        mock.patch.object(SqlTurns, "_connected", _watched_turn(watch)),
    ):
        yield


def _watched_send(watch: Watch, graph: str) -> Callable[..., Response]:
    send = HTTPAdapter.send

    def watched_send(adapter: HTTPAdapter, request: PreparedRequest, **more: Any) -> Response:
        number = 0
        if request.method in WRITES and "/oauth2/" not in str(request.url):
            number = watch.begins(
                f"{request.method} {str(request.url).partition('?')[0].removeprefix(graph)}"
            )
        answer = send(adapter, request, **more)
        if number:
            watch.is_done(number, LineBrokenError("the answer was lost"))
        return answer

    return watched_send


def _watched_transaction(watch: Watch) -> Callable[..., Any]:
    transaction = SqlJournal.transaction

    @contextmanager
    def watched_transaction(journal: SqlJournal) -> Iterator[SqlTransaction]:
        number = 0
        with transaction(journal) as records:
            before = _changes(records.connection)
            yield records
            records.write_what_waits()
            if _changes(records.connection) > before:
                number = watch.begins(COMMIT)
        if number:
            watch.is_done(number, JournalError(WENT_AWAY))

    return watched_transaction


def _watched_turn(watch: Watch) -> Callable[..., Any]:
    connected = SqlTurns._connected

    @contextmanager
    def watched_turn(turns: SqlTurns) -> Iterator[Connection]:
        """Taking a school's turn and giving it back; renewing goes on by itself in the background."""
        number = 0
        with connected(turns) as connection:
            yield connection
            in_the_sweep = threading.current_thread() is threading.main_thread()
            if in_the_sweep and _changes(connection) > 0:
                number = watch.begins(TURN)
        if number:
            watch.is_done(number, JournalError(WENT_AWAY))

    return watched_turn


_CHANGED_ROWS = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"


def _changes(connection: Connection) -> int:
    """How many rows this connection has changed so far; on a server, since the transaction began."""
    if connection.dialect.name == "sqlite":
        return int(connection.connection.driver_connection.total_changes)  # type: ignore[union-attr]  # it is open
    return int(connection.exec_driver_sql(_CHANGED_ROWS).scalar_one())
