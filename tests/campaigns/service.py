"""Let the service live through kills, sleeps, clock jumps and faults, and print what came of it beside a quiet run."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import select

from connectors.journal.schema import outbox
from tests.account import Account, account_of, differences, log_of
from tests.campaigns.crash_points import FINISHED
from tests.campaigns.machine import Machine
from tests.campaigns.schools import school_with_journal
from tests.campaigns.tally import Outcome, Tally, surplus_and_missing
from tests.campaigns.undated import undated, undated_log
from tests.journal_stores import JournalStore
from tests.remembering import remembered
from tests.scenarios.test_trouble import ANYWHERE, busy_morning
from tests.school import MONDAY, SchoolAtWork

CONSOLE = Console()
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
WRONG_CLOCKS = tuple(timedelta(days=days) for days in (-400, -9, -1, 1, 3, 12, 20_000))
"""Of the machine's clock alone, while Microsoft's is right: then nothing may be done."""
IN_ONE_DAY = (MONDAY, "2026-11-24T07:45:00+00:00")
OVER_DAYS = (
    MONDAY,
    "2026-11-25T07:45:00+00:00",
    "2026-11-27T16:00:00+00:00",
    "2026-11-30T07:45:00+00:00",  # a weekend lies before it
    "2026-12-01T07:45:00+00:00",
)
"""When the machine is awake; between these moments it is suspended to its disk."""
SHORTEST, LONGEST = 0.5, 6.0
"""Seconds between two blows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceTrouble:
    """A busy morning, how it and the days after it end when nothing goes wrong, and how they end in trouble.

    Attributes:
        days: the moments at which the machine is awake; all trouble falls before the last.
        again: brings the school back to the busy morning.
        before: keys of what the journal had been asked for when it began.
    """

    school: SchoolAtWork
    days: Sequence[str]
    again: Callable[[], None]
    account: Account
    log: list[str]
    before: frozenset[str]

    def lived_through(self, seed: int, blows: int) -> tuple[Tally, list[str]]:
        """Let so many blows fall, then peace return; returns the numbers, and what differs from the quiet run."""
        self.again()
        self.school.server.forget_recorded()
        machine = Machine(self.school.settings)
        try:
            struck = self._struck(machine, Random(seed), seed, blows)  # noqa: S311 - the same trouble each time
            self._settles(machine, self.days[-2])
            self._settles(machine, self.days[-1])
        finally:
            machine.wakes_up()
            machine.stops()
        refused = sum(entry["status"] in REFUSED for entry in self.school.server.recorded())
        account, log = end_of(self.school, self.days)
        differs = differences(self.account, account) + differences({"log": self.log}, {"log": log})
        asked, done = self._asked_and_done()
        found = surplus_and_missing(differs)
        return Tally(points=blows, faults=struck + refused, asked=asked, done=done, **found), differs

    def _struck(self, machine: Machine, chance: Random, seed: int, blows: int) -> int:
        faults = [
            {"path": "*", "fault": name, "probability": 1 / 80, "seed": seed + number}
            for number, name in enumerate(ANYWHERE)
        ]
        self.school.server.set_faults(*faults)
        nights = dict(
            zip(sorted(chance.sample(range(blows), len(self.days) - 2)), self.days[1:], strict=False)
        )
        now = datetime.fromisoformat(self.days[0])
        for number in range(blows):
            machine.is_at_work()
            time.sleep(chance.uniform(SHORTEST, LONGEST))
            if number in nights:
                now = datetime.fromisoformat(nights[number])
                machine.falls_asleep()
                self.school.at(now)
                machine.wakes_up()
                continue
            kind = chance.choice(("kill", "kill", "sleep", "jump", "wrong clock"))
            if kind == "kill":
                machine.is_killed()
            elif kind == "sleep":
                machine.sleeps(chance.uniform(0.2, 3))
            elif kind == "jump":
                self.school.at(now + chance.choice(JUMPS))
            else:
                machine.has_a_wrong_clock(chance.choice(WRONG_CLOCKS), chance.uniform(1, 8))
        self.school.server.set_faults()
        return blows

    def _settles(self, machine: Machine, moment: str) -> None:
        """The clock is right, nothing fails any more, and the service comes to an end with what there is to do.

        It has, when it looked into the mailbox several times and nothing came of it.
        """
        self.school.at(moment)
        limit, seen = time.monotonic() + PATIENCE, (-1, 0)
        while True:
            assert time.monotonic() < limit, "the service does not come to an end with its work"
            machine.is_at_work()
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
            rows = transaction.connection.execute(
                select(outbox.c.key, outbox.c.state).where(outbox.c.school == self.school.office.school.code)
            ).all()
        states = [state for key, state in rows if key not in self.before]
        return len(states), sum(state in FINISHED for state in states)


