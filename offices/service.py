"""The service: all jobs of one school, woken by the engine, until it is told to stop."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from casework.errors import CaseworkError, JournalError, NewerJournalError
from connectors.engine import EmbeddedEngine, Wake
from connectors.journal.lock import journal_lock
from connectors.operating_system.systemd import tell_systemd
from connectors.settings_file import Settings
from offices.asked_to_stop import set_when_asked
from offices.machine_clock import machine_now
from offices.metrics import metrics_door
from offices.office import Office
from offices.timetable import SweepReport, Timetable, TimetableJob

TICK = timedelta(seconds=1)
JUMP = timedelta(seconds=90)
"""The practice clock jumped if it moved this much more, or less, than the machine's."""
PRACTICE_PACE = timedelta(seconds=3)
"""In practice nobody wants to wait a minute."""
SAME_MOMENT = 1.0
"""Seconds within which jobs are woken together: one sweep does for all of them, instead of one for each."""
NEVER = float("-inf")
STOP_WITHIN = 8.0
"""Seconds that a running sweep is given; what it leaves is taken up at the next start."""
LONGEST_SWEEP = 3600.0
"""Seconds after which a sweep hangs, and the machine may start the service again."""
SIGN_IN_TRIES = 8
"""So many sweeps in a row that may not sign in: then only a person can help."""
FEW_TRIES = 2
"""After a stop for that reason: Windows starts the program again by itself, and it must not knock for ever."""
SIGN_IN_IS_OVER = 3
"""Exit code where only a person can help: starting again would be a loop."""
TROUBLE = "casework-trouble.txt"


