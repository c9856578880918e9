"""Every command says what it does, shows how it is typed, and stands in the README."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.source_code import ROOT
from tests.commands import DRY, WRITES_NOTHING


def commands_below(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            yield from commands_below(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    command_line = importlib.import_module("command_line.app")
    typer_main = importlib.import_module("typer.main")
    return dict(commands_below(typer_main.get_command(command_line.app), "casework"))


def test_every_command_stands_in_the_readme(commands: dict[str, Any]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert not [path for path in commands if path not in readme]


def test_the_help_of_every_command_shows_it_as_it_is_typed(commands: dict[str, Any]) -> None:
    without = [
        path
        for path, command in commands.items()
        if path not in f"{command.help or ''}\n{command.epilog or ''}"
    ]
    assert not without, "End each help with an example."


def test_every_option_of_every_command_is_explained(commands: dict[str, Any]) -> None:
    silent = [
        f"{path} {option.opts[0]}"
        for path, command in commands.items()
        for option in command.params
        if option.param_type_name == "option" and not option.help
    ]
    assert not silent


def test_every_command_writes_nothing_or_shows_first_what_it_would_do(commands: dict[str, Any]) -> None:
    """tests/scenarios/test_every_command_can_be_looked_at_first.py types each as it stands in these tables."""
    knows = {
        path for path, command in commands.items() if any("--dry-run" in one.opts for one in command.params)
    }

    assert knows == set(DRY), (
        "A command that writes has --dry-run; name in tests/commands.py how it is tried."
    )
    assert set(commands) - knows == set(WRITES_NOTHING)
