"""Writing to the rows of a list that people edit too: over the version that was seen, and over no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casework.errors import ChangedMeanwhileError
from casework.ports import Journal, Register, RegisterRow
from casework.values import FieldValue
from workflows.last_seen import LastSeen
from workflows.late_host import refuse_if_late

TRIES = 5

Columns = Mapping[str, FieldValue]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRows:
    """The rows of one list, and which version of each this process saw last."""

    register: Register
    journal: Journal
    seen: LastSeen

    def bring_up_to_date(
        self, item_id: str, columns: Columns, *, more: Callable[[RegisterRow], Columns] | None = None
    ) -> None:
        """Set our columns. A row whose version is known is not read before; if it was edited since, it is read then.

        Args:
            item_id: the row.
            columns: Casework's own.
            more: what else is written, by what stands in the row now; the row is read for it in any case.

        Raises:
            TurnLostError: another host has taken the school over.
            ChangedMeanwhileError: somebody edits it again and again.
            NotThereError: it was deleted.
        """
        for tries_left in reversed(range(TRIES)):
            try:
                self._write(item_id, columns, more)
            except ChangedMeanwhileError:
                self.seen.forget(self.register, item_id)
                if not tries_left:
                    raise
            else:
                return

    def _write(self, item_id: str, columns: Columns, more: Callable[[RegisterRow], Columns] | None) -> None:
        etag = "" if more else self.seen.of(self.register, item_id)
        if not etag:
            row = self.register.read(item_id)
            etag = row.etag
            columns = {**columns, **more(row)} if more else columns
        self.write_over(etag, item_id, columns)

    def write_over(self, etag: str, item_id: str, columns: Columns) -> None:
        """Set these columns if the row still is that version, and another host has not taken the school over.

        Raises:
            TurnLostError, ChangedMeanwhileError, NotThereError: as above.
        """
        refuse_if_late(self.journal)
        self.seen.note(self.register, item_id, self.register.update(item_id, columns, etag=etag))

    def note(self, row: RegisterRow) -> None:
        """Remember the version of a row that was added or told of."""
        self.seen.note(self.register, row.item_id, row.etag)
