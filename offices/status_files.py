"""What a status is told by files alone; loads next to nothing."""

from __future__ import annotations

from pathlib import Path

BACKUPS = "backups"
"""The folder beside the settings in which copies of the journal are kept."""


def backups_in(folder: Path) -> int:
    """How many copies of the journal are there."""
    return sum(1 for _ in folder.glob("journal-*.sqlite")) if folder.is_dir() else 0


def stamp_of(settings: Path) -> list[int]:
    """Differs whenever the settings file has changed; empty if it cannot be looked at."""
    try:
        seen = settings.stat()
    except OSError:
        return []
    return [seen.st_mtime_ns, seen.st_size]
