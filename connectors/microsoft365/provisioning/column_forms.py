"""A column of a list in Graph's JSON, and how one that is there differs from what we need."""

from __future__ import annotations

from typing import Any

from casework.register_lists import Column, ColumnKind


def column_form(column: Column) -> dict[str, Any]:
    """Return what Graph needs to make the column."""
    form: dict[str, Any] = {"name": column.name, "displayName": column.display_name, **_kind_form(column)}
    if column.indexed or column.unique:
        form["indexed"] = True
    if column.unique:
        form["enforceUniqueValues"] = True
    return form


def same_kind(column: Column, there: dict[str, Any]) -> bool:
    """True if a column that is there holds what ours must hold."""
    return _kind_of(there) is column.kind


def repairs(column: Column, there: dict[str, Any]) -> dict[str, Any]:
    """Return what must be changed on a column of the right kind; choices that staff added stay."""
    form: dict[str, Any] = {}
    if column.choices:
        facet = there.get("choice") or {}
        present = list(facet.get("choices") or [])
        missing = [word for word in column.choices if word not in present]
        if missing:
            form["choice"] = {**facet, "choices": present + missing}
    if (column.indexed or column.unique) and not there.get("indexed"):
        form["indexed"] = True
    if column.unique and not there.get("enforceUniqueValues"):
        form["enforceUniqueValues"] = True
    return form


def _kind_form(column: Column) -> dict[str, Any]:
    match column.kind:
        case ColumnKind.TEXT:
            return {"text": {"maxLength": 255}}
        case ColumnKind.LONG_TEXT:
            return {"text": {"allowMultipleLines": True, "textType": "plain", "linesForEditing": 6}}
        case ColumnKind.CHOICE:
            return {"choice": _choices(column, shown_as="dropDownMenu")}
        case ColumnKind.CHOICES:
            # check boxes are what makes Graph take several
            return {"choice": _choices(column, shown_as="checkBoxes")}
        case ColumnKind.DATE:
            return {"dateTime": {"format": "dateOnly", "displayAs": "standard"}}
        case ColumnKind.MOMENT:
            return {"dateTime": {"format": "dateTime", "displayAs": "standard"}}
        case ColumnKind.YES_NO:
            return {"boolean": {}}


def _choices(column: Column, *, shown_as: str) -> dict[str, Any]:
    return {"choices": list(column.choices), "displayAs": shown_as, "allowTextEntry": False}


def _kind_of(there: dict[str, Any]) -> ColumnKind | None:
    if "text" in there:
        lines = (there["text"] or {}).get("allowMultipleLines")
        return ColumnKind.LONG_TEXT if lines else ColumnKind.TEXT
    if "choice" in there:
        boxes = (there["choice"] or {}).get("displayAs") == "checkBoxes"
        return ColumnKind.CHOICES if boxes else ColumnKind.CHOICE
    if "dateTime" in there:
        dated = (there["dateTime"] or {}).get("format") == "dateOnly"
        return ColumnKind.DATE if dated else ColumnKind.MOMENT
    return ColumnKind.YES_NO if "boolean" in there else None
