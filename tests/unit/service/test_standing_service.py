"""Casework as a service of the machine: what Linux and Windows are told."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest

from connectors.operating_system.systemd import ServiceWanted, tell_systemd, unit_text
from connectors.operating_system.task_scheduler import task_xml
from connectors.settings_file import Settings
from offices.standing_service import ServiceError, StandingService

WANTED = ServiceWanted(
    command=("/bin/sh", "--settings", "/srv/our school/50% settings.toml", "run"),
    folder=Path("/srv"),
    account="casework",
    stays_down=(3,),
)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def _settings(folder: Path) -> Settings:
    file = folder / "settings.toml"
    file.touch()
    journal = SimpleNamespace(file=Path("journal.sqlite"))
    return cast("Settings", SimpleNamespace(file=file, journal=journal, path=lambda given: folder / given))


class Machine:
    """Notes what it is asked to run."""

    def __init__(self, *, refuses: str = "") -> None:
        self.asked: list[str] = []
        self._refuses = refuses

    def __call__(self, words: Sequence[str]) -> tuple[int, str]:
        self.asked.append(" ".join(words))
        return (1, "Access denied") if self._refuses and self._refuses in words else (0, "active")


def test_a_path_with_blanks_and_percent_signs_reaches_the_program_as_it_is() -> None:
    assert '"/srv/our school/50%% settings.toml" run' in unit_text(WANTED)


def test_the_machines_service_is_shut_off_from_the_rest_and_starts_again_unless_only_a_person_can_help() -> (
    None
):
    lines = unit_text(WANTED).splitlines()
    for line in ("PrivateTmp=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "Restart=on-failure"):
        assert line in lines
    assert "RestartPreventExitStatus=3" in lines
    assert "ReadWritePaths=/srv" in lines


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "casework.service"
    unit.write_text(unit_text(WANTED).replace("User=casework", "User=root"))
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)  # noqa: S607 - the machine's own
    assert "casework.service" not in checked.stderr, checked.stderr


def test_the_windows_task_starts_with_the_pc_without_a_window_and_never_runs_out() -> None:
    task = ET.fromstring(task_xml(WANTED).partition("\n")[2])  # noqa: S314 - written here
    assert task.find(f"{TASK}Triggers/{TASK}BootTrigger") is not None
    assert task.findtext(f"{TASK}Settings/{TASK}ExecutionTimeLimit") == "PT0S"
    count = task.findtext(f"{TASK}Settings/{TASK}RestartOnFailure/{TASK}Count")
    assert 1 <= int(str(count)) <= 255, "it is a byte, and Windows refuses a task with more"
    assert '"/srv/our school/50% settings.toml" run' in str(
        task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments")
    )


def test_a_crash_or_a_fast_startup_leaves_a_windows_pc_without_casework_for_ten_minutes_at_most() -> None:
    """Restarting on failure is for programs that cannot be begun; a crash of one that was is none to Windows."""
    task = ET.fromstring(task_xml(WANTED).partition("\n")[2])  # noqa: S314 - written here
    trigger = task.find(f"{TASK}Triggers/{TASK}TimeTrigger")
    assert trigger is not None
    names = [child.tag.removeprefix(TASK) for child in trigger]
    assert names == ["Enabled", "StartBoundary", "Repetition"], "the schema's order"
    assert trigger.findtext(f"{TASK}Repetition/{TASK}Interval") == "PT10M"
    assert trigger.find(f"{TASK}Repetition/{TASK}Duration") is None, "it goes on for ever"
    assert task.findtext(f"{TASK}Settings/{TASK}MultipleInstancesPolicy") == "IgnoreNew"


def test_the_task_of_a_school_runs_without_a_console(tmp_path: Path) -> None:
    text = StandingService(settings=_settings(tmp_path), system=True, windows=True).text()
    command = ET.fromstring(text.partition("\n")[2]).findtext(f".//{TASK}Command")  # noqa: S314
    assert PureWindowsPath(str(command)).name == "pythonw.exe"


def test_one_command_installs_shows_and_takes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    machine = Machine()
    service = StandingService(settings=_settings(tmp_path), system=False, windows=False)
    assert service.status(machine)[0] is False
    assert "starts with this machine" in service.install(machine)
    assert machine.asked[:2] == ["systemctl --user daemon-reload", "systemctl --user enable --now casework"]
    assert "settings.toml run" in service.file.read_text()
    assert service.status(machine)[0] is True
    assert service.would_uninstall()[0] == "run: systemctl --user disable --now casework"
    assert service.file.exists()
    service.uninstall(machine)
    assert "systemctl --user disable --now casework" in machine.asked
    assert not service.file.exists()


def test_what_the_machine_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    service = StandingService(settings=_settings(tmp_path), system=False, windows=False)
    with pytest.raises(ServiceError, match="Access denied"):
        service.install(Machine(refuses="enable"))


def test_systemd_hears_that_the_service_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tell_systemd("READY=1") is False, "nobody listens"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "ear"))
        monkeypatch.setitem(cast("Any", os.environ), "NOTIFY_SOCKET", str(tmp_path / "ear"))
        assert tell_systemd("READY=1")
        assert ear.recv(100) == b"READY=1"
