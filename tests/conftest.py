"""What holds for every test: timings are never judged, each module is compiled once, and disks are in memory.

Some machines that check forbid Python to keep what it compiled. The suite starts hundreds of processes, and each would
then compile everything that it imports again, which costs more than what most of them do.

A journal waits for the disk at each commit, so that a power cut takes nothing of it. The suite commits hundreds of
thousands of times, and no power is cut in it: where the machine has room, its folders lie on a disk in memory.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - everything lies in folders of its own there

if not os.environ.get("TMPDIR") and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = str(MEMORY)

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

LONGEST = ("test_killed_at_every_effect.py", "test_broken_off_anywhere.py", "test_the_documented_script.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: left to the end it would keep one processor waiting for the other."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many more as there are processors: a test often waits for the practice tenant, a process of its own."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2
