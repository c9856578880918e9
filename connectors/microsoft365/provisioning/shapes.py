"""Comparing the columns of a list with what Casework needs there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casework.list_shape import ListChange, ShapeChange
from casework.register_lists import Column, ColumnKind, ListDefinition
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, segment
from connectors.microsoft365.list_columns import columns_by_name
from connectors.microsoft365.provisioning.column_forms import repairs, same_kind

_TITLE = "Title"  # every SharePoint list has it, and nobody can delete it


class GraphListShapes:
    """The lists of a site, as people may have changed them: one request a list."""

    def __init__(
        self, account: SchoolAccount, *, site_id: str, lists: Mapping[str, tuple[str, ListDefinition]]
    ) -> None:
        self._calls = GraphCalls(account)
        self._site = f"sites/{segment(site_id)}"
        self._lists = lists

    def changes(self) -> tuple[ListChange, ...]:
        return tuple(
            change
            for name, (list_id, definition) in self._lists.items()
            for change in changes_of(definition, columns_by_name(self._calls, self._site, list_id), name)
        )


def changes_of(
    definition: ListDefinition, there: Mapping[str, dict[str, Any]], name: str
) -> Iterator[ListChange]:
    """Yield how the columns that are there differ from the definition.

    Args:
        definition: what Casework needs.
        there: columns by internal name, as Graph shows them.
        name: of the list, for people.
    """
    for column in definition.columns:
        found = there.get(column.name)
        changes = _differences(column, found) if found else [(ShapeChange.DELETED, "")]
        for change, detail in changes:
            yield ListChange(
                list_name=name,
                column=column.name,
                heading=column.display_name,
                change=change,
                detail=detail,
            )


def _differences(column: Column, there: dict[str, Any]) -> Iterator[tuple[ShapeChange, str]]:
    heading = str(there.get("displayName") or "")
    if heading != column.display_name and column.name != _TITLE:
        yield ShapeChange.RENAMED, heading
    if not same_kind(column, there):
        yield ShapeChange.OTHER_KIND, column.kind.value
        return
    if column.kind in (ColumnKind.CHOICE, ColumnKind.CHOICES):
        yield from _choices(column, there)
    if set(repairs(column, there)) - {"choice"}:
        yield ShapeChange.RULES_GONE, ""


def _choices(column: Column, there: dict[str, Any]) -> Iterator[tuple[ShapeChange, str]]:
    present = [str(word) for word in (there.get("choice") or {}).get("choices") or ()]
    gone = [word for word in column.choices if word not in present]
    added = [word for word in present if word not in column.choices]
    if gone:
        yield ShapeChange.CHOICES_GONE, _quoted(gone)
    if added:
        yield ShapeChange.CHOICES_ADDED, _quoted(added)


def _quoted(words: list[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
