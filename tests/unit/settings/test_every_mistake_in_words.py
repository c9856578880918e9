"""Each entry of the settings file, spoilt in every way that people spoil one: the office reads what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.errors import SettingsError
from connectors.settings_file.reading import settings_from
from tests.spoilt import around, spoilt

GUIDE = Path(__file__).parents[3] / "docs/how-to/set-up-a-school.md"
ALL_ENTRIES = next(
    block
    for block in re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    if block.startswith("[school]")
)
SPOILT: dict[str, Any] = {
    "a number": 7000,
    "a fraction": 1.5,
    "other words": "no such thing",
    "nothing in quotation marks": "",
    "a yes": True,
    "an empty list": [],
    "a list": [1, 2],
    "a table": {"a": 1},
    "a day": date(1999, 1, 1),
}
NO_WORDS_OF_A_PROGRAM = re.compile(
    r"input should|valid|tuple|datetime|boolean|parsing|mend it|one of \.|here: \.|\.0\]"
)
SAYS_WHAT_TO_DO = re.compile(
    r"write|add|did you mean|known here|correct|leave|swap|give|must be|must begin|put it into|write it"
)


def places(entries: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = entries.items() if isinstance(entries, dict) else enumerate(entries)
    for name, entry in inside:
        if isinstance(entries, dict):
            yield (*path, name)
        if isinstance(entry, dict) or (
            isinstance(entry, list) and any(isinstance(one, dict) for one in entry)
        ):
            yield from places(entry, (*path, name))


WHOLE = tomllib.loads(ALL_ENTRIES)
PLACES = list(places(WHOLE))


def misspelt(path: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for name in (path[-1].upper(), path[-1][:-1]):
        entries = deepcopy(WHOLE)
        table = around(entries, path)
        table[name] = table.pop(path[-1])
        yield entries


def problems_of(entries: dict[str, Any], folder: Path) -> list[str]:
    try:
        settings_from(entries, folder / "settings.toml")
    except SettingsError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_whatever_stands_in_an_entry_the_office_reads_what_to_write_instead(
    tmp_path: Path, path: tuple[Any, ...]
) -> None:
    for entries in (*spoilt(WHOLE, path, SPOILT.values()), *misspelt(path)):
        for problem in problems_of(entries, tmp_path):
            assert problem.startswith("[")
            assert problem.endswith((".", "?"))
            assert not NO_WORDS_OF_A_PROGRAM.search(problem), problem
            assert SAYS_WHAT_TO_DO.search(problem), problem


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (
            ("approvals", "away", 0, "who"),
            "nobody",
            '[approvals] away, number 1 of the list, who is none of the choices; write one of "headteacher"',
        ),
        (
            ("approvals", "away", 0, "since"),
            "next week",
            "[approvals] away, number 1 of the list, since is not a day of the calendar; write it like 2026-12-07.",
        ),
        (
            ("policies", "check_website"),
            "perhaps",
            "[policies] check_website must be true or false; write it like false.",
        ),
        (
            ("letters", "removal_days"),
            True,
            "[letters] removal_days must be a whole number; write it like 10.",
        ),
        (("school", "address"), [], '[school] address is empty; write it like ["Mill Lane", "Tillbrook"].'),
        (
            ("school", "email"),
            "the office",
            '[school] email is not written as it should be; write it like "office@school.example".',
        ),
        (
            ("hours",),
            "07:30",
            "[hours] must be a section with entries of its own; write the line [hours], and its entries below",
        ),
        (
            ("approvals", "outside", "chair"),
            "chair@governors.example",
            '[approvals.outside] chair must be a list in square brackets; write it like ["first", "second"].',
        ),
    ],
)
def test_these_mistakes_are_told_so(tmp_path: Path, path: tuple[Any, ...], value: object, told: str) -> None:
    entries = deepcopy(WHOLE)
    around(entries, path)[path[-1]] = value

    assert any(problem.startswith(told) for problem in problems_of(entries, tmp_path))


def test_a_slip_in_the_name_of_the_secrets_last_day_is_called_by_its_name(tmp_path: Path) -> None:
    entries = deepcopy(WHOLE)
    entries["microsoft365"]["secret_expire"] = date(2027, 11, 30)

    assert any("did you mean secret_expires?" in problem for problem in problems_of(entries, tmp_path))
