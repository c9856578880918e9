"""The files that the office edits beside the settings, spoilt everywhere: each mistake is told, and nothing breaks."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import connectors.calendar_files
import templates
from casework.errors import SettingsError
from connectors.calendar_files import read_term_dates
from connectors.documents.host_packs import read_host_packs
from connectors.ladder_files import read_ladders
from connectors.policy_files import read_statutory
from connectors.procedure_files import read_procedure
from connectors.settings_file.toml_writing import toml_key, toml_value
from tests.spoilt import spoilt

TEMPLATES = Path(templates.__file__).parent
CALENDARS = Path(connectors.calendar_files.__file__).parent
FILES: dict[Path, Callable[[Path], object]] = {
    TEMPLATES / "ladders.toml": read_ladders,
    TEMPLATES / "platforms.toml": read_host_packs,
    TEMPLATES / "statutory_policies.toml": lambda path: read_statutory(path, kind="academy", phase="all"),
    TEMPLATES / "procedures" / "posts-by-parents.toml": read_procedure,
    CALENDARS / "practice-term-dates.toml": read_term_dates,
}
SPOILT = (7, -3, "wrong", "", [1], [], {"a": 1}, True, date(2026, 1, 1))
ENOUGH = 3
"""Entries of each kind: the list of statutory policies has forty that are alike."""


def places(entries: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = entries.items() if isinstance(entries, dict) else enumerate(entries[:ENOUGH])
    for name, entry in inside:
        yield (*path, name)
        if isinstance(entry, dict | list):
            yield from places(entry, (*path, name))


def as_toml(entries: dict[str, Any]) -> str:
    return "\n".join(f"{toml_key(name)} = {toml_value(value)}" for name, value in entries.items())


def problems_of(copy: Path, read: Callable[[Path], object]) -> tuple[str, ...]:
    try:
        read(copy)
    except SettingsError as error:
        return tuple(error.problems)
    return ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_mistake_anywhere_in_a_file_of_the_office_is_told_and_breaks_nothing(
    tmp_path: Path, file: Path
) -> None:
    whole = tomllib.loads(file.read_text(encoding="utf-8"))
    copy = tmp_path / file.name
    told = 0
    for path in places(whole):
        for entries in spoilt(whole, path, SPOILT):
            copy.write_text(as_toml(entries), encoding="utf-8")
            problems = problems_of(copy, FILES[file])
            told += len(problems)
            assert all(problem.strip().endswith((".", "?")) for problem in problems), (path, problems)
    assert told


@pytest.mark.parametrize("titles", ["charging", ["charging", 3]])
def test_titles_that_are_no_list_are_not_read_letter_by_letter(tmp_path: Path, titles: object) -> None:
    entry = {"name": "Charging", "titles": titles, "kinds": ["academy"], "source": "an Act"}
    file = tmp_path / "statutory_policies.toml"
    file.write_text(as_toml({"checked_on": date(2026, 11, 28), "policy": [entry]}), encoding="utf-8")

    with pytest.raises(SettingsError, match="Charging: titles is a list"):
        read_statutory(file, kind="academy", phase="all")


def test_a_procedure_that_fits_no_list_says_so(tmp_path: Path) -> None:
    shipped = (TEMPLATES / "procedures" / "posts-by-parents.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    file.write_text(f"{shipped}\n[fits]\ncategories = 7\n", encoding="utf-8")

    with pytest.raises(SettingsError, match="categories: write a list"):
        read_procedure(file)
