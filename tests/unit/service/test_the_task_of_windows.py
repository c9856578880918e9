"""Casework as a task of Windows: what Windows is told, whose account it runs as, and what that account cannot open."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree

from connectors.settings_file import Settings
from connectors.settings_file.sections import SecretSource
from offices.standing_service import ServiceError, StandingService
from tests.unit.service.test_standing_service import Machine

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("windows_task.xsd")))
NAMES = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The school's folder; the person at the keyboard has a home elsewhere."""
    monkeypatch.setenv("HOME", str(tmp_path / "Users" / "office"))
    school = tmp_path / "Casework" / "school"
    school.mkdir(parents=True)
    return school


def service(folder: Path, *, account: str = "", **secret: Any) -> StandingService:
    (folder / "settings.toml").touch()
    settings = SimpleNamespace(
        file=folder / "settings.toml",
        journal=SimpleNamespace(file=Path("journal.sqlite")),
        microsoft365=SimpleNamespace(secret=SecretSource(**secret) if secret else None),
        path=lambda given: folder / given,
    )
    return StandingService(settings=cast("Settings", settings), system=True, windows=True, account=account)


def task_of(wanted: StandingService) -> etree._Element:
    return etree.fromstring(wanted.text().partition("\n")[2])


@pytest.mark.parametrize("account", ["", "TILLBROOK\\casework"])
def test_windows_takes_the_task(folder: Path, account: str) -> None:
    assert SCHEMA.validate(task_of(service(folder, account=account))), SCHEMA.error_log


@pytest.mark.parametrize(
    ("wrong", "right"), [("<Count>256<", "<Count>255<"), ("PT10S<", "PT10M<"), (">service<", ">Password<")]
)
def test_a_task_that_windows_would_refuse_is_found_out_here(folder: Path, wrong: str, right: str) -> None:
    text = service(folder, account="casework").text().partition("\n")[2]
    assert right in text
    assert not SCHEMA.validate(etree.fromstring(text.replace(right, wrong)))


def test_the_task_runs_as_the_account_of_services_and_needs_nobodys_password(folder: Path) -> None:
    """A member of staff leaves one day, and whoever has no key store at hand needs none: nothing lies in one."""
    machine = Machine()
    told = service(folder).install(machine)

    principal = task_of(service(folder)).find(".//t:Principal", NAMES)
    assert principal is not None
    assert principal.findtext("t:UserId", namespaces=NAMES) == "S-1-5-19"
    assert principal.find("t:LogonType", NAMES) is None
    assert machine.asked[0] == f"icacls {folder} /grant *S-1-5-19:(OI)(CI)M"
    assert machine.asked[1].startswith("schtasks /Create")
    assert "/RP" not in machine.asked[1]
    assert told.startswith("Casework starts with this PC")


def test_an_account_of_the_schools_own_is_asked_for_its_password_by_windows_itself(folder: Path) -> None:
    machine, at_the_terminal = Machine(), Machine()
    service(folder, account="casework").install(machine, at_the_terminal)

    (created,) = at_the_terminal.asked
    assert created.endswith("/RU casework /RP *")
    assert not [asked for asked in machine.asked if "/RP" in asked]
    assert "icacls" in machine.asked[0]


def test_what_lies_in_a_persons_own_folder_is_refused_with_the_way_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    machine = Machine()

    with pytest.raises(ServiceError, match="--account NAME"):
        service(folder).install(machine)

    assert machine.asked == []
    service(folder, account="casework").install(machine, Machine())


def test_a_secret_that_only_the_person_at_the_keyboard_has_is_spoken_of(folder: Path) -> None:
    assert "CASEWORK_SECRET as a variable of the system" in service(folder, env="CASEWORK_SECRET").install(
        Machine()
    )
    assert "key store" in service(folder, command=("pass", "show", "casework")).install(Machine())
    assert "\n" not in service(folder, file="secret.key").install(Machine())
