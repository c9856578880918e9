"""Writing a settings file in the office's words, for setup and for the practice school."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from connectors.settings_file.describing import choices_of, section_model
from connectors.settings_file.toml_writing import toml_key, toml_value

_HEAD = (
    "# Casework's settings. Paths are as seen from this file. No secret stands here, only where it comes from.",
    "# What stands behind a # is not read: a note, or an entry with its usual value or an example.",
)


def write_settings(path: Path, entries: Mapping[str, Mapping[str, object]]) -> None:
    """Write the sections, each entry with its explanation; an older file is replaced in one step.

    Entries that are None are left out. Entries with a usual value that are not given stand there as notes.
    """
    lines = [*_HEAD]
    for name, section in entries.items():
        lines += _section(name, section)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write("\n".join(lines) + "\n")
    draft.replace(path)


def _section(name: str, section: Mapping[str, object]) -> Iterator[str]:
    model = section_model(name)
    yield ""
    if model is not None and model.__doc__:
        yield f"# {model.__doc__.splitlines()[0]}"
    tables = {key: value for key, value in section.items() if isinstance(value, Mapping)}
    if name != "people":
        yield f"[{toml_key(name)}]"
        yield from _entries(model, section)
        return
    for index, (role, person) in enumerate(tables.items()):
        yield from ([""] if index else [])
        yield f"[people.{toml_key(role)}]"
        yield from _entries(model, person, explained=index == 0)


def _entries(
    model: type[BaseModel] | None, given: Mapping[str, object], *, explained: bool = True
) -> Iterator[str]:
    fields = dict(model.model_fields) if model else {}
    for name in dict.fromkeys((*fields, *given)):
        field, value = fields.get(name), given.get(name)
        note = _note(field) if explained else ""
        if value is not None:
            yield f"{toml_key(name)} = {toml_value(value)}{note}"
        elif explained and field is not None and _has_usual(field):
            yield f"# {name} = {toml_value(_usual(field))}{note}"


def _note(field: FieldInfo | None) -> str:
    if field is None or not field.description:
        return ""
    choices = ", ".join(choices_of(field))
    return f"  # {field.description}{f' One of: {choices}.' if choices else ''}"


def _has_usual(field: FieldInfo) -> bool:
    return not field.is_required() and _usual(field) is not None


def _usual(field: FieldInfo) -> object:
    """What to show for an entry that is left out: its usual value, or else an example."""
    usual = field.get_default(call_default_factory=True)
    if usual in (None, "", (), {}):
        return field.examples[0] if field.examples else usual
    return usual
