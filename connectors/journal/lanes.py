"""What many hosts ask of one Microsoft tenant: lanes, budgets and pauses, by the database's own clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    Update,
    UpdateBase,
    bindparam,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

from casework.budgets import Budget, Purse, draw
from connectors.journal.columns import Words
from connectors.journal.database import engine_for, let_go_of, place_of
from connectors.journal.database_clock import clock_of, is_over, seconds_now
from connectors.journal.driver import Driver
from connectors.journal.schema import lanes, purses
from connectors.journal.statements import insert_into
from connectors.journal.troubles import in_words
from connectors.journal.versions import bring_up_to_date

LONGEST_PAUSE = 3600.0
"""Seconds; a pause that would last longer was begun before the database's clock was set back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a host asks for before it sends requests.

    Attributes:
        lane: it needs one.
        budgets: of the purse; none where nothing is counted.
        least: units without which nothing is drawn.
        most: units that are drawn in advance if there are so many.
    """

    lane: bool
    purse: str
    budgets: tuple[Budget, ...] = ()
    least: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the host gets.

    Attributes:
        lane: the number of one that is the host's now; None if none was asked for, or none is free.
        units: may be spent soon; 0 if there was not enough.
        wait: seconds until the budget allows the least; 0 if it does.
        pause: seconds for which the service wants to be left alone; 0 if it does not.
    """

    lane: int | None = None
    units: int = 0
    wait: float = 0.0
    pause: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldLane:
    """A lane of this host's; `wanted` says that another host waits for it."""

    tenant: str
    number: int
    wanted: bool = False


class SqlLanes:
    """The lanes and purses of all tenants in one database."""

    def __init__(self, url: str, *, at_once: int) -> None:
        """Name the database; it is opened when it is first asked. `close` afterwards.

        Args:
            url: of the server where the hosts' journals lie.
            at_once: requests to one tenant that may run at the same time, all hosts together.

        Raises:
            JournalError: it is no address of a database.
        """
        place = place_of(url)
        self._place = place
        self._at_once = at_once
        self._engine: Engine = engine_for(place, patience=30.0)
        self._is_current = False

    def close(self) -> None:
        let_go_of(self._engine, self._place)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with in_words(self._place.name):
            if not self._is_current:
                bring_up_to_date(self._engine, self._place)
                self._is_current = True
            with self._engine.begin() as connection:
                yield connection

    @contextmanager
    def _asked(self) -> Iterator[_Asked]:
        """For what is asked many times a second."""
        with self._connected() as connection:
            driver = Driver(connection)
            try:
                yield _Asked(connection=connection, driver=driver, made=_statements(connection.dialect.name))
            finally:
                driver.close()

    def ask(self, tenant: str, wish: Wish, *, holder: str, seconds: float) -> Answer:
        """Draw from the purse, and take a lane for so many seconds where one is needed and free.

        Where the purse is paused or empty no lane is taken: nobody holds one in order to wait.

        Raises:
            JournalError: the database cannot be used.
        """
        with self._asked() as asked:
            units, wait, pause = _drawn(asked, tenant, wish)
            if pause or wait or not wish.lane:
                return Answer(units=units, wait=wait, pause=pause)
            lane = _take(asked, tenant, holder, seconds)
            if lane is None and self._make(asked.connection, tenant):
                lane = _take(asked, tenant, holder, seconds)
            if lane is None:
                _want(asked, tenant, holder)
            return Answer(lane=lane, units=units)

    def _make(self, connection: Connection, tenant: str) -> bool:
        """Give a tenant its lanes, at its first request ever; False if it has them."""
        if connection.scalar(select(lanes.c.number).where(lanes.c.tenant == tenant).limit(1)) is not None:
            return False
        rows = [{"tenant": tenant, "number": number, "wanted": 0} for number in range(self._at_once)]
        connection.execute(insert_into(lanes, connection.dialect.name).on_conflict_do_nothing(), rows)
        return True

    def keep(self, holder: str, *, seconds: float) -> tuple[HeldLane, ...]:
        """Hold all lanes of the holder for so long from now; a lane that is not among them was lost."""
        with self._asked() as asked:
            rows = asked.driver.rows(asked.made.keep, {"of_holder": holder, "for_seconds": seconds})
        return tuple(
            HeldLane(tenant=tenant, number=number, wanted=bool(wanted)) for tenant, number, wanted in rows
        )

    def give_back(self, holder: str, given: Iterable[HeldLane]) -> None:
        """Let others have these lanes; one that another took meanwhile stays theirs."""
        with self._asked() as asked:
            for lane in given:
                here = {"of_tenant": lane.tenant, "of_number": lane.number, "of_holder": holder}
                asked.driver.write(asked.made.give_back, here)

    def pause(self, tenant: str, purse: str, seconds: float) -> None:
        """Let nobody draw from the purse for so long; a pause that lasts longer already stays."""
        with self._connected() as connection:
            now = seconds_now(connection)
            until = now + min(seconds, LONGEST_PAUSE)
            row = {"tenant": tenant, "name": purse, "level": 0.0, "at": 0.0, "paused_until": 0.0}
            connection.execute(insert_into(purses, connection.dialect.name).on_conflict_do_nothing(), [row])
            connection.execute(
                update(purses)
                .where(purses.c.tenant == tenant, purses.c.name == purse)
                .where(or_(purses.c.paused_until < until, purses.c.paused_until > now + LONGEST_PAUSE))
                .values(paused_until=until)
            )


