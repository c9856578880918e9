"""What `casework restore` does: put a backup in the journal's place, and find out what was done since it was made."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.errors import ConnectorError, JournalError
from connectors.journal import open_journal
from connectors.journal.copies import label_of, open_copy
from connectors.journal.lock import journal_lock
from connectors.journal.restoring import SIDE_FILES, prepare, put_in_place, take_copy
from connectors.microsoft365.journal_shelf import GraphJournalShelf
from connectors.microsoft365.provisioning import find_places
from offices.backups import SHELF, backups_in, folder_of
from offices.journal_key import existing_key
from offices.machine_clock import machine_now
from offices.office import Office
from offices.rebuilding import Rebuilt, look_once, rebuilder
from offices.service import only_one
from offices.timetable import Timetable
from workflows.awaiting_word import HELD, UNFINISHED, settle_what_was_said
from workflows.journal_copies import ENDING, order_of

LATEST = "latest"
HERE, AWAY = "on this machine", "in the casework library"
DRAFT = ".restoring"


@dataclass(frozen=True, kw_only=True, slots=True)
class Backup:
    """A backup that could be put back.

    Attributes:
        size: in bytes, as it lies there.
        file: where it lies on this machine; None for a copy in the library.
    """

    name: str
    where: str
    made_at: datetime
    size: int
    file: Path | None = None
    file_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What was put back, what was found out, and where the old journal lies now."""

    backup: Backup
    rebuilt: Rebuilt
    aside: Path | None


def backups_of(office: Office) -> tuple[tuple[Backup, ...], str]:
    """All backups, the newest first, and why the library could not be asked (empty if it was).

    Raises:
        JournalError: the journal lies on a server.
    """
    if office.settings.journal.url:
        raise JournalError("The journal is on a server: restore it there, with the server's own backups.")
    now = _now(office)
    here = [
        Backup(
            name=file.name,
            where=HERE,
            made_at=datetime.fromtimestamp(file.stat().st_mtime, tz=office.school.zone),
            size=file.stat().st_size,
            file=file,
        )
        for file in backups_in(folder_of(office), now)
    ]
    away, problem = [], ""
    try:
        away = [
            Backup(name=copy.name, where=AWAY, made_at=copy.modified_at, size=copy.size, file_id=copy.file_id)
            for copy in _shelf(office).copies()
            if copy.name.endswith(ENDING)
        ]
    except ConnectorError as error:
        problem = f"The casework library could not be asked for copies: {error}"
    oldest_first = sorted(
        (*here, *away), key=lambda one: (*order_of(one.name.rpartition(".")[0], now), one.where == HERE)
    )
    return tuple(reversed(oldest_first)), problem


def _now(office: Office) -> datetime:
    """The school's time, by which backups are named; where practice does not answer, this machine's."""
    try:
        return office.clock.now()
    except ConnectorError:
        return machine_now()


def choose(office: Office, wanted: str) -> Backup:
    """The backup of that name or path; the newest for "latest".

    Raises:
        JournalError: there is none.
    """
    path = Path(wanted)
    if wanted != LATEST and path.is_file():
        made_at = datetime.fromtimestamp(path.stat().st_mtime, tz=office.school.zone)
        return Backup(name=path.name, where=HERE, made_at=made_at, size=path.stat().st_size, file=path)
    found, problem = backups_of(office)
    for backup in found:
        if wanted in (LATEST, backup.name):
            return backup
    advice = problem or "See what there is with: casework restore"
    raise JournalError(f"There is no backup called {wanted}. {advice}")


def restore(
    office: Office,
    timetable: Timetable,
    backup: Backup,
    *,
    told: Callable[[int, int], None] | None = None,
) -> Restored:
    """Put the backup in the journal's place, hold all mail, and find out what was done since it was made.

    Args:
        office: the school, whose journal is not open yet.
        timetable: the jobs that look afterwards.
        backup: from `choose`.
        told: called with (done, of) while sealed originals are read.

    Raises:
        JournalError: Casework is at work, or the backup cannot be used; then the journal is as it was.
    """
    file = office.settings.path(office.settings.journal.file)
    draft = file.with_name(f"{file.name}{DRAFT}")
    office.close_journal()
    with only_one(office.settings), _no_sweep(file):
        with _drafted(draft):
            draft_of(office, backup, draft)
            aside = put_in_place(draft, file, now=machine_now())
        regained = rebuilder(office, office.clock.now(), told=told).regain(event="journal.restored")
    rebuilt = look_once(office, timetable, regained)
    return Restored(backup=backup, rebuilt=rebuilt, aside=aside)


def draft_of(office: Office, backup: Backup, draft: Path) -> None:
    """Make a journal of the backup that has been proved sound, and from which nothing is sent yet.

    Raises:
        JournalError: the backup cannot be used, or the key is missing.
    """
    _fetch(office, backup, draft)
    prepare(draft, name=backup.name, school=office.school.code, chain_key=existing_key(office.settings))
    _hold(office, draft)


def _shelf(office: Office) -> GraphJournalShelf:
    """Found without the journal, which may be lost: opening it would make a new one."""
    return GraphJournalShelf(office.account, find_places(office.account, office.wishes).casework_drive, SHELF)


def _fetch(office: Office, backup: Backup, draft: Path) -> None:
    if backup.file is not None and not backup.file.name.endswith(ENDING):
        take_copy(backup.file, draft)
        return
    sealed = backup.file.read_bytes() if backup.file else _shelf(office).read(backup.file_id)
    label = label_of(sealed)
    if label.school != office.school.code:
        raise JournalError(
            f"This copy is of the school {label.school}, and not of {office.school.code}. Take another one."
        )
    open_copy(sealed, draft, chain_key=existing_key(office.settings))


def _hold(office: Office, draft: Path) -> None:
    """Before it is anybody's journal: nothing may be sent from it until a person has confirmed."""
    with open_journal(draft, school=office.school.code, chain_key=existing_key(office.settings)) as journal:
        with journal.transaction() as transaction:
            for name in (HELD, UNFINISHED):
                transaction.cursors.put(name, machine_now().isoformat())
        settle_what_was_said(journal)


@contextmanager
def _no_sweep(file: Path) -> Iterator[None]:
    with journal_lock(file.with_suffix(".lock"), wait=0):
        yield


@contextmanager
def _drafted(draft: Path) -> Iterator[None]:
    """Leave nothing of a draft behind, whatever happens."""
    _clear(draft)
    try:
        yield
    finally:
        _clear(draft)


def _clear(draft: Path) -> None:
    beside = (Path(f"{draft}{ending}") for ending in SIDE_FILES)
    for path in (draft, *beside, *draft.parent.glob(f"{draft.name}.before-*")):
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
