"""What a journal's file was asked before is remembered while nobody writes to it, and never a moment longer."""

from pathlib import Path

import pytest

from casework.errors import JournalBusyError
from connectors.journal import SqlJournal
from tests.unit.journal.test_troubles import reopened


def begun(journal: SqlJournal) -> list[str]:
    """Every transaction that begins from now on."""
    seen: list[str] = []
    connection = journal._line._connection.connection.dbapi_connection  # type: ignore[union-attr]  # it is open

    def note(sql: str) -> None:
        if sql.startswith("BEGIN"):
            seen.append(sql)

    connection.set_trace_callback(note)  # type: ignore[union-attr]  # as above
    return seen


def asked(journal: SqlJournal) -> tuple[str | None, int]:
    with journal.transaction() as records:
        return records.cursors.get("inbox"), records.counts.open_cases()


def test_what_was_asked_before_is_not_asked_again(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cursors.put("inbox", "1")
    before = asked(journal)
    transactions = begun(journal)

    assert asked(journal) == before == ("1", 0)
    assert transactions == []


def test_what_another_process_writes_is_seen_at_once(journal: SqlJournal, file: Path) -> None:
    other = reopened(file)
    assert asked(journal) == (None, 0)

    with other.transaction() as records:
        records.cursors.put("inbox", "from elsewhere")

    assert asked(journal) == ("from elsewhere", 0)
    other.close()


def test_what_was_written_itself_is_seen_at_once_and_the_rest_is_still_remembered(
    journal: SqlJournal,
) -> None:
    with journal.transaction() as records:
        records.cursors.put("inbox", "1")
        records.cursors.put("cases list", "1")
    with journal.transaction() as records:
        assert (records.cursors.get("inbox"), records.cursors.get("cases list")) == ("1", "1")
    with journal.transaction() as records:
        records.cursors.put("inbox", "2")
        assert records.cursors.get("inbox") == "2"
    transactions = begun(journal)

    with journal.transaction() as records:
        assert records.cursors.get("cases list") == "1"
        assert transactions == []
        assert records.cursors.get("inbox") == "2"


def test_nothing_is_remembered_of_a_transaction_that_was_undone(journal: SqlJournal) -> None:
    def breaks() -> None:
        with journal.transaction() as records:
            records.cursors.put("inbox", "never")
            assert records.cursors.get("inbox") == "never"
            raise KeyError

    assert asked(journal) == (None, 0)
    with pytest.raises(KeyError):
        breaks()

    assert asked(journal) == (None, 0)


def test_who_relied_on_what_another_has_changed_meanwhile_is_sent_back(
    journal: SqlJournal, file: Path
) -> None:
    other = reopened(file)
    asked(journal)

    def counts_up() -> None:
        with journal.transaction() as records:
            seen = int(records.cursors.get("inbox") or 0)
            if seen == 0:
                with other.transaction() as others:
                    others.cursors.put("inbox", "10")
            records.cursors.put("inbox", str(seen + 1))

    with pytest.raises(JournalBusyError):
        counts_up()
    counts_up()

    assert asked(journal) == ("11", 0)
    other.close()


def test_who_relied_on_what_still_holds_goes_on_although_another_has_written(
    journal: SqlJournal, file: Path
) -> None:
    other = reopened(file)
    asked(journal)

    with journal.transaction() as records:
        assert records.cursors.get("inbox") is None
        with other.transaction() as others:
            others.cursors.put("drop folder", "1")
        records.cursors.put("inbox", "1")
        assert records.cursors.get("drop folder") == "1"

    assert asked(journal) == ("1", 0)
    other.close()


def test_writing_what_stands_there_already_writes_nothing(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cursors.put("inbox", "1")
    with journal.transaction() as records:
        driver = records.connection.connection.dbapi_connection
    before = driver.total_changes  # type: ignore[union-attr]  # it is open

    with journal.transaction() as records:
        records.cursors.put("inbox", "1")
        records.cursors.forget("never there")
        records.outbox_view.release_claims()

    assert driver.total_changes == before  # type: ignore[union-attr]  # as above
