"""One host of benchmarks/engines.py: a process that lets the rows be swept by one engine, in that engine's own Python.

`python engines_hosts.py ENGINE ADDRESS PORT NAME MANNER` works until its standard input is closed; `prepare` for NAME
makes the engine's tables and ends. Each engine is used unmodified and as its pages say, with its own defaults.
"""
# ruff: noqa: PLC0415 - a host's Python has one of the engines only

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from engines_rows import Manner, Rows

AT_ONCE = 8
"""Schools that a host sweeps at the same time."""
APSCHEDULER_A_SECOND = 50
"""Firings that the schools' interval jobs make together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    address: str
    name: str
    rows: Rows
    manner: Manner

    def keep_handing_out(self, hand_out: Callable[[list[str]], object]) -> None:
        """Look at every slot which schools are due, in a thread of its own."""

        def clock() -> None:
            while True:
                time.sleep(self.manner.slot - time.time() % self.manner.slot)
                with suppress(psycopg.OperationalError):
                    if schools := self.rows.hand_out():
                        hand_out(schools)

        threading.Thread(target=clock, daemon=True).start()

    def hand_out_in(
        self, loop: asyncio.AbstractEventLoop, hand_out: Callable[[list[str]], Coroutine[Any, Any, object]]
    ) -> None:
        self.keep_handing_out(
            lambda schools: asyncio.run_coroutine_threadsafe(hand_out(schools), loop).result()
        )


def procrastinate(host: Host) -> None:
    from procrastinate import App, PsycopgConnector, exceptions

    app = App(connector=PsycopgConnector(conninfo=host.address, max_size=AT_ONCE + 4))
    threads = ThreadPoolExecutor(AT_ONCE)

    @app.task(name="sweep", queue="schools")
    async def sweep(school: str) -> None:
        await asyncio.get_running_loop().run_in_executor(threads, host.rows.sweep, school)

    async def hand_out(schools: list[str]) -> None:
        for school in schools:
            with suppress(exceptions.AlreadyEnqueued):
                await sweep.configure(queueing_lock=f"sweep:{school}").defer_async(school=school)

    async def work() -> None:
        async with app.open_async():
            if host.name == "prepare":
                await app.schema_manager.apply_schema_async()
                return
            host.hand_out_in(asyncio.get_running_loop(), hand_out)
            await app.run_worker_async(
                concurrency=AT_ONCE, delete_jobs="always", install_signal_handlers=False
            )

    asyncio.run(work())


def pgqueuer(host: Host) -> None:
    from pgqueuer import PgQueuer, Queries
    from pgqueuer.db import PsycopgDriver

    threads = ThreadPoolExecutor(AT_ONCE)

    async def connected() -> PsycopgDriver:
        return PsycopgDriver(await psycopg.AsyncConnection.connect(host.address, autocommit=True))

    async def work() -> None:
        driver, handing = await connected(), Queries(await connected())
        if host.name == "prepare":
            await Queries(driver).install()
            return
        manager = PgQueuer(driver)

        @manager.entrypoint("sweep")
        async def sweep(job: Any) -> None:  # noqa: ANN401 - PgQueuer's, which this Python may not have
            await asyncio.get_running_loop().run_in_executor(threads, host.rows.sweep, job.payload.decode())

        async def hand_out(schools: list[str]) -> None:
            payloads: list[bytes | None] = [school.encode() for school in schools]
            await handing.enqueue(["sweep"] * len(schools), payloads, [0] * len(schools))

        host.hand_out_in(asyncio.get_running_loop(), hand_out)
        # it takes at least twice as many jobs as it fetches at once
        await manager.run(batch_size=AT_ONCE // 2, max_concurrent_tasks=AT_ONCE)

    asyncio.run(work())


def dbos(host: Host) -> None:
    from dbos import DBOS

    DBOS(
        config={
            "name": "engines",
            "system_database_url": host.address,
            "executor_id": host.name,
            "application_version": "1",
            "log_level": "CRITICAL",
        }
    )

    @DBOS.step(name="do")  # type: ignore[untyped-decorator, unused-ignore]
    def do(school: str) -> None:
        host.rows.sweep(school)

    @DBOS.workflow(name="sweep")  # type: ignore[untyped-decorator, unused-ignore]
    def sweep(school: str) -> None:
        do(school)

    DBOS.launch()
    DBOS.register_queue("schools", worker_concurrency=AT_ONCE)
    if host.name == "prepare":
        return
    host.keep_handing_out(
        lambda schools: [DBOS.enqueue_workflow("schools", sweep, school) for school in schools]
    )
    threading.Event().wait()


def huey(host: Host) -> None:
    from huey import PostgresHuey

    queue = PostgresHuey("schools", dsn=host.address, results=False)
    if host.name == "prepare":
        return
    sweep = queue.task()(host.rows.sweep)
    host.keep_handing_out(lambda schools: [sweep(school) for school in schools])
    queue.create_consumer(workers=AT_ONCE, periodic=False).run()


def apscheduler(host: Host) -> None:
    """Hosts that share one store: each school is a job of it, and nothing is handed out."""
    from apscheduler.executors.pool import ThreadPoolExecutor as Threads
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    AT_WORK.append(host)
    store = SQLAlchemyJobStore(host.address.replace("postgresql:", "postgresql+psycopg:", 1))
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        executors={"default": Threads(AT_ONCE)},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        timezone=UTC,
    )
    scheduler.start(paused=host.name == "prepare")
    if host.name != "prepare":
        threading.Event().wait()
    with psycopg.connect(host.address) as connection:
        schools = connection.execute("SELECT code, due_at FROM schools ORDER BY due_at").fetchall()
    every = host.manner.every or len(schools) / APSCHEDULER_A_SECOND
    for number, (code, due_at) in enumerate(schools):
        # a moment after the row is due, or at once
        first = max(time.time() + every * number / len(schools), due_at + 0.001)
        scheduler.add_job(
            fire,
            "interval",
            seconds=every,
            next_run_time=datetime.fromtimestamp(first, UTC),
            args=[code],
            id=code,
        )


AT_WORK: list[Host] = []


def fire(school: str) -> None:
    """Sweep a school; a store keeps the names of functions, so the host stands in AT_WORK."""
    AT_WORK[0].rows.sweep(school)


ENGINES = {one.__name__: one for one in (procrastinate, pgqueuer, dbos, huey, apscheduler)}


def main() -> None:
    engine, address, port, name, manner = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    given = Manner(**json.loads(manner))
    if name != "prepare":
        threading.Thread(target=end_with_the_parent, daemon=True).start()
    ENGINES[engine](Host(address=address, name=name, rows=Rows(address, int(port), given), manner=given))
    os._exit(0)


def end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
