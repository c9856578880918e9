"""The unit and the compose file that the pages name can be used as they are."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[3]
FILES = ROOT / "docs" / "how-to" / "trust"
UNIT = FILES / "casework@.service"


def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    if (systemd := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd is not installed")
    unit = tmp_path / "casework@1.service"
    program = re.search(r"^ExecStart=(\S+)", UNIT.read_text(), re.MULTILINE)
    assert program
    unit.write_text(UNIT.read_text().replace(program[1], "/bin/true").replace("User=casework", "User=root"))

    said = subprocess.run([systemd, "verify", str(unit)], capture_output=True, text=True, check=False)

    assert said.stderr == ""


@pytest.mark.parametrize("name", ["casework@.service", "compose.yaml"])
def test_the_options_that_a_file_gives_the_command_exist(name: str) -> None:
    command = importlib.import_module("typer.main").get_command(
        importlib.import_module("command_line.app").app
    )
    known = {
        option for one in (command, command.commands["run"]) for given in one.params for option in given.opts
    }
    line = next(
        line
        for line in (FILES / name).read_text().splitlines()
        if line.strip().startswith(("ExecStart=", "command:"))
    )

    given = set(re.findall(r"--[a-z-]+", line))
    assert {"--engine", "--at-once"} <= given <= known


def test_what_the_unit_needs_stands_in_its_file_of_settings() -> None:
    wanted = set(re.findall(r"\$\{(\w+)\}", UNIT.read_text()))

    given = set(re.findall(r"^(\w+)=", (FILES / "casework.conf").read_text(), re.MULTILINE))
    assert wanted == given


def test_no_school_gets_into_an_image() -> None:
    """The build copies the repository; what the pages let lie in it beforehand holds secrets."""
    left_out = set((ROOT / ".dockerignore").read_text().split("\n"))

    assert "COPY . ." in (FILES / "Containerfile").read_text()
    assert {"docs/how-to/trust/schools", "docs/how-to/trust/.env", ".git", ".venv"} <= left_out


def test_a_password_is_not_taken_from_the_command_line_where_everybody_could_read_it(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        importlib.import_module("command_line.app").app,
        [
            "--settings",
            str(tmp_path),
            "run",
            "--engine",
            "postgresql+psycopg://casework:sesame@127.0.0.1:1/x",
        ],
    )

    assert told.exit_code == 2
    assert ".pgpass" in told.output
    assert "sesame" not in told.output
