"""The statutory list in templates/statutory_policies.toml: every mistake of the file reported at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from casework.errors import SettingsError
from casework.policy_register.statutory import StatutoryPolicy

_KINDS = ("maintained", "academy")
_PHASES = ("primary", "secondary")
_LISTS = ("titles", "kinds", "phases")
_KEYS = frozenset(
    {
        "name",
        "titles",
        "kinds",
        "phases",
        "only_if",
        "months",
        "time",
        "publish",
        "source",
        "checked",
    }
)


def read_statutory(path: Path, *, kind: str, phase: str) -> tuple[StatutoryPolicy, ...]:
    """Read the entries for schools of one kind and phase, in the file's order.

    Args:
        path: of the list.
        kind: "maintained" or "academy".
        phase: "primary" or "secondary"; "all" for a school with both.

    Raises:
        SettingsError: names each entry that is incomplete, and what to write.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            path.name, [f"It cannot be read: {error}. Mend it, or take the shipped one."]
        ) from error
    entries = raw.get("policy", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingsError(path.name, ["policy must be written as [[policy]], once for each."])
    problems = [problem for entry in entries for problem in (*_wrong_kinds(entry), *_problems_of(entry))]
    if not isinstance(raw.get("checked_on"), date):
        problems.append(
            "checked_on is missing; write the day on which the list was compared with its source."
        )
    if problems:
        raise SettingsError(path.name, problems)
    return tuple(
        _entry(entry)
        for entry in entries
        if kind in entry["kinds"] and (phase == "all" or phase in entry.get("phases", _PHASES))
    )


def _wrong_kinds(entry: dict[str, Any]) -> Iterator[str]:
    """What is no list, no text or no number where one must stand."""
    name = _named(entry)
    for key in _LISTS:
        if key in entry and not _is_list_of_texts(entry[key]):
            yield f'{name}: {key} is a list, such as ["one", "two"].'
    for key in ("name", "source", "only_if", "time"):
        if not isinstance(entry.get(key, ""), str):
            yield f"{name}: {key} is a text in quotation marks."
    months = entry.get("months", 1)
    if not isinstance(months, int) or isinstance(months, bool) or months < 1:
        yield f"{name}: months is a whole number, such as 12."


def _named(entry: dict[str, Any]) -> str:
    return str(entry.get("name") or "an entry without a name")


def _is_list_of_texts(written: object) -> bool:
    return isinstance(written, list) and all(isinstance(one, str) for one in written)


def _problems_of(entry: dict[str, Any]) -> Iterator[str]:
    name = _named(entry)
    for key in entry:
        if key not in _KEYS:
            yield f"{name}: {key} is not known; remove it."
    if not entry.get("name") or not entry.get("source"):
        yield f"{name}: give it a name and a source."
    if not entry.get("titles"):
        yield f"{name}: titles is missing; write the words by which schools call it."
    if not entry.get("kinds") or not _among(entry["kinds"], _KINDS):
        yield f"{name}: kinds must name {' or '.join(_KINDS)}."
    if not _among(entry.get("phases", []), _PHASES):
        yield f"{name}: phases must name {' or '.join(_PHASES)}."
    if "months" in entry and entry.get("time") not in ("binding", "advised"):
        yield f'{name}: say with time whether its months are "binding" or "advised".'


def _among(written: object, known: tuple[str, ...]) -> bool:
    return isinstance(written, list) and all(one in known for one in written)


def _entry(entry: dict[str, Any]) -> StatutoryPolicy:
    return StatutoryPolicy(
        name=str(entry["name"]),
        titles=tuple(str(title) for title in entry["titles"]),
        months=int(entry.get("months", 0)),
        binding=entry.get("time") == "binding",
        publish=entry.get("publish") is True,
        source=str(entry["source"]),
        only_if=str(entry.get("only_if", "")),
    )
