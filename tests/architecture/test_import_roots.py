"""Our top-level names are ours: the package index has packages called the same."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

from tests.architecture.source_code import PACKAGES, ROOT

NAMES = ("schedule", *PACKAGES)
TAKEN_ELSEWHERE = {"schedule", "workflows", "connectors", "templates"}

_ASK = """
import importlib.util, json, sys
specs = {name: importlib.util.find_spec(name) for name in sys.argv[1:]}
print(json.dumps({name: spec and spec.origin for name, spec in specs.items()}))
"""


def test_every_name_is_found_in_this_checkout_from_any_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _ASK, *NAMES]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    found = {name: Path(origin) if origin else None for name, origin in json.loads(answer.stdout).items()}

    expected = {name: ROOT / name / "__init__.py" for name in PACKAGES} | {"schedule": ROOT / "schedule.py"}
    assert found == expected


def test_no_strange_package_of_the_same_name_is_installed() -> None:
    installed = {(found.metadata["Name"] or "").casefold() for found in distributions()}

    assert not installed & TAKEN_ELSEWHERE


def test_no_dependency_can_ever_bring_one_in() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    constraints = settings["tool"]["uv"]["constraint-dependencies"]

    assert {f"{name}<0" for name in TAKEN_ELSEWHERE} <= set(constraints)
