"""The trust's engine on a real PostgreSQL: urgent schools first, no piles, and nothing of old entries is left."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import procrastinate
import pytest
from sqlalchemy import create_engine, text

from connectors.engine import trust as engine_module
from connectors.engine.trust import JOB, QUEUE, TrustEngine
from tests.journals import new_database, postgresql_missing, postgresql_server


@dataclass(frozen=True)
class School:
    code: str
    urgent: bool = False


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with postgresql_server() as server:
        yield new_database(server)


def entries(url: str) -> list[tuple[str, str]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT args->>'school', status FROM procrastinate_jobs")).all()
    engine.dispose()
    return [(str(code), str(status)) for code, status in rows]


def test_urgent_schools_are_swept_first_each_once_and_old_entries_are_cleared(url: str) -> None:
    # in a thread of its own: a test of pages may have left this one a running loop
    preparing = threading.Thread(target=asyncio.run, args=(_left_by_a_dead_worker(url),))
    preparing.start()
    preparing.join()
    assert [code for code, _ in entries(url)] == ["FIR"]
    swept: list[str] = []
    stop, given = threading.Event(), threading.Event()

    def due(most: int) -> tuple[School, ...]:
        if given.is_set():
            return ()
        given.set()
        return (School("OAK"), School("ELM"), School("ELM"), School("ASH", urgent=True))

    def sweep(code: str) -> None:
        time.sleep(0.2)
        swept.append(code)

    engine = TrustEngine(url, due=due, take_slot=lambda job, every: True, sweep=sweep, at_once=1)
    running = threading.Thread(target=engine.run, args=(stop,))
    running.start()
    limit = time.monotonic() + 20
    while (len(swept) < 3 or entries(url)) and time.monotonic() < limit:
        time.sleep(0.2)
    stop.set()
    running.join(20)

    assert sorted(swept) == ["ASH", "ELM", "OAK"]
    assert swept.index("ASH") < swept.index("ELM")
    assert entries(url) == []


async def _left_by_a_dead_worker(url: str) -> None:
    """An entry that a worker had begun when it died."""
    connector = procrastinate.PsycopgConnector(conninfo=url.replace("+psycopg", ""))
    app = procrastinate.App(connector=connector)
    async with app.open_async():
        await engine_module._make_tables(app)
        await app.configure_task(JOB, queue=QUEUE).defer_async(school="FIR")
        worker = await app.job_manager.register_worker()
        assert await app.job_manager.fetch_job(queues=[QUEUE], worker_id=worker)
        await connector.execute_query_async(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
