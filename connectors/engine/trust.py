"""The trust's engine: every host runs the same clock and a worker on PostgreSQL; Procrastinate hands the schools out."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol

import procrastinate
import psycopg
import structlog
from apscheduler.executors.pool import ThreadPoolExecutor as SchedulerThreads
from apscheduler.schedulers.background import BackgroundScheduler
from procrastinate import exceptions
from procrastinate.jobs import Job, Status
from psycopg import AsyncConnection

from connectors.engine.clock_jumps import WakesAfterSetBack

LOG = structlog.get_logger("engine")
QUEUE = "schools"
JOB = "sweep"
SLOT = 2.0
"""Seconds of the database's clock between two looks at which schools are due; the host that takes the slot hands them
out. Each host asks twice in a slot, so that none is left out because hosts and database count from other moments."""
MOST_AT_ONCE = 500
"""Schools handed out in one slot."""
URGENT = 10
STALLED = 60.0
"""Seconds without a sign of life after which a worker's unfinished entries are cleared away."""
CLEAN_UP_EVERY = 300


class Due(Protocol):
    """A school that is to be looked at now."""

    @property
    def code(self) -> str: ...
    @property
    def urgent(self) -> bool: ...


class TrustEngine:
    """One host of a trust.

    Correctness rests on the journal: an entry that is lost, doubled or run late does no harm, because a school's
    sweep is leased there and does what is due. So entries are never tried again: the next slot finds the school due.
    """

    def __init__(
        self,
        url: str,
        *,
        due: Callable[[int], Iterable[Due]],
        take_slot: Callable[[str, float], bool],
        sweep: Callable[[str], None],
        at_once: int,
    ) -> None:
        """Name what the engine calls; nothing is connected yet.

        Args:
            url: of the PostgreSQL server, as the journal's settings have it.
            due: gives the schools that are due, at most so many.
            take_slot: takes a job's name and the seconds of its slots; True if this host is the first in this one.
            sweep: does all that is due for a school; it handles its own errors.
            at_once: schools that this host sweeps at the same time.
        """
        self._address = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._due = due
        self._take_slot = take_slot
        self._sweep = sweep
        self._at_once = at_once
        self._stop = threading.Event()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": SchedulerThreads(2)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set: then running sweeps end, and no more are begun.

        Raises:
            OSError: the server cannot be reached, or went away; whoever runs this host starts it again.
        """
        # they tell of a lost server in traces, once a second; the error that ends this host says it in a sentence
        for name in ("procrastinate.utils", "psycopg.pool"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            asyncio.run(self._run(stop))
        except (exceptions.ConnectorException, psycopg.Error, BaseExceptionGroup) as error:
            raise OSError("The PostgreSQL server of the engine cannot be reached, or went away.") from error

    async def _run(self, stop: threading.Event) -> None:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._address, max_size=self._at_once + 4, configure=_one_statement_each
        )
        app = procrastinate.App(connector=connector)
        loop = asyncio.get_running_loop()
        threads = ThreadPoolExecutor(self._at_once, thread_name_prefix="school")

        @app.task(name=JOB, queue=QUEUE)
        async def sweep(school: str) -> None:
            await loop.run_in_executor(threads, self._sweep, school)

        async with app.open_async():
            await _make_tables(app)
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._at_once,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    stalled_worker_timeout=STALLED,
                )
            )
            clock = asyncio.create_task(self._clock(app))
            stopping = asyncio.create_task(asyncio.to_thread(stop.wait))
            try:
                await asyncio.wait({worker, clock, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                stop.set()
                for task in (clock, worker):
                    task.cancel()
                ended = await asyncio.gather(clock, worker, return_exceptions=True)
                threads.shutdown(wait=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _clock(self, app: procrastinate.App) -> None:
        """Let APScheduler wake this host at every slot, and hand out what is due where it is the first."""
        loop = asyncio.get_running_loop()
        woken: asyncio.Queue[str] = asyncio.Queue(maxsize=4)

        def wake(what: str) -> None:
            def put() -> None:
                with suppress(asyncio.QueueFull):
                    woken.put_nowait(what)

            loop.call_soon_threadsafe(put)

        for what, every in (("hand out", SLOT / 2), ("clean up", CLEAN_UP_EVERY)):
            self._scheduler.add_job(
                wake, "interval", seconds=every, args=(what,), id=what, next_run_time=datetime.now(UTC)
            )
        self._scheduler.start()
        set_back = WakesAfterSetBack(self._scheduler)
        set_back.start()
        try:
            while True:
                await (self._hand_out(app) if await woken.get() == "hand out" else self._clean_up(app))
        finally:
            set_back.stop()
            self._scheduler.shutdown(wait=False)

    async def _hand_out(self, app: procrastinate.App) -> None:
        """Let each school wait that is due and does not wait yet: one entry is enough for a school."""
        if not await asyncio.to_thread(self._take_slot, JOB, SLOT):
            return
        schools = {school.code: school for school in await asyncio.to_thread(self._due, MOST_AT_ONCE)}
        for entry in await app.job_manager.list_jobs_async(queue=QUEUE, status=Status.TODO.value):
            schools.pop(str(entry.task_kwargs["school"]), None)
        if not schools:
            return
        # another host that was slow with the slot before may have been quicker: the next slot makes up for it
        with suppress(exceptions.AlreadyEnqueued):
            await app.job_manager.batch_defer_jobs_async([_entry(app, school) for school in schools.values()])

    async def _clean_up(self, app: procrastinate.App) -> None:
        """Clear away what died with a worker: nobody takes it over, because the next slot finds the school due."""
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


async def _one_statement_each(connection: AsyncConnection[Any]) -> None:
    """Each query of Procrastinate's is one statement: a transaction around it would be two more questions."""
    await connection.set_autocommit(True)


def _entry(app: procrastinate.App, school: Due) -> Job:
    waits = app.configure_task(
        JOB,
        queue=QUEUE,
        queueing_lock=f"{JOB}:{school.code}",
        priority=URGENT if school.urgent else 0,
    )
    return waits.make_new_job(school=school.code)


async def _make_tables(app: procrastinate.App) -> None:
    """Make Procrastinate's tables where there are none; of several hosts one does it."""
    if await app.check_connection_async():
        return
    connector: Any = app.connector
    async with connector.pool.connection() as connection:
        await connection.execute("SELECT pg_advisory_lock(hashtext('casework engine tables'))")
        try:
            if not await app.check_connection_async():
                await app.schema_manager.apply_schema_async()
        finally:
            await connection.execute("SELECT pg_advisory_unlock(hashtext('casework engine tables'))")
