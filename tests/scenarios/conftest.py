"""One practice school for all scenarios, brought back to its first morning before each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns.schools import provisioned_school
from tests.remembering import Moments, begin_again, keep_first_morning
from tests.school import SchoolAtWork


@pytest.fixture(scope="session")
def tillbrook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SchoolAtWork]:
    """The provisioned school; letters travel as Word files, which spares a conversion in every test."""
    state = tmp_path_factory.mktemp("tillbrook")
    with provisioned_school(state) as (server, settings, tenant):
        keep_first_morning(state)
        yield SchoolAtWork(server, settings, tenant)


@pytest.fixture
def school(tillbrook: SchoolAtWork) -> Iterator[SchoolAtWork]:
    """The school on Monday 23 November 2026, 9 o'clock: nothing has happened yet."""
    begin_again(tillbrook)
    yield tillbrook
    tillbrook.office.close_journal()


@pytest.fixture(scope="session")
def lived_through(tillbrook: SchoolAtWork) -> Moments:
    return Moments(tillbrook)


@pytest.fixture
def moments(lived_through: Moments, tillbrook: SchoolAtWork) -> Iterator[Moments]:
    """Brings the school to a moment that several tests begin from: `moments.come_to(live)`."""
    yield lived_through
    tillbrook.office.close_journal()


@pytest.fixture
def calendar(tillbrook: SchoolAtWork) -> Iterator[Path]:
    """The school's term calendar; whatever a test does to the file is taken back."""
    file = tillbrook.settings.parent / "term-dates.toml"
    text = file.read_bytes()
    yield file
    file.write_bytes(text)
    tillbrook.restart()
