"""Mail fields on their way through the outbox: dates and moments survive as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from casework.records import Json


def to_json(fields: Mapping[str, object]) -> dict[str, Json]:
    """Fields as the outbox keeps them; a field that is None or empty is left out."""
    return {name: _to_json(value) for name, value in fields.items() if value not in (None, "", [], ())}


def _to_json(value: object) -> Json:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_to_json(entry) for entry in value]
    if isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"A mail's field cannot hold a {type(value).__name__}.")


def from_json(fields: Mapping[str, Json]) -> dict[str, object]:
    """Fields as the mail's template is given them."""
    return {name: _from_json(value) for name, value in fields.items()}


def _from_json(value: Json) -> object:
    if isinstance(value, dict) and "moment" in value:
        return datetime.fromisoformat(str(value["moment"]))
    if isinstance(value, dict) and "day" in value:
        return date.fromisoformat(str(value["day"]))
    if isinstance(value, list):
        return [_from_json(entry) for entry in value]
    return value