def _drawn(asked: _Asked, tenant: str, wish: Wish) -> tuple[int, float, float]:
    """Units, seconds to wait for the budget, seconds of the pause."""
    budgets = {f"{wish.purse} {budget.seconds:g}": budget for budget in wish.budgets}
    rows = _locked(asked, tenant, (wish.purse, *budgets))
    if missing := budgets.keys() - rows.keys():
        _fill(asked.connection, tenant, {name: budgets[name] for name in missing})
        rows = _locked(asked, tenant, (wish.purse, *budgets))
    if not rows:
        return 0, 0.0, 0.0
    # asked only now: it took a while to get the locks
    ((now,),) = asked.driver.rows(asked.made.now, {})
    pause = rows[wish.purse].paused_until - now if wish.purse in rows else 0.0
    if pause > LONGEST_PAUSE:
        pause = 0.0
    if pause > 0 or not budgets:
        return 0, 0.0, max(0.0, pause)
    kept = {name: Purse(level=rows[name].level, at=rows[name].at) for name in budgets}
    drawn = [draw(budgets[name], kept[name], now=now, least=wish.least, most=wish.most) for name in budgets]
    if any(one.units == 0 for one in drawn):
        return 0, max(one.wait for one in drawn), 0.0
    # every purse gives as much as the scarcest
    units = min(one.units for one in drawn)
    for name, budget in budgets.items():
        after = draw(budget, kept[name], now=now, least=units, most=units).purse
        there = {"of_tenant": tenant, "of_name": name, "to_level": after.level, "to_at": after.at}
        asked.driver.write(asked.made.draw, there)
    return units, 0.0, 0.0


def _locked(asked: _Asked, tenant: str, names: Sequence[str]) -> Mapping[str, _PurseRow]:
    """The purses by name, locked in the order of their names; one that nobody has used yet is missing."""
    values = {f"of_name_{number}": name for number, name in enumerate(names)}
    rows = asked.driver.rows(_purses(len(names)), {"of_tenant": tenant, **values})
    return {
        name: _PurseRow(level=level, at=at, paused_until=paused_until)
        for name, level, at, paused_until in rows
    }


