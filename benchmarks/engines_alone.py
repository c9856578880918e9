"""What three engines of benchmarks/engines.py do with work that is theirs alone, without rows and journal beside it.

`python engines_alone.py ENGINE ADDRESS PORT ROLE WORD...`, in that engine's own Python; those that go on working do so
until their standard input is closed. Approvals as long-lived workflows for DBOS, tasks that take a while for Huey, and
one store of jobs for several hosts of APScheduler.
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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engines_effects import Effects

A_MONTH = 30 * 24 * 3600
APART = 0.1
"""Seconds between two jobs of APScheduler."""
TAKES = 2
"""Seconds that a task of Huey takes."""
LINES = threading.local()
PORT: list[int] = []


def do(key: str) -> None:
    if not hasattr(LINES, "effects"):
        LINES.effects = Effects(PORT[0])
    LINES.effects.do(key)


def dbos(address: str, role: str, *words: str) -> None:
    """`approve COUNT`, or `work EXECUTOR VERSION CODE FIRST COUNT TELL`: begin COUNT approvals, then live.

    It prints a line of JSON once TELL approvals wait for their answer in this process. VERSION "own" leaves it to DBOS;
    CODE "changed" has one step more before the answer is waited for.
    """
    from dbos import DBOSClient

    if role == "approve":
        client = DBOSClient(system_database_url=address)
        for number in range(int(words[0])):
            client.send(f"case/{number}", "APPROVE", "decision")
        return
    asyncio.run(approvals(address, words))


async def approvals(address: str, words: tuple[str, ...]) -> None:
    from dbos import DBOS, SetWorkflowID

    executor, version, code, first, count, tell = words
    waiting: set[str] = set()
    DBOS(
        config={
            "name": "alone",
            "system_database_url": address,
            "executor_id": executor,
            "log_level": "CRITICAL",
            **({} if version == "own" else {"application_version": version}),
        }
    )

    approval = approval_workflow(code, waiting)
    began = time.monotonic()
    DBOS.launch()
    for number in range(int(first), int(first) + int(count)):
        with SetWorkflowID(f"case/{number}"):
            await DBOS.start_workflow_async(approval, f"{number}")
    while len(waiting) < int(tell):  # noqa: ASYNC110 - DBOS runs them in loops of its own
        await asyncio.sleep(0.1)
    # a moment, so that the last of them waits too
    await asyncio.sleep(1)
    say({"waiting": len(waiting), "seconds": time.monotonic() - began - 1, "megabytes": megabytes()})
    await asyncio.Event().wait()


def approval_workflow(code: str, waiting: set[str]) -> Any:  # noqa: ANN401 - as DBOS has wrapped it
    """A case's approval, before or after a change of the program; `waiting` is told who waits in this process."""
    from dbos import DBOS

    @DBOS.step(name="ask")  # type: ignore[untyped-decorator, unused-ignore]
    async def ask(_case: str) -> None: ...

    @DBOS.step(name="remind")  # type: ignore[untyped-decorator, unused-ignore]
    async def remind(_case: str) -> None: ...

    @DBOS.step(name="send")  # type: ignore[untyped-decorator, unused-ignore]
    async def send(case: str) -> None:
        await asyncio.to_thread(do, case)

    async def as_it_was(case: str) -> None:
        await ask(case)
        waiting.add(case)
        await DBOS.recv_async("decision", timeout_seconds=A_MONTH)
        await send(case)

    async def changed(case: str) -> None:
        await ask(case)
        await remind(case)
        waiting.add(case)
        await DBOS.recv_async("decision", timeout_seconds=A_MONTH)
        await send(case)

    return DBOS.workflow(name="approval")(changed if code == "changed" else as_it_was)


def huey(address: str, role: str, *words: str) -> None:
    """`enqueue COUNT` tasks, or `work` on them, six at a time."""
    from huey import PostgresHuey

    queue = PostgresHuey("alone", dsn=address, results=False)

    @queue.task(name="slow", retries=2)  # type: ignore[untyped-decorator, unused-ignore]
    def slow(number: str) -> None:
        do(f"begun/{number}")
        time.sleep(TAKES)
        do(number)

    if role == "enqueue":
        for number in range(int(words[0])):
            slow(str(number))
        return
    queue.create_consumer(workers=6, periodic=False).run()


def apscheduler(address: str, role: str, *words: str) -> None:
    """`add COUNT` jobs, due one after another, or `work` with the store."""
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    store = SQLAlchemyJobStore(address.replace("postgresql:", "postgresql+psycopg:", 1))
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        job_defaults={"coalesce": True, "misfire_grace_time": None},
        timezone=UTC,
    )
    scheduler.start(paused=role == "add")
    if role == "work":
        threading.Event().wait()
    first = datetime.now(UTC) + timedelta(seconds=5)
    for number in range(int(words[0])):
        due = first + timedelta(seconds=APART * number)
        # due again after an hour, for a job that ends is taken out of the store, and the second host falls over that
        scheduler.add_job(do, "interval", hours=1, next_run_time=due, args=[str(number)], id=str(number))


def megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def say(what: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    engine, address, port, role, *words = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    PORT.append(int(port))
    if role == "work":
        threading.Thread(target=end_with_the_parent, daemon=True).start()
    {"dbos": dbos, "huey": huey, "apscheduler": apscheduler}[engine](address, role, *words)
    os._exit(0)


if __name__ == "__main__":
    main()
