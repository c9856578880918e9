"""Values for columns: what SharePoint takes through Graph, in which form, and what it refuses."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from practice_tenant.errors import GraphError
from practice_tenant.sites.columns import Column
from practice_tenant.sites.values import Fields
from practice_tenant.times import parse_moment, stamp

LONGEST_LINE = 255
LONGEST_NOTE = 63_999
_ODATA_TYPE = "@odata.type"
_LOOKUP = "LookupId"


def checked_fields(
    columns: Sequence[Column],
    given: Mapping[str, Any],
    before: Fields,
    time_zone: str = "UTC",
) -> Fields:
    """The item's fields after a change: `before` with what was given, in the form that Graph gives back.

    Args:
        columns: those of the list.
        given: the client's object, with OData annotations.
        before: what the item held; empty for a new one.
        time_zone: the site's, which says when a day begins.

    Raises:
        GraphError: 400 naming the field.
    """
    fields = dict(before)
    by_key = _by_key(columns)
    for key, value in given.items():
        if "@" in key or key == "id":
            continue
        column = by_key.get(key)
        if column is None:
            raise refused(f"Field '{key}' is not recognized")
        if column.is_read_only:
            raise refused(f"Field '{key}' is read-only")
        checked = _checked(column, value, str(given.get(f"{key}{_ODATA_TYPE}", "")), time_zone)
        fields.pop(key, None)
        if checked is not None:
            fields[key] = checked
    return fields


def with_defaults(columns: Sequence[Column], fields: Fields) -> Fields:
    """A new item's fields: columns with a default that the client left out get it."""
    filled = dict(fields)
    for column in columns:
        default = (column.definition.get("defaultValue") or {}).get("value")
        if default is not None and column.name not in filled:
            filled[column.name] = default in {"1", "true"} if column.facet == "boolean" else default
    return filled


def check_required(columns: Sequence[Column], fields: Fields) -> None:
    for column in columns:
        if column.is_required and field_key(column) not in fields:
            raise refused(f"Field '{column.name}' is required")


def field_key(column: Column) -> str:
    """Under which key `fields` shows a column: a person's is an id in the user list."""
    return f"{column.name}{_LOOKUP}" if column.facet == "personOrGroup" else column.name


def refused(sentence: str) -> GraphError:
    return GraphError(400, "invalidRequest", sentence)


def _by_key(columns: Sequence[Column]) -> dict[str, Column]:
    keys = {field_key(column): column for column in columns}
    # Naming the person column itself finds it too, to be told that it needs the id.
    return {column.name: column for column in columns} | keys


def _checked(column: Column, value: object, odata_type: str, time_zone: str) -> object:
    if column.facet == "hyperlinkOrPicture":
        raise refused(f"Field '{column.name}': hyperlinks and pictures cannot be set here")
    if value is None or value in ("", []):
        return None
    if column.takes_many:
        return _many(column, value, odata_type)
    if column.facet == "dateTime":
        return _moment(column, value, time_zone)
    return _CHECKS[column.facet](column, value)


def _many(column: Column, value: object, odata_type: str) -> list[Any]:
    """Several values go only with their OData type beside them; SharePoint answers "Invalid request" else."""
    kind, inner = ("string", str) if column.facet == "choice" else ("int32", int)
    if odata_type.lower().removeprefix("#") not in {f"collection(edm.{kind})", f"collection({kind})"}:
        raise refused("Invalid request")
    if not isinstance(value, list) or not all(isinstance(member, inner) for member in value):
        raise refused("Invalid request")
    return value


def _text(column: Column, value: object) -> str:
    if not isinstance(value, str):
        raise refused(f"Field '{column.name}' takes text")
    longest = LONGEST_NOTE if column.is_multi_line else column.settings.get("maxLength") or LONGEST_LINE
    if len(value) > longest:
        raise refused(f"Field '{column.name}' takes {longest} characters at most")
    return value


def _choice(column: Column, value: object) -> str:
    # SharePoint checks the choices in its forms, not in its interfaces: any text is taken.
    return _text(column, value)


def _boolean(column: Column, value: object) -> bool:
    if not isinstance(value, bool):
        raise refused(f"Field '{column.name}' takes true or false")
    return value


def _number(column: Column, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refused(f"Field '{column.name}' takes a number")
    return value


def _person(column: Column, value: object) -> str:
    if isinstance(value, bool) or not str(value).isdecimal():
        raise refused(
            f"Field '{column.name}' takes {column.name}{_LOOKUP}, an id of the user information list"
        )
    return str(value)


def _moment(column: Column, value: object, time_zone: str) -> str:
    try:
        moment = parse_moment(str(value))
    except ValueError as error:
        raise refused(f"Field '{column.name}' takes a date") from error
    if column.settings.get("format") != "dateOnly":
        return stamp(moment)
    # A day is kept as its beginning at the site; "2026-11-23T12:00:00Z" is the 23rd nearly everywhere.
    there = moment.astimezone(ZoneInfo(time_zone))
    return stamp(there.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC))


_CHECKS: dict[str, Callable[[Column, object], object]] = {
    "text": _text,
    "choice": _choice,
    "boolean": _boolean,
    "number": _number,
    "currency": _number,
    "personOrGroup": _person,
}
