"""Many schools on one host: each with its own settings, journal rows, keys and troubles."""

from __future__ import annotations

import threading
import time
import traceback
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from casework.errors import CaseworkError, JournalError, NewerJournalError, SettingsError, TurnLostError
from casework.pacing import IN_SCHOOL_HOURS, look_again_in
from connectors.engine.trust import TrustEngine
from connectors.journal import SqlTurns, is_same_database, open_turns
from connectors.microsoft365.connection import AT_ONCE
from connectors.settings_file import NO_SCHOOL, SchoolFile, SchoolFolder, Settings
from offices.office import Office
from offices.tenant_lanes import LONGEST_PAUSE
from offices.tenant_lines import TenantLines
from offices.tenants import gate_of, tenant_name
from offices.timetable import SweepReport, Timetable, TimetableJob

LOOK_EVERY = 10.0
"""Seconds between two looks whether schools were added, paused or changed."""
OF_EVERY_LOOK = timedelta(minutes=2)
"""A job that is woken at least so often belongs to every look: how soon the next look is, the pace decides."""
AFTER_TROUBLE = timedelta(minutes=2)
MOST_READY = 1000
"""Schools that a host keeps open between two looks, those last looked at: each takes some 50 KB, and to open one again
costs about a third of a look."""


@dataclass(slots=True)
class _Known:
    """A school that this host has opened.

    Attributes:
        sweeping: the host's own threads take turns, so that none waits for a lease of another.
    """

    file: SchoolFile
    office: Office
    sweeping: threading.Lock = field(default_factory=threading.Lock)


class Trust:
    """The schools of a folder, as one host works for them. One school's trouble is told and stops no other."""

    def __init__(
        self,
        folder: Path,
        timetable: Timetable,
        *,
        turns: SqlTurns,
        engine: str,
        told: Callable[[str], None],
    ) -> None:
        self._engine = engine
        self._folder = SchoolFolder(folder)
        self._timetable = timetable
        self._turns = turns
        self._told = told
        self._lock = threading.Lock()
        self._files: Mapping[str, SchoolFile] = {}
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._said: dict[str, frozenset[str]] = {}
        self._said_of_files: frozenset[str] = frozenset()
        self._lines = TenantLines(at_once=AT_ONCE)
        self._said_of_pauses: dict[str, float] = {}

    def look(self) -> None:
        """See which schools there are now; what is wrong with a file is told once."""
        try:
            files = self._folder.look()
        except SettingsError as error:
            self._tell_of_files({str(error)})
            return
        here = [one for one in files if one.settings and self._is_here(one.settings)]
        apart = {_APART.format(file=one.path) for one in files if one.settings and one not in here}
        problems = {one.problem for one in files if one.problem} | apart
        self._tell_of_files(problems or (set() if files else {NO_SCHOOL}))
        schools = {one.settings.school.code: one for one in here if one.settings}
        spread = IN_SCHOOL_HOURS.total_seconds()
        self._turns.enrol({code: zlib.crc32(code.encode()) % int(spread) for code in schools})
        with self._lock:
            self._files = schools
            gone = [code for code in self._known if code not in schools]
            closing = [self._known.pop(code) for code in gone]
            self._said = {code: said for code, said in self._said.items() if code in schools}
        for known in closing:
            _close(known)

    def _is_here(self, settings: Settings) -> bool:
        """A school with a journal of its own would be worked for twice, by a host here and by another there."""
        return is_same_database(settings.journal.url, self._engine)

    def _tell_of_files(self, problems: set[str]) -> None:
        new, self._said_of_files = problems - self._said_of_files, frozenset(problems)
        for problem in sorted(new):
            self._told(problem)

    def sweep(self, code: str) -> None:
        """Do what is due for a school, or let it wait for others of its tenant; its troubles are its own."""
        tenant = self._tenant_of(code)
        if not self._lines.join(tenant, code):
            return
        self._apart(code, self._sweep_one)
        while (following := self._lines.following(tenant)) is not None:
            self._apart(following, self._sweep_if_due)

    def _sweep_if_due(self, code: str) -> None:
        """It may have waited so long that another host was quicker."""
        if self._turns.is_due(code):
            self._sweep_one(code)

    def _apart(self, code: str, sweep: Callable[[str], None]) -> None:
        """Whatever goes wrong at one school, a fault of ours or the database at that moment, the next one is swept."""
        try:
            sweep(code)
        except Exception as error:  # noqa: BLE001 - one school's fault must not stop the others
            self._tell_once(code, {_in_words(error)})
            with suppress(JournalError):
                self._turns.note(code, ran=(), look_in=AFTER_TROUBLE.total_seconds())

    def _tenant_of(self, code: str) -> str:
        with self._lock:
            file = self._files.get(code)
        return tenant_name(file.settings) if file and file.settings else code

    def _sweep_one(self, code: str) -> None:
        try:
            known = self._opened(code)
        except CaseworkError as error:
            self._told(f"{code}: {error}")
            self._turns.note(code, ran=(), look_in=AFTER_TROUBLE.total_seconds())
            return
        if known is None or not known.sweeping.acquire(blocking=False):
            return
        try:
            if not self._is_paused(code, known):
                self._swept(code, known)
        finally:
            known.sweeping.release()

    def _is_paused(self, code: str, known: _Known) -> bool:
        """While Microsoft wants to be left alone its schools are put off; that is told once for all of them."""
        gate = gate_of(known.office.settings)
        pause = gate.paused_for() if gate else 0.0
        if gate is None or pause <= LONGEST_PAUSE:
            return False
        with self._lock:
            is_new = self._said_of_pauses.get(gate.tenant, 0.0) < time.monotonic()
            self._said_of_pauses[gate.tenant] = time.monotonic() + pause
        if is_new:
            self._told(
                f"Microsoft 365 wants to be left alone for {pause:.0f} seconds by the schools of the tenant "
                f"{known.office.settings.microsoft365.tenant_id}. They are looked at afterwards, by themselves."
            )
        self._turns.note(code, ran=(), look_in=pause)
        return True

    def _swept(self, code: str, known: _Known) -> None:
        jobs = self._due_jobs(code)
        try:
            report = self._timetable.run_once(known.office, jobs)
        except (TurnLostError, NewerJournalError):
            return  # whoever has it now does what is due
        except CaseworkError as error:
            report = SweepReport(changes=0, failed=(str(error),), problems=())
        troubles = (*report.failed, *report.problems)
        self._tell_once(code, troubles)
        ran = () if report.failed else tuple(job.name for job in jobs)
        look_in = AFTER_TROUBLE if report.failed else self._look_in(known.office, report)
        self._turns.note(code, ran=ran, look_in=look_in.total_seconds(), urgent=report.changes > 0)

    def _tell_once(self, code: str, troubles: Iterable[str]) -> None:
        """Tell what was not told of the school after its last look."""
        said = self._said.get(code, ())
        for trouble in troubles:
            if trouble not in said:
                self._told(f"{code}: {trouble}")
        self._said[code] = frozenset(troubles)

    def _look_in(self, office: Office, report: SweepReport) -> timedelta:
        return look_again_in(
            office.clock.now(),
            zone=office.school.zone,
            calendar=office.school.calendar,
            news=report.changes > 0,
        )

    def _due_jobs(self, code: str) -> tuple[TimetableJob, ...]:
        """The jobs of every look, and those whose time has come since they were last run."""
        ago = self._turns.ago(code)
        return tuple(
            job
            for job in self._timetable.jobs
            if job.every <= OF_EVERY_LOOK or job.name not in ago or ago[job.name] >= job.every.total_seconds()
        )

    def _opened(self, code: str) -> _Known | None:
        """The school, opened by its present file; None if it has left or is paused."""
        with self._lock:
            file = self._files.get(code)
            known = self._known.get(code)
            if known:
                self._known.move_to_end(code)
        if file is None or file.settings is None:
            return None
        if known and known.file.stamp == file.stamp:
            return known
        if known:
            with known.sweeping:
                _close(known)
        fresh = _Known(file=file, office=Office(file.settings))
        fresh.office.news.skip_old()
        with self._lock:
            self._known[code] = fresh
            self._known.move_to_end(code)
            beyond = len(self._known) - MOST_READY
            resting = [one for one, known in self._known.items() if not known.sweeping.locked()]
            closing = [self._known.pop(one) for one in resting[: max(0, beyond)] if one != code]
        for one in closing:
            _close(one)
        return fresh

    def begin_no_more(self) -> None:
        """The host stops: sweeps that have begun go on to their end."""
        self._lines.empty()

    def close(self) -> None:
        with self._lock:
            closing = list(self._known.values())
            self._known.clear()
        for known in closing:
            _close(known)


