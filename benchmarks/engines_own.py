"""What benchmarks/engines.py asks of three engines by themselves: cases as workflows, tasks, and one store of jobs."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psycopg
from engines_campaign import Engine
from engines_effects import service, times_done

SCRIPT = "engines_alone.py"
HOSTS = ("first", "second")
EACH = 6
"""Approvals, or tasks, that a host has in its hands when it is killed."""
JOBS = 50
ALL_FIRED = 12
"""Seconds from the start of APScheduler's hosts until the last of their jobs is long over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alone:
    """What was seen; None where nothing was measured.

    Attributes:
        in_error: workflows that the engine has given up.
        again: seconds from a start after a kill until all wait again.
        megabytes: of the process once it has done so.
    """

    asked: int
    done: int
    twice: int = 0
    lost: int
    kills: int = 0
    in_error: int = 0
    megabytes: float | None = None
    again: float | None = None


class World:
    """A database and a service for one engine's processes."""

    def __init__(self, engine: Engine, port: int) -> None:
        self._engine, self._port, self._address = engine, port, next(engine.database)
        self._running: list[subprocess.Popen[str]] = []

    def work(self, *words: str) -> subprocess.Popen[str]:
        process = self._engine.start(SCRIPT, self._address, str(self._port), "work", *words)
        self._running.append(process)
        return process

    def once(self, *words: str) -> None:
        process = self._engine.start(SCRIPT, self._address, str(self._port), *words)
        assert process.wait(300) == 0, f"{self._engine.name} could not {words[0]}."

    def approvals(
        self, executor: str, *, version: str, code: str, first: int, count: int, tell: int
    ) -> subprocess.Popen[str]:
        return self.work(executor, version, code, str(first), str(count), str(tell))

    def done(self, asked: int, *, kills: int = 0) -> Alone:
        times = times_done(self._port)
        keys = [str(number) for number in range(asked)]
        return Alone(
            asked=asked,
            done=sum(times[key] for key in keys),
            twice=sum(1 for key in keys if times[key] > 1),
            lost=sum(1 for key in keys if not times[key]),
            kills=kills,
        )

    def begun(self) -> int:
        return sum(1 for key in times_done(self._port) if key.startswith("begun/"))

    def in_error(self) -> int:
        with psycopg.connect(self._address) as connection:
            (count,) = connection.execute(
                "SELECT count(*) FROM dbos.workflow_status WHERE status = 'ERROR'"
            ).fetchone() or (0,)
            return int(count)

    def end(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()


@contextmanager
def world(engine: Engine) -> Iterator[World]:
    with service(seed=0, refused=0, lost=0, marks=False, delay=0) as port:
        made = World(engine, port)
        try:
            yield made
        finally:
            made.end()


def left_lying(engine: Engine, a_while: float) -> tuple[Alone, Alone]:
    """Approvals on two hosts of which one dies: what is sent while it is away, and once its name has returned."""
    with world(engine) as given:
        hosts = []
        for number, name in enumerate(HOSTS):
            hosts.append(
                given.approvals(name, version="1", code="same", first=number * EACH, count=EACH, tell=EACH)
            )
            told(hosts[-1])
        killed(hosts[0])
        given.once("approve", str(2 * EACH))
        time.sleep(a_while)
        away = given.done(2 * EACH, kills=1)
        given.approvals(HOSTS[0], version="1", code="same", first=0, count=0, tell=EACH)
        until(lambda: given.done(2 * EACH).lost == 0, within=60)
        return away, given.done(2 * EACH, kills=1)


def many_waiting(engine: Engine, count: int) -> Alone:
    """Kill a host with so many approvals, start it again, and wait until all of them wait."""
    with world(engine) as given:
        host = given.approvals("first", version="1", code="same", first=0, count=count, tell=count)
        told(host)
        killed(host)
        again = told(given.approvals("first", version="1", code="same", first=0, count=0, tell=count))
        return Alone(
            asked=count, done=0, lost=0, kills=1, megabytes=again["megabytes"], again=again["seconds"]
        )


def code_changed(engine: Engine, count: int, version: str, a_while: float) -> Alone:
    """Change the program while approvals wait, approve all of them, and count the letters."""
    with world(engine) as given:
        host = given.approvals("first", version=version, code="same", first=0, count=count, tell=count)
        told(host)
        killed(host)
        given.approvals("first", version=version, code="changed", first=0, count=0, tell=count)
        time.sleep(a_while)
        given.once("approve", str(count))
        time.sleep(a_while)
        return replace(given.done(count, kills=1), in_error=given.in_error())


def huey_killed(engine: Engine, a_while: float) -> Alone:
    with world(engine) as given:
        given.once("enqueue", str(2 * EACH))
        host = given.work()
        until(lambda: given.begun() == EACH, within=30)
        killed(host)
        given.work()
        time.sleep(a_while)
        return given.done(2 * EACH, kills=1)


def apscheduler_twice(engine: Engine) -> Alone:
    with world(engine) as given:
        given.once("add", str(JOBS))
        for _ in HOSTS:
            given.work()
        time.sleep(ALL_FIRED)
        return given.done(JOBS)


def told(host: subprocess.Popen[str]) -> dict[str, float]:
    assert host.stdout
    line = host.stdout.readline()
    assert line, f"A host ended too early with code {host.wait(60)}."
    answer: dict[str, float] = json.loads(line)
    return answer


def killed(host: subprocess.Popen[str]) -> None:
    host.kill()
    host.wait()


def until(happened: Callable[[], bool], *, within: float) -> None:
    limit = time.monotonic() + within
    while not happened() and time.monotonic() < limit:
        time.sleep(0.2)
