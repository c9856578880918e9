"""The embedded engine: APScheduler wakes the jobs of one school; what is due they decide themselves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from connectors.engine.clock_jumps import WakesAfterSetBack

LOG = structlog.get_logger("engine")
WORKERS = 3
"""Threads; each school's sweeps are kept apart by the journal's lock anyway."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wake:
    """A job as the engine knows it: a stable name, how often, and what to call."""

    name: str
    every: timedelta
    call: Callable[[], None]


class EmbeddedEngine:
    """Wakes each job at its interval, and all of them once at start: every job is a catch-up sweep.

    A missed wake is no loss: wakes are run together (`coalesce`), however late (`misfire_grace_time=None`). A clock that
    is set back wakes all of them.
    """

    def __init__(self, wakes: Iterable[Wake], *, timezone: str) -> None:
        self._wakes = tuple(wakes)
        self._scheduler = BackgroundScheduler(
            timezone=timezone,
            executors={"default": ThreadPoolExecutor(WORKERS)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        # a wake that finds its job still at work is no news: the next one does what is due
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler.add_listener(_log_event, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._stopped = threading.Event()
        self._clock = WakesAfterSetBack(self._scheduler)

    def start(self) -> None:
        for wake in self._wakes:
            seconds = wake.every.total_seconds()
            self._scheduler.add_job(
                wake.call,
                "interval",
                seconds=seconds,
                id=wake.name,
                name=wake.name,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()
        self._clock.start()

    def stop(self) -> None:
        """Let running sweeps end and start no more."""
        self._clock.stop()
        self._scheduler.shutdown(wait=True)
        self._stopped.set()


def _log_event(event: JobExecutionEvent) -> None:
    kind = type(event.exception).__name__ if getattr(event, "exception", None) else ""
    LOG.warning("job.failed" if kind else "job.missed", job=event.job_id, error=kind)
