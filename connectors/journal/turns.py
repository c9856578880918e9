"""Whose turn it is among the schools of one journal: slots of the clock, leases, and when each is looked at next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Update,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType

from casework.errors import TurnLostError
from connectors.journal.database import engine_for, let_go_of, place_of
from connectors.journal.database_clock import clock_of, is_over, now_of, seconds_now
from connectors.journal.driver import Driver
from connectors.journal.schema import ticks, turns
from connectors.journal.statements import SCHOOL, insert_into
from connectors.journal.troubles import in_words
from connectors.journal.versions import VERSION, VERSIONS, bring_up_to_date, refuse_newer_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class DueSchool:
    """A school that is to be looked at now.

    Attributes:
        late: seconds since it was due.
    """

    code: str
    urgent: bool
    late: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A lease on a school: nobody else sweeps it meanwhile.

    Attributes:
        holder: unique to this turn.
    """

    school: str
    holder: str


def open_turns(url: str) -> SqlTurns:
    """Open the turns of the journals on a server; `close` afterwards. An older database is migrated.

    Raises:
        JournalError: names the server, the reason and the next step.
    """
    place = place_of(url)
    with in_words(place.name):
        engine = engine_for(place, patience=30.0)
        try:
            bring_up_to_date(engine, place)
        except BaseException:
            let_go_of(engine, place)
            raise
    return SqlTurns(engine, place.name, close=lambda: let_go_of(engine, place))


