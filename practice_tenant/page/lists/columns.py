"""Columns of a list as a form shows them, built from nothing but the list's own definitions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from practice_tenant.page.forms import Form
from practice_tenant.page.graph import Json
from practice_tenant.page.rendering import day_in_words, moment_in_words

# The columns that staff fill in, as long as nobody has told others; the rest is Casework's or SharePoint's own.
STAFF_COLUMNS = frozenset(
    [
        "Parent",
        "ParentEmail",
        "ParentAddress",
        "Relation",
        "Child",
        "Target",
        "Categories",
        "Characteristics",
        "TalkedOn",
        "TalkOutcome",
        "Continues",
        "Decision",
        "DecisionNote",
        "Handler",
        "ServedOn",
        "Outcome",
        "Notes",
        "OwnerOverride",
        "PublishedAt",
        "Statutory",
    ]
)
_SHAREPOINTS_OWN = frozenset(
    ["ID", "ContentType", "Modified", "Created", "Author", "Editor", "_UIVersionString", "Attachments"]
)
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class ListColumn:
    """One column.

    Attributes:
        kind: line, lines, choice, choices, day, moment, yes_no or number; it decides the field.
        is_staffs: whether staff fill it in.
    """

    name: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()
    is_staffs: bool = False

    def typed(self, fields: Mapping[str, Any]) -> str | list[str]:
        """A row's value as the form holds it."""
        value = fields.get(self.name)
        if self.kind == "choices":
            return [str(each) for each in value or ()]
        if value is None:
            return ""
        if self.kind == "yes_no":
            return "yes" if value else "no"
        return str(value)[:10] if self.kind == "day" else str(value)

    def sent(self, form: Form) -> str | list[str]:
        """What the form brought."""
        if self.kind == "choices":
            return form.many(self.name)
        typed = form.text(self.name).strip()
        return typed if self.kind != "yes_no" or typed in _YES_NO else ""

    def for_graph(self, typed: str | list[str]) -> Json:
        """The value as Graph takes it, with the annotation that several choices need."""
        if self.kind == "choices":
            return {f"{self.name}@odata.type": "Collection(Edm.String)", self.name: typed}
        if not typed:
            return {self.name: None}
        if self.kind == "yes_no":
            return {self.name: _YES_NO.get(str(typed))}
        if self.kind == "number":
            return {self.name: float(str(typed))}
        # At noon a day is the same day in every zone of Europe.
        return {self.name: f"{typed}T12:00:00Z" if self.kind == "day" else typed}

    def in_words(self, fields: Mapping[str, Any]) -> str:
        """A row's value as a reader sees it, "" where empty."""
        value = fields.get(self.name)
        if value is None or value == "":
            return ""
        if self.kind == "choices":
            return ", ".join(str(each) for each in value)
        if self.kind == "yes_no":
            return "Yes" if value else "No"
        if self.kind in {"day", "moment"}:
            return day_in_words(value) if self.kind == "day" else moment_in_words(value)
        return str(value)

    def options(self, typed: str | list[str]) -> tuple[str, ...]:
        """The choices to offer, with whatever else the row already holds."""
        held = [typed] if isinstance(typed, str) else typed
        return (*self.choices, *(each for each in held if each and each not in self.choices))


def columns_of(definitions: Iterable[Json], staffs: frozenset[str]) -> tuple[ListColumn, ...]:
    """The list's columns without those that SharePoint keeps for itself; `staffs` names those of the staff."""
    return tuple(
        _column(definition, staffs or STAFF_COLUMNS)
        for definition in definitions
        if definition["name"] not in _SHAREPOINTS_OWN and not definition.get("hidden")
    )


def changes_between(columns: Iterable[ListColumn], fields: Mapping[str, Any], form: Form) -> Json:
    """What staff changed in a row, as Graph takes it."""
    changes: Json = {}
    for column in columns:
        typed = column.sent(form)
        if column.is_staffs and typed != column.typed(fields):
            changes |= column.for_graph(typed)
    return changes


def _column(definition: Json, staffs: frozenset[str]) -> ListColumn:
    choice = definition.get("choice") or {}
    return ListColumn(
        name=definition["name"],
        label=definition.get("displayName") or definition["name"],
        kind=_kind(definition),
        choices=tuple(choice.get("choices") or ()),
        is_staffs=definition["name"] in staffs and not definition.get("readOnly"),
    )


def _kind(definition: Json) -> str:
    if "choice" in definition:
        return "choices" if definition["choice"].get("displayAs") == "checkBoxes" else "choice"
    if "dateTime" in definition:
        return "day" if definition["dateTime"].get("format") == "dateOnly" else "moment"
    if "boolean" in definition:
        return "yes_no"
    if "number" in definition or "currency" in definition:
        return "number"
    return "lines" if (definition.get("text") or {}).get("allowMultipleLines") else "line"
