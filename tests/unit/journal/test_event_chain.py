"""Whoever changes the event log is found out, and the first changed entry is named."""

# ruff: noqa: S608, S311 - the statements are the tampering itself; the dice must fall alike each time

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from casework.cases import CaseReference
from casework.errors import JournalError
from casework.records import BrokenLink
from connectors.journal import SqlJournal, open_journal
from tests.journals import CASE, CHAIN_KEY, MONDAY

COLUMNS = ("at", "what", "case", "fields", "chain")


@pytest.fixture
def written(journal: SqlJournal) -> SqlJournal:
    """A journal whose log has five entries."""
    with journal.transaction() as records:
        records.events.append("case.opened", at=MONDAY, case=CASE, platform="Facebook", attachments=2)
        records.events.append("letter.drafted", at=MONDAY + timedelta(hours=1), case=CASE, version=1)
        records.events.append("job.done", at=MONDAY + timedelta(hours=2), names=["a", "b"], late=False)
        records.events.append(
            "case.opened", at=MONDAY + timedelta(hours=3), case=CaseReference("TIS-2026-0008")
        )
        records.events.append("letter.sent", at=MONDAY + timedelta(hours=4), case=CASE, how="pressed Send")
    return journal


@contextmanager
def by_hand(file: Path) -> Iterator[sqlite3.Connection]:
    """Somebody at the file with a tool of their own."""
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection


def broken(journal: SqlJournal) -> BrokenLink | None:
    with journal.transaction() as records:
        return records.events.first_broken_link()


def number_of(link: BrokenLink | None) -> int | None:
    return None if link is None else link.number


def change(file: Path, statement: str, *values: object) -> None:
    with by_hand(file) as connection:
        assert connection.execute(statement, values).rowcount > 0


def test_a_log_that_nobody_touched_holds(written: SqlJournal) -> None:
    assert broken(written) is None
    assert written.verify().holds


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("column", COLUMNS)
def test_every_changed_byte_is_named_at_its_entry(
    written: SqlJournal, file: Path, column: str, number: int
) -> None:
    where = f"WHERE number = {number}"
    with by_hand(file) as connection:
        value = connection.execute(f'SELECT CAST("{column}" AS BLOB) FROM events {where}').fetchone()[0]
        for index in range(len(value or b"")):
            flipped = bytearray(value)
            flipped[index] ^= 1 << (index + number) % 8
            connection.execute(f'UPDATE events SET "{column}" = CAST(? AS TEXT) {where}', (bytes(flipped),))
            connection.commit()
            assert number_of(broken(written)) == number, (column, index)
        connection.execute(f'UPDATE events SET "{column}" = CAST(? AS TEXT) {where}', (value,))
        connection.commit()
    assert broken(written) is None


@pytest.mark.parametrize("value", [b"\xff\x00", 7, 1.5, ""])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_value_of_another_kind_is_named_too(
    written: SqlJournal, file: Path, column: str, value: object
) -> None:
    change(file, f'UPDATE events SET "{column}" = ? WHERE number = 3', value)
    assert number_of(broken(written)) == 3


@pytest.mark.parametrize("number", range(1, 6))
def test_a_removed_entry_is_missed(written: SqlJournal, file: Path, number: int) -> None:
    change(file, "DELETE FROM events WHERE number = ?", number)
    link = broken(written)
    assert link is not None
    assert link.number == number
    assert "missing" in link.reason


def test_a_gap_closed_by_renumbering_is_found(written: SqlJournal, file: Path) -> None:
    change(file, "DELETE FROM events WHERE number = 2")
    change(file, "UPDATE events SET number = number - 1 WHERE number > 2")
    assert number_of(broken(written)) == 2


def test_entries_that_changed_places_are_found(written: SqlJournal, file: Path) -> None:
    change(file, "UPDATE events SET number = 99 WHERE number = 2")
    change(file, "UPDATE events SET number = 2 WHERE number = 4")
    change(file, "UPDATE events SET number = 4 WHERE number = 99")
    assert number_of(broken(written)) == 2


