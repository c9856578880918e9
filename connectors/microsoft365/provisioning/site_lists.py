"""Making the two lists, and mending what staff deleted or changed in them."""

from __future__ import annotations

from collections.abc import Iterator

from casework.register_lists import Column, ListDefinition
from connectors.microsoft365.calls import JsonObject, segment
from connectors.microsoft365.list_columns import columns_by_name
from connectors.microsoft365.provisioning.column_forms import column_form, repairs, same_kind
from connectors.microsoft365.provisioning.places import SitePlaces, find_named
from connectors.microsoft365.provisioning.values import Outcome, Step

_TITLE = "Title"  # every SharePoint list has it


def ensure_list(site: SitePlaces, definition: ListDefinition, wanted: str) -> tuple[str, list[Step]]:
    """Return the list's id (empty where a dry run would make it), and what was done so that it has all its columns."""
    found = find_named(site.lists(), wanted)
    if found is None:
        list_id = "" if site.only_reading else _make(site, definition, wanted)
        return list_id, [Step(what=f"List {wanted}", outcome=Outcome.MADE)]
    list_id = str(found["id"])
    steps = [Step(what=f"List {wanted}", outcome=Outcome.THERE)]
    return list_id, steps + list(_mended(site, definition, list_id, wanted))


def columns_of(site: SitePlaces, list_id: str) -> dict[str, JsonObject]:
    """Return the columns of a list by internal name."""
    return columns_by_name(site.calls, site.path, list_id)


def _make(site: SitePlaces, definition: ListDefinition, name: str) -> str:
    form = {
        "displayName": name,
        "description": definition.description,
        "list": {"template": "genericList"},
        "columns": [column_form(column) for column in definition.columns if column.name != _TITLE],
    }
    made = site.site.create_list(form)
    site.forget()
    return str(made.object_id)


def _mended(site: SitePlaces, definition: ListDefinition, list_id: str, name: str) -> Iterator[Step]:
    there = columns_of(site, list_id)
    for column in definition.columns:
        what = f"List {name}, column {column.name}"
        if column.name not in there:
            if not site.only_reading:
                site.calls.post(f"{site.path}/lists/{segment(list_id)}/columns", column_form(column))
            yield Step(
                what=what,
                outcome=Outcome.MENDED,
                note="It was missing and is there again; the next sweep fills in what stood there.",
                column=column.name,
            )
        elif column.name != _TITLE:
            yield from _checked(site, column, there[column.name], list_id=list_id, what=what)


def _checked(
    site: SitePlaces, column: Column, there: JsonObject, *, list_id: str, what: str
) -> Iterator[Step]:
    if not same_kind(column, there):
        yield Step(
            what=what,
            outcome=Outcome.BY_HAND,
            note=f"It no longer holds {column.kind.value}. Delete the column, then run casework setup again.",
        )
        return
    form = repairs(column, there)
    if form:
        path = f"{site.path}/lists/{segment(list_id)}/columns/{segment(str(there['id']))}"
        if not site.only_reading:
            site.calls.patch(path, form, repeatable=True)
        yield Step(what=what, outcome=Outcome.MENDED, note=_mended_parts(form))
    heading = str(there.get("displayName") or "")
    if heading != column.display_name:
        yield Step(
            what=what,
            outcome=Outcome.NOTE,
            note=f'Its heading is now "{heading}" instead of "{column.display_name}". That does no harm.',
        )


def _mended_parts(form: JsonObject) -> str:
    parts = {
        "choice": "missing choices were added",
        "indexed": "its index was made",
        "enforceUniqueValues": "no two rows may hold the same value again",
    }
    return "; ".join(words for field, words in parts.items() if field in form).capitalize() + "."
