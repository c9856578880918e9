"""Let the service live through kills, sleeps, clock jumps and faults, and print what came of it beside a quiet run."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import select

from connectors.journal.schema import outbox
from tests.account import Account, account_of, differences, log_of
from tests.campaigns.crash_points import FINISHED
from tests.campaigns.schools import provisioned_school
from tests.campaigns.tally import Outcome, Tally, surplus_and_missing
from tests.practice import REPOSITORY
from tests.remembering import keep_first_morning, remembered
from tests.scenarios.test_trouble import ANYWHERE, busy_morning
from tests.school import MONDAY, SchoolAtWork

CONSOLE = Console()
NEXT_MORNING = "2026-11-24T07:45:00+00:00"
LOOKS = 4
"""So often the service looks into the mailbox without any news before it is taken to have done all there is to do."""
ANSWERED = 200
MORNING_MAIL = "Casework on "
BACKUPS = "/Backups of the journal/"
PATIENCE = 900.0
REFUSED = frozenset({0, 401, 412, 423, 429, 500, 503, 504})
JUMPS = (
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(minutes=40),
    timedelta(hours=-2),
    timedelta(hours=5),
)
"""Of the school's clock, within the same day: what is done must then be the same too."""


class RunningService:
    """`casework run` as a process of its own, which is started again whenever it has died."""

    def __init__(self, settings: Path) -> None:
        self._command = [sys.executable, "-m", "command_line", "--settings", str(settings), "run"]
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def is_at_work(self) -> None:
        """Start it, as the machine's service manager does, if it is not running."""
        if self._process is None or self._process.poll() is not None:
            self.starts += 1
            self._process = subprocess.Popen(
                self._command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )

    def is_killed(self) -> None:
        self._signalled(signal.SIGKILL)
        self._ended()

    def sleeps(self, seconds: float) -> None:
        self._signalled(signal.SIGSTOP)
        time.sleep(seconds)
        self._signalled(signal.SIGCONT)

    def stops(self) -> None:
        self._signalled(signal.SIGTERM)
        self._ended()

    def _signalled(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, number)

    def _ended(self) -> None:
        if self._process:
            self._process.wait(60)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceTrouble:
    """A busy morning, how it and the next one end when nothing goes wrong, and how they end in trouble.

    Attributes:
        again: brings the school back to the busy morning.
        before: keys of what the journal had been asked for when it began.
    """

    school: SchoolAtWork
    again: Callable[[], None]
    account: Account
    log: list[str]
    before: frozenset[str]

    def lived_through(self, seed: int, blows: int) -> tuple[Tally, list[str]]:
        """Let so many blows fall, then peace return; returns the numbers, and what differs from the quiet run."""
        self.again()
        self.school.server.forget_recorded()
        service = RunningService(self.school.settings)
        try:
            struck = self._struck(service, Random(seed), seed, blows)  # noqa: S311 - the same trouble each time
            self._settles(service, MONDAY)
            self._settles(service, NEXT_MORNING)
        finally:
            service.stops()
        refused = sum(entry["status"] in REFUSED for entry in self.school.server.recorded())
        differs = differences(self.account, comparable(account_of(self.school)))
        differs += differences({"log": self.log}, {"log": log_of(self.school.office)})
        asked, done = self._asked_and_done()
        found = surplus_and_missing(differs)
        return Tally(points=blows, faults=struck + refused, asked=asked, done=done, **found), differs

    def _struck(self, service: RunningService, chance: Random, seed: int, blows: int) -> int:
        faults = [
            {"path": "*", "fault": name, "probability": 1 / 80, "seed": seed + number}
            for number, name in enumerate(ANYWHERE)
        ]
        self.school.server.set_faults(*faults)
        now = datetime.fromisoformat(MONDAY)
        kinds: Counter[str] = Counter()
        for _ in range(blows):
            service.is_at_work()
            time.sleep(chance.uniform(0.5, 6))
            kind = chance.choice(("kill", "kill", "sleep", "jump"))
            kinds[kind] += 1
            if kind == "kill":
                service.is_killed()
            elif kind == "sleep":
                service.sleeps(chance.uniform(0.2, 3))
            else:
                self.school.at(now + chance.choice(JUMPS))
        self.school.server.set_faults()
        return kinds.total()

    def _settles(self, service: RunningService, moment: str) -> None:
        """The clock is right, nothing fails any more, and the service comes to an end with what there is to do.

        It has, when it looked into the mailbox several times and nothing came of it.
        """
        self.school.at(moment)
        limit, seen = time.monotonic() + PATIENCE, (-1, 0)
        while True:
            assert time.monotonic() < limit, "the service does not come to an end with its work"
            service.is_at_work()
            time.sleep(1)
            with self.school.office.journal.transaction() as transaction:
                head = transaction.events.head()
                busy = bool(transaction.outbox_view.unfinished())
            number, looks = head.number if head else 0, self._looks()
            if busy or number != seen[0]:
                seen = number, looks
            elif looks - seen[1] >= LOOKS:
                return

    def _looks(self) -> int:
        """How often the reporting mailbox was looked into, so far."""
        asked = self.school.server.recorded()
        return sum(
            one["status"] == ANSWERED and one["path"].endswith("/inbox/messages/delta") for one in asked
        )

    def _asked_and_done(self) -> tuple[int, int]:
        with self.school.office.journal.transaction() as transaction:
            rows = transaction.connection.execute(select(outbox.c.key, outbox.c.state)).all()
        states = [state for key, state in rows if key not in self.before]
        return len(states), sum(state in FINISHED for state in states)


