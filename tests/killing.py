"""Ending Casework between two things that it does, as a power cut would, in a child process of its own."""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import unquote

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

import schedule
from connectors.journal import SqlJournal
from connectors.journal.journal import SqlTransaction
from connectors.settings_file import read_settings
from offices.office import Office

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
KILLED, PROBLEMS = 77, 78
"""How a child ends that was killed at its moment, and one whose sweep had something to complain of."""
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
    """

    number: int
    after: bool


class Watch:
    """Counts what one sweep does that lasts: writes outside, and commits of the journal that change something."""

    def __init__(self, ledger: Path, dies: Moment | None) -> None:
        self._ledger = ledger.open("a", encoding="utf-8")
        self._dies = dies
        self._begun = 0

    def begins(self, what: str) -> None:
        self._begun += 1
        if self._dies == Moment(number=self._begun, after=False):
            os._exit(KILLED)
        self._ledger.write(f"{what}\n")
        self._ledger.flush()

    def is_done(self) -> None:
        if self._dies == Moment(number=self._begun, after=True):
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


def done_in(ledger: Path) -> list[str]:
    """The writes and commits of the sweep, in their order."""
    return ledger.read_text(encoding="utf-8").splitlines()


def moments_of(done: list[str]) -> Iterator[Moment]:
    """The moments right before and right after each of these, each state of the world once.

    The moment after one thing is the moment before the next.
    """
    if done:
        yield Moment(number=1, after=False)
    for number in range(1, len(done) + 1):
        yield Moment(number=number, after=True)


def moments_of_new_kinds(done: list[str], known: set[str]) -> Iterator[Moment]:
    """The moments right before and right after the first write of each kind, and right after every mail that leaves.

    Args:
        done: the writes and commits of a sweep.
        known: kinds that were tried already; those of this sweep are added.
    """
    last = None
    for number, what in enumerate(done, start=1):
        kind = kind_of(what)
        is_new = what != "commit" and kind not in known
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
    office = Office(read_settings(settings))
    with _watched(Watch(ledger, dies), office):
        report = schedule.run_once(office)
    office.journal.close()
    complaints = (*report.failed, *report.problems)
    if complaints:
        with ledger.open("a", encoding="utf-8") as file:
            file.writelines(f"PROBLEM {line}\n" for line in complaints)
    # not sys.exit: the tests' own clearing up, which a forked child inherits, is none of its business
    os._exit(PROBLEMS if complaints else 0)


@contextmanager
def _watched(watch: Watch, office: Office) -> Iterator[None]:
    send, transaction = HTTPAdapter.send, SqlJournal.transaction
    graph = office.settings.microsoft365.graph_root

    def watched_send(adapter: HTTPAdapter, request: PreparedRequest, **more: Any) -> Response:
        counts = request.method in WRITES and "/oauth2/" not in str(request.url)
        if counts:
            watch.begins(f"{request.method} {str(request.url).partition('?')[0].removeprefix(graph)}")
        answer = send(adapter, request, **more)
        if counts:
            watch.is_done()
        return answer

    @contextmanager
    def watched_transaction(journal: SqlJournal) -> Iterator[SqlTransaction]:
        changed = False
        with transaction(journal) as records:
            before = _changes(records)
            yield records
            records.write_what_waits()
            changed = _changes(records) > before
            if changed:
                watch.begins("commit")
        if changed:
            watch.is_done()

    with (
        mock.patch.object(HTTPAdapter, "send", watched_send),
        mock.patch.object(SqlJournal, "transaction", watched_transaction),
    ):
        yield


def _changes(records: SqlTransaction) -> int:
    return int(records.connection.connection.driver_connection.total_changes)  # type: ignore[union-attr]  # it is open