def _fill(connection: Connection, tenant: str, budgets: Mapping[str, Budget]) -> None:
    """Lay out purses that nobody has used yet: full."""
    now = seconds_now(connection)
    rows = [
        {"tenant": tenant, "name": name, "level": budget.most_at_once, "at": now, "paused_until": 0.0}
        for name, budget in sorted(budgets.items())
    ]
    connection.execute(insert_into(purses, connection.dialect.name).on_conflict_do_nothing(), rows)


def _take(asked: _Asked, tenant: str, holder: str, seconds: float) -> int | None:
    wanted = {"of_tenant": tenant, "of_holder": holder, "for_seconds": seconds}
    taken = asked.driver.rows(asked.made.take, wanted)
    return int(taken[0][0]) if taken else None


def _want(asked: _Asked, tenant: str, holder: str) -> None:
    """Ask the host with the most lanes for one of them, unless this host has about as many itself."""
    rows = asked.driver.rows(asked.made.lanes, {"of_tenant": tenant})
    if any(wanted for _, _, wanted in rows):
        return
    held = Counter(one for _, one, _ in rows if one)
    mine = held.pop(holder, 0)
    richest = max(held, key=lambda one: held[one], default=None)
    if richest is None or (mine and held[richest] < mine + 2):
        return
    lane = min(number for number, one, _ in rows if one == richest)
    asked.driver.write(asked.made.want, {"of_tenant": tenant, "of_number": lane, "of_holder": richest})


@dataclass(frozen=True, kw_only=True, slots=True)
class _PurseRow:
    level: float
    at: float
    paused_until: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """One transaction, for statements that are made once."""

    connection: Connection
    driver: Driver
    made: _Statements


@dataclass(frozen=True, kw_only=True, slots=True)
class _Statements:
    now: Select[Any]
    take: UpdateBase
    keep: UpdateBase
    give_back: Update
    lanes: Select[Any]
    want: Update
    draw: Update


@cache
def _statements(dialect: str) -> _Statements:
    now = clock_of(dialect)
    tenant, number = bindparam("of_tenant", type_=Words()), bindparam("of_number", type_=Integer())
    holder = bindparam("of_holder", type_=Words())
    until = now + bindparam("for_seconds", type_=lanes.c.until.type)
    of_tenant, held = lanes.c.tenant == tenant, lanes.c.holder == holder
    free = (
        select(lanes.c.number)
        .where(of_tenant, or_(lanes.c.holder.is_(None), is_over(lanes.c.until, now)))
        .order_by(lanes.c.number)
        .limit(literal_column("1"))
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    one = update(lanes).where(of_tenant, lanes.c.number == number, held)
    purse = update(purses).where(purses.c.tenant == tenant, purses.c.name == bindparam("of_name"))
    return _Statements(
        now=select(type_coerce(now, NullType())),
        take=update(lanes)
        .where(of_tenant, lanes.c.number == free)
        .values(holder=holder, until=until, wanted=literal_column("0"))
        .returning(lanes.c.number),
        keep=update(lanes)
        .where(held)
        .values(until=until)
        .returning(lanes.c.tenant, lanes.c.number, lanes.c.wanted),
        give_back=one.values(holder=null(), until=null(), wanted=literal_column("0")),
        lanes=select(lanes.c.number, lanes.c.holder, lanes.c.wanted).where(of_tenant),
        want=one.values(wanted=literal_column("1")),
        draw=purse.values(level=bindparam("to_level"), at=bindparam("to_at")),
    )


@cache
def _purses(names: int) -> Select[Any]:
    """So many purses of a tenant, locked."""
    wanted = [bindparam(f"of_name_{number}", type_=Words()) for number in range(names)]
    figures = [type_coerce(purses.c[name], NullType()) for name in ("level", "at", "paused_until")]
    return (
        select(purses.c.name, *figures)
        .where(purses.c.tenant == bindparam("of_tenant", type_=Words()), purses.c.name.in_(wanted))
        .order_by(purses.c.name)
        .with_for_update()
    )