def comparable(account: Account) -> Account:
    """Without what trouble itself is told in: the words of a morning mail, and of which nights a backup was made.

    That the morning mail came, once, to whom, and what its subject counts, stays.
    """
    return {
        place: [
            line.rpartition(" | ")[0] if f"| {MORNING_MAIL}" in line else line
            for line in lines
            if BACKUPS not in line
        ]
        for place, lines in account.items()
    }


@contextmanager
def service_trouble(school: SchoolAtWork) -> Iterator[ServiceTrouble]:
    """Live through the busy morning and the next one in quiet; afterwards they can be gone back to."""
    busy_morning(school)
    with remembered(school) as again:
        school.restart()
        with school.office.journal.transaction() as transaction:
            before = transaction.outbox_view.keys_starting("")
        school.works()
        school.at(NEXT_MORNING)
        school.works()
        school.works()
        account, log = comparable(account_of(school)), log_of(school.office)
        yield ServiceTrouble(school=school, again=again, account=account, log=log, before=before)


def main(words: list[str]) -> int:
    asked = _asked(words)
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="casework-campaign-") as folder:
        state = Path(folder).resolve()
        with provisioned_school(state) as (server, settings, places):
            keep_first_morning(state)
            school = SchoolAtWork(server, settings, places)
            with service_trouble(school) as trouble, Progress(console=CONSOLE) as progress:
                for seed in progress.track(range(asked.seed, asked.seed + asked.runs), description="runs"):
                    tally, differs = trouble.lived_through(seed, asked.blows)
                    outcome.add(
                        Outcome(
                            rows={f"seed {seed}": tally}, found={f"seed {seed}": differs} if differs else {}
                        )
                    )
            school.office.journal.close()
    CONSOLE.print(outcome.table("The service killed, put to sleep, its clock moved, its requests failed"))
    for where, differs in outcome.found.items():
        CONSOLE.print(where, style="bold red")
        CONSOLE.print(*differs, sep="\n", markup=False)
    return 0 if outcome.total.is_sound and not outcome.found else 1


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/campaign service",
        description="Strike the running service by chance, let peace return, and compare with a quiet run.",
        epilog="Example: scripts/campaign service --runs 3 --blows 12 --seed 40",
    )
    parser.add_argument("--runs", type=int, default=5, help="each with a seed of its own")
    parser.add_argument("--blows", type=int, default=12, help="kills, sleeps and clock jumps of a run")
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