class SqlTurns:
    """The turns of all schools in one database. Every time is the database's own: hosts' clocks may differ."""

    def __init__(self, engine: Engine, name: str, *, close: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._name = name
        self.close = close

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with in_words(self._name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _driver(self) -> Iterator[tuple[Driver, _Statements]]:
        """For what every sweep asks: the statements are made once."""
        with self._connected() as connection:
            driver = Driver(connection)
            try:
                yield driver, _statements(connection.dialect.name)
            finally:
                driver.close()

    def take_slot(self, job: str, every: float) -> bool:
        """True for the one host that asks first in this slot of the job's clock.

        Slots are counted by the database's clock, so that hosts whose clocks differ agree on them. Those of long
        before are forgotten, and those to come too: they are from before the database's clock was set back.

        Args:
            job: which clock.
            every: seconds that a slot lasts.

        Raises:
            NewerJournalError: hosts with a newer program are at work; this one must end.
        """
        with self._connected() as connection:
            refuse_newer_rows(str(connection.scalar(VERSION)), self._name)
            slot = int(seconds_now(connection) // every)
            newest = connection.scalar(select(func.max(ticks.c.slot)).where(ticks.c.job == job))
            if newest == slot:
                return False
            first = insert_into(ticks, connection.dialect.name).on_conflict_do_nothing()
            is_first = bool(connection.execute(first, {"job": job, "slot": slot}).rowcount)
            others = or_(ticks.c.slot < slot - KEPT_SLOTS, ticks.c.slot > slot)
            connection.execute(delete(ticks).where(ticks.c.job == job, others))
            return is_first

    def enrol(self, schools: Mapping[str, float]) -> None:
        """Give a turn to each school that has none yet, and take it from those that have left the trust.

        A school that this host alone does not have (its file was not copied yet, or cannot be read here) keeps its
        turn: the others look at it. One that nobody has looked at long after it was due has left, or is paused.

        Args:
            schools: by code, in how many seconds a new one is first looked at.
        """
        with self._connected() as connection:
            known = set(connection.scalars(select(turns.c.school)))
            now = seconds_now(connection)
            new = [
                {"school": code, "look_at": now + wait, "urgent": 0, "ran": "{}"}
                for code, wait in schools.items()
                if code not in known
            ]
            gone = known - schools.keys()
            if gone:
                connection.execute(
                    delete(turns).where(turns.c.school.in_(sorted(gone)), turns.c.look_at < now - LEFT_ALONE)
                )
        for row in new:
            self._insert(row)

    def _insert(self, row: Mapping[str, object]) -> None:
        try:
            with self._connected() as connection:
                connection.execute(insert(turns).values(**row))
        except IntegrityError:
            return  # another host has just enrolled it

    def due(self, most: int) -> tuple[DueSchool, ...]:
        """The schools that are to be looked at now and that nobody is looking at: urgent ones and the latest first."""
        with self._connected() as connection:
            now = now_of(connection)
            rows = connection.execute(
                select(turns.c.school, turns.c.urgent, (now - turns.c.look_at).label("late"))
                .where(_due(now), _free(now))
                .order_by(turns.c.urgent.desc(), turns.c.look_at)
                .limit(most)
            )
            return tuple(
                DueSchool(code=row.school, urgent=bool(row.urgent), late=float(row.late)) for row in rows
            )

    def is_due(self, school: str) -> bool:
        """True if the school is to be looked at now and nobody is looking at it."""
        with self._driver() as (driver, made):
            return bool(driver.rows(made.due, {SCHOOL: school}))

    def take(self, school: str, *, holder: str, seconds: float) -> Turn | None:
        """Lease the school, or None while another holds it. A school without a turn is given one."""
        with self._driver() as (driver, made):
            wanted = {SCHOOL: school, "of_holder": holder, "for_seconds": seconds}
            taken = driver.write(made.take, wanted)
            is_known = taken or driver.rows(made.ran, {SCHOOL: school})
        if taken:
            return Turn(school=school, holder=holder)
        if is_known:
            return None
        self.enrol_one(school)
        return self.take(school, holder=holder, seconds=seconds)

    def enrol_one(self, school: str) -> None:
        with self._connected() as connection:
            now = seconds_now(connection)
        self._insert({"school": school, "look_at": now, "urgent": 0, "ran": "{}"})

    def renew(self, turn: Turn, *, seconds: float) -> bool:
        """Hold on for so long from now; False if another has taken the school over."""
        with self._driver() as (driver, made):
            held = {SCHOOL: turn.school, "of_holder": turn.holder, "for_seconds": seconds}
            return bool(driver.write(made.renew, held))

    def give_back(self, turn: Turn) -> bool:
        """End the turn; False if another has taken the school over, whose turn it then remains."""
        with self._driver() as (driver, made):
            return bool(driver.write(made.give_back, {SCHOOL: turn.school, "of_holder": turn.holder}))

    def ago(self, school: str) -> Mapping[str, float]:
        """By job, how many seconds ago it was last run; a job that never was is missing."""
        with self._driver() as (driver, made):
            rows = driver.rows(made.ran, {SCHOOL: school})
        return {name: now - float(at) for ran, now in rows for name, at in json.loads(ran).items()}

    def note(self, school: str, *, ran: Iterable[str], look_in: float, urgent: bool = False) -> None:
        """Remember that these jobs were run now, and in how many seconds the school is to be looked at again."""
        with self._driver() as (driver, made):
            for before, now in driver.rows(made.ran_and_lock, {SCHOOL: school}):
                noted = {
                    "to_look_at": now + min(look_in, FARTHEST),
                    "to_urgent": int(urgent),
                    "to_ran": json.dumps({**json.loads(before), **dict.fromkeys(ran, now)}),
                }
                driver.write(made.note, {SCHOOL: school, **noted})

    def look_now(self, school: str) -> None:
        """Let the school be looked at as soon as somebody is free."""
        with self._connected() as connection:
            connection.execute(
                update(turns).where(turns.c.school == school).values(look_at=now_of(connection))
            )


KEPT_SLOTS = 10
LEFT_ALONE = 600.0
"""Seconds for which nobody has looked at a school that was due: then no host has its file any more."""
FARTHEST = 3600.0
"""Seconds for which a school is put off at most: one put off for longer was so before the clock was set back."""


_HOLDER = select(turns.c.holder, VERSION.scalar_subquery()).where(turns.c.school == bindparam(SCHOOL))


def refuse_if_lost(driver: Driver, school: str, holder: str, *, place: str) -> None:
    """Ask it inside the transaction whose writing depends on it.

    Raises:
        NewerJournalError: hosts with a newer program are at work, whose rows this one does not know.
        TurnLostError: the school is no longer this holder's.
    """
    now, version = next(iter(driver.rows(_HOLDER, {SCHOOL: school})), ("", VERSIONS[-1]))
    refuse_newer_rows(version, place)
    if now != holder:
        raise TurnLostError(
            "This host was too slow, and another has taken the school over: it goes on there. "
            "Nothing was lost, and there is nothing to do."
        )


def _due(now: ColumnElement[float]) -> ColumnElement[bool]:
    return or_(turns.c.look_at <= now, turns.c.look_at > now + FARTHEST)


def _free(now: ColumnElement[float]) -> ColumnElement[bool]:
    return or_(turns.c.holder.is_(None), is_over(turns.c.until, now))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Statements:
    """All about one school, and for some about the holder of its turn."""

    due: Select[Any]
    take: Update
    renew: Update
    give_back: Update
    ran: Select[Any]
    ran_and_lock: Select[Any]
    note: Update


@cache
def _statements(dialect: str) -> _Statements:
    now, holder = clock_of(dialect), bindparam("of_holder", type_=turns.c.holder.type)
    until = now + bindparam("for_seconds", type_=turns.c.until.type)
    of_school = turns.c.school == bindparam(SCHOOL)
    held = (of_school, turns.c.holder == holder)
    # as the driver gives it: a float
    ran = select(turns.c.ran, type_coerce(now, NullType())).where(of_school)
    return _Statements(
        due=select(turns.c.school).where(of_school, _due(now), _free(now)),
        take=update(turns)
        .where(of_school, or_(_free(now), turns.c.holder == holder))
        .values(holder=holder, until=until),
        renew=update(turns).where(*held).values(until=until),
        give_back=update(turns).where(*held).values(holder=None, until=None),
        ran=ran,
        ran_and_lock=ran.with_for_update(),
        note=update(turns)
        .where(of_school)
        .values({name: bindparam(f"to_{name}") for name in ("look_at", "urgent", "ran")}),
    )
