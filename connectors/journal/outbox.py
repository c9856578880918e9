"""The outbox: intents, the leases under which they are carried out, the ledger of all ever planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from threading import local
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    union_all,
    update,
)

from casework.cases import CaseReference
from casework.records import Json, Outbox, OutboxState, OutboxView, PlannedEffect
from connectors.journal.columns import moment_text
from connectors.journal.driver import Row
from connectors.journal.encoding import to_json
from connectors.journal.schema import outbox
from connectors.journal.sealing import sealer_for
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL, key_there, numbered_insert, rows_where

_UNFINISHED = (OutboxState.PLANNED.value, OutboxState.CLAIMED.value)
_UNBEGUN = (OutboxState.PLANNED.value, OutboxState.GATHERED.value, OutboxState.HELD_BACK.value)
LONGEST_WAIT = timedelta(hours=2)
"""Nothing waits for longer until it is tried again; what seems to was put off by a clock that was wrong."""
_NAMES = tuple(column.name for column in outbox.columns)
_OF_SCHOOL = outbox.c.school == bindparam(SCHOOL)
# A range and not LIKE: "_" and "%" are ordinary in keys, and the range can use the primary key.
_KEYS_STARTING = select(outbox.c.key).where(
    _OF_SCHOOL, outbox.c.key >= bindparam("first"), outbox.c.key <= bindparam("last")
)

_NEWEST = select(func.max(outbox.c.number)).where(_OF_SCHOOL)
_AFTER = select(outbox).where(_OF_SCHOOL, outbox.c.number > bindparam("after")).order_by(outbox.c.number)
_LATER = _AFTER.where(
    outbox.c.group == bindparam("of_group"),
    outbox.c.state != literal_column(f"'{OutboxState.CANCELLED.value}'"),
)


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
        self._waiting: dict[str, dict[str, Any]] = {}
        session.before_commit.append(self.write_what_waits)

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
        here = {SCHOOL: self._session.school, "is_key": key}
        if key in self._waiting or self._session.driver.rows(key_there(outbox, "key"), here):
            return False
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
        self._waiting[key] = {SCHOOL: self._session.school, **named}
        return True

    def write_what_waits(self) -> None:
        if self._waiting:
            rows = list(self._waiting.values())
            self._waiting.clear()
            row = numbered_insert(outbox, self._session.driver.kind, key="key", replaced=())
            self._session.driver.write_all(row, rows)

    def claim(self, *, lease: timedelta, key: str = "") -> PlannedEffect | None:
        if not self._rows(_any_unfinished()):
            return None
        self._session.driver.go_and_see()
        now = self._session.machine_clock()
        ready = _ready_one() if key else _next_ready()
        rows = self._rows(ready, is_now=moment_text(now), is_key=key)
        if not rows:
            return None
        found = dict(zip(_NAMES, rows[0], strict=True))
        changed = {
            "state": OutboxState.CLAIMED.value,
            "claims": found["claims"] + 1,
            "ready_at": moment_text(now + lease),
        }
        self._set(found["key"], **changed)
        self._claims.held[found["key"]] = changed["claims"]
        return self._effect({**found, **changed})

    def note(self, key: str, progress: Mapping[str, Json]) -> None:
        before = self._sealer.open(self._known(key)["progress"])
        merged = to_json({**before, **progress})
        self._set(key, only_claims=self._mine(key), progress=self._sealer.seal_once(merged))

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

    def hold_back(self, key: str) -> None:
        self._give_back(
            key, OutboxState.HELD_BACK, problem="", ready_at=None, claims=_attempts(self._known(key))
        )

    def get(self, key: str) -> PlannedEffect | None:
        found = self._effects(rows_where(outbox, ("key",)), is_key=key)
        return found[0] if found else None

    def unfinished(self) -> tuple[PlannedEffect, ...]:
        return self._effects(_in_states(_UNFINISHED))

    def cases_under_way(self) -> frozenset[CaseReference]:
        # nothing of the effects is unsealed for it
        return frozenset(CaseReference(case) for (case,) in self._rows(_cases_unfinished()))

    def needing_a_person(self) -> tuple[PlannedEffect, ...]:
        return self._effects(_in_states((OutboxState.NEEDS_A_PERSON.value,)))

    def gathered(self) -> tuple[PlannedEffect, ...]:
        return self._effects(_in_states((OutboxState.GATHERED.value,)))

    def held_back(self, *, most: int | None = None) -> tuple[PlannedEffect, ...]:
        held = (OutboxState.HELD_BACK.value,)
        return self._effects(_in_states(held)) if most is None else self._effects(_first_in(held), most=most)

    def let_go(self, key: str) -> bool:
        return self._set(key, only_in=(OutboxState.HELD_BACK.value,), state=OutboxState.PLANNED.value)

    def later_ones(self, effect: PlannedEffect) -> tuple[PlannedEffect, ...]:
        if not effect.group:
            return ()
        return self._effects(_LATER, of_group=effect.group, after=effect.number)

    def keys_starting(self, prefix: str) -> frozenset[str]:
        rows = self._rows(_KEYS_STARTING, first=prefix, last=prefix + "\U0010ffff")
        return frozenset(key for (key,) in rows)

    def newest_number(self) -> int:
        """The number of what was planned last; 0 if nothing ever was."""
        return self._rows(_NEWEST)[0][0] or 0

    def planned_after(self, number: int) -> tuple[PlannedEffect, ...]:
        """What was planned after the one of that number, in whatever state it is, in order of planning."""
        return self._effects(_AFTER, after=number)

    def cancel(self, key: str) -> bool:
        return self._set(key, only_in=_UNBEGUN, only_claims=0, state=OutboxState.CANCELLED.value)

    def release_claims(self) -> int:
        self.write_what_waits()
        if not self._rows(_claimed_or_waiting()):
            return 0
        too_far = moment_text(self._session.machine_clock() + LONGEST_WAIT)
        return self._session.driver.write(_release(), {SCHOOL: self._session.school, "too_far": too_far})

    def retry(self, key: str) -> bool:
        return self._set(
            key,
            only_in=(OutboxState.NEEDS_A_PERSON.value,),
            state=OutboxState.PLANNED.value,
            ready_at=None,
        )

    def leave(self, key: str) -> bool:
        needing = (OutboxState.NEEDS_A_PERSON.value,)
        return self._set(key, only_in=needing, state=OutboxState.CANCELLED.value, ready_at=None)

    def _give_back(
        self, key: str, state: OutboxState, *, problem: str, ready_at: str | None, **more: int
    ) -> None:
        self._known(key)
        given = {
            "state": state.value,
            "problem": self._sealer.seal_text(problem),
            "ready_at": ready_at,
            **more,
        }
        if self._set(key, only_in=_UNFINISHED, only_claims=self._mine(key), **given):
            self._claims.held.pop(key, None)

    def _known(self, key: str) -> Mapping[str, Any]:
        """The row of an effect, what stands sealed in it left so."""
        rows = self._rows(rows_where(outbox, ("key",)), is_key=key)
        if not rows:
            raise KeyError(f"Effect {key} was never planned; plan it before saying what became of it.")
        return dict(zip(_NAMES, rows[0], strict=True))

    def _set(
        self, key: str, *, only_in: tuple[str, ...] = (), only_claims: int | None = None, **values: Json
    ) -> bool:
        """Change one effect, if it is in one of these states and was claimed so often; any will do if not said."""
        self.write_what_waits()
        named = {f"to_{name}": value for name, value in values.items()}
        here = {SCHOOL: self._session.school, "is_key": key, "is_claims": only_claims}
        change = _change(tuple(values), only_in, counted=only_claims is not None)
        return self._session.driver.write(change, {**here, **named}) == 1

    def _mine(self, key: str) -> int | None:
        """The claims while nobody has claimed it since this thread did; a thread that never did is believed."""
        return self._claims.held.get(key)

    def _rows(self, query: Select[Any], **values: str | int) -> Sequence[Row]:
        self.write_what_waits()
        return self._session.driver.rows(query, {SCHOOL: self._session.school, **values})

    def _effects(self, query: Select[Any], **values: str | int) -> tuple[PlannedEffect, ...]:
        return tuple(self._effect(dict(zip(_NAMES, row, strict=True))) for row in self._rows(query, **values))

    def _effect(self, found: Mapping[str, Any]) -> PlannedEffect:
        return PlannedEffect(
            key=found["key"],
            number=found["number"],
            kind=found["kind"],
            payload=self._sealer.open(found["payload"]),
            case=None if found["case"] is None else CaseReference(found["case"]),
            group=found["group"],
            state=OutboxState(found["state"]),
            attempts=_attempts(found),
            progress=self._sealer.open(found["progress"]),
            problem=self._sealer.open_text(found["problem"]),
        )


def _attempts(found: Mapping[str, Any]) -> int:
    """How often it was claimed before; the claim under which it is being carried out is none of these."""
    is_claimed = found["state"] == OutboxState.CLAIMED.value
    return int(found["claims"]) - int(is_claimed)


@cache
def _next_ready() -> Select[Any]:
    """The first that may be taken. It is found for each state by itself, and then the first of these.

    By one order for both, SQLite would walk through everything that was ever done.
    """
    firsts = [
        _ready(state).order_by(outbox.c.number).limit(literal_column("1")).subquery() for state in _UNFINISHED
    ]
    found = union_all(*(select(first) for first in firsts)).subquery()
    return select(*(found.c[name] for name in _NAMES)).order_by(found.c.number).limit(literal_column("1"))


@cache
def _ready_one() -> Select[Any]:
    """The effect with the key `is_key`, if it may be taken."""
    return _ready(*_UNFINISHED).where(outbox.c.key == bindparam("is_key"))


def _ready(*states: str) -> Select[Any]:
    """Those in these states, not leased or waiting, and with no unfinished one of their group before them.

    Effects without a group wait for none.
    """
    earlier = outbox.alias("earlier")
    held_up = and_(
        outbox.c.group != "",
        exists().where(
            earlier.c.school == bindparam(SCHOOL),
            earlier.c.group == outbox.c.group,
            earlier.c.state.in_(_literals(_UNFINISHED)),
            earlier.c.number < outbox.c.number,
        ),
    )
    ready = or_(outbox.c.ready_at.is_(None), outbox.c.ready_at <= bindparam("is_now"))
    return select(outbox).where(_OF_SCHOOL, outbox.c.state.in_(_literals(states)), ready, not_(held_up))


@cache
def _claimed_or_waiting() -> Select[Any]:
    is_claimed = outbox.c.state == literal_column(f"'{OutboxState.CLAIMED.value}'")
    return _any_unfinished().where(or_(is_claimed, outbox.c.ready_at.is_not(None)))


@cache
def _any_unfinished() -> Select[Any]:
    unfinished = outbox.c.state.in_(_literals(_UNFINISHED))
    return select(literal_column("1")).where(_OF_SCHOOL, unfinished).limit(literal_column("1"))


@cache
def _cases_unfinished() -> Select[Any]:
    unfinished = outbox.c.state.in_(_literals(_UNFINISHED))
    return select(outbox.c.case).distinct().where(_OF_SCHOOL, unfinished, outbox.c.case.is_not(None))


@cache
def _release() -> Update:
    """Claims, and waits that no rule gives: those of a clock that was ahead."""
    is_claimed = outbox.c.state == literal_column(f"'{OutboxState.CLAIMED.value}'")
    is_planned = outbox.c.state == literal_column(f"'{OutboxState.PLANNED.value}'")
    freed = or_(is_claimed, and_(is_planned, outbox.c.ready_at > bindparam("too_far")))
    return update(outbox).where(_OF_SCHOOL, freed).values(state=OutboxState.PLANNED.value, ready_at=None)


@cache
def _in_states(states: tuple[str, ...]) -> Select[Any]:
    query = select(outbox).where(_OF_SCHOOL, outbox.c.state.in_(_literals(states)))
    return query.order_by(outbox.c.number)


@cache
def _first_in(states: tuple[str, ...]) -> Select[Any]:
    return _in_states(states).limit(bindparam("most"))


@cache
def _change(columns: tuple[str, ...], states: tuple[str, ...], *, counted: bool) -> Update:
    change = update(outbox).where(_OF_SCHOOL, outbox.c.key == bindparam("is_key"))
    if states:
        change = change.where(outbox.c.state.in_(_literals(states)))
    if counted:
        change = change.where(outbox.c.claims == bindparam("is_claims"))
    return change.values({name: bindparam(f"to_{name}") for name in columns})


def _literals(states: tuple[str, ...]) -> list[ColumnElement[str]]:
    """Our own states, written into the statement: a list of bound values would be unfolded at every run."""
    return [literal_column(f"'{state}'") for state in states]
