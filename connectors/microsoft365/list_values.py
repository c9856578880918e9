"""Values of list columns, from and to Graph's JSON, by the kind of the column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from casework.register_lists import Column, ColumnKind, ListDefinition
from casework.values import FieldValue


def to_graph(fields: Mapping[str, FieldValue], definition: ListDefinition) -> dict[str, Any]:
    """Return fields as Graph takes them; None empties a column."""
    written: dict[str, Any] = {}
    for name, value in fields.items():
        column = definition.column(name)
        if column is not None and column.kind is ColumnKind.CHOICES:
            # SharePoint refuses a list of words that does not say what it is
            written[f"{name}@odata.type"] = "Collection(Edm.String)"
            written[name] = list(value) if isinstance(value, tuple) else []
        else:
            written[name] = _written(value)
    return written


def from_graph(
    fields: Mapping[str, Any], definition: ListDefinition, *, zone: tzinfo
) -> dict[str, FieldValue]:
    """Return Graph's fields as values: every column of the definition, None where it is empty.

    Args:
        fields: of a list item.
        definition: which columns there are.
        zone: the site's; a day picked by a person is stored as that day's midnight there.
    """
    return {column.name: _read(fields.get(column.name), column, zone) for column in definition.columns}


def _written(value: FieldValue) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        # noon is the same day in every zone that a site of ours can be set to
        return f"{value.isoformat()}T12:00:00Z"
    if isinstance(value, tuple):
        return list(value)
    return value


def _read(value: Any, column: Column, zone: tzinfo) -> FieldValue:  # noqa: ANN401 - JSON
    if value is None or value in ("", []):
        return None
    if column.kind in (ColumnKind.DATE, ColumnKind.MOMENT):
        at = _moment(str(value))
        return at.astimezone(zone).date() if at and column.kind is ColumnKind.DATE else at
    if column.kind is ColumnKind.CHOICES:
        return tuple(str(word) for word in value) if isinstance(value, list) else (str(value),)
    if column.kind is ColumnKind.YES_NO:
        return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")
    return str(value)


def _moment(text: str) -> datetime | None:
    """Return a moment in UTC; None for words in a column that somebody made a text: no date is invented."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
