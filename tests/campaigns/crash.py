"""Break Casework off at every point there is, on a file and on a server, and print what came of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from rich.console import Console

from tests.campaigns.crash_points import (
    Choice,
    CrashPoints,
    every_point,
    hung_at_each_kind,
    numbered,
    sample,
)
from tests.campaigns.journeys import JOURNEYS
from tests.campaigns.processes import shared_out
from tests.campaigns.schools import school_with_journal
from tests.campaigns.tally import Outcome

CONSOLE = Console()
SHARES = 4
"""Into so many shares the points of a journey are dealt, so that several processes can be at work on it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one process does, with a practice school of its own.

    Attributes:
        place: of the journal: "file" or "server".
        number, of: which of how many equal shares of the journey's points.
        which: chooses among the points.
    """

    place: str
    journey: str
    number: int
    of: int
    which: Choice

    def __str__(self) -> str:
        return f"{self.journey.replace('_', ' ')}, on a {self.place}, share {self.number + 1} of {self.of}"


def main(words: list[str]) -> int:
    asked = _asked(words)
    shares = list(_shares(asked))
    outcomes = {place: Outcome() for place in asked.on}
    for share, outcome in shared_out(shares, broken_off, at_once=asked.at_once, console=CONSOLE):
        found = {f"{share}: {where}": differs for where, differs in outcome.found.items()}
        outcomes[share.place].add(Outcome(rows=outcome.rows, found=found))
    for place, outcome in outcomes.items():
        CONSOLE.print(outcome.table(f"Casework broken off, its journal on a {place}"))
    return 0 if all(outcome.total.is_sound and not outcome.found for outcome in outcomes.values()) else 1


def _shares(asked: argparse.Namespace) -> Iterator[Share]:
    which = partial(sample, asked.seed, asked.points) if asked.points else every_point
    if asked.hung:
        which = hung_at_each_kind
    if asked.number:
        which = partial(numbered, asked.number)
    of = SHARES if which is every_point else 1
    for number in range(of):  # broken off itself, it has done a part of every journey
        for journey in asked.journey or JOURNEYS:
            for place in asked.on:
                yield Share(place=place, journey=journey, number=number, of=of, which=which)


def broken_off(share: Share) -> Outcome:
    """Live the journey up to its sweep, and break that off at each point of the share."""
    with school_with_journal(share.place) as (school, store):
        school.works()  # the day has begun: whether it has a morning mail does not hang on what breaks now
        JOURNEYS[share.journey](school)
        ledger = school.settings.with_name("ledger")
        campaign = CrashPoints(school=school, store=store, ledger=ledger, share=(share.number, share.of))
        return campaign.broken_off(share.which)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/campaign crash",
        description="Break a sweep off at its points, let it be made good, and compare with an undisturbed one.",
        epilog="Example: scripts/campaign crash --on server --points 10 --journey a_report_is_forwarded",
    )
    parser.add_argument("--on", choices=("file", "server"), nargs="+", default=["file", "server"])
    parser.add_argument(
        "--points", type=int, default=0, help="of each journey, drawn by lot; all if not said"
    )
    parser.add_argument(
        "--hung", action="store_true", help="only hosts that hang, once at each kind of write"
    )
    parser.add_argument("--number", type=int, default=0, help="only the points of this number")
    parser.add_argument("--seed", type=int, default=8, help="of the lot")
    parser.add_argument("--journey", choices=JOURNEYS, nargs="+", help="all if not said")
    parser.add_argument(
        "--at-once", type=int, default=2, help="processes, each with a practice school of its own"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
