"""A host that hangs while it replaces a file, and wakes up after another took the school over, does no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.errors import TurnLostError
from casework.ports import LibraryFile
from casework.records import JournalTransaction
from connectors.journal import SqlJournal, open_journal
from connectors.memory import MemoryClock, MemoryLibrary
from tests.journals import CHAIN_KEY, MONDAY
from workflows.storing import bring_up_to_date

SUMS = "2026/TIS-2026-0007/SHA256SUMS"


class SleepyLibrary(MemoryLibrary):
    """The library as a host sees it that falls asleep just before it asks for something."""

    def __init__(self) -> None:
        super().__init__(MemoryClock(MONDAY))
        self.meanwhile: Callable[[], None] | None = None
        self.before = "write"

    def find(self, path: str) -> LibraryFile | None:
        self._sleep("find")
        return super().find(path)

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        self._sleep("write")
        return super().write(path, content, replace=replace, over=over)

    def _sleep(self, before: str) -> None:
        if self.meanwhile and self.before == before:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[tuple[SqlJournal, SqlJournal]]:
    """Two hosts of one school; the first has its turn."""
    late, quick = (open_journal(tmp_path / "one.sqlite", school="TIS", chain_key=CHAIN_KEY) for _ in range(2))
    late.turns.take("TIS", holder="late", seconds=-1)
    late.holder, quick.holder = "late", "quick"
    yield late, quick
    late.close()
    quick.close()


def say(transaction: JournalTransaction, what: str) -> None:
    transaction.cursors.put("evidence", what)


def lines(transaction: JournalTransaction) -> bytes:
    return str(transaction.cursors.get("evidence")).encode()


@pytest.mark.parametrize(
    ("asleep_before", "there_before"), [("find", True), ("write", True), ("write", False)]
)
def test_a_list_of_evidence_stays_as_the_host_wrote_it_that_took_over(
    hosts: tuple[SqlJournal, SqlJournal], asleep_before: str, there_before: bool
) -> None:
    late, quick = hosts
    library = SleepyLibrary()
    library.before = asleep_before
    if there_before:
        library.write(SUMS, b"of yesterday")
    with late.transaction() as transaction:
        say(transaction, "one piece")

    def take_over() -> None:
        assert quick.turns.take("TIS", holder="quick", seconds=60)
        with quick.transaction() as transaction:
            say(transaction, "two pieces")
        bring_up_to_date(library, SUMS, lines, journal=quick)

    library.meanwhile = take_over
    with pytest.raises(TurnLostError):
        bring_up_to_date(library, SUMS, lines, journal=late, is_first=not there_before)

    there = library.find(SUMS)
    assert there
    assert library.read(there.file_id) == b"two pieces"


def test_what_somebody_else_wrote_meanwhile_is_replaced_all_the_same(
    hosts: tuple[SqlJournal, SqlJournal],
) -> None:
    late, _ = hosts
    library = SleepyLibrary()
    library.write(SUMS, b"of yesterday")
    with late.transaction() as transaction:
        say(transaction, "one piece")

    def staff_write() -> None:
        library.put(SUMS, b"of a member of staff")

    library.meanwhile = staff_write
    stored = bring_up_to_date(library, SUMS, lines, journal=late)

    assert library.read(stored.file.file_id) == stored.content == b"one piece"
