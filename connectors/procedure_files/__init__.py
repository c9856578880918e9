"""Procedures from templates/procedures: every mistake of a file reported at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from casework.cases import Stage
from casework.errors import SettingsError
from casework.procedures import Procedure, StageRule
from casework.school import Role

_KEYS = frozenset({"next_step", "owner", "days", "source"})


def read_procedure(path: Path) -> Procedure:
    """Read one procedure.

    Raises:
        SettingsError: names each stage that is missing, unknown or incomplete, and what to write.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            path.name, [f"It cannot be read: {error}. Mend it, or take the shipped one."]
        ) from error
    stages = raw.get("stages", {})
    known = ", ".join(Stage)
    problems = [
        f"[stages.{name}] is not a stage; known are: {known}." for name in stages if name not in set(Stage)
    ]
    problems += [f'[stages."{stage}"] is missing; add it.' for stage in Stage if stage not in stages]
    for name, entries in stages.items():
        problems += _problems_of(name, entries)
    if problems:
        raise SettingsError(path.name, problems)
    rules = {Stage(name): _rule(Stage(name), entries) for name, entries in stages.items()}
    return Procedure(name=str(raw.get("name", path.stem)), stages=rules)


def _problems_of(name: str, entries: dict[str, Any]) -> list[str]:
    problems = [f"[stages.{name}] {key} is not known; remove it." for key in entries if key not in _KEYS]
    missing = [key for key in ("next_step", "owner", "source") if not str(entries.get(key, "")).strip()]
    problems += [f"[stages.{name}] {key} is missing; write a sentence or a role." for key in missing]
    if entries.get("owner") not in set(Role):
        problems.append(f"[stages.{name}] owner must be one of: {', '.join(Role)}.")
    days = entries.get("days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 0):
        problems.append(f"[stages.{name}] days must be a number of school days, such as 5.")
    return problems


def _rule(stage: Stage, entries: dict[str, Any]) -> StageRule:
    return StageRule(
        stage=stage,
        next_step=str(entries["next_step"]),
        owner=str(entries["owner"]),
        days=entries.get("days"),
        source=str(entries["source"]),
    )
