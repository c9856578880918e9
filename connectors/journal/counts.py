"""How much there is of each thing in the journal, counted by the database: reading ten thousand cases would take long."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from casework.letters import OPEN_STATES
from casework.records import OutboxState, SightingState
from connectors.journal import schema
from connectors.journal.session import Session


class SqlCounts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open_cases(self) -> int:
        cases = schema.cases.c
        return self._count(cases.school == self._session.school, cases.closed_at.is_(None))

    def open_letters(self) -> int:
        letters = schema.letters.c
        states = sorted(state.value for state in OPEN_STATES)
        return self._count(letters.school == self._session.school, letters.state.in_(states))

    def effects(self, *states: OutboxState) -> int:
        outbox = schema.outbox.c
        wanted = [state.value for state in states]
        return self._count(outbox.school == self._session.school, outbox.state.in_(wanted))

    def set_aside(self) -> int:
        """Messages that were tried and that a person must look at."""
        sightings = schema.sightings.c
        waiting = sightings.state == SightingState.NEEDS_A_PERSON.value
        return self._count(sightings.school == self._session.school, waiting)

    def _count(self, *where: ColumnElement[bool]) -> int:
        return self._session.connection.scalar(select(func.count()).where(*where)) or 0
