"""A journal has one service and one sweep at a time, by whatever name the settings call it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from casework.errors import JournalError
from connectors.journal import SqlJournal
from connectors.settings_file import Settings
from offices.service import only_one
from offices.turns import one_sweep


def settings_with(folder: Path, journal: Path) -> Settings:
    folder.mkdir(exist_ok=True)
    named = SimpleNamespace(
        file=folder / "settings.toml",
        journal=SimpleNamespace(url="", file=journal),
        path=lambda given: folder / given,
    )
    return cast("Settings", named)


@pytest.fixture(
    params=["the same path", "a path of its own folder", "a link to the file", "a link to the folder"]
)
def two_settings(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Settings, Settings]:
    """Of a service, and of somebody who starts another one by a settings file of his own."""
    journal = tmp_path / "school" / "journal.sqlite"
    first = settings_with(tmp_path / "school", Path("journal.sqlite"))
    journal.touch()
    (tmp_path / "link.sqlite").symlink_to(journal)
    (tmp_path / "linked").symlink_to(tmp_path / "school")
    other = {
        "the same path": journal,
        "a path of its own folder": Path("../school/journal.sqlite"),
        "a link to the file": tmp_path / "link.sqlite",
        "a link to the folder": tmp_path / "linked" / "journal.sqlite",
    }
    return first, settings_with(tmp_path / "other", other[request.param])


def test_a_second_service_is_kept_away(two_settings: tuple[Settings, Settings]) -> None:
    first, second = two_settings

    with (
        only_one(first),
        pytest.raises(JournalError, match="at work on this journal already"),
        only_one(second),
    ):
        pass


def test_a_second_sweep_is_kept_away(two_settings: tuple[Settings, Settings]) -> None:
    first, second = two_settings
    journal = cast("SqlJournal", None)  # a file's lock asks nothing of it

    with (
        one_sweep(first, journal, wait=0),
        pytest.raises(JournalError, match="Another Casework is at work"),
        one_sweep(second, journal, wait=0),
    ):
        pass
