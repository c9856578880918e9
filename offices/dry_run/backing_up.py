"""What `casework backup` would do, found out by looking alone."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.settings_file import Settings
from offices.backups import KEPT, SHELF, backups_in, folder_of, name_of
from offices.dry_run.office import DryOffice, dry_office
from offices.halted import halted


def would_back_up(settings: Settings) -> tuple[str, ...]:
    """Each thing in words that stand behind "would"; nothing for a journal on a server, which has backups of its own.

    Raises:
        JournalError: the journal cannot be read.
    """
    if settings.journal.url:
        return ()
    with dry_office(settings) as office:
        return tuple(_would(office))


def _would(office: DryOffice) -> Iterator[str]:
    now, folder = office.clock.now(), folder_of(office)
    name = name_of(now)
    there = [file.name for file in backups_in(folder, now)]
    yield f"{'replace' if name in there else 'write'} {folder / name}"
    kept = sorted({*there, name})
    yield from (f"delete {folder / old}, because {KEPT} are kept" for old in kept[:-KEPT])
    if not office.earnest.journal.copy_away:
        return
    if halted(office):
        yield "put no sealed copy into the casework library, because something is halted: casework halted"
        return
    yield f'put a sealed copy into the casework library, in the folder "{SHELF}"'
