"""Writing a settings file in the office's words, for setup and for the practice school."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

SECTIONS = {
    "school": "The school's face on letters, and its time.",
    "people": "Who holds which role. The headteacher approves letters; the chair where a case is about the head.",
    "microsoft365": "The tenant, how Casework signs in, and where mailbox, site and libraries are.",
    "drop": "The folder in OneDrive into which files can be dropped as a report.",
    "policies": "Where the policy documents lie. An empty folder means the whole drive.",
    "term_dates": "The school's calendar: terms, half-terms, INSET and closure days.",
    "hours": "Reminders and digests go out between these, on school days.",
    "letters": "Days that a parent is given, in school days from service; attach = pdf or word.",
    "journal": "What the machine remembers, and the key that seals its log. Back both up together.",
    "practice": "This is the practice school: its clock can be moved.",
}


def write_settings(path: Path, entries: Mapping[str, Mapping[str, object]]) -> None:
    """Write the sections with a comment each; an older file is replaced in one step."""
    parts = ["# Casework's settings. Paths are as seen from this file. No secret stands here.\n"]
    for name, section in entries.items():
        parts.append(f"\n# {SECTIONS.get(name, '')}\n" + _section(name, section))
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text("".join(parts), encoding="utf-8")
    temporary.replace(path)


def _section(name: str, section: Mapping[str, object]) -> str:
    tables = {key: value for key, value in section.items() if isinstance(value, Mapping) and name == "people"}
    if tables:
        return "".join(f"[{name}.{key}]\n{_entries(value)}" for key, value in tables.items())
    return f"[{name}]\n{_entries(section)}"


def _entries(section: Mapping[str, object]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in section.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)  # a TOML basic string is written as JSON writes one
