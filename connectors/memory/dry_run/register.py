"""A list as a dry run leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casework.dry_run.acts import Act, Tell, WouldWrite
from casework.errors import NotThereError
from casework.ports import Clock, Register, RegisterChanges, RegisterRow
from casework.register_lists import ListDefinition
from casework.values import FieldValue
from connectors.memory.dry_run.cursors import joined, parted
from connectors.memory.register import MemoryRegister


class DryRegister(MemoryRegister):
    """Rows that would be added or changed lie in memory; every other row is read where it lies.

    Args:
        real: the list itself, of which only reading methods are called.
        clock: for the times of rows.
        definition: its columns.
        tell: hears of each row that would be written.
    """

    def __init__(self, real: Register, clock: Clock, definition: ListDefinition, *, tell: Tell) -> None:
        super().__init__(clock, definition)
        self._real = real
        self._tell = tell
        self._made = 0

    def changes(self, cursor: str | None) -> RegisterChanges:
        outside, inside = parted(cursor)
        there = self._real.changes(outside)
        here = super().changes(inside)
        rows = {row.item_id: row for row in (*there.rows, *here.rows)}
        return RegisterChanges(
            rows=tuple(
                self._versions[number][-1] if self._holds(number) else rows[number] for number in rows
            ),
            removed=(*there.removed, *here.removed),
            cursor=joined(there.cursor, here.cursor),
        )

    def find(self, column: str, value: str) -> RegisterRow | None:
        if found := super().find(column, value):
            return found
        there = self._real.find(column, value)
        return None if there is None or self._holds(there.item_id) else there

    def read(self, item_id: str) -> RegisterRow:
        return super().read(item_id) if self._holds(item_id) else self._real.read(item_id)

    def add(
        self, fields: Mapping[str, FieldValue], *, settled: Callable[[], None] = lambda: None, by: str = ""
    ) -> RegisterRow:
        row = super().add(fields, settled=settled, by=by)
        self._told(Act.ROW_ADDED, row, fields)
        return row

    def update(self, item_id: str, fields: Mapping[str, FieldValue], *, etag: str) -> str:
        before = self.read(item_id).fields
        after = super().update(item_id, fields, etag=etag)
        row = self.read(item_id)
        other = {name: value for name, value in fields.items() if row.fields.get(name) != before.get(name)}
        self._told(Act.ROW_CHANGED, row, other)
        return after

    def history(self, item_id: str) -> tuple[RegisterRow, ...]:
        here = super().history(item_id) if self._holds(item_id) else ()
        try:
            return (*here, *self._real.history(item_id))
        except NotThereError:
            if here:
                return here
            raise

    def missing_columns(self) -> frozenset[str]:
        self._missing |= self._real.missing_columns()
        return self._missing

    def _told(self, act: Act, row: RegisterRow, fields: Mapping[str, FieldValue]) -> None:
        name = str(row.fields.get("Reference") or row.fields.get("Title") or "")
        self._tell(WouldWrite(act=act, place=self._definition.name, what=name, fields=dict(fields)))

    def _holds(self, item_id: str) -> bool:
        return item_id in self._versions

    def _write(
        self, item_id: str, old: Mapping[str, FieldValue], new: Mapping[str, FieldValue], by: str
    ) -> RegisterRow:
        self.missing_columns()
        return super()._write(item_id, old, new, by)

    def _new_id(self) -> str:
        self._made += 1
        return f"would-be-{self._made}"

    def _etag(self, item_id: str, number: int) -> str:
        return f'"would be {item_id},{number}"'

    def _is_taken(self, item_id: str, name: str, value: FieldValue) -> bool:
        if super()._is_taken(item_id, name, value):
            return True
        there = self._real.find(name, str(value))
        return there is not None and there.item_id != item_id and not self._holds(there.item_id)
