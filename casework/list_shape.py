"""What people changed in the shape of a list: columns deleted, renamed, or of other choices than Casework needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SETUP = "Run casework setup, which mends it."


class ShapeChange(StrEnum):
    DELETED = "deleted"
    OTHER_KIND = "of another kind"
    CHOICES_GONE = "choices taken away"
    RULES_GONE = "rules taken away"
    RENAMED = "renamed"
    CHOICES_ADDED = "choices added"


HARMLESS = frozenset({ShapeChange.RENAMED, ShapeChange.CHOICES_ADDED})
"""Changes that people may make: told once, never undone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListChange:
    """One column that is no longer as Casework made it.

    Attributes:
        list_name: as people know the list.
        column: its internal name.
        heading: what Casework called it for people.
        detail: the new heading, the choices, or what the column should hold.
    """

    list_name: str
    column: str
    heading: str
    change: ShapeChange
    detail: str = ""

    @property
    def is_harmless(self) -> bool:
        return self.change in HARMLESS

    @property
    def finding(self) -> str:
        """What was changed, as a sentence."""
        return _FINDINGS[self.change].format(detail=self.detail)

    @property
    def next_step(self) -> str:
        """How it is mended; empty where nothing needs mending."""
        if self.is_harmless:
            return ""
        if self.change is ShapeChange.OTHER_KIND:
            return "Delete the column in the list's settings, then run casework setup."
        return SETUP

    @property
    def line(self) -> str:
        """For the digest: list, column, what was changed, and what mends it."""
        where = f'List {self.list_name}, column "{self.heading}" ({self.column})'
        return f"{where}: {self.finding} {self.next_step}".strip()


_FINDINGS = {
    ShapeChange.DELETED: "It is missing: somebody deleted it. What stood there is kept and put back.",
    ShapeChange.OTHER_KIND: "It no longer holds {detail}.",
    ShapeChange.CHOICES_GONE: "These choices were taken away: {detail}.",
    ShapeChange.RULES_GONE: "Its index or its rule of unique values is missing.",
    ShapeChange.RENAMED: 'Its heading is now "{detail}". That does no harm.',
    ShapeChange.CHOICES_ADDED: "These choices were added: {detail}. They may stay; Casework draws nothing from them.",
}


class ListShapes(Protocol):
    """The lists that people see, as they may have changed them."""

    def changes(self) -> tuple[ListChange, ...]:
        """Every column that is no longer as Casework made it, in the lists' own order.

        Raises:
            NotThereError: a whole list is gone.
        """
