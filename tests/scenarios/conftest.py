"""One practice school for all scenarios, brought back to its first morning before each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

REMEMBERED = ("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "journal.lock", "journal.key")


@pytest.fixture(scope="session")
def tillbrook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SchoolAtWork]:
    """The provisioned school; letters travel as Word files, which spares a conversion in every test."""
    state = tmp_path_factory.mktemp("tillbrook")
    with practice_school(state, now=MONDAY) as school:
        settings = school.settings_file
        settings.write_text(settings.read_text().replace('attach = "pdf"', 'attach = "word"'))
        school.office.journal.close()
        server = PracticeServer(state)
        server.facts = school.child.facts
        for name in REMEMBERED:
            if (state / name).exists():
                shutil.copy(state / name, state / f"{name}.first")
        yield SchoolAtWork(server, settings, school.tenant)


@pytest.fixture
def school(tillbrook: SchoolAtWork) -> Iterator[SchoolAtWork]:
    """The school on Monday 23 November 2026, 9 o'clock: nothing has happened yet."""
    _begin_again(tillbrook)
    yield tillbrook
    tillbrook.office.journal.close()


def _begin_again(school: SchoolAtWork) -> None:
    school.server.reset()
    school.server.set_faults()
    school.server.set_clock(MONDAY)
    state: Path = school.settings.parent
    school.office.journal.close()
    for name in REMEMBERED:
        (state / name).unlink(missing_ok=True)
        if (state / f"{name}.first").exists():
            shutil.copy(state / f"{name}.first", state / name)
    school.restart()
