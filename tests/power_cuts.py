"""Power cuts between two things that last, without a process that dies: outside is memory, the journal a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from connectors.journal import SqlJournal
from connectors.memory import (
    MemoryFolderAccess,
    MemoryInbox,
    MemoryLibrary,
    MemoryOutgoing,
    MemoryReviewCalendar,
)

LASTING = {
    MemoryOutgoing: ("save", "send", "discard"),
    MemoryLibrary: ("write", "move"),
    MemoryInbox: ("file_under",),
    MemoryFolderAccess: ("let_only",),
    MemoryReviewCalendar: ("add", "move", "remove"),
}
"""What stays as it was made when the power is cut."""


class PowerCutError(BaseException):
    """The machine stops between two things that Casework does; no handler of errors sees it."""


@dataclass(kw_only=True, slots=True)
class Power:
    """Counts what lasts, and is cut right after one of it."""

    lasting: int = 0
    cut_after: int = 0

    def lasted(self) -> None:
        self.lasting += 1
        if self.lasting == self.cut_after:
            raise PowerCutError


def cut_by(monkeypatch: pytest.MonkeyPatch) -> Power:
    """Let the connectors in memory and the journal in SQLite count what they do; `cut_after` then says when to stop."""
    power = Power()
    for outside, names in LASTING.items():
        for name in names:
            monkeypatch.setattr(outside, name, _then(getattr(outside, name), power))
    monkeypatch.setattr(SqlJournal, "transaction", _then_committed(SqlJournal.transaction, power))
    return power


def _then(act: Callable[..., Any], power: Power) -> Callable[..., Any]:
    def act_and_last(*given: object, **named: object) -> object:
        answer = act(*given, **named)
        power.lasted()
        return answer

    return act_and_last


def _then_committed(transaction: Callable[..., Any], power: Power) -> Callable[..., Any]:
    @contextmanager
    def transaction_that_lasts(journal: SqlJournal) -> Iterator[Any]:
        with transaction(journal) as records:
            before = _changes(records)
            yield records
            records.write_what_waits()
            changed = _changes(records) > before
        if changed:
            power.lasted()

    return transaction_that_lasts


def _changes(records: Any) -> int:
    return int(records.connection.connection.driver_connection.total_changes)
