"""Columns of a list: what SharePoint brings by itself, and those that people add."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

from practice_tenant.database import Database
from practice_tenant.errors import GraphError

Json = dict[str, Any]

FACETS = (
    "text",
    "choice",
    "dateTime",
    "boolean",
    "number",
    "currency",
    "personOrGroup",
    "hyperlinkOrPicture",
)
# Microsoft knows these as well; the practice tenant does not.
_FURTHER_FACETS = ("calculated", "geolocation", "lookup", "term", "thumbnail")
_CHANGEABLE = ("displayName", "description", "indexed", "enforceUniqueValues", "required", "hidden")
_SINGLE_LINE: Json = {
    "allowMultipleLines": False,
    "appendChangesToExistingText": False,
    "linesForEditing": 0,
    "maxLength": 255,
}
_DEFAULTS: dict[str, Json] = {
    "text": _SINGLE_LINE,
    "choice": {"allowTextEntry": False, "choices": [], "displayAs": "dropDownMenu"},
    "dateTime": {"displayAs": "default", "format": "dateOnly"},
    "boolean": {},
    "number": {"decimalPlaces": "automatic", "displayAs": "number"},
    "currency": {"locale": "en-gb"},
    "personOrGroup": {
        "allowMultipleSelection": False,
        "chooseFromType": "peopleOnly",
        "displayAs": "nameWithPresence",
    },
    "hyperlinkOrPicture": {"isPicture": False},
}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """`name` never changes and is what `fields` uses; the display name is for people."""

    id: str
    name: str
    definition: Json

    @property
    def facet(self) -> str:
        return _facet_among(tuple(self.definition))

    @property
    def settings(self) -> Json:
        settings = self.definition.get(self.facet)
        return settings if isinstance(settings, dict) else {}

    @property
    def is_indexed(self) -> bool:
        return bool(self.definition.get("indexed"))

    @property
    def is_unique(self) -> bool:
        return bool(self.definition.get("enforceUniqueValues"))

    @property
    def is_required(self) -> bool:
        return bool(self.definition.get("required"))

    @property
    def is_read_only(self) -> bool:
        return bool(self.definition.get("readOnly"))

    @property
    def is_multi_line(self) -> bool:
        return bool(self.settings.get("allowMultipleLines"))

    @property
    def takes_many(self) -> bool:
        if self.facet == "personOrGroup":
            return bool(self.settings.get("allowMultipleSelection"))
        return self.facet == "choice" and self.settings.get("displayAs") == "checkBoxes"

    def as_graph(self) -> Json:
        return {"id": self.id, "name": self.name, **self.definition}


@lru_cache(maxsize=512)
def _facet_among(names: tuple[str, ...]) -> str:
    return next((facet for facet in FACETS if facet in names), "")


class ColumnStore:
    """The columns of one list, in the order in which they were made."""

    def __init__(self, database: Database, list_id: str) -> None:
        self._database = database
        self._list_id = list_id

    def columns(self) -> tuple[Column, ...]:
        return self._database.kept("list_columns", ("columns of", self._list_id), self._read)

    def _read(self) -> tuple[Column, ...]:
        rows = self._database.rows(
            "SELECT id, name, definition FROM list_columns WHERE list_id = ? ORDER BY position",
            (self._list_id,),
        )
        return tuple(
            Column(id=row["id"], name=row["name"], definition=json.loads(row["definition"])) for row in rows
        )

    def column(self, id_or_name: str) -> Column:
        """By id or internal name.

        Raises:
            GraphError: 404 where there is none.
        """
        for column in self.columns():
            if id_or_name.casefold() in {column.id.casefold(), column.name.casefold()}:
                return column
        raise GraphError(404, "itemNotFound", "The specified column was not found")

    def add(self, name: str, definition: Json, column_id: str | None = None) -> Column:
        column = Column(id=column_id or str(uuid4()), name=name, definition=definition)
        self._database.execute(
            "INSERT INTO list_columns (id, list_id, position, name, definition) SELECT ?, ?, count(*), ?, ? "
            "FROM list_columns WHERE list_id = ?",
            (column.id, self._list_id, name, json.dumps(definition), self._list_id),
        )
        return column

    def change(self, column: Column, definition: Json) -> Column:
        self._database.execute(
            "UPDATE list_columns SET definition = ? WHERE list_id = ? AND id = ?",
            (json.dumps(definition), self._list_id, column.id),
        )
        return self.column(column.id)

    def delete(self, column: Column) -> None:
        """Delete the column with all that stands there; as in SharePoint, no row counts as changed by that."""
        self._database.execute(
            "DELETE FROM list_columns WHERE list_id = ? AND id = ?", (self._list_id, column.id)
        )
        for table in ("list_items", "list_item_versions"):
            self._database.execute(
                f"UPDATE {table} SET fields = json_remove(fields, ?) WHERE list_id = ?",  # noqa: S608 - our own names
                (f'$."{column.name}"', self._list_id),
            )


def read_definition(given: Json) -> tuple[str, Json]:
    """The internal name and full definition of a column that somebody asks for.

    Raises:
        GraphError: 400 where the wish makes no column, 501 for kinds that only Microsoft has.
    """
    further = [facet for facet in _FURTHER_FACETS if facet in given]
    if further:
        raise GraphError(501, "notImplemented", f"The practice tenant makes no {further[0]} columns.")
    facets = [facet for facet in FACETS if facet in given]
    if len(facets) != 1:
        raise _refused("A column needs exactly one type, such as text or choice")
    name = encoded_name(str(given.get("name") or given.get("displayName") or ""))
    if not name:
        raise _refused("A column needs a name")
    facet = facets[0]
    definition: Json = {
        "displayName": given.get("displayName") or given.get("name"),
        "description": given.get("description") or "",
        "columnGroup": given.get("columnGroup") or "Custom Columns",
        "enforceUniqueValues": bool(given.get("enforceUniqueValues")),
        "hidden": bool(given.get("hidden")),
        "indexed": bool(given.get("indexed")),
        "readOnly": False,
        "required": bool(given.get("required")),
        facet: _settings(facet, given[facet] or {}),
    }
    if given.get("defaultValue"):
        definition["defaultValue"] = given["defaultValue"]
    check_definition(Column(id="", name=name, definition=definition))
    return name, definition


def changed_definition(column: Column, given: Json) -> Json:
    """What a PATCH makes of a definition; the name and the kind stay."""
    definition = {**column.definition, **{name: given[name] for name in _CHANGEABLE if name in given}}
    for facet in FACETS:
        if facet in given and facet != column.facet:
            raise _refused("The type of a column cannot be changed")
    if column.facet in given:
        definition[column.facet] = {**column.settings, **(given[column.facet] or {})}
    if "defaultValue" in given:
        definition["defaultValue"] = given["defaultValue"]
    check_definition(Column(id=column.id, name=column.name, definition=definition))
    return definition


def check_definition(column: Column) -> None:
    """Raise 400 for what SharePoint cannot index or keep unique."""
    cannot = column.is_multi_line or column.takes_many or column.facet == "hyperlinkOrPicture"
    if cannot and (column.is_indexed or column.is_unique):
        raise _refused("A column of this type cannot be indexed")
    if column.is_unique and not column.is_indexed:
        raise _refused("A column that enforces unique values must be indexed")
    if column.is_unique and column.facet == "boolean":
        raise _refused("A column of this type cannot enforce unique values")


def encoded_name(name: str) -> str:
    """The internal name of a display name: other signs than letters, digits and _ become _x0020_ and the like."""
    return _NOT_IN_A_NAME.sub(lambda match: f"_x{ord(match.group()):04x}_", name.strip())


def _settings(facet: str, given: Json) -> Json:
    settings = {**_DEFAULTS[facet], **given}
    if facet == "text" and settings["allowMultipleLines"]:
        settings.pop("maxLength", None)
        settings = {"textType": "plain", **settings, "linesForEditing": given.get("linesForEditing", 6)}
    return settings


def _refused(sentence: str) -> GraphError:
    return GraphError(400, "invalidRequest", f"{sentence}.")
