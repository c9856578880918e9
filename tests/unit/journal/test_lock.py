"""One sweep at a time on a journal, and none kept waiting by the dead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import JournalError
from connectors.journal.lock import journal_lock

HOLD = (
    "import sys, time; from pathlib import Path; from connectors.journal.lock import journal_lock\n"
    "with journal_lock(Path(sys.argv[1]), wait=0): print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.lock"


def test_a_second_sweep_is_told_to_wait(path: Path) -> None:
    with journal_lock(path, wait=0), pytest.raises(JournalError, match="at work on journal"):
        journal_lock(path, wait=0.2).__enter__()
    with journal_lock(path, wait=0):
        assert path.exists()


def test_a_killed_sweep_keeps_nobody_waiting(path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(JournalError):
        journal_lock(path, wait=0).__enter__()
    holder.kill()
    holder.communicate()
    with journal_lock(path, wait=5):
        assert path.exists()
