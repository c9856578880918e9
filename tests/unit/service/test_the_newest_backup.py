"""The newest backup is the newest, also after a night in which the clock was wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from casework.ports import LibraryFile
from casework.status import BACKUP
from connectors.journal import open_journal
from offices.backups import backups_in
from tests.journals import CHAIN_KEY
from workflows.journal_copies import KEPT, order_of, put_copy_away

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


class Shelf:
    """Where copies lie."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def copies(self) -> tuple[LibraryFile, ...]:
        return tuple(
            LibraryFile(file_id=name, path=name, etag="", size=1, modified_at=NOW)
            for name in sorted(self.names)
        )

    def put(self, name: str, content: bytes) -> None:
        self.names.append(name)

    def read(self, file_id: str) -> bytes:
        return b""

    def discard(self, file_id: str) -> None:
        self.names.remove(file_id)


def test_a_backup_of_a_day_to_come_was_named_by_a_wrong_clock_and_is_not_the_newest(tmp_path: Path) -> None:
    for day in ("2099-01-01", "2026-11-22", "2026-11-23", "2026-11-21"):
        (tmp_path / f"journal-{day}.sqlite").touch()

    days = [file.stem.removeprefix("journal-") for file in backups_in(tmp_path, NOW)]

    assert days == ["2099-01-01", "2026-11-21", "2026-11-22", "2026-11-23"]


def test_a_backup_of_tonight_may_bear_tomorrows_name() -> None:
    assert order_of("journal-2026-11-24", NOW) > order_of("journal-2026-11-23", NOW)


def test_a_copy_of_a_day_to_come_makes_room_before_any_good_one(tmp_path: Path) -> None:
    shelf = Shelf(
        [f"journal-2026-11-{day:02}.copy" for day in range(9, 9 + KEPT - 1)] + ["journal-2099-01-01.copy"]
    )
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as journal:
        with journal.transaction() as transaction:
            transaction.cursors.put(BACKUP, NOW.isoformat())
        put_copy_away(newest=lambda: ("journal-2026-11-23.copy", b"x"), shelf=shelf, journal=journal, now=NOW)

    assert len(shelf.names) == KEPT
    assert "journal-2099-01-01.copy" not in shelf.names
