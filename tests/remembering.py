"""Coming back to a moment of a practice school, as often as wanted: tenant, journal and clock together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journal_stores import JOURNAL, JournalFile, JournalStore
from tests.school import MONDAY, SchoolAtWork

CHECKPOINT = "checkpoint.sqlite"
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
    school.office.close_journal()
    for name in FIRST_MORNING:
        (state / name).unlink(missing_ok=True)
        if (state / f"{name}.first").exists():
            shutil.copy(state / f"{name}.first", state / name)
    shutil.rmtree(state / "backups", ignore_errors=True)
    school.restart()


@contextmanager
def remembered(school: SchoolAtWork, *, store: JournalStore | None = None) -> Iterator[Callable[[], None]]:
    """Give a call that brings everything back to this moment; afterwards a reset means what it meant before.

    Args:
        school: nobody else works for it meanwhile.
        store: where its journal lies; beside the settings if not said.
    """
    state = school.settings.parent
    store = store or JournalFile(state=state)
    now = school.server.practice("GET", "clock").json()["now"]
    shutil.copy(state / CHECKPOINT, state / "checkpoint.kept")
    school.office.close_journal()
    store.keep("moment")
    school.server.checkpoint()

    def again() -> None:
        school.office.close_journal()
        school.server.reset()
        school.server.set_clock(now)
        store.bring_back("moment")
        school.restart()

    try:
        yield again
    finally:
        shutil.copy(state / "checkpoint.kept", state / CHECKPOINT)


class Moments:
    """Moments of one school that several tests begin from: each is lived through once, and then gone back to."""

    def __init__(self, school: SchoolAtWork) -> None:
        self._school = school
        self._kept: dict[str, tuple[Path, str]] = {}

    def come_to(self, live: Callable[..., object], *more: str) -> SchoolAtWork:
        """Bring the school to where `live(school, *more)` leaves it, beginning from its first morning."""
        state = self._school.settings.parent
        name = " ".join((live.__module__, live.__qualname__, *more))
        if name not in self._kept:
            begin_again(self._school)
            live(self._school, *more)
            self._kept[name] = self._keep(state / f"moment-{len(self._kept)}")
        folder, now = self._kept[name]
        self._school.office.close_journal()
        shutil.copy(state / CHECKPOINT, state / "checkpoint.kept")
        try:
            shutil.copy(folder / CHECKPOINT, state / CHECKPOINT)
            self._school.server.reset()
        finally:
            shutil.copy(state / "checkpoint.kept", state / CHECKPOINT)
        self._school.server.set_faults()
        self._school.server.set_clock(now)
        _put_back(folder, state)
        self._school.restart()
        return self._school

    def _keep(self, folder: Path) -> tuple[Path, str]:
        state = self._school.settings.parent
        folder.mkdir()
        now = str(self._school.server.practice("GET", "clock").json()["now"])
        self._school.office.close_journal()
        shutil.copy(state / CHECKPOINT, state / "checkpoint.kept")
        try:
            self._school.server.checkpoint()
            shutil.copy(state / CHECKPOINT, folder / CHECKPOINT)
        finally:
            shutil.copy(state / "checkpoint.kept", state / CHECKPOINT)
        for name in JOURNAL:
            if (state / name).exists():
                shutil.copy(state / name, folder / name)
        return folder, now


def _put_back(folder: Path, state: Path) -> None:
    for name in JOURNAL:
        (state / name).unlink(missing_ok=True)
        if (folder / name).exists():
            shutil.copy(folder / name, state / name)
