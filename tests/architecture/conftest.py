"""What the architecture tests look at: every file of the repository, and every module of the project."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source_code import PACKAGES, ROOT, Module, python_below


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """The modules that a school runs."""
    return [*python_below(*PACKAGES), Module(path=ROOT / "schedule.py")]


@pytest.fixture(scope="session")
def test_modules() -> list[Module]:
    return python_below("tests")


@pytest.fixture(scope="session")
def other_modules() -> list[Module]:
    """What helps to build and measure."""
    return python_below("scripts", "benchmarks")


@pytest.fixture(scope="session")
def repository_files() -> list[Path]:
    """Every file that is in the repository, or would be if everything were committed now."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so nobody knows which files belong to the repository")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]
