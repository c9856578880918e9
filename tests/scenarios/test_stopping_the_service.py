"""Whoever stops Casework may ask more than once: a service manager asks every process, and uv hands on what it hears."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.practice import REPOSITORY
from tests.remembering import Moments
from tests.school import SchoolAtWork

PATIENCE = 30


def settled(school: SchoolAtWork) -> None:
    school.works()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a process no signals")
def test_a_service_that_is_asked_to_stop_many_times_at_once_stops_as_usual(
    moments: Moments, tmp_path: Path
) -> None:
    school = moments.come_to(settled)
    school.office.close_journal()
    said = tmp_path / "said.txt"
    with said.open("w") as out:
        service = subprocess.Popen(
            [sys.executable, "-m", "command_line", "--settings", str(school.settings), "run"],
            cwd=REPOSITORY,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _until("Stop it with Ctrl-C", said)
        limit = time.monotonic() + PATIENCE
        while service.poll() is None and time.monotonic() < limit:  # to the very end of the process
            service.send_signal(signal.SIGTERM)
            service.send_signal(signal.SIGINT)
        assert service.wait(PATIENCE) == 0
    finally:
        service.kill()
    assert "Stopping; a running sweep is finished first." in said.read_text()


def test_nobody_else_runs_on_the_journal_of_a_practice_school_that_is_at_work(tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    with said.open("w") as out:
        practice = subprocess.Popen(
            [sys.executable, "schedule.py", "--state", str(tmp_path)],
            cwd=REPOSITORY,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _until("Stop with Ctrl-C", said)
        other = ["-m", "command_line", "--settings", str(tmp_path / "settings.toml"), "run"]
        answer = subprocess.run(
            [sys.executable, *other],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert answer.returncode == 1, answer.stdout
        assert "at work on this journal already" in " ".join(answer.stderr.split())
    finally:
        practice.terminate()
        practice.wait(PATIENCE)


def _until(words: str, said: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while words not in said.read_text():
        assert time.monotonic() < limit, "it never began"
        time.sleep(0.1)
    time.sleep(0.5)  # it says so right before it listens to signals
