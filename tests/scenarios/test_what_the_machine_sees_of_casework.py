"""Other programs and accounts of the machine find no door into Casework and no file that they can open."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from command_line.app import app
from offices.service import Service
from schedule import TIMETABLE
from tests.school import SchoolAtWork

_LISTENING = "0A"


def doors() -> set[str]:
    """The inodes of the sockets that this process listens on."""
    mine = set()
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            mine.add(str(link.readlink()))
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            words = line.split()
            if (words[3] == _LISTENING or table.startswith("udp")) and f"socket:[{words[9]}]" in mine:
                found.add(words[9])
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sockets are read from /proc/net")
def test_the_service_listens_nowhere(school: SchoolAtWork) -> None:
    before = doors()
    service = Service(school.office, TIMETABLE, lambda _: None)

    service.start()
    try:
        assert doors() == before
    finally:
        assert service.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights on the folder")
def test_the_doctor_names_a_file_that_other_accounts_can_open_and_how_to_close_it(
    school: SchoolAtWork,
) -> None:
    school.settings.chmod(0o644)
    try:
        shown = " ".join(
            CliRunner().invoke(app, ["--settings", str(school.settings), "doctor"]).output.split()
        )
    finally:
        school.settings.chmod(0o600)

    assert f"Other accounts of this machine can open {school.settings.name}." in shown
    assert "chmod 600" in shown
