"""One Microsoft tenant, asked by many hosts: lanes held while they are used, budgets drawn, pauses kept together."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog

from casework.budgets import GRANT_LIFE, Toll
from casework.errors import JournalError, TemporaryConnectorError
from connectors.journal import Answer, HeldLane, SqlLanes, Wish

LOG = structlog.get_logger("tenant")
LEASE = 20.0
"""Seconds after which the lanes of a host that died are free; kept up every second."""
IN_ADVANCE = 20
"""Units drawn at once, so that not every request asks the database."""
AGAIN = 0.06
"""Seconds between two questions whether a lane is free."""
HOLD_OFF = 0.3
"""Seconds in which a host that has let another have its lane takes none."""
LONGEST_PAUSE = 15.0
"""A request waits for the end of a pause that is shorter; from a longer one the job comes back by itself."""
LONGEST_WAIT = 600.0
"""A request that finds no lane for so long is handed back to its job."""


@dataclass(slots=True, eq=False)
class _Lane:
    """A lane that this host holds, by its own steady clock."""

    number: int
    until: float
    busy: bool
    idle_since: float
    leaving: bool = False


@dataclass(slots=True)
class _Grant:
    units: int
    until: float


class TenantGate:
    """Stands before one tenant in this process; what it knows of other hosts it asks the database."""

    def __init__(self, lanes: SqlLanes, tenant: str, *, holder: str) -> None:
        self.tenant = tenant
        self._sql = lanes
        self._holder = holder
        self._changed = threading.Condition()
        self._lanes: list[_Lane] = []
        self._grants: dict[str, _Grant] = {}
        self._paused: dict[str, float] = {}
        self._asking = False
        self._no_lane_before = 0.0
        self._no_units_before: dict[str, float] = {}

    @contextmanager
    def passing(self, *tolls: Toll) -> Iterator[None]:
        lane = self._enter(joined(tolls))
        try:
            yield
        finally:
            self._leave(lane)

    def pause(self, toll: Toll, seconds: float) -> None:
        LOG.warning("tenant.paused", tenant=self.tenant, seconds=seconds)
        with self._changed:
            self._paused[toll.purse] = max(self._paused.get(toll.purse, 0.0), time.monotonic() + seconds)
        try:
            self._sql.pause(self.tenant, toll.purse, seconds)
        except JournalError as error:
            LOG.warning("tenant.pause.kept_alone", reason=str(error))

    def paused_for(self) -> float:
        """Seconds until every pause that this host knows of is over."""
        with self._changed:
            return max(0.0, max(self._paused.values(), default=0.0) - time.monotonic())

    def _enter(self, tolls: Sequence[Toll]) -> _Lane | None:
        """A lane to use; None while the database cannot be asked: then each connection keeps to its own three."""
        limit = time.monotonic() + LONGEST_WAIT
        while True:
            with self._changed:
                lane = self._found(tolls, limit)
                if lane is not None:
                    return lane
                self._asking = True
                toll = self._lacking(tolls)
                wish = self._wish(toll)
            answer, asked_at = None, time.monotonic()
            try:
                answer = self._sql.ask(self.tenant, wish, holder=self._holder, seconds=LEASE)
            except JournalError as error:
                LOG.warning("tenant.asked_alone", reason=str(error))
                return None
            finally:
                with self._changed:
                    self._asking = False
                    if answer is not None:
                        self._take_in(toll, wish, answer, asked_at)
                    self._changed.notify_all()

    def _found(self, tolls: Sequence[Toll], limit: float) -> _Lane | None:
        """Wait until a lane and the units are here, or until it is this thread's turn to ask for them (None)."""
        while True:
            now = time.monotonic()
            until = max(self._paused.get(toll.purse, 0.0) for toll in tolls)
            _refuse_long_waits(until - now, now, limit)
            lane = next((one for one in self._lanes if not one.busy and _is_good(one, now)), None)
            if until <= now and lane and all(self._has_units(toll, now) for toll in tolls):
                self._pay(tolls)
                lane.busy = True
                return lane
            lacking = self._lacking(tolls)
            wait = max(0.0, until - now) or self._wait_to_ask(lacking, has_lane=lane is not None, now=now)
            if not wait and not self._asking:
                return None
            self._changed.wait(wait or AGAIN)

    def _lacking(self, tolls: Sequence[Toll]) -> Toll:
        """The first for which there are no units; any of them where all that is missing is a lane."""
        now = time.monotonic()
        return next((toll for toll in tolls if not self._has_units(toll, now)), tolls[0])

    def _wait_to_ask(self, toll: Toll, *, has_lane: bool, now: float) -> float:
        before = self._no_units_before.get(toll.purse, 0.0)
        if not has_lane:
            before = max(before, self._no_lane_before)
        return max(0.0, before - now)

    def _has_units(self, toll: Toll, now: float) -> bool:
        if not toll.budgets:
            return True
        grant = self._grants.get(toll.purse)
        return grant is not None and grant.until > now and grant.units >= toll.units

    def _pay(self, tolls: Iterable[Toll]) -> None:
        for toll in tolls:
            if toll.budgets:
                self._grants[toll.purse].units -= toll.units

    def _wish(self, toll: Toll) -> Wish:
        now = time.monotonic()
        has_lane = any(not lane.busy and _is_good(lane, now) for lane in self._lanes)
        return Wish(
            lane=not has_lane,
            purse=toll.purse,
            budgets=() if self._has_units(toll, now) else toll.budgets,
            least=toll.units,
            most=max(toll.units, IN_ADVANCE),
        )

    def _take_in(self, toll: Toll, wish: Wish, answer: Answer, asked_at: float) -> None:
        now = time.monotonic()
        if answer.pause:
            self._paused[toll.purse] = max(self._paused.get(toll.purse, 0.0), now + answer.pause)
        if answer.wait:
            self._no_units_before[toll.purse] = now + answer.wait
        if answer.units:
            self._grants[toll.purse] = _Grant(units=answer.units, until=asked_at + GRANT_LIFE)
        if answer.lane is not None:
            self._lanes.append(_Lane(number=answer.lane, until=asked_at + LEASE, busy=False, idle_since=now))
        elif wish.lane and not (answer.pause or answer.wait):
            self._no_lane_before = max(self._no_lane_before, now + AGAIN)

    def _leave(self, lane: _Lane | None) -> None:
        if lane is None:
            return
        with self._changed:
            lane.busy, lane.idle_since = False, time.monotonic()
            self._changed.notify_all()

    def kept(self, numbers: Iterable[HeldLane], *, asked_at: float) -> None:
        """Take in which lanes the database has for this host, and which of them others wait for."""
        with self._changed:
            known = {lane.number: lane for lane in numbers}
            for lane in self._lanes:
                if (seen := known.get(lane.number)) is not None:
                    lane.until = asked_at + LEASE
                    lane.leaving = lane.leaving or seen.wanted

    def given_up(self, *, idle_for: float) -> tuple[HeldLane, ...]:
        """Let go of lanes that nobody has used for so long, that others wait for, or that were lost."""
        with self._changed:
            now = time.monotonic()
            going = [
                lane
                for lane in self._lanes
                if not lane.busy
                and (lane.leaving or now - lane.idle_since >= idle_for or not _is_good(lane, now))
            ]
            if any(lane.leaving for lane in going):
                self._no_lane_before = now + HOLD_OFF
            self._lanes = [lane for lane in self._lanes if lane not in going]
            return tuple(HeldLane(tenant=self.tenant, number=lane.number) for lane in going)

    @property
    def holds_lanes(self) -> bool:
        with self._changed:
            return bool(self._lanes)


def joined(tolls: Sequence[Toll]) -> tuple[Toll, ...]:
    """One toll for each purse, whose units are those of all that come out of it."""
    purses: dict[str, Toll] = {}
    for toll in tolls:
        before = purses.get(toll.purse)
        purses[toll.purse] = replace(toll, units=toll.units + before.units) if before else toll
    return tuple(purses.values())


def _refuse_long_waits(pause: float, now: float, limit: float) -> None:
    if pause > LONGEST_PAUSE or now > limit:
        raise TemporaryConnectorError(
            "Microsoft 365 is busy with this organisation's requests and wants to be left alone for a while. "
            "Casework goes on by itself.",
            status=429,
            retry_after=max(pause, AGAIN),
        )


def _is_good(lane: _Lane, now: float) -> bool:
    return not lane.leaving and now < lane.until
