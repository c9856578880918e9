"""What is known of an entry by its place in the file: for messages and for the comments of a written file."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from connectors.settings_file.models import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A place in the file.

    Attributes:
        known: the names that could stand here instead.
        field: None where the entry is not known.
    """

    known: tuple[str, ...]
    field: FieldInfo | None

    @property
    def example(self) -> object:
        """What may stand here: the given example, or what counts where nothing stands."""
        if self.field is None:
            return None
        if self.field.examples:
            return self.field.examples[0]
        usual = None if self.field.is_required() else self.field.default
        return usual if isinstance(usual, str | int) and usual != "" else None


def entry_at(location: tuple[int | str, ...]) -> Entry:
    """The entry at a place such as ("people", "office", "address")."""
    field: FieldInfo | None = None
    kind: Any = Settings
    known: tuple[str, ...] = ()
    for part in location:
        if isinstance(part, int):
            kind = next(iter(get_args(kind)), None)
            field, known = None, ()
            continue
        fields, known, inner = _inside(kind)
        field = fields.get(part)
        kind = field.annotation if field else inner
    return Entry(known=known, field=field)


def section_model(name: str) -> type[BaseModel] | None:
    """The model of a section by its name in the file."""
    field = Settings.model_fields.get(name)
    return _model_in(field.annotation) if field else None


def _inside(kind: Any) -> tuple[Mapping[str, FieldInfo], tuple[str, ...], Any]:  # noqa: ANN401 - any type hint
    """The fields of a section, the names known in it, and (for a table of sections) the kind of each."""
    if get_origin(kind) is dict:
        names, inner = get_args(kind)
        return {}, get_args(names), inner
    model = _model_in(kind)
    fields = model.model_fields if model else {}
    return fields, tuple(name for name in fields if (model, name) != (Settings, "file")), None


def _model_in(kind: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any type hint
    """The section in a hint such as `DropSettings | None` or a table of sections."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return next((model for model in map(_model_in, get_args(kind)) if model), None)
    if origin is dict:
        return _model_in(get_args(kind)[1])
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """The words among which an entry chooses; empty where it takes any."""
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def required_in(field: FieldInfo | None) -> tuple[str, ...]:
    """The entries that a section cannot do without."""
    model = _model_in(field.annotation) if field else None
    return tuple(name for name, inner in model.model_fields.items() if inner.is_required()) if model else ()
