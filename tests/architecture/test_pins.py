"""What runs here is what was tested: every installed package stands in pyproject.toml with its version."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from importlib.metadata import distributions
from types import ModuleType

import pytest

from tests.architecture.source_code import ROOT

# The tools that install, and the project itself.
NOT_PINNED = {"casework", "pip", "setuptools", "wheel", "uv"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    found = importlib.util.spec_from_file_location(
        "write_constraints", ROOT / "scripts" / "write_constraints.py"
    )
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_installed_package_is_pinned_at_its_version() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    constraints = settings["tool"]["uv"]["constraint-dependencies"]
    pinned = {tuple(line.partition(" ;")[0].split("==")) for line in constraints if "==" in line}
    installed = {(canonical(found.metadata["Name"]), found.version) for found in distributions()}

    others = {(name, version) for name, version in installed - pinned if name not in NOT_PINNED}
    assert not others, (
        "Run `uv sync --all-extras`; what is left then needs scripts/pin and a commit of pyproject.toml."
    )


def test_a_pin_keeps_its_marker_only_beside_another_version(script: ModuleType) -> None:
    exported = [
        "-e .",
        "colorama==0.4.6 ; sys_platform == 'win32'",
        "psycopg[binary]==3.2.1",
        "soupsieve==4.1 ; python_full_version >= '3.12'",
        "soupsieve==2.1 ; python_full_version < '3.12'",
    ]
    assert script.pins_of(exported) == [
        "colorama==0.4.6",
        "psycopg==3.2.1",
        "soupsieve==2.1 ; python_full_version < '3.12'",
        "soupsieve==4.1 ; python_full_version >= '3.12'",
    ]


def test_lines_written_by_hand_stay_and_old_pins_go(script: ModuleType) -> None:
    kept = ["schedule<0", "urllib3>=2.8", "old==1.0", "lxml!=6.1.1"]

    assert script.extra_lines(kept, ["new==2.0"]) == ["urllib3>=2.8", "lxml!=6.1.1"]
