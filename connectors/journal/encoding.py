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
Writer: TypeAlias = Callable[[Any], Json]

_PLAIN = frozenset({bool, int, float, str, list, dict, type(None), Any, object})


def to_json(value: object) -> Json:
    """Write a value field by field: dates in ISO form, enums by value, tuples as lists.

    Raises:
        TypeError: the value holds something that JSON cannot.
    """
    kind: Any = type(value)
    return _writer_of(kind)(value)


def from_json(kind: type[Record], data: Mapping[str, Any]) -> Record:
    """Read a record back. What an older version did not write takes its default; what we do not know is left.

    Raises:
        JournalError: a field without default is missing, or a value is not of its kind.
    """
    record: Record = _read_record(kind, data)
    return record


_WRITERS: tuple[tuple[Any, Writer], ...] = (
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
def _writer_of(kind: type) -> Writer:
    """The function that writes values of this class: chosen once, because an intake writes thousands."""
    for kinds, write in _WRITERS:
        if issubclass(kind, kinds):
            return write
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: to_json(getattr(value, name)) for name in names}
    raise TypeError(f"The journal cannot keep a {kind.__name__}; use text, numbers, dates or records.")


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
def _field_readers(kind: Any) -> tuple[tuple[str, Reader | None, bool], ...]:  # noqa: ANN401 - see _reader_of
    """Each field's name, how it is read (None: as it is), and whether it must be there."""
    hints = get_type_hints(kind)
    readers = ((field, _reader_of(hints[field.name])) for field in fields(kind) if field.init)
    return tuple(
        (field.name, None if read is _as_is else read, _must_be_there(field)) for field, read in readers
    )


def _must_be_there(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read_record(kind: type, data: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see from_json
    values: dict[str, Any] = {}
    name = ""
    try:
        for name, read, wanted in _field_readers(kind):
            if name in data:
                values[name] = data[name] if read is None else read(data[name])
            elif wanted:
                raise _unreadable(kind, name, "is missing")
    except (ValueError, TypeError, KeyError) as error:
        raise _unreadable(kind, name, "holds a value that this version does not know") from error
    return kind(**values)


def _unreadable(kind: type, name: str, what: str) -> JournalError:
    return JournalError(
        f"A {kind.__name__} in the journal cannot be read: its {name} {what}. "
        "Use the version of Casework that wrote it, or restore the last backup of the journal."
    )
