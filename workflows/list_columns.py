"""Columns of the Cases list that people deleted: what stood there is kept, and put back once the column is made anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casework.cases import Case
from casework.ports import Register, RegisterRow
from casework.records import JournalTransaction
from casework.register_columns import staff_fields
from casework.values import FieldValue


class KeptColumns:
    """Tells a column that a person emptied from one that somebody deleted; asks once at most, and only if it matters."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._missing: frozenset[str] | None = None

    @property
    def missing(self) -> frozenset[str]:
        if self._missing is None:
            self._missing = self._register.missing_columns()
        return self._missing

    def fields(self, case: Case, row: RegisterRow) -> dict[str, FieldValue]:
        """The row's fields, with what the case knows of where a column was deleted or is still to be filled again."""
        emptied = {
            name: value for name, value in staff_fields(case.staff).items() if not row.fields.get(name)
        }
        if not emptied.keys() - set(case.put_back):
            return {**row.fields, **emptied}
        gone = self.missing | set(case.put_back)
        return {**row.fields, **{name: value for name, value in emptied.items() if name in gone}}


def put_columns_back(transaction: JournalTransaction, columns: Iterable[str]) -> int:
    """Let the rows be written again where these columns were made anew; how many cases that are."""
    made = set(columns)
    if not made:
        return 0
    cases = [case for case in transaction.cases.all() if case.item_id]
    for case in cases:
        lost = made & staff_fields(case.staff).keys()
        kept = tuple(sorted({*case.put_back, *lost}))
        transaction.cases.save(replace(case, written="", put_back=kept))
    return len(cases)


def fields_put_back(case: Case, row: RegisterRow) -> dict[str, FieldValue]:
    """What is still to be filled into columns that were made anew, where nobody has written anything meanwhile."""
    known = staff_fields(case.staff)
    return {name: known[name] for name in case.put_back if name in known and not row.fields.get(name)}