_APART = (
    "{file}: its journal is not in the database that --engine names, so that it would be worked for twice. Let "
    "[journal] url in trust.toml be the same address, and copy trust.toml to every host."
)


def _in_words(error: Exception) -> str:
    """Our own errors in their words; any other may quote a message, so that where it arose must do."""
    if isinstance(error, CaseworkError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
    return (
        f"{where}: a fault of Casework's own. The school is tried again every two minutes, and the others go on. "
        "Please report it."
    )


def _close(known: _Known) -> None:
    if "journal" in known.office.__dict__:
        known.office.journal.close()


def run_trust(
    folder: Path,
    timetable: Timetable,
    *,
    engine: str,
    at_once: int,
    told: Callable[[str], None],
    stop: threading.Event,
) -> None:
    """Work for the schools of a folder, as one host of any number, until `stop` is set.

    Args:
        folder: with a settings file for each school.
        timetable: the jobs.
        engine: the PostgreSQL server that the hosts share.
        at_once: schools that this host sweeps at the same time.
        told: is handed each thing that a person should know, as a sentence.
        stop: ends it; sweeps that are running are finished first.

    Raises:
        JournalError: the server cannot be reached.
    """
    turns = open_turns(engine)
    trust = Trust(folder, timetable, turns=turns, engine=engine, told=told)
    looking = threading.Thread(target=_keep_looking, args=(trust, stop), name="schools", daemon=True)
    try:
        trust.look()
        looking.start()
        TrustEngine(engine, due=turns.due, take_slot=turns.take_slot, sweep=trust.sweep, at_once=at_once).run(
            stop
        )
    except OSError as error:
        raise JournalError(f"{error} Start this host again once the server is there.") from error
    finally:
        stop.set()
        trust.close()
        turns.close()


def _keep_looking(trust: Trust, stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY):
        try:
            trust.look()
        except JournalError:
            continue  # the engine says so, and ends
    trust.begin_no_more()
