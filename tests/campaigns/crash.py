"""Break Casework off at every point there is, on a file and on a server, and print what came of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.campaigns.crash_points import Choice, CrashPoints, every_point, hung_at_each_kind, sample
from tests.campaigns.schools import Provisioned, provisioned_school
from tests.campaigns.tally import Outcome
from tests.journal_stores import JournalFile, JournalOnServer, JournalStore, settings_on_a_server
from tests.journals import new_database, postgresql_server
from tests.killing import Moment
from tests.scenarios.test_killed_at_every_effect import JOURNEYS
from tests.school import MONDAY, SchoolAtWork

CONSOLE = Console()
NAMES = tuple(journey.__name__ for journey in JOURNEYS)


def main(words: list[str]) -> int:
    asked = _asked(words)
    journeys = [journey for journey in JOURNEYS if journey.__name__ in (asked.journey or NAMES)]
    which = sample(asked.seed, asked.points) if asked.points else every_point
    which = hung_at_each_kind if asked.hung else which
    sound = True
    for place in asked.on:
        with _school_with_journal(place) as (school, store):
            outcome = _outcome(school, store, journeys, which)
        CONSOLE.print(outcome.table(f"Casework broken off, its journal on a {place}"))
        for where, differs in outcome.found.items():
            CONSOLE.print(where, style="bold red")
            CONSOLE.print(*differs, sep="\n", markup=False)
        sound = sound and not outcome.found and outcome.total.is_sound
    return 0 if sound else 1


def _outcome(
    school: SchoolAtWork,
    store: JournalStore,
    journeys: list[Callable[[SchoolAtWork], None]],
    which: Choice,
) -> Outcome:
    outcome = Outcome()
    ledger = school.settings.with_name("ledger")
    with Progress(console=CONSOLE) as progress:
        for journey in journeys:
            name = journey.__name__.replace("_", " ")
            bar = progress.add_task(name, total=None)

            def chosen(points: list[Moment], done: list[str], bar: int = bar) -> list[Moment]:
                picked = which(points, done)
                progress.update(bar, total=len(picked))  # type: ignore[arg-type]  # a bar is a number
                return picked

            _first_morning(school, store)
            journey(school)
            campaign = CrashPoints(
                school=school, store=store, ledger=ledger, told=lambda bar=bar: progress.advance(bar)
            )
            outcome.add(campaign.broken_off(chosen))
    return outcome


def _first_morning(school: SchoolAtWork, store: JournalStore) -> None:
    school.server.reset()
    school.server.set_clock(MONDAY)
    school.office.journal.close()
    store.bring_back("first")
    school.restart()


@contextmanager
def _school_with_journal(place: str) -> Iterator[tuple[SchoolAtWork, JournalStore]]:
    with ExitStack() as stack:
        state = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casework-campaign-")))
        server, settings, places = _provisioned(stack, state)
        store: JournalStore = JournalFile(state=state)
        if place == "server":
            url = new_database(stack.enter_context(postgresql_server()))
            settings, store = settings_on_a_server(settings, url), JournalOnServer(url=url)
        school = SchoolAtWork(server, settings, places)
        school.office.journal.close()
        store.keep("first")
        school.restart()
        yield school, store
        school.office.journal.close()


def _provisioned(stack: ExitStack, state: Path) -> Provisioned:
    return stack.enter_context(provisioned_school(state))


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
    parser.add_argument("--seed", type=int, default=8, help="of the lot")
    parser.add_argument("--journey", choices=NAMES, nargs="+", help="all if not said")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