def end_of(school: SchoolAtWork, days: Sequence[str]) -> tuple[Account, list[str]]:
    """What is compared. Where days went by in trouble, things were done on other days, so that no day counts."""
    account, log = comparable(account_of(school)), log_of(school.office)
    return (account, log) if days == IN_ONE_DAY else (undated(account), undated_log(log))


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
def service_trouble(
    school: SchoolAtWork, *, days: Sequence[str] = IN_ONE_DAY, store: JournalStore | None = None
) -> Iterator[ServiceTrouble]:
    """Live through the busy morning and these days in quiet; afterwards they can be gone back to.

    Args:
        school: nobody else works for it meanwhile.
        days: IN_ONE_DAY or OVER_DAYS.
        store: where its journal lies; beside the settings if not said.
    """
    busy_morning(school)
    with remembered(school, store=store) as again:
        school.restart()
        with school.office.journal.transaction() as transaction:
            before = transaction.outbox_view.keys_starting("")
        for day in days:
            school.at(day)
            school.works()
            school.works()
        account, log = end_of(school, days)
        yield ServiceTrouble(school=school, days=days, again=again, account=account, log=log, before=before)


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """What one process does, with a practice school of its own.

    Attributes:
        place: of the journal: "file" or "server".
        days: "day" or "days".
    """

    place: str
    days: str
    seed: int
    blows: int

    @property
    def kind(self) -> str:
        """The row of the table in which it counts."""
        when = "within a day" if self.days == "day" else "over days and a weekend"
        return f"{when}, the journal on a {self.place}"

    def __str__(self) -> str:
        return f"seed {self.seed}, {self.kind}"


def lived_through(life: Life) -> Outcome:
    """Live through that trouble once."""
    days = IN_ONE_DAY if life.days == "day" else OVER_DAYS
    with (
        school_with_journal(life.place) as (school, store),
        service_trouble(school, days=days, store=store) as trouble,
    ):
        tally, differs = trouble.lived_through(life.seed, life.blows)
        return Outcome(rows={life.kind: tally}, found={str(life): differs} if differs else {})


def main(words: list[str]) -> int:
    asked = _asked(words)
    lives = [
        Life(place=place, days=days, seed=seed, blows=asked.blows)
        for seed in range(asked.seed, asked.seed + asked.runs)
        for place in asked.on
        for days in asked.over
    ]
    outcomes = {life: Outcome() for life in lives}
    with ProcessPoolExecutor(asked.at_once, mp_context=multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(lived_through, life): life for life in lives}
        with Progress(console=CONSOLE) as progress:
            for ended in progress.track(as_completed(running), total=len(lives), description="runs"):
                outcomes[running[ended]] = _outcome_of(ended, running[ended])
    outcome = Outcome()
    for one in outcomes.values():
        outcome.add(one)
    CONSOLE.print(outcome.table("The service killed, put to sleep, its clock moved, its requests failed"))
    return 0 if outcome.total.is_sound and not outcome.found else 1


def _outcome_of(ended: Future[Outcome], life: Life) -> Outcome:
    """What came of a run; what is wrong is told at once."""
    try:
        outcome = ended.result()
    except Exception as error:  # noqa: BLE001 - one run's trouble is told and stops no other
        outcome = Outcome(found={str(life): traceback.format_exception(error)})
    CONSOLE.print(f"{life}: {'not as in quiet' if outcome.found else 'as in quiet'}", highlight=False)
    for differs in outcome.found.values():
        CONSOLE.print(*differs, sep="\n", markup=False, highlight=False)
    return outcome


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/campaign service",
        description="Strike the running service by chance, let peace return, and compare with a quiet run.",
        epilog="Example: scripts/campaign service --runs 3 --blows 12 --seed 40 --on server --over days",
    )
    parser.add_argument("--runs", type=int, default=5, help="each with a seed of its own")
    parser.add_argument("--blows", type=int, default=12, help="kills, sleeps and clock jumps of a run")
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    parser.add_argument("--on", choices=("file", "server"), nargs="+", default=["file", "server"])
    parser.add_argument(
        "--over", choices=("day", "days"), nargs="+", default=["day", "days"], help="how much time goes by"
    )
    parser.add_argument(
        "--at-once", type=int, default=2, help="processes, each with a practice school of its own"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
