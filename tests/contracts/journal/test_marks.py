"""What every journal promises of marks, and of which rows of the register are stale."""

from __future__ import annotations

from casework.cases import CaseReference
from connectors.journal import SqlJournal
from tests.journals import CASE, case, letter

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


def test_a_row_is_stale_until_it_shows_what_was_saved_last(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
        assert [one.reference for one in records.cases.stale()] == [CASE]

        records.cases.row_stands(CASE)
        assert records.cases.stale() == ()

        records.letters.save(letter())
        assert [one.reference for one in records.cases.stale()] == [CASE]
