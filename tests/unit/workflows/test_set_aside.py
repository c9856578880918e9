"""What makes its handling fail three times goes to a person: told once, kept whole, tried again; the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.cases import CaseReference
from casework.errors import JournalError, NotPermittedError, SignInError, TemporaryConnectorError
from casework.records import JournalTransaction
from connectors.journal import SqlJournal, open_journal
from tests.journals import CHAIN_KEY, MONDAY
from workflows.seen import leave, what_needs_a_person
from workflows.set_aside import Guard, Handled, handle_each, set_aside_lines, things_set_aside, try_all_again

CASE = CaseReference("TIS-2026-0007")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqlJournal]:
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as opened:
        yield opened


class Rows:
    """Rows of a list, some of which cannot be handled."""

    def __init__(self, journal: SqlJournal, rows: str, trouble: Callable[[str], Exception | None]) -> None:
        self.journal = journal
        self.rows = rows
        self.trouble = trouble
        self.handled: list[str] = []

    def handle(self, transaction: JournalTransaction, row: str) -> int:
        transaction.cursors.put(f"handled {row}", "yes")
        error = self.trouble(row)
        if error:
            raise error
        return 1

    def sweep(self, now: datetime) -> Handled:
        return handle_each(
            self.rows,
            self.handle,
            journal=self.journal,
            guard=Guard(self.journal, what="a row of the case list", now=now),
            key=str,
            case=lambda _: CASE,
        )

    def done(self) -> str:
        with self.journal.transaction() as transaction:
            return "".join(row for row in self.rows if transaction.cursors.get(f"handled {row}"))

    def aside(self) -> int:
        with self.journal.transaction() as transaction:
            return len(things_set_aside(transaction.cursors))

    def told(self) -> int:
        with self.journal.transaction() as transaction:
            return sum(event.what == "item.set_aside" for event in transaction.events.after(0))


def poison(bad: str) -> Callable[[str], Exception | None]:
    return lambda row: ZeroDivisionError("words of a report") if row in bad else None


def minute(number: int) -> datetime:
    return MONDAY + timedelta(minutes=number)


def test_one_row_that_stumbles_holds_up_no_other_and_is_set_aside_after_three_sweeps(
    journal: SqlJournal,
) -> None:
    rows = Rows(journal, "abc", poison("b"))

    reports = [rows.sweep(minute(number)) for number in range(5)]

    assert rows.done() == "ac"
    assert [one.settled for one in reports] == [False, False, True, True, True]
    assert reports[0].report.problems == (
        "A row of the case list (TIS-2026-0007) is tried again at the next sweep: ZeroDivisionError",
    )
    assert reports[4].report.problems == ()
    assert (rows.aside(), rows.told()) == (1, 1)


def test_rounds_of_one_sweep_are_one_try(journal: SqlJournal) -> None:
    rows = Rows(journal, "b", poison("b"))
    for _ in range(6):
        rows.sweep(MONDAY)
    assert rows.aside() == 0


def test_the_office_reads_what_to_do_and_no_words_of_the_report(journal: SqlJournal) -> None:
    rows = Rows(journal, "b", poison("b"))
    for number in range(3):
        rows.sweep(minute(number))

    with journal.transaction() as transaction:
        [line] = set_aside_lines(transaction.cursors)

    assert line == (
        "TIS-2026-0007: a row of the case list could not be handled in three tries, so it is left as it is, and all else "
        "goes on. Tell whoever looks after Casework this word: ZeroDivisionError. Casework tries once more every night; "
        "at once with: casework try-again. Seen, and to be left: casework seen"
    )


def test_what_is_mended_is_done_when_it_is_tried_again_and_nobody_hears_of_it_twice(
    journal: SqlJournal,
) -> None:
    rows = Rows(journal, "ab", poison("b"))
    for number in range(3):
        rows.sweep(minute(number))
    with journal.transaction() as transaction:
        assert try_all_again(transaction, tries_left=1) == 1
    rows.sweep(minute(4))
    assert (rows.aside(), rows.told()) == (1, 1)

    rows.trouble = poison("")
    with journal.transaction() as transaction:
        try_all_again(transaction)
    rows.sweep(minute(5))

    assert rows.done() == "ab"
    assert rows.aside() == 0


@pytest.mark.parametrize(
    "trouble",
    [
        SignInError("The tenant does not let Casework in."),
        NotPermittedError("Casework may not use the list."),
        JournalError("The disk is full."),
        TemporaryConnectorError("The network is down."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_fault_of_the_place_sets_nothing_aside(journal: SqlJournal, trouble: Exception) -> None:
    rows = Rows(journal, "ab", lambda _: trouble)
    for number in range(5):
        with pytest.raises(type(trouble)):
            rows.sweep(minute(number))
    assert rows.aside() == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bad=st.sets(st.sampled_from("abcdefgh")), sweeps=st.integers(1, 5))
def test_whichever_stumble_all_others_are_done_at_the_first_sweep(
    journal: SqlJournal, bad: set[str], sweeps: int
) -> None:
    with journal.transaction() as transaction:
        for row in "abcdefgh":
            transaction.cursors.forget(f"handled {row}")
        transaction.cursors.forget("stumbled over")
    rows = Rows(journal, "abcdefgh", poison("".join(bad)))
    for number in range(sweeps):
        rows.sweep(minute(number))
        assert set(rows.done()) == set("abcdefgh") - bad
    assert rows.aside() == (len(bad) if sweeps >= 3 else 0)


def test_a_row_that_a_person_leaves_is_tried_every_night_and_spoken_of_no_more(journal: SqlJournal) -> None:
    rows = Rows(journal, "a", lambda _: ZeroDivisionError())
    for sweep in range(3):
        rows.sweep(MONDAY + timedelta(minutes=sweep))
    with journal.transaction() as transaction:
        assert len(list(set_aside_lines(transaction.cursors))) == 1

    [stuck] = what_needs_a_person(journal)
    leave(journal, None, now=MONDAY)

    with journal.transaction() as transaction:
        assert list(set_aside_lines(transaction.cursors)) == []
        assert things_set_aside(transaction.cursors) == ()
        assert try_all_again(transaction, tries_left=1) == 1
    rows.trouble = lambda _: None
    rows.sweep(MONDAY + timedelta(days=1))
    assert rows.done() == "a"
    assert what_needs_a_person(journal) == ()
    assert stuck.what == "a row of the case list"
