"""A trust's folder of settings: a file for each school, what all share, and a mistake that concerns one alone."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from connectors.settings_file import SchoolFolder, read_settings, write_settings
from tests.unit.settings.conftest import SOUND


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """Oakfield and Elmwood, who share how Casework signs in and where the journal is."""
    shared = {"microsoft365": SOUND["microsoft365"], "journal": {"url": "postgresql+psycopg://server/trust"}}
    write_settings(tmp_path / "trust.toml", shared)
    (tmp_path / "term-dates.toml").write_text("")
    for name, code in (("oakfield", "OAK"), ("elmwood", "ELM")):
        add(tmp_path, name, code)
    return tmp_path


def add(folder: Path, name: str, code: str) -> None:
    entries = deepcopy(SOUND)
    entries["school"]["code"] = code
    entries["microsoft365"] = {"reporting_mailbox": f"reports@{name}.example"}
    write_settings(folder / f"{name}.toml", entries)


def codes(folder: SchoolFolder) -> list[str]:
    return [one.settings.school.code for one in folder.look() if one.settings]


def test_each_school_has_what_all_share_and_a_journal_key_of_its_own(schools: Path) -> None:
    elmwood, oakfield = (one.settings for one in SchoolFolder(schools).look())

    assert elmwood
    assert oakfield
    assert (
        oakfield.microsoft365.tenant_id
        == elmwood.microsoft365.tenant_id
        == SOUND["microsoft365"]["tenant_id"]
    )
    assert oakfield.microsoft365.reporting_mailbox == "reports@oakfield.example"
    assert oakfield.journal.url == "postgresql+psycopg://server/trust"
    assert oakfield.path(oakfield.journal.key) != elmwood.path(elmwood.journal.key)


def test_one_schools_file_by_itself_is_read_in_the_same_way(schools: Path) -> None:
    by_itself = read_settings(schools / "oakfield.toml")

    assert by_itself in [one.settings for one in SchoolFolder(schools).look()]


def test_schools_come_pause_and_leave_while_the_folder_is_watched(schools: Path) -> None:
    folder = SchoolFolder(schools)
    assert codes(folder) == ["ELM", "OAK"]

    add(schools, "ashdown", "ASH")
    assert codes(folder) == ["ASH", "ELM", "OAK"]
    (schools / "oakfield.toml").rename(schools / "oakfield.toml.paused")
    assert codes(folder) == ["ASH", "ELM"]
    (schools / "oakfield.toml.paused").rename(schools / "oakfield.toml")
    (schools / "elmwood.toml").unlink()
    assert codes(folder) == ["ASH", "OAK"]


def test_a_file_that_has_not_changed_is_not_read_again(schools: Path) -> None:
    folder = SchoolFolder(schools)
    before = folder.look()
    add(schools, "elmwood", "ELMS")

    after = folder.look()

    assert after[1] is before[1]
    assert after[0] is not before[0]


def test_what_is_wrong_in_one_file_is_told_and_concerns_no_other_school(schools: Path) -> None:
    (schools / "oakfield.toml").write_text("[school]\ncode = 'OAK'\n")
    (schools / "elmwood.toml").write_text("[[[")
    (schools / "birchwood.toml").write_text("a = " + "[" * 50_000)
    add(schools, "ashdown", "ASH")
    ashdown, birchwood, elmwood, oakfield = SchoolFolder(schools).look()

    assert ashdown.settings
    assert "birchwood.toml" in birchwood.problem
    assert "elmwood.toml" in elmwood.problem
    assert "[people.headteacher] is missing" in oakfield.problem


def test_two_schools_of_one_code_are_both_refused_because_they_would_share_case_numbers(
    schools: Path,
) -> None:
    add(schools, "ashdown", "OAK")
    ashdown, _, oakfield = SchoolFolder(schools).look()

    assert not ashdown.settings
    assert "ashdown.toml and oakfield.toml" in oakfield.problem
