"""Coming back to one moment of a practice school again and again: tenant, journal and clock together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.school import SchoolAtWork

CHECKPOINT = "checkpoint.sqlite"
JOURNAL = ("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm")


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
