"""When the disk, the file or another program is in the way, the office reads what is wrong and what to do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, insert
from sqlalchemy.exc import IntegrityError

from casework.errors import JournalError
from connectors.journal import SqlJournal, open_journal, schema
from tests.journals import CHAIN_KEY, MONDAY, case, sighting


def reopened(file: Path, patience: float = 30) -> SqlJournal:
    return open_journal(file, school="TIS", chain_key=CHAIN_KEY, patience=patience)


def with_pragma(journal: SqlJournal, pragma: str) -> None:
    """Let every connection of this journal live under this restriction."""
    journal.close()
    event.listen(journal._engine, "connect", lambda connection, _record: connection.execute(pragma))


def fill_up(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
        for number in range(200):
            records.sightings.save(sighting(f"mail/{number}", facts={"words": ["long " * 200]}))


def test_a_full_disk_is_named_and_leaves_no_half_case(journal: SqlJournal, file: Path) -> None:
    with_pragma(journal, "PRAGMA max_page_count=60")
    with pytest.raises(JournalError, match="the disk is full") as error:
        fill_up(journal)
    assert str(file) in str(error.value)
    with reopened(file) as again, again.transaction() as records:
        assert records.cases.all() == ()
        assert records.sightings.get("mail/0") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_refuses_bytes_leaves_no_half_case(journal: SqlJournal, file: Path) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
    journal.close()
    limit = file.stat().st_size + 20_000
    child = (
        "import resource, signal, sys; from pathlib import Path;"
        "from tests.unit.journal.test_troubles import fill_up, reopened;"
        "journal = reopened(Path(sys.argv[1]));"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2);"
        "fill_up(journal)"
    )
    words = [sys.executable, "-c", child, str(file), str(limit)]
    ended = subprocess.run(words, check=False, capture_output=True, text=True)
    assert "JournalError" in ended.stderr
    assert "Check the disk" in ended.stderr or "disk is full" in ended.stderr
    with reopened(file) as again:
        assert again.verify().holds
        with again.transaction() as records:
            assert records.sightings.get("mail/0") is None
            assert records.cases.all() == (case(),)


def test_a_file_that_may_only_be_read_is_named(journal: SqlJournal) -> None:
    with_pragma(journal, "PRAGMA query_only=ON")
    with pytest.raises(JournalError, match="may only be read"):
        fill_up(journal)


def test_a_journal_that_another_program_holds_is_waited_for_and_then_named(
    journal: SqlJournal, file: Path
) -> None:
    impatient = reopened(file, patience=0.2)
    with journal.transaction() as held:
        held.cursors.put("inbox", "1")
        with pytest.raises(JournalError, match="held it for too long"), impatient.transaction() as records:
            records.cases.save(case())
    with impatient.transaction() as records:
        records.cases.save(case())
    impatient.close()


def test_threads_take_turns(journal: SqlJournal) -> None:
    def count() -> None:
        for _ in range(20):
            with journal.transaction() as records:
                given = int(records.cursors.get("count") or 0)
                records.cursors.put("count", str(given + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with journal.transaction() as records:
        assert records.cursors.get("count") == "80"


def test_a_file_that_is_no_journal_is_named_and_left_alone(file: Path) -> None:
    file.write_bytes(b"Minutes of the governors' meeting" * 100)
    with pytest.raises(JournalError, match="not a journal") as error:
        reopened(file)
    assert str(file) in str(error.value)
    assert file.read_bytes() == b"Minutes of the governors' meeting" * 100


def test_a_damaged_file_is_named(journal: SqlJournal, file: Path) -> None:
    fill_up(journal)
    journal.close()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(JournalError, match="damaged"):
        reopened(file)


def test_a_journal_that_is_damaged_somewhere_inside_is_refused_at_the_start_with_the_way_out(
    journal: SqlJournal, file: Path
) -> None:
    fill_up(journal)
    journal.close()
    content = bytearray(file.read_bytes())
    pages = len(content) // 4096
    content[(pages // 2) * 4096 : (pages // 2) * 4096 + 64] = b"\xa5" * 64
    file.write_bytes(content)
    reopened(file).close()  # nothing is noticed until somebody needs that page
    with pytest.raises(JournalError, match="casework restore latest") as error:
        open_journal(file, school="TIS", chain_key=CHAIN_KEY, check=True)
    assert "it is damaged" in str(error.value)
    assert "casework rebuild" in str(error.value)
    assert file.read_bytes() == bytes(content), "a damaged journal is left as it is"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(JournalError, match="Check its folder"):
        reopened(tmp_path / "taken" / "journal.sqlite")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_journal_in_memory_is_refused(url: str) -> None:
    with pytest.raises(JournalError, match="must be a file"):
        open_journal(url, school="TIS", chain_key=CHAIN_KEY)


@pytest.mark.parametrize("url", ["journal", "mysql://host/name", "http://host"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(JournalError, match="Write a file"):
        open_journal(url, school="TIS", chain_key=CHAIN_KEY)


def test_another_key_file_is_refused_before_it_spoils_the_log(journal: SqlJournal, file: Path) -> None:
    with pytest.raises(JournalError, match="key file does not belong"):
        open_journal(file, school="TIS", chain_key=bytes(32))
    with journal.transaction() as records:
        records.events.append("case.opened", at=MONDAY)
    assert journal.verify().holds


def test_a_mistake_of_ours_does_not_pass_for_a_trouble_of_the_disk(journal: SqlJournal) -> None:
    def break_a_rule() -> None:
        with journal.transaction() as records:
            row = insert(schema.cursors).values(school="NOBODY", name="a", value="private words")
            records.connection.execute(row)

    with pytest.raises(IntegrityError) as error:
        break_a_rule()
    assert "private words" not in str(error.value)


def test_no_error_repeats_what_a_record_says(journal: SqlJournal) -> None:
    def save_words() -> None:
        with journal.transaction() as records:
            records.cursors.put("a", "private words")

    with_pragma(journal, "PRAGMA query_only=ON")
    with pytest.raises(JournalError) as error:
        save_words()
    assert "private words" not in f"{error.value} {error.value.__cause__}"


def test_the_file_is_for_this_account_alone(journal: SqlJournal, file: Path) -> None:
    fill_up(journal)
    if sys.platform == "win32":
        pytest.skip("Windows keeps rights in the folder")
    sides = [path for path in file.parent.iterdir() if path.name.startswith(file.name)]
    assert len(sides) >= 2
    assert {path.stat().st_mode & 0o077 for path in sides} == {0}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in the folder")
def test_a_journal_put_back_from_a_copy_is_closed_to_other_accounts(journal: SqlJournal, file: Path) -> None:
    fill_up(journal)
    journal.close()
    file.chmod(0o644)

    open_journal(file, school="TIS", chain_key=CHAIN_KEY).close()

    assert file.stat().st_mode & 0o077 == 0


def test_what_is_erased_leaves_no_trace_in_the_file(journal: SqlJournal, file: Path) -> None:
    words = "an unmistakable sentence of a parent"
    with journal.transaction() as records:
        records.sightings.save(sighting(facts={"words": [words] * 2000}))
    with journal.transaction() as records:
        records.sightings.save(sighting(facts={}))
    journal.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert words.encode() not in file.read_bytes()


def test_commits_are_synced_to_the_disk(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        told = [
            records.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]


def test_an_idle_transaction_writes_nothing(journal: SqlJournal, file: Path) -> None:
    side = file.with_name(f"{file.name}-wal")
    before = (side.stat().st_size, side.stat().st_mtime_ns)
    with journal.transaction() as records:
        assert records.outbox.claim(lease=timedelta(minutes=1)) is None
    assert (side.stat().st_size, side.stat().st_mtime_ns) == before
