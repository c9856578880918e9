"""A host that hangs while it replaces a file, and wakes up after another took the school over, does no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.errors import ChangedMeanwhileError, NotThereError, TurnLostError
from casework.ports import LibraryFile
from casework.records import JournalTransaction
from connectors.journal import SqlJournal, open_journal
from connectors.memory import MemoryClock, MemoryLibrary
from tests.journals import CHAIN_KEY, MONDAY
from workflows.last_seen import LastSeen
from workflows.storing import bring_up_to_date

SUMS = "2026/TIS-2026-0007/SHA256SUMS"


class SleepyLibrary(MemoryLibrary):
    """The library as a host sees it that falls asleep just before it asks for something."""

    def __init__(self) -> None:
        super().__init__(MemoryClock(MONDAY))
        self.meanwhile: Callable[[], None] | None = None
        self.before = "write"
        self.looks = self.refused = 0

    def find(self, path: str) -> LibraryFile | None:
        self.looks += 1
        self._sleep("find")
        return super().find(path)

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        self._sleep("write")
        try:
            return super().write(path, content, replace=replace, over=over)
        except (ChangedMeanwhileError, NotThereError):
            self.refused += 1
            raise

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

    assert lies_there(library) == b"two pieces"


def lies_there(library: MemoryLibrary) -> bytes:
    there = library.find(SUMS)
    assert there
    return library.read(there.file_id)


def test_a_host_that_knows_the_version_it_wrote_last_writes_over_no_other(
    hosts: tuple[SqlJournal, SqlJournal],
) -> None:
    late, quick = hosts
    library, seen = SleepyLibrary(), LastSeen()
    with late.transaction() as transaction:
        say(transaction, "one piece")
    bring_up_to_date(library, SUMS, lines, journal=late, seen=seen)

    def take_over() -> None:
        assert quick.turns.take("TIS", holder="quick", seconds=60)
        with quick.transaction() as transaction:
            say(transaction, "two pieces")
        bring_up_to_date(library, SUMS, lines, journal=quick)

    library.meanwhile = take_over
    with pytest.raises(TurnLostError):
        bring_up_to_date(library, SUMS, lines, journal=late, seen=seen)

    assert lies_there(library) == b"two pieces"


def test_a_list_that_nobody_else_has_touched_is_not_looked_at_before_it_is_written_again(
    hosts: tuple[SqlJournal, SqlJournal],
) -> None:
    late, _ = hosts
    library, seen = SleepyLibrary(), LastSeen()
    for what in ("one piece", "two pieces", "three pieces"):
        with late.transaction() as transaction:
            say(transaction, what)
        bring_up_to_date(library, SUMS, lines, journal=late, seen=seen)

    assert (library.looks, lies_there(library)) == (1, b"three pieces")


@pytest.mark.parametrize("meanwhile", ["written", "deleted"])
def test_what_somebody_else_did_since_is_made_good_by_looking(
    hosts: tuple[SqlJournal, SqlJournal], meanwhile: str
) -> None:
    late, _ = hosts
    library, seen = SleepyLibrary(), LastSeen()
    with late.transaction() as transaction:
        say(transaction, "one piece")
    for _ in range(3):
        stored = bring_up_to_date(library, SUMS, lines, journal=late, seen=seen)
        if meanwhile == "written":
            library.put(SUMS, b"of a member of staff")
        else:
            library.delete(stored.file.file_id)

    bring_up_to_date(library, SUMS, lines, journal=late, seen=seen)
    assert lies_there(library) == b"one piece"
    assert library.refused == 2, "Where others write too, it is looked at first from then on."


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
