"""A trust's schools on one screen: the worst first, and a school that cannot be read is a row and not the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from command_line.app import app
from tests.scenarios.test_a_trust import settings_in_a_trust
from tests.school import SchoolAtWork


@pytest.fixture
def schools(school: SchoolAtWork, tmp_path: Path) -> Path:
    """One school at work, one that was never set up, and one whose file was spoiled."""
    state = school.settings.parent
    journal = f'[journal]\nfile = "{state}/journal.sqlite"\nkey = "{state}/journal.key"\n'
    for name, text in (
        ("tillbrook", f"{settings_in_a_trust(school, 'TIS')}\n{journal}"),
        ("oakfield", settings_in_a_trust(school, "OAK")),
        ("elmhurst", '[school]\ncode = "ELM"\nname = '),
    ):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        (tmp_path / f"{name}.toml").chmod(0o600)
    school.works()
    return tmp_path


def shown(folder: Path, *words: str) -> tuple[int, str]:
    told = CliRunner(env={"COLUMNS": "240"}).invoke(app, ["--settings", str(folder), *words])
    return told.exit_code, told.stdout


def test_the_status_of_all_has_a_row_for_each_and_says_what_to_do(schools: Path) -> None:
    code, screen = shown(schools, "status")

    assert code == 1
    rows = {
        name: next(line for line in screen.splitlines() if name in line)
        for name in ("TIS", "OAK", "elmhurst")
    }
    assert "well" in rows["TIS"]
    assert "There is no" in rows["OAK"]
    assert "look" in rows["elmhurst"]
    assert "3 schools: 1 well, 2 to look at, 0 not at work." in screen
    assert screen.index(rows["elmhurst"]) < screen.index(rows["TIS"]), "the worst first"


def test_a_monitor_reads_the_same_as_json(schools: Path) -> None:
    code, text = shown(schools, "status", "--json")

    said = json.loads(text)
    assert code == said["verdict"] == 1
    assert said["counts"] == {"well": 1, "look": 2, "not at work": 0}
    told = {one["school"]: " ".join(one["troubles"]) for one in said["schools"]}
    assert told["TIS"] == ""
    assert "casework setup" in told["OAK"]
    assert "elmhurst" in told["elmhurst"]


def test_setup_and_doctor_go_through_all_and_a_spoiled_file_stops_neither(schools: Path) -> None:
    set_up, made = shown(schools, "setup")
    examined, found = shown(schools, "doctor")

    assert (set_up, examined) == (1, 1)
    assert "3 schools, 1 to mend." in made
    assert "ok" in next(line for line in found.splitlines() if "tillbrook" in line)
    assert "mend" in next(line for line in found.splitlines() if "elmhurst" in line)


@pytest.mark.parametrize("command", ["status", "setup", "doctor"])
def test_a_folder_without_a_school_is_not_well(tmp_path: Path, command: str) -> None:
    """It may be a share that is not mounted, and a monitor would hear that all is well."""
    (tmp_path / "term-dates.toml").write_text('division = "England"\n', encoding="utf-8")
    told = CliRunner(env={"COLUMNS": "240"}).invoke(app, ["--settings", str(tmp_path), command])

    assert told.exit_code
    assert "No school has a settings file there" in told.output
    assert "mounted" in told.output


def test_what_is_asked_of_one_school_says_so_of_a_folder(tmp_path: Path) -> None:
    told = CliRunner(env={"COLUMNS": "240"}).invoke(app, ["--settings", str(tmp_path), "once"])

    assert told.exit_code
    assert "It is a folder." in told.output
    assert "rights" not in told.output
