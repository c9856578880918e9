"""Coming back to a moment of a practice school, as often as wanted: tenant, journal and clock together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.school import MONDAY, SchoolAtWork

CHECKPOINT = "checkpoint.sqlite"
JOURNAL = ("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm")
FIRST_MORNING = (*JOURNAL, "journal.lock", "journal.key")


def keep_first_morning(state: Path) -> None:
    """Put a copy of the journal aside as it is now, for begin_again."""
    for name in FIRST_MORNING:
        if (state / name).exists():
            shutil.copy(state / name, state / f"{name}.first")


def begin_again(school: SchoolAtWork) -> None:
    """Bring the school back to Monday 23 November 2026, 9 o'clock: nothing has happened yet."""
    school.server.reset()
    school.server.set_faults()
    school.server.set_clock(MONDAY)
    state = school.settings.parent
    school.office.journal.close()
    for name in FIRST_MORNING:
        (state / name).unlink(missing_ok=True)
        if (state / f"{name}.first").exists():
            shutil.copy(state / f"{name}.first", state / name)
    school.restart()


@contextmanager
def remembered(school: SchoolAtWork) -> Iterator[Callable[[], None]]:
    """Give a call that brings everything back to this moment; afterwards a reset means what it meant before."""
    state = school.settings.parent
    now = school.server.practice("GET", "clock").json()["now"]
    shutil.copy(state / CHECKPOINT, state / "checkpoint.kept")
    school.office.journal.close()
    journal = {name: (state / name).read_bytes() for name in JOURNAL if (state / name).exists()}
    school.server.checkpoint()

    def again() -> None:
        school.office.journal.close()
        school.server.reset()
        school.server.set_clock(now)
        for name in JOURNAL:
            (state / name).unlink(missing_ok=True)
            if name in journal:
                (state / name).write_bytes(journal[name])
        school.restart()

    try:
        yield again
    finally:
        shutil.copy(state / "checkpoint.kept", state / CHECKPOINT)
