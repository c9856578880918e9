"""The server's life: quick start, kill without loss, one tenant per folder, an end with the parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.practice import REPOSITORY, PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, listed, raw_mail

_PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, *sys.argv[1:]]).pid, flush=True)
time.sleep(60)
"""
_SERVE = "import os, sys; from practice_tenant.__main__ import main; "
_SERVE += "sys.exit(main(['--state', sys.argv[1], '--parent', str(os.getppid())]))"
_HANG = "import os, pathlib, sys, time; from practice_tenant.parent import end_with_parent; "
_HANG += "end_with_parent(os.getppid(), lambda: None); pathlib.Path(sys.argv[1], 'server.json').touch(); time.sleep(60)"


def test_it_starts_in_under_two_seconds_on_any_free_port(tmp_path: Path) -> None:
    server = PracticeServer(tmp_path)
    begin = time.monotonic()
    server.start()
    seconds = time.monotonic() - begin
    server.stop()
    assert server.facts["port"] > 0
    # Two seconds on an idle machine; test machines are busy.
    assert seconds < 6


def test_a_kill_loses_nothing_that_was_answered_and_keeps_port_authority_and_clock(tmp_path: Path) -> None:
    server = PracticeServer(tmp_path, now="2026-11-23T09:00:00Z")
    server.start()
    try:
        first = dict(server.facts)
        authority = Path(server.ca_file).read_bytes()
        delta = server.graph("GET", f"users/{server.user('reports')}/mailFolders/inbox/messages/delta").json()
        for number in range(5):
            deliver(server, raw_mail(subject=f"{number}"))
        server.kill()
        again = PracticeServer(tmp_path)
        again.start()
        assert {each["subject"] for each in listed(again, "reports", "inbox")} == {"0", "1", "2", "3", "4"}
        assert {name: again.facts[name] for name in ("port", "tenant_id", "visitor", "casework")} == {
            name: first[name] for name in ("port", "tenant_id", "visitor", "casework")
        }
        assert Path(again.ca_file).read_bytes() == authority
        assert again.practice("GET", "clock").json()["now"].startswith("2026-11-23T09:0")
        assert len(again.graph("GET", delta["@odata.deltaLink"], expect=200).json()["value"]) == 5
        again.stop()
    finally:
        server.kill()


def test_a_second_tenant_on_the_same_folder_is_told_so(server: PracticeServer) -> None:
    command = [sys.executable, "-m", "practice_tenant", "--state", str(server.state)]
    second = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode == 1
    assert "--state" in second.stderr
    assert "Traceback" not in second.stderr
    assert (server.state / "server.json").exists()


def test_a_taken_port_is_named(server: PracticeServer, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "practice_tenant",
        "--state",
        str(tmp_path),
        "--port",
        str(server.facts["port"]),
    ]
    second = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=30, check=False)
    assert second.returncode == 1
    assert str(server.facts["port"]) in second.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to be handled")
def test_it_stops_when_asked_within_three_seconds(tmp_path: Path) -> None:
    server = PracticeServer(tmp_path)
    server.start()
    server.graph("GET", "users", expect=200)
    begin = time.monotonic()
    server.stop()
    assert time.monotonic() - begin < 3


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows the end of a pipe tells, not the process")
@pytest.mark.parametrize("program", [_SERVE, _HANG], ids=["serving", "hanging"])
def test_it_ends_with_its_parent_even_where_it_hangs(tmp_path: Path, program: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, "-c", program, str(tmp_path)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    _wait_for((tmp_path / "server.json").exists)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    _wait_for(lambda: not _runs(child))


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        return True
    return state != "Z"


def _wait_for(condition: object, seconds: float = 15) -> None:
    assert callable(condition)
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)
