"""Records as JSON and back, field by field, by their type hints."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from casework.errors import JournalError
from casework.records import Json
from connectors.journal.columns import json_text, moment_from, moment_text

Record = TypeVar("Record")
Reader: TypeAlias = Callable[[Any], Any]

_PLAIN = frozenset({bool, int, float, str, list, dict, type(None), Any, object})


def to_json(value: object) -> Json:
    """Write a value field by field: dates in ISO form, enums by value, tuples as lists.

    Raises:
        TypeError: the value holds something that JSON cannot.
    """
    for kinds, write in _WRITERS:
        if isinstance(value, kinds):
            return write(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"The journal cannot keep a {type(value).__name__}; use text, numbers, dates or records.")


def from_json(kind: type[Record], data: Mapping[str, Any]) -> Record:
    """Read a record back. What an older version did not write takes its default; what we do not know is left.

    Raises:
        JournalError: a field without default is missing, or a value is not of its kind.
    """
    record: Record = _read_record(kind, data)
    return record


_WRITERS: tuple[tuple[Any, Callable[[Any], Json]], ...] = (
    (Enum, lambda value: to_json(value.value)),
    (str, str),
    ((bool, int, float, type(None)), lambda value: value),
    (datetime, moment_text),
    (date, date.isoformat),
    (Mapping, lambda value: {str(key): to_json(item) for key, item in value.items()}),
    ((tuple, list), lambda value: [to_json(item) for item in value]),
    ((frozenset, set), lambda value: sorted((to_json(item) for item in value), key=json_text)),
)


@cache
def _reader_of(kind: Any) -> Reader:  # noqa: ANN401 - a type hint may be any object
    """The function that reads JSON as this type hint says."""
    if isinstance(kind, NewType):
        return _reader_of(kind.__supertype__)
    origin = get_origin(kind) or kind
    if origin in (Union, types.UnionType):
        return _optional_reader(kind)
    if isinstance(origin, type) and origin not in _PLAIN:
        return _class_reader(kind, origin)
    return _as_is


def _as_is(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    return value


def _optional_reader(kind: Any) -> Reader:  # noqa: ANN401 - see _reader_of
    members = [member for member in get_args(kind) if member is not type(None)]
    if len(members) == 1:
        read = _reader_of(members[0])
        return lambda value: None if value is None else read(value)
    if all((get_origin(member) or member) in _PLAIN for member in members):
        return _as_is
    raise TypeError(f"The journal could not tell the members of {kind} apart; give the field one type.")


def _class_reader(kind: Any, origin: type) -> Reader:  # noqa: ANN401 - see _reader_of
    if is_dataclass(origin):
        return lambda data: _read_record(origin, data)
    if issubclass(origin, datetime):
        return moment_from
    if issubclass(origin, date):
        return date.fromisoformat
    if issubclass(origin, (tuple, frozenset)):
        return _collection_reader(origin, get_args(kind))
    if issubclass(origin, Enum):
        return origin
    return _as_is


def _collection_reader(origin: type, members: tuple[Any, ...]) -> Reader:
    if origin is frozenset or members[-1:] == (Ellipsis,):
        read = _reader_of(members[0])
        return lambda items: origin(read(item) for item in items)
    readers = [_reader_of(member) for member in members]
    return lambda items: tuple(read(item) for read, item in zip(readers, items, strict=True))


@cache
def _field_readers(kind: Any) -> tuple[tuple[Field[Any], Reader], ...]:  # noqa: ANN401 - see _reader_of
    hints = get_type_hints(kind)
    return tuple((field, _reader_of(hints[field.name])) for field in fields(kind) if field.init)


def _read_record(kind: type, data: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see from_json
    values: dict[str, Any] = {}
    for field, read in _field_readers(kind):
        if field.name in data:
            values[field.name] = _read_field(kind, field.name, read, data[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise _unreadable(kind, field.name, "is missing")
    return kind(**values)


def _read_field(kind: type, name: str, read: Reader, value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return read(value)
    except (ValueError, TypeError, KeyError) as error:
        raise _unreadable(kind, name, "holds a value that this version does not know") from error


def _unreadable(kind: type, name: str, what: str) -> JournalError:
    return JournalError(
        f"A {kind.__name__} in the journal cannot be read: its {name} {what}. "
        "Use the version of Casework that wrote it, or restore the last backup of the journal."
    )
