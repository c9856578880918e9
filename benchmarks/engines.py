"""Which engine a trust should have: each of five, killed and hung, over rows with a journal and by itself.

    uv run benchmarks/engines.py                  all of it, a quarter of an hour; --small takes four minutes
    uv run benchmarks/engines.py --only lateness  one part: rows, manners, alone, lateness

Every engine is installed by uv into a Python of its own, apart from the project, and has a database of its own on one
PostgreSQL that is started here (without fsync: processes are killed, the server is not). What was done is counted by
the service that does it, a process on loopback. The same seed gives the same plan of kills, hangs and failing calls.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engines_campaign import Engine, Seen, Trouble, carried_out, installed, lateness
from engines_own import Alone, apscheduler_twice, code_changed, huey_killed, left_lying, many_waiting
from engines_rows import STAGES, Manner
from rich.console import Console
from rich.table import Table

from tests.journals import new_database, postgresql_missing, postgresql_server

PSYCOPG = "psycopg[binary]==3.3.9"
REQUIREMENTS = {
    "procrastinate": ["procrastinate==3.10.0"],
    "pgqueuer": ["pgqueuer==1.6.0"],
    "dbos": ["dbos==3.4.0"],
    "huey": ["huey==3.5.4"],
    "apscheduler": ["apscheduler==3.11.3", "sqlalchemy==2.1.9"],
}
PARTS = ("rows", "manners", "alone", "lateness")
MEANINGS = """
[b]asked, done, twice, lost[/b]: effects (mails, letters) that the work asks for; how often the service did one; how many
it did more than once; how many it had not done when the run ended. Of the calls four percent are refused, and four
percent done and never answered.
[b]cases as rows[/b]: rows with intent, turn, lease and a look before a second try, and a service that refuses a key which
it has done. Whatever engine wakes the sweeps, and whichever hosts are killed, each effect is to be done once.
[b]the same without ...[/b]: what each safeguard is worth. "Hung" is a host that stops right before a call, the worst
place, until its lease is over and another has done that very effect.
[b]approvals as workflows (DBOS)[/b]: cases that live in the engine instead. Of twelve on two hosts, one host dies, all
twelve are approved, then its name returns. Waiting: memory, and seconds from a start after a kill until all wait again.
Changed: approvals wait, the program gets one step more, all are approved; with DBOS's own version, and a fixed one.
[b]tasks (Huey)[/b]: twelve of two seconds, the host killed with six begun. [b]one store (APScheduler)[/b]: two hosts.
[b]late[/b]: seconds from a school's due moment to its sweep, for half of them and for 99 of 100; a sweep is a call of
80 ms. Four engines are handed what is due once a second, so half a second of it is theirs by no fault; APScheduler has
a job for each school. A school that still waited at the end counts with what it was late by then.
"""


class Report:
    def __init__(self) -> None:
        self.table = Table(
            "what",
            "asked",
            "done",
            "twice",
            "lost",
            "killed, hung",
            "seconds",
            "late: half, 99 %",
            "MB",
            "again after s",
        )
        for column in self.table.columns[1:]:
            column.justify = "right"

    def ran(self, what: str, seen: Seen) -> None:
        late = ""
        if len(seen.late) > 1:
            hundredths = statistics.quantiles(seen.late, n=100)
            late = f"{hundredths[49]:.1f}, {hundredths[98]:.1f}"
        counts = (seen.asked, seen.done, seen.twice, seen.lost)
        self._row(what, *map(str, counts), f"{seen.kills}, {seen.hangs}", f"{seen.seconds:.0f}", late, "", "")

    def alone(self, what: str, seen: Alone) -> None:
        counts = (seen.asked, seen.done, seen.twice, seen.lost)
        measured = ("" if one is None else f"{one:.0f}" for one in (seen.megabytes, seen.again))
        self._row(what, *map(str, counts), f"{seen.kills}, 0", "", "", *measured)

    def _row(self, *cells: str) -> None:
        self.table.add_row(*cells)
        print(" | ".join(cells), flush=True)


def main() -> None:
    asked = arguments()
    if missing := postgresql_missing():
        sys.exit(missing)
    print(
        f"Seed {asked.seed}. Load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.",
        flush=True,
    )
    report = Report()
    with ExitStack() as stack:
        server = stack.enter_context(postgresql_server())
        engines = {
            name: Engine(
                name=name,
                python=stack.enter_context(installed([*packages, PSYCOPG])),
                database=databases(server),
            )
            for name, packages in REQUIREMENTS.items()
        }
        for part in asked.only:
            {"rows": rows, "manners": manners, "alone": alone, "lateness": late}[part](report, engines, asked)
    console = Console(width=150)
    console.print(report.table)
    console.print(
        f"Versions: {', '.join(one for packages in REQUIREMENTS.values() for one in packages)}. Seed {asked.seed}."
    )
    console.print(MEANINGS)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="a little of everything")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument(
        "--engines", choices=REQUIREMENTS, nargs="+", default=list(REQUIREMENTS), help="of rows, lateness"
    )
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--cases", type=int, default=1500, help="for each engine; four effects each")
    parser.add_argument("--manner-cases", type=int, default=1000, help="for each missing safeguard")
    parser.add_argument("--kills", type=int, default=24)
    parser.add_argument("--waiting", type=int, default=10_000, help="approvals that wait as workflows")
    parser.add_argument("--schools", type=int, default=1000)
    parser.add_argument("--a-second", type=int, default=50, help="sweeps that are due a second")
    parser.add_argument("--seconds", type=int, default=30, help="measured, for each engine's lateness")
    parser.add_argument("--warm", type=int, default=12, help="seconds for the hosts to start, before that")
    parser.add_argument(
        "--a-while", type=int, default=15, help="seconds after which what lies is taken to lie for good"
    )
    parser.add_argument("--within", type=int, default=600, help="seconds after which a run is given up")
    given = parser.parse_args()
    if given.small:
        given.cases, given.manner_cases, given.kills, given.waiting = 150, 75, 6, 300
        given.schools, given.a_second, given.seconds, given.warm, given.a_while = 100, 20, 5, 6, 6
    return given


def databases(server: str) -> Iterator[str]:
    while True:
        yield new_database(server).replace("postgresql+psycopg:", "postgresql:", 1)


def rows(report: Report, engines: dict[str, Engine], asked: argparse.Namespace) -> None:
    for name in asked.engines:
        trouble = Trouble(seed=asked.seed, kills=asked.kills)
        seen = carried_out(engines[name], asked.cases, Manner(), trouble, within=asked.within)
        report.ran(f"cases as rows, {name}{unfinished(seen, asked)}", seen)


def manners(report: Report, engines: dict[str, Engine], asked: argparse.Namespace) -> None:
    """The same on one engine, with one safeguard after another left out."""
    unmarked = Trouble(seed=asked.seed, kills=asked.kills, marks=False)
    hung = Trouble(seed=asked.seed, hangs=asked.kills, marks=False)
    runs = {
        "the same without a journal": (Manner(journal=False), unmarked),
        "... with turns and leases, without looking": (Manner(looks=False), unmarked),
        "... looking, hung, the service refuses nothing": (Manner(lease=2), hung),
        "... looking, hung, the service refuses a mark": (
            Manner(),
            Trouble(seed=asked.seed, hangs=asked.kills),
        ),
    }
    for what, (manner, trouble) in runs.items():
        seen = carried_out(engines["procrastinate"], asked.manner_cases, manner, trouble, within=asked.within)
        report.ran(f"{what}{unfinished(seen, asked)}", seen)


def unfinished(seen: Seen, asked: argparse.Namespace) -> str:
    """What was given up says so: its effects are not lost, but not done yet."""
    return " (given up)" if seen.seconds >= asked.within else ""


def alone(report: Report, engines: dict[str, Engine], asked: argparse.Namespace) -> None:
    dbos = engines["dbos"]
    before, after = left_lying(dbos, asked.a_while)
    report.alone("approvals as workflows (DBOS), a host is dead", before)
    report.alone("... and its name has returned", after)
    report.alone(f"... {asked.waiting} waiting", many_waiting(dbos, asked.waiting))
    for version, words in (("own", "its own"), ("1", "a fixed")):
        seen = code_changed(dbos, asked.waiting // 10, version, asked.a_while)
        what = f"... code changed while {asked.waiting // 10} wait, {words} version: {seen.in_error} in error"
        report.alone(what, seen)
    report.alone("tasks (Huey), a host killed", huey_killed(engines["huey"], asked.a_while))
    report.alone("one store (APScheduler), two hosts", apscheduler_twice(engines["apscheduler"]))


def late(report: Report, engines: dict[str, Engine], asked: argparse.Namespace) -> None:
    every = asked.schools / asked.a_second
    for name in asked.engines:
        seen = lateness(engines[name], asked.schools, every, seconds=asked.seconds, warm=every + asked.warm)
        report.ran(f"{asked.schools} schools, {asked.a_second} sweeps a second, {name}", seen)


assert STAGES == 4, "the help says how many effects a case has"

if __name__ == "__main__":
    main()
