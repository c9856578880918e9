"""A term of a trust: many schools, some hosts of which one is killed every while, and every service failing by turns."""

from __future__ import annotations

import argparse
import string
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count, islice, product
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import Progress

from connectors.settings_file import SchoolFolder
from offices.office import Office
from tests.campaigns.hosts import Hosts
from tests.campaigns.schools import provisioned_school
from tests.campaigns.tally import Outcome
from tests.campaigns.term import TermAtSchool
from tests.journals import new_database, postgresql_server
from tests.scenarios.test_a_trust import settings_in_a_trust
from tests.school import SchoolAtWork

CONSOLE = Console()
STORM = 20.0
"""Seconds of trouble a day."""
PATIENCE = 600.0
"""Seconds in which, once the trouble is over, every school must be settled."""
WEEKEND = 5


def main(words: list[str]) -> int:
    asked = _asked(words)
    with tempfile.TemporaryDirectory(prefix="casework-campaign-") as folder, ExitStack() as stack:
        url = new_database(stack.enter_context(postgresql_server()))
        schools = _schools(stack, Path(folder), url, asked)
        hosts = Hosts(Path(folder) / "schools", url, asked.workers, kill_every=asked.kill_every)
        stack.callback(hosts.stop)
        found = _term(schools, hosts, asked)
        outcome = _outcome(schools)
    title = f"{asked.schools} schools, {asked.days} days, {asked.workers} hosts, {hosts.killed} kills, seed {asked.seed}"
    CONSOLE.print(outcome.table(title))
    CONSOLE.print(*found, sep="\n", markup=False)
    return 0 if not found and outcome.total.is_sound else 1


def _term(schools: list[TermAtSchool], hosts: Hosts, asked: argparse.Namespace) -> list[str]:
    found: list[str] = []
    days = list(islice((day for day in count() if day % 7 < WEEKEND), asked.days))
    with Progress(console=CONSOLE) as progress:
        bar = progress.add_task("days of the term", total=len(days))
        for day in days:
            _day(schools, hosts, day, asked.acts)
            unsettled = _wait_until_settled(schools, hosts)
            found += [f"{code} is not settled on day {day}" for code in unsettled]
            for one in schools:
                one.is_examined()
            progress.advance(bar)
    return found + [line for one in schools for line in (*one.found, *one.given_up())]


def _day(schools: list[TermAtSchool], hosts: Hosts, day: int, acts: int) -> None:
    for one in schools:
        one.begins_day(day)
        one.people_act(acts)
        one.trouble_begins()
    over = time.monotonic() + STORM
    while time.monotonic() < over:
        hosts.look()
        time.sleep(0.5)
    for one in schools:
        one.trouble_ends()


def _wait_until_settled(schools: list[TermAtSchool], hosts: Hosts) -> list[str]:
    """The codes of those that are not, after all patience."""
    began = time.monotonic()
    left = list(schools)
    while left and time.monotonic() < began + PATIENCE:
        hosts.look()
        left = [one for one in left if not one.is_settled(time.monotonic() - began)]
        time.sleep(0.5)
    return [one.office.school.code for one in left]


def _outcome(schools: list[TermAtSchool]) -> Outcome:
    outcome = Outcome()
    for one in schools:
        outcome.rows[f"school {one.office.school.code}"].add(one.tally())
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
        TermAtSchool(school=school, chance=Random(f"{asked.seed} {code}"))  # noqa: S311 - the same term each time
        for code, school in zip(codes, schools, strict=True)
    ]


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
