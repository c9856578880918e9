"""A host of a trust keeps a bounded number of schools ready, and reads once what many of them share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.journal import open_turns
from offices import trust as trust_module
from offices.office import Office
from offices.read_once import read_once
from offices.timetable import SweepReport, Timetable
from offices.trust import Trust
from tests.unit.settings.conftest import SOUND
from tests.unit.settings.test_schools import add
from tests.unit.settings.test_schools import schools as schools  # noqa: PLC0414 - a fixture

TROUBLE = "open_cases: the mailbox cannot be read."


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def swept() -> list[Office]:
    return []


@pytest.fixture
def host(
    schools: Path, told: list[str], swept: list[Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trust]:
    monkeypatch.setenv(SOUND["microsoft365"]["secret"]["env"], "invented")
    monkeypatch.setattr(trust_module, "MOST_READY", 2)
    add(schools, "ashdown", "ASH")
    shared, url = schools / "trust.toml", f"sqlite:///{tmp_path}/journal.sqlite"
    shared.write_text(shared.read_text().replace("postgresql+psycopg://server/trust", url))
    (schools / "term-dates.toml").write_text(
        '[[terms]]\nname = "Autumn"\nstarts = 2026-09-02\nends = 2026-12-18\n'
    )

    def run_once(office: Office, _jobs: object) -> SweepReport:
        swept.append(office)
        return SweepReport(changes=0, failed=(TROUBLE,), problems=())

    turns = open_turns(url)
    made = Trust(schools, Timetable(jobs=(), run_once=run_once), turns=turns, engine=url, told=told.append)
    made.look()
    yield made
    made.close()
    turns.close()


def test_a_host_keeps_the_schools_ready_that_were_looked_at_last(host: Trust, swept: list[Office]) -> None:
    for code in ("OAK", "ELM", "OAK", "ASH", "OAK", "ELM"):
        host.sweep(code)

    oak, elm, oak_again, ash, oak_still, elm_anew = swept
    assert oak is oak_again is oak_still
    assert elm is not elm_anew
    assert ash.settings.school.code == "ASH"


def test_a_trouble_is_told_once_although_the_school_was_closed_meanwhile(
    host: Trust, told: list[str]
) -> None:
    for code in ("OAK", "ELM", "ASH", "OAK"):
        host.sweep(code)

    assert sorted(told) == [f"{code}: {TROUBLE}" for code in ("ASH", "ELM", "OAK")]


def test_what_schools_share_is_read_once_until_it_is_changed(tmp_path: Path) -> None:
    folder, read = tmp_path / "letters", []
    (folder / "invitation").mkdir(parents=True)
    (folder / "invitation" / "fields.toml").write_text("days = 1")

    def reading(place: Path, *, name: str) -> str:
        read.append(place)
        return f"{name}: {(place / 'invitation' / 'fields.toml').read_text()}"

    assert read_once(reading, folder, name="a") is read_once(reading, folder, name="a")
    assert read_once(reading, folder, name="b") == "b: days = 1"
    assert len(read) == 2

    (folder / "invitation" / "fields.toml").write_text("days = 2")
    os.utime(folder / "invitation" / "fields.toml", ns=(1, 1))
    assert read_once(reading, folder, name="a") == "a: days = 2"
    (folder / "reply").mkdir()
    (folder / "reply" / "fields.toml").write_text("")
    read_once(reading, folder, name="a")
    assert len(read) == 4


def test_a_file_that_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    tries = []

    def reading(place: Path) -> str:
        tries.append(place)
        raise ValueError("unreadable")

    for _ in range(2):
        with pytest.raises(ValueError, match="unreadable"):
            read_once(reading, tmp_path)
    assert len(tries) == 2
