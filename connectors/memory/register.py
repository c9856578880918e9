"""A list in memory, with unique columns, versions and etags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    NotThereError,
    PermanentConnectorError,
    TurnLostError,
)
from casework.ports import Clock, RegisterChanges, RegisterRow
from casework.register_lists import ListDefinition
from casework.values import FieldValue
from connectors.memory.change_log import ChangeLog


class MemoryRegister:
    """One list. `edit` and `delete` are what staff do to it."""

    def __init__(self, clock: Clock, definition: ListDefinition) -> None:
        self._clock = clock
        self._definition = definition
        self._versions: dict[str, list[RegisterRow]] = {}
        self._removed: set[str] = set()
        self._missing: frozenset[str] = frozenset()
        self._log = ChangeLog()

    def changes(self, cursor: str | None) -> RegisterChanges:
        changed = self._log.since(cursor)
        return RegisterChanges(
            rows=tuple(self._versions[number][-1] for number in changed if number not in self._removed),
            removed=tuple(number for number in changed if number in self._removed and cursor is not None),
            cursor=self._log.cursor(),
        )

    def find(self, column: str, value: str) -> RegisterRow | None:
        return next((row for row in self._rows() if row.fields.get(column) == value), None)

    def read(self, item_id: str) -> RegisterRow:
        if item_id not in self._versions or item_id in self._removed:
            raise NotThereError("There is no such row (any more).")
        return self._versions[item_id][-1]

    def add(
        self, fields: Mapping[str, FieldValue], *, settled: Callable[[], None] = lambda: None, by: str = ""
    ) -> RegisterRow:
        row = self._added(fields, by)
        try:
            settled()
        except TurnLostError:
            if self._versions[row.item_id][-1] is row and row.item_id not in self._removed:
                self.delete(row.item_id)
            raise
        return row

    def _added(self, fields: Mapping[str, FieldValue], by: str) -> RegisterRow:
        item_id = self._new_id()
        empty = dict.fromkeys((column.name for column in self._definition.columns), None)
        self._versions[item_id] = []
        try:
            return self._write(item_id, empty, fields, by)
        except PermanentConnectorError:
            del self._versions[item_id]
            raise

    def update(self, item_id: str, fields: Mapping[str, FieldValue], *, etag: str) -> str:
        row = self.read(item_id)
        if row.etag != etag:
            raise ChangedMeanwhileError("Somebody changed the row meanwhile. Read it again and merge.")
        return self._write(item_id, row.fields, fields, "").etag

    def history(self, item_id: str) -> tuple[RegisterRow, ...]:
        self.read(item_id)
        return tuple(reversed(self._versions[item_id]))

    def missing_columns(self) -> frozenset[str]:
        return self._missing

    def delete_column(self, name: str) -> None:
        """A person deletes the column with all that stands there; the rows do not count as changed by that."""
        self._missing |= {name}
        for versions in self._versions.values():
            versions[-1] = replace(versions[-1], fields={**versions[-1].fields, name: None})

    def edit(self, item_id: str, fields: Mapping[str, FieldValue], *, by: str) -> RegisterRow:
        """A person changes the row in the browser."""
        return self._write(item_id, self.read(item_id).fields, fields, by)

    def delete(self, item_id: str) -> None:
        """A person deletes the row."""
        self.read(item_id)
        self._removed.add(item_id)
        self._log.note(item_id)

    def expire_cursors(self) -> None:
        self._log.expire_cursors()

    def _rows(self) -> tuple[RegisterRow, ...]:
        return tuple(
            versions[-1]
            for number, versions in self._versions.items()
            if versions and number not in self._removed
        )

    def _write(
        self, item_id: str, old: Mapping[str, FieldValue], new: Mapping[str, FieldValue], by: str
    ) -> RegisterRow:
        new = {name: value for name, value in new.items() if name not in self._missing}
        self._check(item_id, new)
        versions = self._versions.setdefault(item_id, [])
        row = RegisterRow(
            item_id=item_id,
            etag=self._etag(item_id, len(versions) + 1),
            # SharePoint keeps no difference between empty and absent
            fields={**old, **{name: value if value not in ("", ()) else None for name, value in new.items()}},
            modified_by=by.lower(),
            modified_at=self._clock.now(),
            web_url=f"https://memory.example/lists/{self._definition.name}/{item_id}",
        )
        versions.append(row)
        self._log.note(item_id)
        return row

    def _new_id(self) -> str:
        return str(len(self._versions) + 1)

    def _etag(self, item_id: str, number: int) -> str:
        return f'"{item_id},{number}"'

    def _check(self, item_id: str, fields: Mapping[str, FieldValue]) -> None:
        for name, value in fields.items():
            column = self._definition.column(name)
            if column is None:
                raise PermanentConnectorError(f"The list has no column {name}. Run casework setup.")
            if column.unique and value is not None and self._is_taken(item_id, name, value):
                raise AlreadyThereError("Another row holds this value already.")

    def _is_taken(self, item_id: str, name: str, value: FieldValue) -> bool:
        return any(row.item_id != item_id and row.fields.get(name) == value for row in self._rows())
