"""The practice school and a real one are never taken for each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casework.errors import SettingsError
from command_line.app import app
from connectors.practice_child import PracticeStartError
from connectors.settings_file import read_settings
from offices.practice_school import practice_school

Write = Callable[..., Path]
Entries = dict[str, dict[str, Any]]


def _problems(path: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "root",
    [
        "https://localhost:8443/",
        "https://LOCALHOST.:8443/",
        "https://127.0.0.1:8443/",
        "https://127.1.2.3/",
        "https://[::1]:8443/",
        "https://practice.localhost/",
    ],
)
@pytest.mark.parametrize("name", ["graph_root", "login_root"])
def test_the_service_refuses_settings_that_name_the_practice_tenant_without_saying_so(
    written: Write, name: str, root: str
) -> None:
    def spoil(entries: Entries) -> None:
        entries["microsoft365"][name] = root

    (problem,) = _problems(written(spoil))
    assert problem.startswith(
        f"[microsoft365] {name} is on this machine, where only the practice school answers"
    )
    assert "leave it out for a real school" in problem


@pytest.mark.parametrize(("name", "said"), [("graph_root", 1), ("login_root", 1)])
def test_practice_settings_refuse_a_real_address_among_theirs(written: Write, name: str, said: int) -> None:
    def spoil(entries: Entries) -> None:
        here = {"graph_root": "https://localhost:8443/", "login_root": "https://localhost:8443"}
        entries["microsoft365"] |= {**here, name: "https://login.microsoftonline.com"}
        entries["practice"] = {"clock_url": "https://localhost:8443/practice/clock"}

    found = _problems(written(spoil))
    assert len(found) == said
    assert f"[microsoft365] {name} is not on this machine" in found[0]


def test_the_practice_school_does_not_write_over_a_real_schools_settings(written: Write) -> None:
    path = written()
    before = path.read_bytes()
    with (
        pytest.raises(PracticeStartError, match="holds settings of a real school") as caught,
        practice_school(path.parent),
    ):
        pytest.fail("it started")
    assert "--state" in str(caught.value)
    assert path.read_bytes() == before


def test_a_settings_file_that_cannot_be_read_is_taken_for_a_real_one(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"[school\n\xff")
    with pytest.raises(PracticeStartError), practice_school(tmp_path):
        pytest.fail("it started")


def test_a_second_practice_school_in_a_folder_names_the_page_of_the_first_and_leaves_it_alone(
    tmp_path: Path,
) -> None:
    with practice_school(tmp_path) as first:
        with pytest.raises(PracticeStartError, match="at work already") as caught, practice_school(tmp_path):
            pytest.fail("it started")
        assert first.tenant["page"] in str(caught.value)
        assert (tmp_path / "tenant.json").exists()
        assert (tmp_path / "server.json").exists()
    with practice_school(tmp_path):
        pass


def test_practice_serve_refuses_to_be_given_a_real_schools_settings(written: Write, tmp_path: Path) -> None:
    state = tmp_path / "practice"
    command = ["--settings", str(written()), "practice", "serve", "--state", str(state)]
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 1
    assert "names a real tenant, and practice never touches one" in answer.output
    assert not state.exists()
