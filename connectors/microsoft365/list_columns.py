"""The columns that a list has, by internal name."""

from __future__ import annotations

from connectors.microsoft365.calls import GraphCalls, JsonObject, segment


def columns_by_name(calls: GraphCalls, site: str, list_id: str) -> dict[str, JsonObject]:
    """Return the columns of a list; `site` is the beginning of its address."""
    path = f"{site}/lists/{segment(list_id)}/columns"
    return {str(column["name"]): column for column in calls.pages(path)}