def test_an_inserted_entry_is_found(written: SqlJournal, file: Path) -> None:
    change(file, "UPDATE events SET number = number + 100 WHERE number >= 3")
    change(
        file,
        'INSERT INTO events SELECT school, 3, at, what, "case", fields, chain FROM events WHERE number = 2',
    )
    change(file, "UPDATE events SET number = number - 99 WHERE number > 100")
    assert number_of(broken(written)) == 3


def test_an_entry_added_without_the_key_is_found(written: SqlJournal, file: Path) -> None:
    copy = 'INSERT INTO events SELECT school, 6, at, what, "case", fields, chain FROM events WHERE number = 5'
    change(file, copy)
    assert number_of(broken(written)) == 6


def test_removing_the_newest_entries_is_found_against_the_remembered_end(
    written: SqlJournal, file: Path
) -> None:
    change(file, "DELETE FROM events WHERE number >= 4")
    assert broken(written) == BrokenLink(
        number=4, reason="the newest entries are missing: the log once reached number 5"
    )


def test_an_emptied_log_is_found(written: SqlJournal, file: Path) -> None:
    change(file, "DELETE FROM events")
    assert number_of(broken(written)) == 1


def test_a_set_back_end_is_found(written: SqlJournal, file: Path) -> None:
    change(file, "UPDATE schools SET head_number = 4")
    assert number_of(broken(written)) == 5
    change(file, "UPDATE schools SET head_number = 5, head_chain = 'x'")
    assert number_of(broken(written)) == 5


def test_an_entry_moved_to_another_school_is_missed(written: SqlJournal, file: Path) -> None:
    change(file, "INSERT INTO schools SELECT 'WES', key_mark, 0, '', 0 FROM schools")
    change(file, "UPDATE events SET school = 'WES' WHERE number = 2")
    assert number_of(broken(written)) == 2


def test_a_log_can_go_on_after_a_backup_was_put_back(written: SqlJournal, file: Path, tmp_path: Path) -> None:
    written.backup(tmp_path / "kept.sqlite")
    with written.transaction() as records:
        records.events.append("case.closed", at=MONDAY, case=CASE)
    with open_journal(tmp_path / "kept.sqlite", school="TIS", chain_key=CHAIN_KEY) as restored:
        assert restored.verify().holds
        with restored.transaction() as records:
            assert records.events.append("case.closed", at=MONDAY, case=CASE).number == 6
        assert restored.verify().holds


def test_reading_a_damaged_entry_says_what_to_do(written: SqlJournal, file: Path) -> None:
    change(file, "UPDATE events SET fields = '{' WHERE number = 1")
    with written.transaction() as records, pytest.raises(JournalError, match="casework verify"):
        records.events.of_case(CASE)


def test_a_byte_changed_anywhere_in_the_file_never_passes_for_a_sound_log(
    written: SqlJournal, file: Path, tmp_path: Path
) -> None:
    with written.transaction() as records:
        log = records.events.since(MONDAY)
    written.backup(file.with_name("sound.sqlite"))
    sound = file.with_name("sound.sqlite").read_bytes()
    dice = random.Random(20261123)
    used = [place for place, byte in enumerate(sound) if byte]
    outcomes = set()
    for trial in range(300):
        damaged = bytearray(sound)
        damaged[dice.choice(used)] ^= 1 << dice.randrange(8)
        copy = tmp_path / f"{trial}.sqlite"
        copy.write_bytes(damaged)
        outcomes.add(outcome(copy, log))
        copy.unlink()
    assert outcomes >= {"refused", "found"}


def outcome(file: Path, log: object) -> str:
    try:
        with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal:
            if not journal.verify().holds:
                return "found"
            with journal.transaction() as records:
                assert records.events.since(MONDAY) == log
            return "harmless"
    except JournalError:
        return "refused"
