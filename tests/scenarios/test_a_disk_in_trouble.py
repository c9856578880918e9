"""The disk of the office PC fills up, or may only be read: nothing is half done, and the office reads what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import CaseworkError
from connectors.settings_file import read_settings
from offices.office import Office
from offices.status import status_of
from tests.school import SchoolAtWork

SMALL = "small disk"
REMOUNT, UNMOUNT = ("mount", "-o"), ("umount", "-l")
ROOM = 3_000_000
"""Bytes of the small disk: the journal, its side files, and a little more."""


def _mount(folder: Path, options: str) -> bool:
    """Mount a small disk there; False where this account may not."""
    if sys.platform != "linux" or not shutil.which("mount"):
        return False
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


@pytest.fixture
def on_a_small_disk(school: SchoolAtWork) -> Iterator[tuple[SchoolAtWork, Path]]:
    """The school with its journal on a disk of its own, of three megabytes."""
    state, settings = school.settings.parent, school.settings
    folder = state / SMALL
    folder.mkdir(exist_ok=True)
    if not _mount(folder, f"size={ROOM}"):
        pytest.skip("this account may not mount a disk")
    try:
        school.office.journal.close()
        for file in state.glob("journal.*"):
            if file.suffix in (".sqlite", ".key"):
                shutil.copy(file, folder / file.name)
        moved = state / "small.toml"
        moved.write_text(_on_small_disk(settings.read_text()))
        school.settings = moved
        school.restart()
        yield school, folder
    finally:
        school.office.journal.close()
        school.settings = settings
        subprocess.run([*UNMOUNT, str(folder)], check=True)
        school.restart()


def _on_small_disk(settings: str) -> str:
    settings = re.sub(r"^\[journal\]\n(?:.+\n)*", "", settings, flags=re.MULTILINE)
    return f'{settings}\n[journal]\nfile = "{SMALL}/journal.sqlite"\nkey = "{SMALL}/journal.key"\ncopy_away = false\n'


def _fill(folder: Path, *, but: int) -> Path:
    """Leave so many bytes of the disk."""
    filler = folder / "holiday pictures"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    filler.write_bytes(bytes(max(0, free - but)))
    return filler


def _told_by_a_sweep(school: SchoolAtWork) -> str:
    """What a sweep says that cannot do its work."""
    try:
        report = school.once()
    except CaseworkError as error:
        return str(error)
    return " ".join((*report.failed, *report.problems))


@pytest.mark.parametrize(
    "room", [8_192, *(pytest.param(room, marks=pytest.mark.soak) for room in (65_536, 131_072))]
)
def test_a_disk_that_fills_up_while_a_report_is_taken_in_leaves_no_half_case(
    on_a_small_disk: tuple[SchoolAtWork, Path], room: int
) -> None:
    school, folder = on_a_small_disk
    school.once()
    school.teacher_forwards(
        "Look what is written on Facebook: https://www.facebook.com/tillbrook/posts/1 " + "and more " * 20_000
    )
    filler = _fill(folder, but=room)
    told = _told_by_a_sweep(school)
    assert "the disk is full. Free some space" in told
    filler.unlink()
    school.restart()
    school.works()
    assert len(school.rows()) == 1
    assert len(school.messages("teacher")) == 1, "thanked once"
    assert len(school.messages("headteacher")) == 1, "told once"
    assert school.office.journal.verify().holds


def test_a_disk_that_may_only_be_read_is_told_with_what_to_do_and_afterwards_all_goes_on(
    on_a_small_disk: tuple[SchoolAtWork, Path],
) -> None:
    school, folder = on_a_small_disk
    school.teacher_forwards("Look what is written on Facebook: https://www.facebook.com/tillbrook/posts/1")
    school.office.close_journal()
    subprocess.run([*REMOUNT, "remount,ro", str(folder)], check=True)
    try:
        school.office = Office(read_settings(school.settings))
        told = _told_by_a_sweep(school)
        assert "Read-only" in told
        assert "may write to it" in told
        with pytest.raises(CaseworkError, match="may write to it"):
            status_of(school.office.settings)
    finally:
        subprocess.run([*REMOUNT, "remount,rw", str(folder)], check=True)
    school.restart()
    school.works()
    assert len(school.rows()) == 1
    assert len(school.messages("teacher")) == 1
