"""A machine whose clock is set back goes on at once: nobody waits until the clock has come to where it was."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from connectors.engine import EmbeddedEngine, Wake, clock_jumps


class Clock:
    """The machine's own, which a test sets."""

    def __init__(self) -> None:
        self.set_by = 0.0

    def __call__(self) -> float:
        return time.time() + self.set_by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    real = clock_jumps.WakesAfterSetBack
    monkeypatch.setattr(clock_jumps, "LOOK_EVERY", 0.02)
    monkeypatch.setattr("connectors.engine.WakesAfterSetBack", lambda scheduler: real(scheduler, wall=clock))
    return clock


def test_after_the_clock_was_set_back_every_job_is_woken_at_once(clock: Clock) -> None:
    woken = threading.Semaphore(0)
    engine = EmbeddedEngine(
        [Wake(name="open_cases", every=timedelta(hours=1), call=woken.release)], timezone="Europe/London"
    )
    engine.start()
    try:
        assert woken.acquire(timeout=5), "it is woken at start"
        # what APScheduler holds when the clock showed the year 2099 while it planned
        engine._scheduler.get_job("open_cases").modify(next_run_time=datetime(2099, 1, 1, tzinfo=UTC))
        clock.set_by -= 3600

        assert woken.acquire(timeout=5)
        following = engine._scheduler.get_job("open_cases").next_run_time
        assert following < datetime.now(UTC) + timedelta(hours=2)
    finally:
        engine.stop()


def test_a_clock_that_goes_as_it_should_or_is_set_forward_wakes_nobody_early(clock: Clock) -> None:
    woken = threading.Semaphore(0)
    engine = EmbeddedEngine(
        [Wake(name="open_cases", every=timedelta(hours=1), call=woken.release)], timezone="Europe/London"
    )
    engine.start()
    try:
        assert woken.acquire(timeout=5)
        clock.set_by += 600
        assert not woken.acquire(timeout=0.3)
    finally:
        engine.stop()
