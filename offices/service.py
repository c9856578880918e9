"""The service: all jobs of one school, woken by the engine, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from casework.errors import CaseworkError
from connectors.engine import EmbeddedEngine, Wake
from offices.office import Office, machine_now
from offices.timetable import Timetable, TimetableJob

TICK = timedelta(seconds=1)
JUMP = timedelta(seconds=90)
"""The practice clock jumped if it moved this much more, or less, than the machine's."""
PRACTICE_PACE = timedelta(seconds=3)
"""In practice nobody wants to wait a minute."""


class Service:
    """One school's jobs on the embedded engine."""

    def __init__(self, office: Office, timetable: Timetable, told: Callable[[str], None]) -> None:
        self._office = office
        self._timetable = timetable
        self._told = told
        self._stop = threading.Event()
        self._one_sweep = threading.Lock()
        self._seen: tuple[datetime, datetime] | None = None
        self._said: set[str] = set()
        wakes = [self._wake(job) for job in timetable.jobs]
        if office.settings.practice:
            wakes.append(Wake(name="practice tick", every=TICK, call=self._tick))
        self._engine = EmbeddedEngine(wakes, timezone=office.settings.school.timezone)

    def _wake(self, job: TimetableJob) -> Wake:
        every = min(job.every, PRACTICE_PACE) if self._office.settings.practice else job.every
        return Wake(name=job.name, every=every, call=lambda: self._sweep((job,)))

    def _sweep(self, jobs: tuple[TimetableJob, ...]) -> None:
        """One sweep; trouble is said once, not at every sweep, and never stops the service."""
        with self._one_sweep:
            try:
                report = self._timetable.run_once(self._office, jobs)
            except CaseworkError as error:
                self._say_once(str(error))
                return
            for sentence in (*report.failed, *report.problems):
                self._say_once(sentence)
            if not report.failed:
                self._say_what_happened()

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self._told(sentence)

    def _say_what_happened(self) -> None:
        for line in self._office.news():
            self._told(line)

    def _tick(self) -> None:
        """In practice: sweep everything when a visitor has moved the clock."""
        machine = machine_now()
        school = self._office.clock.now()
        seen, self._seen = self._seen, (machine, school)
        if seen is None:
            self._sweep(self._timetable.jobs)
            return
        drift = (school - seen[1]) - (machine - seen[0])
        if abs(drift) > JUMP:
            there = school.astimezone(self._office.school.zone)
            self._told(f"The clock was moved to {there:%A %d %B %Y, %H:%M}.")
            self._sweep(self._timetable.jobs)

    def start(self) -> None:
        if seen := self._office.skip_old_news():
            self._told(f"Going on where Casework was: {seen} entries in its log so far.")
        self._engine.start()

    def stop(self) -> None:
        self._stop.set()
        self._engine.stop()

    def wait(self) -> None:
        """Wait for Ctrl-C or a request to stop."""

        def ask_to_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's own signature
            self._stop.set()

        signal.signal(signal.SIGINT, ask_to_stop)
        signal.signal(signal.SIGTERM, ask_to_stop)
        while not self._stop.wait(timeout=0.5):
            pass


def run_service(office: Office, timetable: Timetable, *, told: Callable[[str], None]) -> None:
    """Run all jobs until stopped."""
    _ = office.journal, office.procedures  # what cannot be opened is said before anything is begun
    service = Service(office, timetable, told)
    service.start()
    told(f"Casework is at work for {office.school.name}. Stop it with Ctrl-C.")
    try:
        service.wait()
    finally:
        told("Stopping; a running sweep is finished first.")
        service.stop()
