"""A trust of a thousand schools on this machine: sweeps a second, lateness, processor and memory, and what grows.

Run it with `uv run benchmarks/trust.py` (about half an hour; `--schools 100 --workers 1` for a short one), or
with `--kill` for what happens when a host dies that has 100 schools in its hands, or with `--on-one-pc` for what one PC
carries without a server. Every school is looked at each two
minutes: a mailbox, a list and two libraries' changes, at practice tenants that are 80 ms away. The floor is the same
requests made bare, one after another, in the same run.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.one_pc import many_on_one_pc, one_after_another
from benchmarks.trust_sides import (
    EVERY,
    Trust,
    as_a_real_school,
    children_of,
    megabytes,
    processor_seconds,
    tree_seconds,
    trust_of,
)
from tests.journals import new_database, postgresql_missing, postgresql_server

AT_ONCE = 8
ALL_AT_ONCE = "import offices.tenants, offices.trust; offices.tenants.AT_ONCE = offices.trust.AT_ONCE = 1000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """One case.

    Attributes:
        late: seconds after its time at which a school's sweep began, one for each sweep.
        processor: seconds of each host, and `database` and `tenants` theirs, over `seconds`.
        memory: megabytes of each host at the end.
    """

    schools: int
    every: int
    workers: int
    seconds: float
    late: list[float]
    processor: list[float]
    database: float
    tenants: float
    transactions: int
    memory: list[float]


def main() -> None:
    asked = arguments()
    as_a_real_school()
    if missing := postgresql_missing():
        sys.exit(missing)
    sizes = (
        [asked.schools]
        if asked.schools < 200 or asked.every != EVERY
        else [asked.schools // 10, asked.schools]
    )
    print(
        f"Load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n", flush=True
    )
    alone: list[Figures] = []
    for schools in sizes:
        with laid_out(schools, asked) as trust:
            if asked.kill:
                kill(trust, asked.kill)
                return
            if schools == sizes[0]:
                alone_here = one_after_another(trust)
                floor = alone_here.floor
                if asked.on_one_pc:
                    many_on_one_pc(trust, alone_here, asked.on_one_pc)
                    return
            for workers in asked.workers if schools == sizes[-1] else [1]:
                figures = measured(trust, schools, workers, asked)
                told(figures, floor)
                alone += [figures] if workers == 1 else []
    if len(alone) > 1:
        tell_growth(alone[0], alone[-1])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=1000)
    parser.add_argument(
        "--workers", type=lambda given: [int(one) for one in given.split(",")], default=[1, 2, 4]
    )
    parser.add_argument(
        "--seconds", type=int, default=EVERY, help="measured, once every school was swept, for each case"
    )
    parser.add_argument(
        "--every",
        type=int,
        default=EVERY,
        help="seconds between two looks at a school, each counted from the end of the one before: 100 schools "
        "every 12 seconds are nearly as much work as 1,000 every 120",
    )
    parser.add_argument("--tenants", type=int, default=4)
    parser.add_argument("--latency", type=int, default=80, help="milliseconds there and back")
    parser.add_argument("--kill", type=int, nargs="?", const=100, default=0, help="schools in flight")
    parser.add_argument(
        "--on-one-pc", type=int, nargs="?", const=200, default=0, help="so many schools with SQLite instead"
    )
    return parser.parse_args()


@contextmanager
def laid_out(schools: int, asked: argparse.Namespace) -> Iterator[Trust]:
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as server:
        url = new_database(server)
        with trust_of(schools, Path(folder), url, tenants=asked.tenants, latency=asked.latency) as trust:
            trust.postmaster, trust.every = postmaster_of(trust), asked.every
            yield trust


def postmaster_of(trust: Trust) -> int:
    (backend,) = trust.sql("SELECT current_setting('data_directory')")[0]
    return int(Path(str(backend), "postmaster.pid").read_text().split()[0])


def measured(trust: Trust, schools: int, workers: int, asked: argparse.Namespace) -> Figures:
    """Start the hosts, let them open the schools, and watch for a while."""
    trust.sql("TRUNCATE seen, ended")
    trust.sql(
        "UPDATE turns SET holder = NULL, until = NULL,"
        " look_at = extract(epoch FROM clock_timestamp()) + random() * :every",
        every=trust.every,
    )
    hosts = [trust.start_host(at_once=AT_ONCE) for _ in range(workers)]
    # A host opens a school at its first sweep; that is the cost of a start and not of a day.
    wait_until(lambda: swept_once(trust) >= schools, "every school has been swept once", within=1200)
    pids = [host.pid for host in hosts]
    tenants = tenant_processes()
    began, before = time.time(), [processor_seconds(pid) for pid in pids]
    database, others = tree_seconds(trust.postmaster), sum(map(processor_seconds, tenants))
    transactions = transactions_of(trust)
    time.sleep(asked.seconds)
    ended = time.time()
    figures = Figures(
        schools=schools,
        every=trust.every,
        workers=workers,
        seconds=ended - began,
        late=[
            float(str(late)) for (late,) in trust.sql("SELECT late FROM seen WHERE at >= :began", began=began)
        ],
        processor=[processor_seconds(pid) - old for pid, old in zip(pids, before, strict=True)],
        database=tree_seconds(trust.postmaster) - database,
        tenants=sum(map(processor_seconds, tenants)) - others,
        transactions=transactions_of(trust) - transactions,
        memory=[megabytes(pid) for pid in pids],
    )
    assert all(host.poll() is None for host in hosts), (trust.folder.parent / "host-0.log").read_text()[
        -2000:
    ]
    trust.stop_hosts()
    return figures


def transactions_of(trust: Trust) -> int:
    found = trust.sql("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
    return int(str(found[0][0]))


def swept_once(trust: Trust) -> int:
    return int(str(trust.sql("SELECT count(DISTINCT school) FROM ended")[0][0]))


def told(figures: Figures, floor: float) -> None:
    sweeps, wanted = len(figures.late), figures.schools / figures.every
    late = statistics.quantiles(figures.late, n=100) if sweeps > 1 else [0.0] * 99
    processor = 1000 * sum(figures.processor) / max(1, sweeps)
    print(f"{figures.schools} schools, {figures.workers} worker(s), {figures.seconds:.0f} s:")
    print(
        f"  sweeps a second      {sweeps / figures.seconds:8.2f}   wanted {wanted:.2f}"
        f" ({sweeps / figures.seconds / wanted:.0%})"
    )
    print(
        f"  late, seconds        {late[49]:8.1f}   median;"
        f" {late[94]:.1f} at the 95th percentile, {late[98]:.1f} at the 99th"
    )
    print(
        f"  processor ms a sweep {processor:8.1f}   hosts; {processor / floor:.1f} times the bare requests' {floor:.1f}"
    )
    print(
        f"                       {1000 * figures.database / max(1, sweeps):8.1f}   PostgreSQL,"
        f" {figures.database / (figures.database + sum(figures.processor)):.0%} of both,"
        f" {figures.transactions / max(1, sweeps):.0f} transactions a sweep"
    )
    print(f"                       {1000 * figures.tenants / max(1, sweeps):8.1f}   practice tenants")
    print(f"  memory, MB           {sum(figures.memory):8.0f}   hosts; the biggest {max(figures.memory):.0f}")
    print(f"  load of the machine  {os.getloadavg()[0]:8.1f}\n", flush=True)


def tell_growth(few: Figures, many: Figures) -> None:
    """Linear growth is a ratio of 1: a sweep costs the same whatever the number of schools."""
    kilobytes = 1024 * (many.memory[0] - few.memory[0]) / (many.schools - few.schools)
    each = [1000 * sum(one.processor) / max(1, len(one.late)) for one in (few, many)]
    print(
        f"From {few.schools} to {many.schools} schools on one worker: {kilobytes:.0f} KB of memory for each more,"
    )
    print(
        f"  and a sweep's processor time {each[1] / each[0]:.2f} times what it was ({each[0]:.0f} and {each[1]:.0f} ms)."
    )


def tenant_processes() -> list[int]:
    """The practice tenants, which this process has started."""
    return [
        pid
        for pid in children_of(os.getpid())
        if b"practice_tenant" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def kill(trust: Trust, schools: int) -> None:
    """Kill a host with so many schools in its hands, and see when another has each of them."""
    for server in trust.tenants:
        server.practice("PUT", "limits", json={"mailbox_at_once": 0})
        server.practice("PUT", "line", json={"latency_ms": 5000})
    trust.sql("UPDATE turns SET look_at = 0")
    first = trust.start_host(at_once=schools + 8, also=ALL_AT_ONCE)
    wait_until(lambda: held(trust) >= schools, "the first host has them")
    trust.start_host(at_once=schools + 8, also=ALL_AT_ONCE)
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at = time.time()
    rows = trust.sql("SELECT school, holder FROM turns WHERE holder IS NOT NULL")
    for server in trust.tenants:
        server.practice("PUT", "line", json={"latency_ms": 80})
    in_hands = {str(school): str(holder) for school, holder in rows}
    taken = "SELECT DISTINCT school FROM seen WHERE at > :at AND school = ANY(:codes)"
    wait_until(
        lambda: len(trust.sql(taken, at=killed_at, codes=list(in_hands))) == len(in_hands),
        "another host has each of them",
    )
    firsts = trust.sql(
        "SELECT min(at) - :at FROM seen WHERE at > :at AND school = ANY(:codes) GROUP BY school",
        at=killed_at,
        codes=list(in_hands),
    )
    after = sorted(float(str(seconds)) for (seconds,) in firsts)
    twice = trust.sql(
        "SELECT count(*) FROM seen a JOIN seen b ON a.school = b.school AND b.at > a.at AND a.at > :at"
        " AND NOT EXISTS (SELECT 1 FROM ended e WHERE e.school = a.school AND e.at BETWEEN a.at AND b.at)",
        at=killed_at,
    )
    print(f"A host was killed that had {len(in_hands)} of {trust_size(trust)} schools in its hands.")
    print(
        f"  seconds until another had the first, the median and the last of them: {after[0]:.1f}, "
        f"{statistics.median(after):.1f}, {after[-1]:.1f}"
    )
    left = len(in_hands) - len(after)
    print(f"  schools that two hosts had at once since: {twice[0][0]}; that nobody took: {left}", flush=True)


def held(trust: Trust) -> int:
    return int(str(trust.sql("SELECT count(*) FROM turns WHERE holder IS NOT NULL")[0][0]))


def trust_size(trust: Trust) -> int:
    return int(str(trust.sql("SELECT count(*) FROM turns")[0][0]))


def wait_until(happened: Callable[[], bool], what: str, *, within: float = 240) -> None:
    limit = time.monotonic() + within
    while not happened():
        assert time.monotonic() < limit, f"{what}: not after {within:.0f} seconds"
        time.sleep(0.5)


if __name__ == "__main__":
    main()
