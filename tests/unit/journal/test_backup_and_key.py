"""The journal's copies and the key of its chain."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from casework.errors import JournalError
from connectors.journal import SqlJournal, backup, chain_key_from, open_journal
from tests.journals import CHAIN_KEY, MONDAY, case


def test_a_backup_holds_everything_in_one_file(journal: SqlJournal, tmp_path: Path) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
        records.events.append("case.opened", at=MONDAY)
    target = tmp_path / "backups" / "monday.sqlite"
    journal.backup(target)
    assert [path.name for path in target.parent.iterdir()] == ["monday.sqlite"]
    with open_journal(target, school="TIS", chain_key=CHAIN_KEY) as copy:
        assert copy.verify().holds
        with copy.transaction() as records:
            assert records.cases.all() == (case(),)


def test_a_backup_replaces_the_one_of_the_same_name(journal: SqlJournal, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    journal.backup(target)
    with journal.transaction() as records:
        records.cases.save(case())
    journal.backup(target)
    with open_journal(target, school="TIS", chain_key=CHAIN_KEY) as copy, copy.transaction() as records:
        assert records.cases.all() == (case(),)


def test_a_backup_during_work_is_of_one_moment(journal: SqlJournal, tmp_path: Path) -> None:
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with journal.transaction() as records:
                records.cursors.put("left", str(number))
                records.events.append("job.done", at=MONDAY, number=number)
                records.cursors.put("right", str(number))

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for round_ in range(5):
            journal.backup(tmp_path / f"{round_}.sqlite")
    finally:
        stop.set()
        worker.join()
    for round_ in range(5):
        with open_journal(tmp_path / f"{round_}.sqlite", school="TIS", chain_key=CHAIN_KEY) as copy:
            assert copy.verify().holds
            with copy.transaction() as records:
                assert records.cursors.get("left") == records.cursors.get("right")


def test_a_backup_that_cannot_be_written_names_the_file_and_keeps_the_old_one(
    journal: SqlJournal, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(JournalError, match=r"monday\.sqlite could not be written"):
        journal.backup(tmp_path / "taken" / "monday.sqlite")
    with journal.transaction() as records:
        assert records.cases.all() == ()


def test_a_damaged_journal_never_replaces_a_good_backup(
    journal: SqlJournal, file: Path, tmp_path: Path
) -> None:
    with journal.transaction() as records:
        for number in range(300):
            records.cases.save(case(f"TIS-2026-{number:04d}"))
    target = tmp_path / "kept.sqlite"
    journal.backup(target)
    good = target.read_bytes()
    journal.close()
    content = bytearray(file.read_bytes())
    for page in range(20, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xa5" * 100
    file.write_bytes(content)
    with pytest.raises(JournalError):
        journal.backup(target)
    assert target.read_bytes() == good


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "journal.key"
    key = chain_key_from(path)
    assert len(key) == 32
    assert chain_key_from(path) == key
    assert chain_key_from(tmp_path / "other.key") != key
    assert [kept.name for kept in path.parent.iterdir()] == ["journal.key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in the folder")
def test_the_key_is_for_this_account_alone(tmp_path: Path) -> None:
    chain_key_from(tmp_path / "journal.key")
    assert (tmp_path / "journal.key").stat().st_mode & 0o777 == 0o600


def test_a_file_system_without_hard_links_keeps_a_key_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    key = chain_key_from(tmp_path / "journal.key")
    assert chain_key_from(tmp_path / "journal.key") == key
    assert [kept.name for kept in tmp_path.iterdir()] == ["journal.key"]


def test_a_key_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(JournalError, match="cannot be used"):
        chain_key_from(tmp_path / "taken" / "journal.key")


@pytest.mark.parametrize("content", [b"", b"abcd", b"zz" * 32, b"\xff" * 64])
def test_a_key_file_that_holds_no_key_is_never_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.key"
    path.write_bytes(content)
    with pytest.raises(JournalError, match="Put back the file"):
        chain_key_from(path)
    assert path.read_bytes() == content


def test_processes_that_start_together_agree_on_one_key_and_one_journal(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from connectors.journal import *;"
        "folder = Path(sys.argv[1]); key = chain_key_from(folder / 'k');"
        "journal = open_journal(folder / 'j.sqlite', school='TIS', chain_key=key);"
        "print(key.hex(), journal.verify().holds)"
    )
    words = [sys.executable, "-c", script, str(tmp_path)]
    started = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = {process.communicate()[0] for process in started}
    assert len(told) == 1
    assert told.pop().endswith("True\n")


def test_a_backup_for_which_the_disk_was_too_small_leaves_nothing_behind(
    journal: SqlJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite leaves its side files where it had no room, and the next try would have less."""

    def no_room(_: object, draft: Path) -> None:
        for ending in ("-wal", "-shm"):
            draft.with_name(f"{draft.name}{ending}").write_bytes(bytes(8192))
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup, "_copy", no_room)

    with pytest.raises(JournalError, match="its free space"):
        journal.backup(tmp_path / "kept" / "monday.sqlite")

    assert list((tmp_path / "kept").iterdir()) == []
