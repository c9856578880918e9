"""What cases are found by, in the journal: one row for each case and fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select

from casework.cases import CaseReference
from casework.records import Marks
from connectors.journal.schema import marks
from connectors.journal.session import Session
from connectors.journal.statements import insert_into

# SQLite takes 32,766 values in one statement; a hostile report may carry more files.
_VALUES_AT_ONCE = 500

_HERE = (
    marks.c.school == bindparam("of_school"),
    marks.c.case == bindparam("of_case"),
    marks.c.kind == bindparam("of_kind"),
)
_OF_CASE = select(marks.c.value).where(*_HERE)
_FORGET = delete(marks).where(*_HERE)


class SqlMarks(Marks):
    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[tuple[str, str, str], None] = {}
        self._answered: dict[tuple[str, tuple[str, ...]], Mapping[CaseReference, int]] = {}
        session.before_commit.append(self.write_what_waits)

    def put(self, case: CaseReference, kind: str, values: Iterable[str]) -> None:
        self._waiting.update(((case, kind, value), None) for value in values if value)
        self._session.written_about.add(case)
        self._answered.clear()

    def replace(self, case: CaseReference, kind: str, values: Iterable[str]) -> None:
        self.exchange(case, kind, values)

    def exchange(self, case: CaseReference, kind: str, values: Iterable[str]) -> frozenset[str]:
        """As replace; returns the values that came or went."""
        wanted = frozenset(value for value in values if value)
        before = self.of(case, kind)
        if wanted == before:
            return frozenset()
        self._session.driver.write(_FORGET, self._here(case, kind))
        self._session.written_about.add(case)
        self._answered.clear()
        self.put(case, kind, wanted)
        return wanted ^ before

    def of(self, case: CaseReference, kind: str) -> frozenset[str]:
        self.write_what_waits()
        return frozenset(value for (value,) in self._session.driver.rows(_OF_CASE, self._here(case, kind)))

    def shared(self, kind: str, values: Iterable[str]) -> Mapping[CaseReference, int]:
        wanted = tuple(value for value in dict.fromkeys(values) if value)
        known = self._answered.get((kind, wanted))
        if (
            known is None
        ):  # where a message belongs and what its case is like ask the same within one transaction
            known = self._answered[kind, wanted] = self._counted(kind, wanted)
        return known

    def _counted(self, kind: str, wanted: tuple[str, ...]) -> Mapping[CaseReference, int]:
        self.write_what_waits()
        counted: Counter[CaseReference] = Counter()
        for start in range(0, len(wanted), _VALUES_AT_ONCE):
            among = wanted[start : start + _VALUES_AT_ONCE]
            places = 1 << (len(among) - 1).bit_length()
            filled = (*among, *among[:1] * (places - len(among)))
            facts = {f"value_{place}": value for place, value in enumerate(filled)}
            here = {"of_school": self._session.school, "of_kind": kind}
            for case, number in self._session.driver.rows(_shared(places), facts | here):
                counted[CaseReference(case)] += number
        return counted

    def write_what_waits(self) -> None:
        if not self._waiting:
            return
        school = self._session.school
        rows = [
            {"to_school": school, "to_case": case, "to_kind": kind, "to_value": value}
            for case, kind, value in self._waiting
        ]
        self._waiting.clear()
        self._session.driver.write_all(_insert(self._session.driver.kind), rows)

    def _here(self, case: CaseReference, kind: str) -> dict[str, str]:
        return {"of_school": self._session.school, "of_case": case, "of_kind": kind}


@cache
def _insert(dialect: str) -> Any:  # noqa: ANN401 - two kinds of Insert
    row = insert_into(marks, dialect).values(
        {name: bindparam(f"to_{name}") for name in ("school", "case", "kind", "value")}
    )
    return row.on_conflict_do_nothing()


@cache
def _shared(places: int) -> Select[Any]:
    """How many of these values each case has; a statement for every power of two, so that few are ever made."""
    query = select(marks.c.case, func.count()).where(
        marks.c.school == bindparam("of_school"),
        marks.c.kind == bindparam("of_kind"),
        marks.c.value.in_([bindparam(f"value_{place}") for place in range(places)]),
    )
    return query.group_by(marks.c.case)
