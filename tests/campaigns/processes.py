"""Several processes that share a campaign's work, each with practice schools of its own."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from tests.campaigns.tally import Outcome

Part = TypeVar("Part")
BROKEN_OFF = "The campaign was broken off here; the tables count what was done until then."


def shared_out(
    parts: Sequence[Part], work: Callable[[Part], Outcome], *, at_once: int, console: Console
) -> Iterator[tuple[Part, Outcome]]:
    """Do every part; what is found wrong in one is told at once, and stops no other. Ctrl-C ends it with what is done.

    Args:
        parts: each with words for a person.
        work: what a process does with a part.
        at_once: so many processes.
        console: where each part's end is told.
    """
    pool = ProcessPoolExecutor(at_once, mp_context=multiprocessing.get_context("spawn"))
    running = {pool.submit(work, part): part for part in parts}
    try:
        with Progress(console=console) as progress:
            for ended in progress.track(as_completed(running), total=len(parts), description="parts"):
                try:
                    outcome = ended.result()
                except Exception as error:  # noqa: BLE001 - one part's trouble is told and stops no other
                    outcome = Outcome(found={"at its beginning": traceback.format_exception(error)})
                _tell(running[ended], outcome, console)
                yield running[ended], outcome
    except KeyboardInterrupt:
        end_with_the_tables(console)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def end_with_the_tables(console: Console) -> None:
    """Say that the campaign was broken off. From here on Ctrl-C is without effect: uv hands it on a second time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    console.print(BROKEN_OFF, style="bold")


def _tell(part: object, outcome: Outcome, console: Console) -> None:
    total = outcome.total
    console.print(f"{part}: {total.faults} faults, {len(outcome.found)} wrong", highlight=False)
    for where, differs in outcome.found.items():
        console.print(where, style="bold red", highlight=False)
        console.print(*differs, sep="\n", markup=False, highlight=False)
