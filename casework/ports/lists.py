"""The ports of the lists in SharePoint, in which people and Casework write side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.values import FieldValue


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRow:
    """One item of a list, by internal column names.

    Attributes:
        modified_by: address of the person, or empty for an application.
    """

    item_id: str
    etag: str
    fields: Mapping[str, FieldValue]
    modified_by: str = ""
    modified_at: datetime | None = None
    web_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterChanges:
    rows: tuple[RegisterRow, ...]
    removed: tuple[str, ...]
    cursor: str


class Register(Protocol):
    """A SharePoint list that people see."""

    def changes(self, cursor: str | None) -> RegisterChanges:
        """Rows added or changed since the cursor (all without one), latest state of each, and ids removed.

        Raises:
            CursorExpiredError: ask again without a cursor.
        """

    def find(self, column: str, value: str) -> RegisterRow | None:
        """The row with that value in an indexed text column."""

    def read(self, item_id: str) -> RegisterRow:
        """The row as it stands now.

        Raises:
            NotThereError: it was deleted.
        """

    def add(
        self, fields: Mapping[str, FieldValue], *, settled: Callable[[], None] = lambda: None
    ) -> RegisterRow:
        """Add a row.

        Args:
            fields: by internal column names.
            settled: called as soon as it is there, where no unique column keeps a second one away. If it raises
                TurnLostError, the row is taken away again, provided that nobody has changed it since.

        Raises:
            AlreadyThereError: a unique column holds this value already.
        """

    def update(self, item_id: str, fields: Mapping[str, FieldValue], *, etag: str) -> str:
        """Set these columns, if the row is still as it was read; returns its new etag, empty where nobody told it.

        Raises:
            ChangedMeanwhileError: read again and merge.
            NotThereError: it was deleted.
        """

    def history(self, item_id: str) -> tuple[RegisterRow, ...]:
        """All versions, newest first, each with who made it and when."""

    def missing_columns(self) -> frozenset[str]:
        """Internal names of columns that somebody deleted. `add` and `update` leave them out; rows show None there."""
