"""Putting a backup in the place of the journal: proved sound first, migrated, and the old journal kept aside."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from casework.errors import DamagedJournalError, JournalError
from casework.records import OutboxState
from connectors.journal.database import engine_for, place_of
from connectors.journal.journal import open_journal
from connectors.journal.schema import outbox
from connectors.journal.troubles import in_words

SIDE_FILES = ("-wal", "-shm")
_OLDER = "Take an older one; casework restore lists what there is."
_UNDONE = (OutboxState.PLANNED.value, OutboxState.CLAIMED.value)


def prepare(draft: Path, *, name: str, school: str, chain_key: bytes) -> None:
    """Prove that the file is a sound journal of this school, bring it to this version, and let it doubt what it planned.

    What it had planned may have been done since: each such effect is looked for before it is done.

    Args:
        draft: the file.
        name: of the backup that it was made of, for what is said of it.
        school: its code.
        chain_key: with which its log was begun.

    Raises:
        JournalError: it is damaged, its log does not hold, it is another school's, or of a newer Casework.
    """
    try:
        _refuse_without(draft, name, school)
        with open_journal(draft, school=school, chain_key=chain_key) as journal:
            found = journal.verify()
    except DamagedJournalError as error:
        raise JournalError(f"The backup {name} cannot be used: it is damaged. {_OLDER}") from error
    if not found.holds:
        what = "; ".join(found.damages) or "its log is not as it was written"
        raise JournalError(f"The backup {name} cannot be used: {what}. {_OLDER}")
    place = place_of(draft)
    engine = engine_for(place, patience=30.0)
    try:
        with in_words(place.name), engine.begin() as connection:
            undone = outbox.c.state.in_(_UNDONE)
            connection.execute(
                update(outbox)
                .where(outbox.c.school == school, undone)
                .values(claims=outbox.c.claims + 1, state=OutboxState.PLANNED.value, ready_at=None)
            )
    finally:
        engine.dispose()


def _refuse_without(draft: Path, name: str, school: str) -> None:
    """An empty file, or another school's, would become a new journal without a word."""
    place = place_of(draft)
    with in_words(place.name), closing(sqlite3.connect(f"{draft.as_uri()}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'schools'").fetchall()
        known = tables and connection.execute("SELECT 1 FROM schools WHERE code = ?", (school,)).fetchall()
    if not known:
        raise JournalError(
            f"The backup {name} cannot be used: it holds nothing of the school {school}. Take another one."
        )


def put_in_place(draft: Path, file: Path, *, now: datetime) -> Path | None:
    """Move the journal aside and give the draft its name; returns where the old one lies now.

    Raises:
        JournalError: a file could not be moved; then everything is as it was, or the old journal lies aside.
    """
    aside = file.with_name(f"{file.name}.aside-{now:%Y%m%d-%H%M%S}")
    moved = False
    try:
        if file.exists():
            for ending in SIDE_FILES:
                with suppress(FileNotFoundError):
                    Path(f"{file}{ending}").replace(f"{aside}{ending}")
            file.replace(aside)
            moved = True
        draft.replace(file)
    except OSError as error:
        raise JournalError(
            f"The journal {file} could not be replaced ({error.strerror}). Stop whatever has it open, check the right "
            "to write there, and run casework restore again."
        ) from error
    return aside if moved else None


def take_copy(source: Path, draft: Path) -> None:
    """Copy a backup of this machine to the draft, for this account alone.

    Raises:
        JournalError: it cannot be read, or there is no room.
    """
    try:
        with (
            source.open("rb") as content,
            os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
        ):
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise JournalError(
            f"The backup {source.name} could not be copied ({error.strerror}). Check the disk and its free space."
        ) from error
