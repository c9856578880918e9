"""Backups of the journal: beside it, and sealed in the casework library."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from connectors.journal.copies import seal_copy
from connectors.microsoft365.journal_shelf import GraphJournalShelf
from offices.halted import halted
from offices.office import Office
from offices.writing_tools import later
from workflows.job_report import JobReport
from workflows.journal_copies import ENDING, order_of, put_copy_away

FOLDER = "backups"
SHELF = "Backups of the journal"
KEPT = 14
"""Nights."""
BACKUPS = "journal-*.sqlite"


def back_up(office: Office, now: datetime) -> None:
    """Copy the journal beside itself; the last fourteen nights are kept.

    Raises:
        JournalError: the copy could not be written.
    """
    if office.settings.journal.url:
        return  # a server's own backups keep a journal that lies there
    folder = folder_of(office)
    folder.mkdir(parents=True, exist_ok=True)
    office.journal.backup(folder / name_of(now))
    for old in backups_in(folder, now)[:-KEPT]:
        old.unlink()


def copy_away(office: Office, now: datetime) -> JobReport:
    """Put the newest backup, sealed, into the casework library, if that is not done and the library is whole."""
    if office.settings.journal.url or not office.settings.journal.copy_away or halted(office):
        return JobReport()
    return put_copy_away(
        newest=lambda: _newest(office, now),
        shelf=later(lambda: shelf_of(office)),
        journal=office.journal,
        now=now,
    )


def name_of(now: datetime) -> str:
    """What the backup of a day is called."""
    return f"journal-{now:%Y-%m-%d}.sqlite"


def folder_of(office: Office) -> Path:
    return office.settings.path(Path(FOLDER))


def shelf_of(office: Office) -> GraphJournalShelf:
    return GraphJournalShelf(office.account, office.places.casework_drive, SHELF)


def backups_in(folder: Path, now: datetime) -> list[Path]:
    """The nightly backups, the oldest first; `now` tells those that a wrong clock named."""
    return sorted(folder.glob(BACKUPS), key=lambda file: order_of(file.name, now))


def _newest(office: Office, now: datetime) -> tuple[str, bytes] | None:
    backups = backups_in(folder_of(office), now)
    if not backups:
        return None
    file = backups[-1]
    sealed = seal_copy(file, school=office.school.code, made_at=now, chain_key=office.chain_key)
    return f"{file.stem}{ENDING}", sealed
