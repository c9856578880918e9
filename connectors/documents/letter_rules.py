"""Each kind of letter's own rules, from the [letter] section of its fields.toml: every mistake reported at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from casework.errors import SettingsError
from casework.letter_kinds import FROM_TEMPLATES, LetterKind
from casework.letter_rules import Approval, LetterRule, LetterRules, Receiver, Way, faults_of_rule
from casework.register_columns import STAFF_COLUMNS

_KEYS: Final = frozenset(
    {
        "name",
        "receiver",
        "ways",
        "approval",
        "needs",
        "written_from",
        "days",
        "cites_policy",
        "step",
        "statements",
    }
)
_LISTS: Final = ("ways", "needs", "written_from", "statements")
_DAYS: Final = ("", "removal_days", "reply_days")
_STEPS: Final = ("", *"abcdef")
_OURS: Final = ("Platform", "Link")


def read_letter_rules(templates: Path, school_templates: Path | None = None) -> LetterRules:
    """The rule of every kind; what the school's own fields.toml says in [letter] goes before the shipped.

    Args:
        templates: the folder of the shipped kinds.
        school_templates: the school's own, if it has any.

    Raises:
        SettingsError: names each file, entry and what to write instead.
    """
    problems: list[str] = []
    rules = {}
    for kind in FROM_TEMPLATES:
        folders = [templates, *([school_templates] if school_templates else [])]
        files = [folder / kind / "fields.toml" for folder in folders]
        given: dict[str, Any] = {}
        for file in files:
            given |= _section(file, problems)
        found = _faults(given)
        problems += [f"letters/{kind}/fields.toml, [letter]: {fault}." for fault in found]
        if not found:
            rules[kind] = _rule(kind, given)
            problems += [
                f"letters/{kind}/fields.toml, [letter]: {fault}." for fault in faults_of_rule(rules[kind])
            ]
    if problems:
        raise SettingsError("templates", problems)
    return rules


def _section(file: Path, problems: list[str]) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"letters/{file.parent.name}/fields.toml cannot be read ({error}); mend it.")
        return {}
    section = raw.get("letter", {})
    return section if isinstance(section, dict) else {"letter": section}


def _faults(given: Mapping[str, Any]) -> list[str]:
    faults = [f"{key} is not known; remove it" for key in given if key not in _KEYS]
    faults += [f"{key} is missing" for key in ("name", "receiver", "ways") if not given.get(key)]
    faults += [
        f"{key} must be a list of words"
        for key in _LISTS
        if not isinstance(given.get(key, []), list)
        or not all(isinstance(one, str) for one in given.get(key, []))
    ]
    if faults:
        return faults
    faults += _not_among("receiver", [given["receiver"]], list(Receiver))
    faults += _not_among("ways", given["ways"], list(Way))
    faults += _not_among("approval", [given.get("approval", Approval.APPROVER)], list(Approval))
    faults += _not_among("needs", given.get("needs", []), list(STAFF_COLUMNS))
    faults += _not_among("written_from", given.get("written_from", []), [*STAFF_COLUMNS, *_OURS])
    faults += _not_among("days", [given.get("days", "")], list(_DAYS))
    faults += _not_among("step", [given.get("step", "")], list(_STEPS))
    if not isinstance(given.get("cites_policy", False), bool):
        faults.append("cites_policy must be true or false")
    return faults


def _not_among(key: str, given: list[Any], known: list[Any]) -> list[str]:
    words = ", ".join(str(word) for word in known if word)
    return [f"{key} cannot be {word!r}; known are: {words}" for word in given if word not in known]


def _rule(kind: LetterKind, given: Mapping[str, Any]) -> LetterRule:
    return LetterRule(
        kind=kind,
        name=str(given["name"]),
        receiver=Receiver(given["receiver"]),
        ways=tuple(Way(way) for way in given["ways"]),
        approval=Approval(given.get("approval", Approval.APPROVER)),
        needs=tuple(given.get("needs", ())),
        written_from=tuple(given.get("written_from", ())),
        days=str(given.get("days", "")),
        cites_policy=bool(given.get("cites_policy", False)),
        step=str(given.get("step", "")),
        statements=tuple(given.get("statements", ())),
    )
