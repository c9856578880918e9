"""A term of a trust: many schools, some hosts of which one is killed every while, and every service failing by turns."""

from __future__ import annotations

import argparse
import string
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count, cycle, islice, product
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import Progress

from connectors.settings_file import SchoolFolder
from offices.office import Office
from tests.campaigns.hosts import Hosts
from tests.campaigns.processes import end_with_the_tables
from tests.campaigns.schools import provisioned_school
from tests.campaigns.storms import KINDS
from tests.campaigns.tally import Outcome
from tests.campaigns.term import TermAtSchool
from tests.journals import new_database, postgresql_server
from tests.scenarios.test_a_trust import settings_in_a_trust
from tests.school import SchoolAtWork

CONSOLE = Console()
WEEKEND = 5
STRIDE = 5
"""So many kinds of storms further on each school begins than the one before it."""
OVER = object()


def main(words: list[str]) -> int:
    asked = _asked(words)
    with tempfile.TemporaryDirectory(prefix="casework-campaign-") as folder, ExitStack() as stack:
        url = new_database(stack.enter_context(postgresql_server()))
        schools = _schools(stack, Path(folder), url, asked)
        hosts = Hosts(Path(folder) / "schools", url, asked.workers, kill_every=asked.kill_every)
        stack.callback(hosts.stop)
        began = time.monotonic()
        whole = True
        try:
            _term(schools, hosts, asked)
        except KeyboardInterrupt:
            end_with_the_tables(CONSOLE)
        except Exception:  # noqa: BLE001 - whatever ends an hour of campaign early, what it had found is told
            CONSOLE.print_exception(max_frames=10)
            whole = False
        minutes = (time.monotonic() - began) / 60
        outcome = _outcome(schools)
    title = (
        f"{asked.schools} schools, {asked.days} school days, {asked.workers} hosts, {hosts.killed} killed, "
        f"seed {asked.seed}, {minutes:.0f} minutes; points are storms"
    )
    CONSOLE.print(outcome.table(title))
    for where, what in outcome.found.items():
        CONSOLE.print(where, *what, sep="\n", markup=False)
    return 0 if whole and not outcome.found and outcome.total.is_sound else 1


def _term(schools: list[TermAtSchool], hosts: Hosts, asked: argparse.Namespace) -> None:
    """Let every school live at its own pace: while one waits for its sweeps, another has its storm."""
    days = list(islice((day for day in count() if day % 7 < WEEKEND), asked.days))
    lives = [one.lives(days, asked.acts) for one in schools]
    told = 0
    with Progress(console=CONSOLE) as progress:
        bar = progress.add_task("days of the schools", total=len(days) * len(schools))
        while lives:
            hosts.look()
            lives = [life for life in lives if next(life, OVER) is not OVER]
            gone = sum(one.gone for one in schools)
            progress.update(bar, completed=gone)
            if gone >= told + len(schools):  # for a log: one line where a bar cannot be seen
                told = gone
                CONSOLE.print(
                    f"{time.strftime('%H:%M')} {gone} days, {hosts.killed} hosts killed", highlight=False
                )
            time.sleep(0.1)


def _outcome(schools: list[TermAtSchool]) -> Outcome:
    outcome = Outcome()
    for kind in KINDS:
        _ = outcome.rows[kind]
    for one in schools:
        one.count_what_was_done()
        outcome.add(one.outcome)
        one.office.journal.close()
    return outcome


def _schools(stack: ExitStack, folder: Path, url: str, asked: argparse.Namespace) -> list[TermAtSchool]:
    trust = folder / "schools"
    trust.mkdir()
    (trust / "trust.toml").write_text(f'[journal]\nurl = "{url}"\n')
    codes = ["".join(letters) for letters in islice(product(string.ascii_uppercase, repeat=3), asked.schools)]
    with ThreadPoolExecutor(3) as pool, Progress(console=CONSOLE) as progress:
        bar = progress.add_task("schools are set up", total=len(codes))

        def provisioned(code: str) -> SchoolAtWork:
            server, settings, places = stack.enter_context(provisioned_school(folder / code))
            school = SchoolAtWork(server, settings, places)
            (trust / f"{code.lower()}.toml").write_text(settings_in_a_trust(school, code))
            progress.advance(bar)
            return school

        schools = list(pool.map(provisioned, codes))
    files = {file.settings.school.code: file for file in SchoolFolder(trust).look() if file.settings}
    for code, school in zip(codes, schools, strict=True):
        school.office = Office(files[code].settings)  # type: ignore[arg-type]  # those without were left out
    return [
        TermAtSchool(
            school=school,
            chance=Random(f"{asked.seed} {code}"),  # noqa: S311 - the same term each time
            kinds=_kinds_of(number, asked.seed),
        )
        for number, (code, school) in enumerate(zip(codes, schools, strict=True))
    ]


def _kinds_of(number: int, seed: int) -> Iterator[str]:
    """The kinds of storms that a school has, one after another, so that each kind leads equally often."""
    shuffled = Random(seed).sample(KINDS, len(KINDS))  # noqa: S311 - the same term each time
    return islice(cycle(shuffled), number * STRIDE, None)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/campaign trust",
        description="Let a trust live through a term while its hosts are killed and its services fail.",
        epilog="Example: scripts/campaign trust --schools 3 --workers 2 --days 2",
    )
    parser.add_argument("--schools", type=int, default=20)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--days", type=int, default=60, help="school days")
    parser.add_argument("--acts", type=int, default=2, help="things that people do at each school a day")
    parser.add_argument("--kill-every", type=float, default=60.0, help="seconds between two killed hosts")
    parser.add_argument("--seed", type=int, default=8)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
