"""The status of one school in a tenth of a second: what the last sweep noted, if nothing has changed since."""

from __future__ import annotations

import json
import shutil
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from casework.status import BACKUP, HEARTBEAT, Status, day_there, judged
from connectors.glance import glance
from offices.private_files import open_to_others
from offices.status_files import BACKUPS, backups_in, stamp_of

STATUS = "status"
"""The cursor that holds the status as it was at the last sweep that changed something."""
SHARED = "trust.toml"


def status_at_a_glance(settings: Path) -> tuple[Status, str] | None:
    """The status and the school's time zone, or None where everything must be read.

    That is so where the journal lies on a server, the settings were changed, the journal is newer than the note,
    or the note is of another day.
    """
    where = _journal_of(settings)
    if where is None:
        return None
    file, school = where
    seen = glance(file, school=school, notes=(STATUS, HEARTBEAT, BACKUP))
    if seen is None or STATUS not in seen.notes:
        return None
    noted: dict[str, Any] = json.loads(seen.notes[STATUS])
    if noted["mark"] != seen.mark or noted["stamp"] != stamp_of(settings):
        return None
    today = day_there(
        seen.notes.get(HEARTBEAT), now=datetime.now(UTC), zone=noted["zone"], practice=noted["practice"]
    )
    if noted.get("day") != today.isoformat():
        return None  # what was due yesterday is overdue
    return status_from(noted, seen.notes, file=file, beside=settings.parent), noted["zone"]


def status_from(noted: dict[str, Any], notes: dict[str, str], *, file: Path | None, beside: Path) -> Status:
    """The status that was noted, with what can be seen without reading: the clock, the disk, rights of files.

    Args:
        noted: what the cursor holds.
        notes: the other cursors as they are now.
        file: the journal; None on a server.
        beside: the folder of the settings.
    """
    status: Status = cast("Status", dict(noted["status"]))
    status["last_sweep"] = notes.get(HEARTBEAT)
    status["last_backup"] = notes.get(BACKUP)
    status["backups"] = backups_in(beside / BACKUPS)
    status["journal_size"] = file.stat().st_size if file else None
    status["disk_free"] = shutil.disk_usage(file.parent).free if file else None
    return judged(
        status,
        (*noted["standing"], *open_to_others(Path(one) for one in noted["private"])),
        now=datetime.now(UTC),
        zone=noted["zone"],
        practice=noted["practice"],
    )


def _journal_of(settings: Path) -> tuple[Path, str] | None:
    """Where the journal lies and whose it is; None where the settings are a trust's or cannot be read so simply."""
    try:
        if settings.with_name(SHARED).exists():
            return None
        entries = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
        journal = entries.get("journal", {})
        if journal.get("url"):
            return None
        return settings.parent / journal.get("file", "journal.sqlite"), str(entries["school"]["code"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
