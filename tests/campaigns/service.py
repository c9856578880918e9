"""Let the service live through kills, sleeps, clock jumps and faults, and print what came of it beside a quiet run."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from rich.console import Console
from sqlalchemy import select

from connectors.journal.schema import outbox
from tests.account import Account, account_of, differences, log_of
from tests.campaigns.crash_points import FINISHED
from tests.campaigns.ends import comparable, mails_twice, undated, undated_log
from tests.campaigns.machine import Machine
from tests.campaigns.processes import shared_out
from tests.campaigns.schools import school_with_journal
from tests.campaigns.tally import Outcome, Tally, surplus_and_missing
from tests.journal_stores import JournalStore
from tests.remembering import remembered
from tests.scenarios.test_trouble import busy_morning
from tests.school import MONDAY, SchoolAtWork
from tests.struck import ANYWHERE

CONSOLE = Console()
LOOKS = 4
"""So often the service looks into the mailbox without any news before it is taken to have done all there is to do."""
ANSWERED = 200
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
SHORTEST, LONGEST = 0.5, 6.0
"""Seconds between two blows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TroubleKind:
    """How much time goes by, and how the end is compared with the quiet one.

    Attributes:
        name: for the table.
        days: the moments at which the machine is awake: between them it is suspended to its disk, and all trouble falls
            before the last.
        each_day_is_ended: the work of a day is done before the machine falls asleep.
    """

    name: str
    days: tuple[str, ...]
    each_day_is_ended: bool = True

    def end_of(self, school: SchoolAtWork) -> tuple[Account, list[str]]:
        """What is compared. Where work went on days later, only what hangs on no day can be the same."""
        account, log = comparable(account_of(school)), log_of(school.office)
        return (account, log) if self.each_day_is_ended else (undated(account), undated_log(log))


WEEK = (MONDAY, "2026-11-25T07:45:00+00:00", "2026-11-27T16:00:00+00:00", "2026-11-30T07:45:00+00:00")
KINDS = {
    "day": TroubleKind(name="within a day", days=(MONDAY, "2026-11-24T07:45:00+00:00")),
    "days": TroubleKind(
        name="over days and a weekend, asleep between them", days=(*WEEK, "2026-12-01T07:45:00+00:00")
    ),
    "work": TroubleKind(
        name="the same, asleep in the middle of work",
        days=(*WEEK, "2026-12-01T07:45:00+00:00"),
        each_day_is_ended=False,
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceTrouble:
    """A busy morning, how it and the days after it end when nothing goes wrong, and how they end in trouble.

    Attributes:
        again: brings the school back to the busy morning.
        before: keys of what the journal had been asked for when it began.
    """

    school: SchoolAtWork
    kind: TroubleKind
    again: Callable[[], None]
    account: Account
    log: list[str]
    before: frozenset[str]

    def lived_through(self, seed: int, blows: int) -> tuple[Tally, list[str]]:
        """Let so many blows fall, then peace return; returns the numbers, and what differs from the quiet run."""
        self.again()
        self.school.server.forget_recorded()
        machine = Machine(self.school.settings)
        chance = Random(seed)  # noqa: S311 - the same trouble each time
        try:
            for number, day in enumerate(self.kind.days[:-1]):
                if number:
                    machine.falls_asleep()
                    self.school.at(day)
                    machine.wakes_up()
                self._strikes(machine, chance, day, seed + 100 * number, blows // (len(self.kind.days) - 1))
                if self.kind.each_day_is_ended:
                    self._settles(machine, day)
            self._settles(machine, self.kind.days[-2])
            self._settles(machine, self.kind.days[-1])
        finally:
            machine.wakes_up()
            machine.stops()
        refused = sum(entry["status"] in REFUSED for entry in self.school.server.recorded())
        account, log = self.kind.end_of(self.school)
        differs = differences(self.account, account) + differences({"log": self.log}, {"log": log})
        differs += [f"+ {mail}" for mail in mails_twice(self.school)]
        asked, done = self._asked_and_done()
        found = surplus_and_missing(differs)
        return Tally(points=blows, faults=blows + refused, asked=asked, done=done, **found), differs

    def _strikes(self, machine: Machine, chance: Random, day: str, seed: int, blows: int) -> None:
        faults = [
            {"path": "*", "fault": name, "probability": 1 / 80, "seed": seed + number}
            for number, name in enumerate(ANYWHERE)
        ]
        self.school.server.set_faults(*faults)
        for _ in range(blows):
            machine.is_at_work()
            time.sleep(chance.uniform(SHORTEST, LONGEST))
            kind = chance.choice(("kill", "kill", "sleep", "jump", "wrong clock"))
            if kind == "kill":
                machine.is_killed()
            elif kind == "sleep":
                machine.sleeps(chance.uniform(0.2, 3))
            elif kind == "jump":
                self.school.at(datetime.fromisoformat(day) + chance.choice(JUMPS))
            else:
                machine.has_a_wrong_clock(chance.choice(WRONG_CLOCKS), chance.uniform(1, 8))
        self.school.server.set_faults()

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


@contextmanager
def service_trouble(
    school: SchoolAtWork, *, kind: TroubleKind = KINDS["day"], store: JournalStore | None = None
) -> Iterator[ServiceTrouble]:
    """Live through the busy morning and these days in quiet; afterwards they can be gone back to.

    Args:
        school: nobody else works for it meanwhile.
        kind: how much time goes by.
        store: where its journal lies; beside the settings if not said.
    """
    busy_morning(school)
    with remembered(school, store=store) as again:
        school.restart()
        with school.office.journal.transaction() as transaction:
            before = transaction.outbox_view.keys_starting("")
        for day in kind.days:
            school.at(day)
            school.works()
            school.works()
        account, log = kind.end_of(school)
        yield ServiceTrouble(school=school, kind=kind, again=again, account=account, log=log, before=before)


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """What one process does, with a practice school of its own.

    Attributes:
        place: of the journal: "file" or "server".
        over: one of KINDS.
    """

    place: str
    over: str
    seed: int
    blows: int

    @property
    def kind(self) -> str:
        """The row of the table in which it counts."""
        return f"{KINDS[self.over].name}, the journal on a {self.place}"

    def __str__(self) -> str:
        return f"seed {self.seed}, {self.kind}"


def lived_through(life: Life) -> Outcome:
    """Live through that trouble once."""
    with (
        school_with_journal(life.place) as (school, store),
        service_trouble(school, kind=KINDS[life.over], store=store) as trouble,
    ):
        tally, differs = trouble.lived_through(life.seed, life.blows)
        return Outcome(rows={life.kind: tally}, found={str(life): differs} if differs else {})


def main(words: list[str]) -> int:
    asked = _asked(words)
    lives = [
        Life(place=place, over=over, seed=seed, blows=asked.blows)
        for seed in range(asked.seed, asked.seed + asked.runs)
        for place in asked.on
        for over in asked.over
    ]
    outcomes = dict(shared_out(lives, lived_through, at_once=asked.at_once, console=CONSOLE))
    outcome = Outcome()
    for life in lives:
        outcome.add(outcomes.get(life, Outcome()))
    CONSOLE.print(outcome.table("The service killed, put to sleep, its clock moved, its requests failed"))
    return 0 if outcome.total.is_sound and not outcome.found else 1


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
        "--over", choices=KINDS, nargs="+", default=[*KINDS], help="how much time goes by, and how"
    )
    parser.add_argument(
        "--at-once", type=int, default=2, help="processes, each with a practice school of its own"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
