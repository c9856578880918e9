"""How much there is of each thing in the journal, counted by the database: reading ten thousand cases would take long."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select

from casework.letters import OPEN_STATES
from casework.marks import MarkKind
from casework.records import DEADLINES_OF, OutboxState, SightingState
from connectors.journal import schema
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL


class SqlCounts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open_cases(self) -> int:
        return self._count(_open_cases())

    def waiting_cases(self) -> int:
        """How many open cases wait for others."""
        return self._count(_waiting_cases())

    def open_letters(self) -> int:
        return self._count(_in_state(schema.letters.c.state, tuple(state.value for state in OPEN_STATES)))

    def effects(self, *states: OutboxState) -> int:
        return self._count(_in_state(schema.outbox.c.state, tuple(state.value for state in states)))

    def set_aside(self) -> int:
        """Messages that were tried and that a person must look at."""
        return self._count(_in_state(schema.sightings.c.state, (SightingState.NEEDS_A_PERSON.value,)))

    def deadlines_by(self, day: date) -> tuple[date, ...]:
        """The deadlines of open cases that are due on this day or were before, as they were kept beside the cases."""
        self._session.write_what_waits()
        after = (day + timedelta(days=1)).isoformat()
        here = {SCHOOL: self._session.school, "is_after": after}
        rows = self._session.driver.rows(_late_cases(), here)
        return tuple(date.fromisoformat(one) for (days,) in rows for one in days.split() if one < after)

    def _count(self, query: Select[Any]) -> int:
        self._session.write_what_waits()
        ((number,),) = self._session.driver.rows(query, {SCHOOL: self._session.school})
        return int(number)


@cache
def _open_cases() -> Select[Any]:
    cases = schema.cases.c
    return select(func.count()).where(cases.school == bindparam(SCHOOL), cases.closed_at.is_(None))


@cache
def _waiting_cases() -> Select[Any]:
    marks = schema.marks.c
    kind: ColumnElement[str] = literal_column(f"'{MarkKind.WAITING}'")
    return select(func.count()).where(marks.school == bindparam(SCHOOL), marks.kind == kind)


@cache
def _late_cases() -> Select[Any]:
    """Kept deadlines begin with the first one, so that comparing the text compares that."""
    cursors, cases = schema.cursors.c, schema.cases.c
    return select(cursors.value).where(
        cursors.school == bindparam(SCHOOL),
        cursors.name.like(literal_column(f"'{DEADLINES_OF}%'")),
        cursors.value < bindparam("is_after"),
        func.substr(cursors.name, literal_column(str(len(DEADLINES_OF) + 1))).in_(
            select(cases.reference).where(cases.school == bindparam(SCHOOL), cases.closed_at.is_(None))
        ),
    )


@cache
def _in_state(column: ColumnElement[str], states: tuple[str, ...]) -> Select[Any]:
    """How many rows are in one of these states; they are our own words, and so written into the statement."""
    wanted: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in sorted(states)]
    school = column.table.c.school
    return select(func.count()).where(school == bindparam(SCHOOL), column.in_(wanted))
