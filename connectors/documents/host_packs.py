"""How to complain to each platform, from the [report] sections of templates/platforms.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from casework.errors import SettingsError
from casework.host_packs import HostPack, HostPacks

_NEEDED: Final = ("routes", "who", "bring", "next_steps", "checked")
_KINDS: Final[Mapping[str, type]] = {
    **dict.fromkeys(("routes", "bring", "next_steps", "helpers"), list),
    **dict.fromkeys(("who", "in_groups", "under_age", "source"), str),
    "minimum_age": int,
    "reasons": dict,
    "checked": date,
}


def read_host_packs(path: Path) -> HostPacks:
    """Read how to complain to each platform.

    Raises:
        SettingsError: names every entry that is missing, unknown or of the wrong sort.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            path.name, [f"It cannot be read ({error}). Restore it or mend the line."]
        ) from error
    if wrong := _no_sections(raw):
        raise SettingsError(path.name, wrong)
    general = raw.get("report", {})
    own = {str(entry.get("name")): entry["report"] for entry in raw.get("platform", []) if "report" in entry}
    problems = [
        f"[report]: {key} is missing. Write it, or take the shipped file."
        for key in _NEEDED
        if key not in general
    ]
    for name, entry in {"report": general, **own}.items():
        problems += _problems(name, entry)
    if problems:
        raise SettingsError(path.name, problems)
    return HostPacks(
        general=_pack(general), known={name: _pack({**general, **entry}) for name, entry in own.items()}
    )


def _no_sections(raw: Mapping[str, Any]) -> list[str]:
    """What is written as something else than the section that it must be."""
    platforms = raw.get("platform", [])
    if not isinstance(platforms, list) or not all(isinstance(one, dict) for one in platforms):
        return ["platform must be written as [[platform]], once for each."]
    reports = {"[report]": raw.get("report", {})} | {
        f"[platform.report] of {entry.get('name')}": entry.get("report", {}) for entry in platforms
    }
    return [
        f"{name} is no section; write that line, and its entries below."
        for name, entry in reports.items()
        if not isinstance(entry, dict)
    ]


def _problems(name: str, entry: Mapping[str, Any]) -> list[str]:
    problems = [
        f"{name}, report: {key} is no entry that Casework knows. Remove it."
        for key in entry
        if key not in _KINDS
    ]
    problems += [
        f"{name}, report: {key} must be {_SORTS[_KINDS[key]]}."
        for key, value in entry.items()
        if key in _KINDS and (not isinstance(value, _KINDS[key]) or isinstance(value, bool))
    ]
    return problems


_SORTS: Final = {
    list: 'a list, such as ["one", "two"]',
    str: "a text",
    int: "a number of years, such as 13",
    dict: "a section with a reason for each category",
    date: "a day, such as 2026-11-28",
}


def _pack(entry: Mapping[str, Any]) -> HostPack:
    def words(key: str) -> tuple[str, ...]:
        return tuple(str(one) for one in entry.get(key, ()))

    return HostPack(
        routes=words("routes"),
        who=str(entry.get("who", "")),
        in_groups=str(entry.get("in_groups", "")),
        bring=words("bring"),
        minimum_age=entry.get("minimum_age", 0),
        under_age=str(entry.get("under_age", "")),
        reasons={str(name): str(reason) for name, reason in entry.get("reasons", {}).items()},
        next_steps=words("next_steps"),
        helpers=words("helpers"),
        checked=entry["checked"],
        source=str(entry.get("source", "")),
    )
