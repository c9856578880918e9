"""Nothing of the machine, the people or the tools that built the project stands in the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.source_code import ROOT

# A letter in brackets keeps each pattern from finding itself here.
FORBIDDEN = {
    "a folder of the machine that built it": r"/w[o]rk/|/tmp/brief[s]|(?<![\w}])/r[o]ot/[.\w]|/home/(?!user\b)\w+/",
    "a package registry": r"\bpyp[i]\.org|pythonh[o]sted\.org|[\w.-]+/simpl[e]/?[\"'\s]",
    # A date of issue is none, and another project's list is a source that may be named: "microsoft-graph-docs issue 72".
    "an issue of our own list": (
        r"(?<!\S)(?!\S*[-/]\S*\s)\S+\s+issue[s]? #?\d+\b(?!/)|(?:^|\()issue[s]? #?\d+\b(?!/)|\bissues sh[o]w\b"
    ),
}
# Names of environment variables under which a machine may keep its own registry; the host is looked for.
REGISTRY_VARIABLES = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
)


def lines_of(files: list[Path]) -> Iterator[tuple[str, str]]:
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{path.relative_to(ROOT).as_posix()}:{number}", line


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(repository_files: list[Path], what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = [place for place, line in lines_of(repository_files) if pattern.search(line)]

    assert not found, f"{what} is named in: {found}"


def test_no_file_names_the_registry_of_this_machine(repository_files: list[Path]) -> None:
    addresses = [part for name in REGISTRY_VARIABLES for part in os.environ.get(name, "").split()]
    hosts = {urlsplit(address).hostname for address in addresses} - {None, "localhost", "127.0.0.1"}
    found = [place for place, line in lines_of(repository_files) if any(str(host) in line for host in hosts)]

    assert not found


def test_the_lock_file_stays_on_the_machine_that_wrote_it(repository_files: list[Path]) -> None:
    """It names the registry it was made with; the versions stand in pyproject.toml (scripts/pin)."""
    assert not [path for path in repository_files if path.name == "uv.lock"]


def test_no_secret_and_no_database_lies_in_the_repository(repository_files: list[Path]) -> None:
    endings = (".pem", ".key", ".pfx", ".p12", ".sqlite", ".sqlite3", ".db", ".env")

    assert not [path for path in repository_files if path.name.casefold().endswith(endings)]


@pytest.mark.parametrize("script", ["scripts/check", "scripts/test", "scripts/pin", ".ci/run"])
def test_each_script_stops_at_the_first_fault(script: str) -> None:
    path = ROOT / script
    text = path.read_text(encoding="utf-8")

    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    if os.name == "posix":
        assert os.access(path, os.X_OK), f"make {script} executable"
        bash = shutil.which("bash")
        assert bash is not None
        subprocess.run([bash, "-n", str(path)], check=True)
