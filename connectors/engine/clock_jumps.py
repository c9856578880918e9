"""APScheduler plans by the wall clock: set back by an hour, it would wake nothing for an hour."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

LOOK_EVERY = 1.0
"""Seconds between two looks at the clock."""
SET_BACK = 2.0
"""Seconds by which it must have gone back; a clock that is being adjusted moves by less."""


def _wall_seconds() -> float:
    return time.time()


class WakesAfterSetBack:
    """Wakes everything at once when the wall clock was set back, so that the waits begin anew from the right time.

    A clock that goes forward needs nothing: what is due is due then, and is woken once.
    """

    def __init__(
        self,
        scheduler: BackgroundScheduler,
        *,
        wall: Callable[[], float] = _wall_seconds,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look at nothing yet.

        Args:
            scheduler: whose jobs are woken.
            wall: seconds as the machine's clock shows them.
            steady: seconds that go by however that clock is set.
        """
        self._scheduler = scheduler
        self._wall = wall
        self._steady = steady
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, name="clock", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def _keep_looking(self) -> None:
        ahead = self._wall() - self._steady()
        while not self._stopped.wait(LOOK_EVERY):
            before, ahead = ahead, self._wall() - self._steady()
            if before - ahead > SET_BACK:
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))