class Service:
    """One school's jobs on the embedded engine."""

    def __init__(
        self,
        office: Office,
        timetable: Timetable,
        told: Callable[[str], None],
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._steady = steady
        self._office = office
        self._timetable = timetable
        self._told = told
        self._stop = threading.Event()
        self._one_sweep = threading.Lock()
        self._seen: tuple[datetime, datetime] | None = None
        self._said: set[str] = set()
        self._began = 0.0
        self._not_signed_in = 0
        self._pace: dict[str, float] = {}
        self._swept_at: dict[str, float] = {}
        self._due_at: dict[str, float] = {}
        """When each was last due by its own pace, and not swept along with what it tells something."""
        self._word = office.settings.path(office.settings.journal.file).with_name(TROUBLE)
        self._tries = FEW_TRIES if self._word.exists() else SIGN_IN_TRIES
        self.needs_a_person = ""
        self.is_outdated = False
        wakes = [self._wake(job) for job in timetable.jobs]
        if office.settings.practice:
            wakes.append(Wake(name="practice tick", every=TICK, call=self._tick))
        self._engine = EmbeddedEngine(wakes, timezone=office.settings.school.timezone)

    def _wake(self, job: TimetableJob) -> Wake:
        every = min(job.every, PRACTICE_PACE) if self._office.settings.practice else job.every
        self._pace[job.name] = every.total_seconds()
        return Wake(name=job.name, every=every, call=lambda: self._woken(job))

    def _woken(self, job: TimetableJob) -> None:
        """Sweep the job, and with it those that are woken at the same moment; these find that it is done."""
        woken_at = self._steady()
        with self._one_sweep:
            if self._swept_at.get(job.name, NEVER) < woken_at - SAME_MOMENT:
                self._sweep_now(self._due_with(job))

    def _due_with(self, job: TimetableJob) -> tuple[TimetableJob, ...]:
        """The job and whatever is due by now, in the order of the table."""
        now = self._steady()
        due = [
            one
            for one in self._timetable.jobs
            if one is job
            or now + SAME_MOMENT - self._due_at.get(one.name, NEVER) >= self._pace.get(one.name, 0.0)
        ]
        self._due_at |= dict.fromkeys((one.name for one in due), now)
        wanted = {one.name for each in due for one in self._timetable.woken_by(each)}
        return tuple(one for one in self._timetable.jobs if one.name in wanted)

    def _sweep(self, jobs: tuple[TimetableJob, ...]) -> None:
        with self._one_sweep:
            self._sweep_now(jobs)

    def _sweep_now(self, jobs: tuple[TimetableJob, ...]) -> None:
        """One sweep; trouble is said once, not at every sweep, and never stops the service."""
        if self._stop.is_set():
            return
        self._began = self._steady()
        self._swept_at |= dict.fromkeys((job.name for job in jobs), self._began)
        try:
            report = self._timetable.run_once(self._office, jobs)
        except NewerJournalError as error:
            self.is_outdated = True
            self._stop.set()
            self._told(str(error))
            return
        except CaseworkError as error:
            self._say_once(str(error))
            return
        finally:
            self._began = 0.0
        self._count_refusals(report)
        for sentence in (*report.failed, *report.problems):
            self._say_once(sentence)
        if not report.failed:
            self._say_what_happened()

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self._told(sentence)

    def _say_what_happened(self) -> None:
        for line in self._office.news.tell():
            self._told(line)

    def _tick(self) -> None:
        """In practice: sweep everything when a visitor has moved the clock."""
        machine = machine_now()
        try:
            school = self._office.clock.now()
        except CaseworkError as error:
            self._say_once(str(error))
            return
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
        if seen := self._office.news.skip_old():
            self._told(f"Going on where Casework was: {seen} entries in its log so far.")
        self._engine.start()

    def stop(self) -> bool:
        """Start no more sweeps and let a running one end; False if it goes on for too long."""
        self._stop.set()
        stopping = threading.Thread(target=self._engine.stop, name="stopping", daemon=True)
        stopping.start()
        stopping.join(STOP_WITHIN)
        return not stopping.is_alive()

    def _count_refusals(self, report: SweepReport) -> None:
        """After several refusals in a row to sign in, stop and leave it to a person: each try would be refused."""
        self._not_signed_in = self._not_signed_in + 1 if report.refused_sign_in else 0
        if not report.failed:
            self._tries = SIGN_IN_TRIES
            self._word.unlink(missing_ok=True)  # it is let in, so the word of before is over
        if self._not_signed_in >= self._tries:
            self.needs_a_person = report.failed[-1] if report.failed else "Casework is not let in."
            self._stop.set()

    @property
    def is_well(self) -> bool:
        """False if a sweep hangs."""
        began = self._began
        return not began or self._steady() - began < LONGEST_SWEEP

    def listen(self) -> None:
        """From now on stop on Ctrl-C or a request to stop; before it is called, either ends the process at once."""
        set_when_asked(self._stop)

    def wait(self) -> None:
        """Wait until somebody asks to stop."""
        tell_systemd("READY=1")
        while not self._stop.wait(timeout=0.5):
            if self.is_well:
                tell_systemd("WATCHDOG=1")
        tell_systemd("STOPPING=1")


def run_service(office: Office, timetable: Timetable, *, told: Callable[[str], None]) -> int:
    """Run all jobs until stopped.

    Returns:
        The exit code: 0; 1 where a newer Casework has changed the journal, so that the machine starts the service again;
        3 where Casework is not let in any more and only a person can help.

    Raises:
        JournalError: Casework runs on this journal already, or the port for metrics is taken.
    """
    with only_one(office.settings), metrics_door(office):
        _ = office.journal, office.procedures  # what cannot be opened is said before anything is begun
        service = Service(office, timetable, told)
        service.listen()
        service.start()
        told(f"Casework is at work for {office.school.name}. Stop it with Ctrl-C.")
        try:
            service.wait()
        finally:
            told("Stopping; a running sweep is finished first.")
            ended = service.stop()
        if service.needs_a_person:
            _leave_word(office.settings, service.needs_a_person, told)
        code = SIGN_IN_IS_OVER if service.needs_a_person else int(service.is_outdated)
        if not ended:
            told("A sweep was still at work. What it left is taken up at the next start; nothing is lost.")
            sys.stdout.flush()
            os._exit(code)
        return code


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Keep a second service away from the journal, by whatever link its settings name it; hosts of a trust take turns."""
    if settings.journal.url:
        yield
        return
    file = settings.path(settings.journal.file).resolve()
    holding = journal_lock(file.with_suffix(".service"), wait=0)
    try:
        holding.__enter__()
    except JournalError as error:
        raise JournalError(
            "Casework is at work on this journal already, perhaps as a service, or as the practice school. "
            "To see how it is: casework status. To do this here, stop the other one first."
        ) from error
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _leave_word(settings: Settings, sentence: str, told: Callable[[str], None]) -> None:
    """Write beside the journal why the service has stopped: no mail can say it."""
    words = (
        f"Casework has stopped: it is not let in to Microsoft 365.\n{sentence}\nAfterwards start it again.\n"
    )
    settings.path(settings.journal.file).with_name(TROUBLE).write_text(words, encoding="utf-8")
    told(words)
