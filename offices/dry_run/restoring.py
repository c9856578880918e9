"""What `casework restore` would do: the backup is proved sound, and what was done since is found out, all on a copy."""

from __future__ import annotations

from collections.abc import Callable

from connectors.settings_file import Settings
from offices.dry_run.office import LookingOffice, dry_office
from offices.rebuilding import look_once, rebuilder
from offices.restoring import Restored, choose, draft_of
from offices.timetable import Timetable


def would_restore(
    settings: Settings,
    timetable: Timetable,
    wanted: str,
    *,
    told: Callable[[int, int], None] | None = None,
) -> Restored:
    """Take the backup for the journal of a dry run, and let every job look.

    Args:
        settings: the school's.
        timetable: the jobs that look.
        wanted: a backup's name or path, or "latest".
        told: called with (done, of) while sealed originals are read.

    Raises:
        JournalError: there is no such backup, or it cannot be used.
    """
    backup = choose(LookingOffice(settings), wanted)
    with dry_office(settings) as office:
        draft_of(LookingOffice(settings), backup, office.copy)
        regained = rebuilder(office, office.clock.now(), told=told).regain(event="journal.restored")
        return Restored(backup=backup, rebuilt=look_once(office, timetable, regained), aside=None)
