"""What cases are found by, in the journal: one row for each case and fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, func, insert, select

from casework.cases import CaseReference
from casework.records import Marks
from connectors.journal.schema import marks
from connectors.journal.session import Session

# SQLite takes 32,766 values in one statement; a hostile report may carry more files.
_VALUES_AT_ONCE = 500

_OF_CASE = select(marks.c.value).where(
    marks.c.school == bindparam("school"),
    marks.c.case == bindparam("case"),
    marks.c.kind == bindparam("kind"),
)
_SHARED = (
    select(marks.c.case, func.count())
    .where(
        marks.c.school == bindparam("school"),
        marks.c.kind == bindparam("kind"),
        marks.c.value.in_(bindparam("among", expanding=True)),
    )
    .group_by(marks.c.case)
)
_INSERT = insert(marks)


class SqlMarks(Marks):
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, case: CaseReference, kind: str, values: Iterable[str]) -> None:
        present = self.of(case, kind)
        fresh = [value for value in dict.fromkeys(values) if value and value not in present]
        if fresh:
            rows = [
                {"school": self._session.school, "kind": kind, "value": value, "case": case}
                for value in fresh
            ]
            self._session.connection.execute(_INSERT, rows)

    def replace(self, case: CaseReference, kind: str, values: Iterable[str]) -> None:
        wanted = {value for value in values if value}
        if wanted == self.of(case, kind):
            return
        here = (marks.c.school == self._session.school, marks.c.case == case, marks.c.kind == kind)
        self._session.connection.execute(delete(marks).where(*here))
        self.put(case, kind, wanted)

    def of(self, case: CaseReference, kind: str) -> frozenset[str]:
        here = {"school": self._session.school, "case": case, "kind": kind}
        return frozenset(self._session.connection.scalars(_OF_CASE, here))

    def shared(self, kind: str, values: Iterable[str]) -> Mapping[CaseReference, int]:
        wanted = [value for value in dict.fromkeys(values) if value]
        counted: Counter[CaseReference] = Counter()
        for start in range(0, len(wanted), _VALUES_AT_ONCE):
            among = wanted[start : start + _VALUES_AT_ONCE]
            facts = {"school": self._session.school, "kind": kind, "among": among}
            for case, number in self._session.connection.execute(_SHARED, facts):
                counted[CaseReference(case)] += number
        return counted
