"""What one PC with SQLite carries: one school after another, and many schools on the embedded engine."""

from __future__ import annotations

import shutil
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import schedule
from benchmarks.sweep_sides import Line, bare, listening
from benchmarks.trust_sides import EVERY, Trust, settings_of
from connectors.engine import EmbeddedEngine, Wake
from connectors.settings_file import write_settings
from offices.office import Office

LATE = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Alone:
    """A school by itself.

    Attributes:
        folder: its settings, journal and key, to be copied.
        floor: processor milliseconds of its requests made bare.
    """

    folder: Path
    floor: float


def one_after_another(trust: Trust) -> Alone:
    """One school's idle sweep with a journal in SQLite, beside the same requests made bare."""
    office = _settled(trust)
    line = Line()
    with listening(line):
        schedule.run_once(office)
    clock, processor = cost(lambda: schedule.run_once(office))
    floor_clock, floor = cost(bare(line.requests, trust.tenants[0].ca_file))
    office.journal.close()
    print(f"One school alone with SQLite, all jobs, {len(line.requests)} requests a sweep:")
    print(
        f"  clock ms     {clock:8.1f}   {clock / floor_clock:.1f} times the bare requests' {floor_clock:.1f}"
    )
    print(f"  processor ms {processor:8.1f}   {processor / floor:.1f} times the bare requests' {floor:.1f}")
    print(
        f"  so one after another {1000 * EVERY / clock:.0f} schools could be looked at each two minutes\n",
        flush=True,
    )
    return Alone(folder=office.settings.file.parent, floor=floor)


def _settled(trust: Trust) -> Office:
    shared = settings_of(trust.folder, "AAAA")
    entries = shared.model_dump(mode="json", exclude={"file", "journal", "practice"}, exclude_none=True)
    file = trust.folder.parent / "alone" / "settings.toml"
    file.parent.mkdir()
    write_settings(file, {**entries, "journal": {}})
    office = Office(shared.model_copy(update={"file": file, "journal": type(shared.journal)()}))
    office.begin()
    for _ in range(3):
        schedule.run_once(office)
    return office


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of clock and of processor: medians of fifteen."""
    clocks, processors = [], []
    for _ in range(15):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        clocks.append(1000 * (time.perf_counter() - clock))
        processors.append(1000 * (time.process_time() - processor))
    return statistics.median(clocks), statistics.median(processors)


def many_on_one_pc(trust: Trust, alone: Alone, schools: int) -> None:
    """Wake copies of the school by the embedded engine, all in the same moment, and see how late the last is.

    They are opened by a first round, which does not count.
    """
    shared = settings_of(trust.folder, "AAAA")
    offices = []
    for number in range(schools):
        folder = alone.folder.parent / f"pc-{number}"
        shutil.copytree(alone.folder, folder)
        journal = type(shared.journal)()
        offices.append(
            Office(shared.model_copy(update={"file": folder / "settings.toml", "journal": journal}))
        )
    _round(offices)
    processor = time.process_time()
    late = _round(offices)
    processor = 1000 * (time.process_time() - processor) / schools
    carried = sum(seconds < LATE for seconds in late)
    print(f"{schools} schools on one PC, each with SQLite, woken by APScheduler in the same moment:")
    print(f"  sweeps a second      {schools / late[-1]:8.2f}")
    print(f"  processor ms a sweep {processor:8.1f}")
    print(f"  begun within {LATE:.0f} seconds {carried:5}   {late[-1]:.1f} seconds for the last", flush=True)
    for office in offices:
        office.journal.close()


def _round(offices: list[Office]) -> list[float]:
    """Seconds after the wake at which each sweep began, in order."""
    begun: list[float] = []
    all_swept = threading.Event()
    left = [None] * len(offices)

    def sweep(office: Office) -> None:
        begun.append(time.monotonic())
        schedule.run_once(office)
        left.pop()
        if not left:
            all_swept.set()

    wakes = [
        Wake(name=str(number), every=timedelta(hours=1), call=partial(sweep, office))
        for number, office in enumerate(offices)
    ]
    engine = EmbeddedEngine(wakes, timezone="Europe/London")
    woken = time.monotonic()
    engine.start()
    all_swept.wait()
    engine.stop()
    return sorted(at - woken for at in begun)
