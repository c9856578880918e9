"""The outbox: intents, the leases under which they are carried out, the ledger of all ever planned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from threading import local
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Row,
    and_,
    exists,
    not_,
    or_,
    select,
    update,
)

from casework.cases import CaseReference
from casework.records import Json, Outbox, OutboxState, OutboxView, PlannedEffect
from connectors.journal.columns import moment_text
from connectors.journal.encoding import to_json
from connectors.journal.schema import outbox
from connectors.journal.sealing import sealer_for
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL, numbered_insert, rows_where

_UNFINISHED = (OutboxState.PLANNED.value, OutboxState.CLAIMED.value)


class ClaimsOfThread(local):
    """Which claims this thread holds: it cannot give back what another took after the lease ran out."""

    def __init__(self) -> None:
        self.held: dict[str, int] = {}


class SqlOutbox(Outbox, OutboxView):
    """Both roles of the outbox over one table."""

    def __init__(self, session: Session, claims: ClaimsOfThread) -> None:
        self._session = session
        self._claims = claims
        self._sealer = sealer_for(session.chain_key)

    def plan(
        self,
        *,
        key: str,
        kind: str,
        payload: Mapping[str, Json],
        case: CaseReference | None,
        group: str,
        state: OutboxState = OutboxState.PLANNED,
    ) -> bool:
        connection = self._session.connection
        row = numbered_insert(outbox, connection.dialect.name, key="key", replaced=())
        facts = {
            "key": key,
            "kind": kind,
            "payload": self._sealer.seal(to_json(payload)),
            "case": case,
            "group": group,
            "state": state.value,
            "claims": 0,
            "progress": {},
            "problem": "",
            "ready_at": None,
        }
        named = {f"to_{name}": value for name, value in facts.items()}
        return connection.execute(row, {SCHOOL: self._session.school, **named}).rowcount == 1

    def claim(self, *, lease: timedelta) -> PlannedEffect | None:
        now = self._session.machine_clock()
        ready = or_(outbox.c.ready_at.is_(None), outbox.c.ready_at <= moment_text(now))
        query = select(outbox).where(
            self._of_school(), outbox.c.state.in_(_UNFINISHED), ready, not_(self._held_up())
        )
        row = self._session.connection.execute(query.order_by(outbox.c.number).limit(1)).first()
        if row is None:
            return None
        claims = row.claims + 1
        self._set(
            row.key,
            state=OutboxState.CLAIMED.value,
            claims=claims,
            ready_at=moment_text(now + lease),
        )
        self._claims.held[row.key] = claims
        return self.get(row.key)

    def note(self, key: str, progress: Mapping[str, Json]) -> None:
        self._set(key, self._mine(key), progress=to_json({**self._known(key).progress, **progress}))

    def finish(self, key: str) -> None:
        # Done is done, even by one whose lease ran out meanwhile: nobody needs to do it again.
        self._known(key)
        self._claims.held.pop(key, None)
        self._set(key, state=OutboxState.DONE.value, problem="", ready_at=None)

    def postpone(self, key: str, *, wait: timedelta, problem: str) -> None:
        ready_at = moment_text(self._session.machine_clock() + wait)
        self._give_back(key, OutboxState.PLANNED, problem=problem, ready_at=ready_at)

    def give_up(self, key: str, *, problem: str) -> None:
        self._give_back(key, OutboxState.NEEDS_A_PERSON, problem=problem, ready_at=None)

    def get(self, key: str) -> PlannedEffect | None:
        query = rows_where(outbox, ("key",))
        row = self._session.connection.execute(query, {SCHOOL: self._session.school, "is_key": key}).first()
        return self._effect(row) if row else None

    def unfinished(self) -> tuple[PlannedEffect, ...]:
        return self._find(outbox.c.state.in_(_UNFINISHED))

    def needing_a_person(self) -> tuple[PlannedEffect, ...]:
        return self._find(outbox.c.state == OutboxState.NEEDS_A_PERSON.value)

    def gathered(self) -> tuple[PlannedEffect, ...]:
        return self._find(outbox.c.state == OutboxState.GATHERED.value)

    def keys_starting(self, prefix: str) -> frozenset[str]:
        # A range and not LIKE: "_" and "%" are ordinary in keys, and the range can use the primary key.
        last = prefix + "\U0010ffff"
        query = select(outbox.c.key).where(self._of_school(), outbox.c.key >= prefix, outbox.c.key <= last)
        return frozenset(self._session.connection.scalars(query))

    def cancel(self, key: str) -> bool:
        unbegun = outbox.c.state.in_((OutboxState.PLANNED.value, OutboxState.GATHERED.value))
        untouched = and_(unbegun, outbox.c.claims == 0)
        return self._set(key, untouched, state=OutboxState.CANCELLED.value)

    def release_claims(self) -> int:
        claimed = update(outbox).where(self._of_school(), outbox.c.state == OutboxState.CLAIMED.value)
        released = claimed.values(state=OutboxState.PLANNED.value, ready_at=None)
        return self._session.connection.execute(released).rowcount

    def retry(self, key: str) -> bool:
        waits = outbox.c.state == OutboxState.NEEDS_A_PERSON.value
        return self._set(key, waits, state=OutboxState.PLANNED.value, ready_at=None)

    def _give_back(self, key: str, state: OutboxState, *, problem: str, ready_at: str | None) -> None:
        self._known(key)
        mine = and_(outbox.c.state.in_(_UNFINISHED), self._mine(key))
        if self._set(key, mine, state=state.value, problem=problem, ready_at=ready_at):
            self._claims.held.pop(key, None)

    def _known(self, key: str) -> PlannedEffect:
        effect = self.get(key)
        if effect is None:
            raise KeyError(f"Effect {key} was never planned; plan it before saying what became of it.")
        return effect

    def _set(self, key: str, *where: ColumnExpressionArgument[bool], **values: Any) -> bool:  # noqa: ANN401 - columns
        change = update(outbox).where(self._of_school(), outbox.c.key == key, *where).values(**values)
        return self._session.connection.execute(change).rowcount == 1

    def _mine(self, key: str) -> ColumnElement[bool]:
        """That nobody has claimed it since this thread did; a thread that never claimed it is believed."""
        claims = self._claims.held.get(key)
        return outbox.c.claims == (outbox.c.claims if claims is None else claims)

    def _held_up(self) -> ColumnElement[bool]:
        """That an earlier effect of the same group is unfinished. Effects without a group wait for none."""
        earlier = outbox.alias("earlier")
        return and_(
            outbox.c.group != "",
            exists().where(
                earlier.c.school == self._session.school,
                earlier.c.group == outbox.c.group,
                earlier.c.state.in_(_UNFINISHED),
                earlier.c.number < outbox.c.number,
            ),
        )

    def _of_school(self) -> ColumnElement[bool]:
        return outbox.c.school == self._session.school

    def _find(self, where: ColumnElement[bool]) -> tuple[PlannedEffect, ...]:
        query = select(outbox).where(self._of_school(), where).order_by(outbox.c.number)
        return tuple(self._effect(row) for row in self._session.connection.execute(query))

    def _effect(self, row: Row[Any]) -> PlannedEffect:
        state = OutboxState(row.state)
        current = 1 if state is OutboxState.CLAIMED else 0
        return PlannedEffect(
            key=row.key,
            number=row.number,
            kind=row.kind,
            payload=self._sealer.open(row.payload),
            case=None if row.case is None else CaseReference(row.case),
            group=row.group,
            state=state,
            attempts=row.claims - current,
            progress=row.progress,
            problem=row.problem,
        )
