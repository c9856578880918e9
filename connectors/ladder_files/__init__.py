"""Ladders of reminders from templates/ladders.toml: every mistake of the file reported at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casework.deadlines import Clock
from casework.errors import SettingsError
from casework.ladders import EVERY_DUTY, Audience, Ladder, Ladders, Repeat, Rung

_FAR = 366
"""Days or months beyond which a rung is a slip of the keyboard."""
_WHOLE = 100
_TABLES = frozenset({"rungs", "weekly"})


def read_ladders(path: Path) -> Ladders:
    """Read the ladders.

    Raises:
        SettingsError: names each table and rung that cannot be right, and what to write.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            path.name, [f"It cannot be read: {error}. Mend it, or take the shipped one."]
        ) from error
    problems = [
        f"[{name}] is not known; known are [duties.…], [approval] and [limitation]."
        for name in raw
        if name not in {"duties", "approval", "limitation"}
    ]
    duties = raw.get("duties", {})
    if not isinstance(duties, dict):
        problems.append("duties is no section; write the line [duties.every], and its rungs below.")
        duties = {}
    tables: dict[str, Any] = {f"duties.{name}": table for name, table in duties.items()}
    tables |= {name: raw[name] for name in ("approval", "limitation") if name in raw}
    wanted = (f"duties.{EVERY_DUTY}", "approval", "limitation")
    problems += [
        f"[{name}] is missing; take it from the shipped file." for name in wanted if name not in tables
    ]
    for name, table in tables.items():
        problems += _problems_of(name, table)
    if problems:
        raise SettingsError(path.name, problems)
    return Ladders(
        duties={name: _ladder(table) for name, table in duties.items()},
        approval=_ladder(tables["approval"]),
        limitation=_ladder(tables["limitation"]),
    )


def _problems_of(name: str, table: object) -> Iterator[str]:
    if not isinstance(table, dict) or not isinstance(table.get("rungs"), list):
        yield f'[{name}] needs rungs, a list such as [{{ name = "due-day", days = 0, tells = "handler" }}].'
        return
    for key in table:
        if key not in _TABLES:
            yield f"[{name}] {key} is not known; it has rungs and weekly."
    weekly = table.get("weekly", [])
    if not isinstance(weekly, list):
        yield f'[{name}] weekly is a list, such as [{{ name = "weekly", from = 10, tells = "handler" }}].'
        weekly = []
    names: list[str] = []
    for place, entry in enumerate((*table["rungs"], *weekly), start=1):
        where = f"[{name}] entry {place}"
        if not isinstance(entry, dict) or not str(entry.get("name", "")).strip():
            yield f'{where} needs a name of its own, such as "after-3".'
            continue
        names.append(str(entry["name"]))
        yield from _problems_of_entry(
            f"[{name}] {entry['name']}", entry, ("from",) if entry in weekly else ("days", "months", "left")
        )
    for twice in sorted({one for one in names if names.count(one) > 1}):
        yield f"[{name}] has two entries called {twice}; name each differently."


def _problems_of_entry(where: str, entry: dict[str, Any], numbers: tuple[str, ...]) -> Iterator[str]:
    for key in entry:
        if key not in {"name", "tells", *numbers}:
            yield f"{where}: {key} is not known here; write {' or '.join(numbers)}, and tells."
    given = [entry[key] for key in numbers if key in entry]
    if len(given) != 1 or isinstance(given[0], bool) or not isinstance(given[0], int) or abs(given[0]) > _FAR:
        yield f"{where}: write {' or '.join(numbers)} as one whole number, such as {numbers[0]} = 3."
    elif "left" in entry and "left" in numbers and not 0 < entry["left"] < _WHOLE:
        yield f"{where}: left is in percent of the time, from 1 to 99, such as left = 50 for half-time."
    if entry.get("tells") not in list(Audience):
        yield f"{where}: tells must be one of: {', '.join(Audience)}."


def _ladder(table: dict[str, Any]) -> Ladder:
    return Ladder(
        rungs=tuple(_rung(entry) for entry in table["rungs"]),
        repeats=tuple(
            Repeat(name=entry["name"], after=entry["from"], audience=Audience(entry["tells"]))
            for entry in table.get("weekly", ())
        ),
    )


def _rung(entry: dict[str, Any]) -> Rung:
    return Rung(
        name=entry["name"],
        offset=entry.get("months", entry.get("days", 0)),
        audience=Audience(entry["tells"]),
        clock=Clock.CALENDAR_MONTHS if "months" in entry else None,
        left=entry.get("left", 0),
    )
