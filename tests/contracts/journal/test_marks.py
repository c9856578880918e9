"""What every journal promises of marks, and of which rows of the register are stale."""

from __future__ import annotations

import pytest

from casework.cases import CaseReference
from connectors.journal import SqlJournal
from connectors.journal.journal import SqlTransaction
from tests.journals import CASE, MONDAY, case, letter

OTHER = CaseReference("TIS-2026-0008")


def test_cases_are_found_by_what_they_share(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.marks.put(CASE, "words", ["a", "b", "c"])
        records.marks.put(OTHER, "words", ["b", "c", "d"])
        records.marks.put(OTHER, "file", ["a"])

        assert records.marks.shared("words", ["a", "b", "c"]) == {CASE: 3, OTHER: 2}
        assert records.marks.shared("file", ["a", "b"]) == {OTHER: 1}
        assert records.marks.shared("words", []) == {}


def test_a_mark_given_twice_counts_once_and_can_be_replaced(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.marks.put(CASE, "subject", ["a", "a", ""])
        records.marks.put(CASE, "subject", ["a", "b"])
        assert records.marks.shared("subject", ["a", "b"]) == {CASE: 2}

        records.marks.replace(CASE, "subject", ["c"])

        assert records.marks.shared("subject", ["a", "b", "c"]) == {CASE: 1}


def test_a_report_with_more_files_than_a_statement_takes_is_still_found(journal: SqlJournal) -> None:
    many = [f"file {number}" for number in range(1_200)]
    with journal.transaction() as records:
        records.marks.put(CASE, "file", many)

        assert records.marks.shared("file", many) == {CASE: 1_200}


def test_a_case_saved_several_times_is_everywhere_as_it_was_saved_last(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.save(case(title="as it came"))
        records.cases.save(case(title="with its platform"))
        assert [one.title for one in records.cases.open()] == ["with its platform"]
        records.cases.row_stands(CASE)
        records.cases.save(case(title="with its link"))

    with journal.transaction() as records:
        found = records.cases.get(CASE)
        assert found is not None
        assert found.title == "with its link"
        assert [one.reference for one in records.cases.stale()] == [CASE]


def test_of_a_message_that_fails_half_way_nothing_is_kept(journal: SqlJournal) -> None:
    with pytest.raises(OSError, match="power"), journal.transaction() as records:
        _record_a_report_until_the_power_fails(records)

    with journal.transaction() as records:
        assert records.cases.all() == ()
        assert records.marks.shared("words", ["a"]) == {}
        assert records.events.head() is None
        assert records.outbox_view.unfinished() == ()


def test_a_row_is_stale_until_it_shows_what_was_saved_last(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
        assert [one.reference for one in records.cases.stale()] == [CASE]

        records.cases.row_stands(CASE)
        assert records.cases.stale() == ()

        records.letters.save(letter())
        assert [one.reference for one in records.cases.stale()] == [CASE]


def _record_a_report_until_the_power_fails(records: SqlTransaction) -> None:
    records.cases.save(case())
    records.marks.put(CASE, "words", ["a"])
    records.events.append("case.opened", at=MONDAY, case=CASE)
    records.outbox.plan(key="k/1", kind="Open", payload={}, case=CASE, group="")
    raise OSError("the power failed")
