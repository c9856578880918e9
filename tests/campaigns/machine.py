"""The machine on which a service under trial runs: killed, stopped, put to sleep, and with a clock that may be wrong.

Run as a module it is `casework` on such a machine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from casework.ports import Clock
from offices import turns
from offices.machine_clock import ClockWatch
from offices.office import Office
from tests.practice import REPOSITORY

WRONG_BY = "CASEWORK_CLOCK_IS_WRONG_BY"
"""Names the file that holds by how many hours the machine's clock is wrong; none means that it is right."""
QUICK_LEASE = 4.0
"""Seconds: nobody waits a minute here until a killed host's turn has run out."""


class Machine:
    """`casework run` as a process of its own, which is started again whenever it has died."""

    def __init__(self, settings: Path) -> None:
        self._command = [sys.executable, "-m", "tests.campaigns.machine", "--settings", str(settings), "run"]
        self._wrong_by = settings.with_name("clock-is-wrong-by")
        self._wrong_by.unlink(missing_ok=True)
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def is_at_work(self) -> None:
        """Start the service, as the machine's service manager does, if it is not running."""
        if self._process is None or self._process.poll() is not None:
            self.starts += 1
            self._process = subprocess.Popen(
                self._command,
                cwd=REPOSITORY,
                env={**os.environ, WRONG_BY: str(self._wrong_by)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def is_killed(self) -> None:
        self._signalled(signal.SIGKILL)
        self._ended()

    def falls_asleep(self) -> None:
        """In the middle of whatever it does."""
        self._signalled(signal.SIGSTOP)

    def wakes_up(self) -> None:
        self._signalled(signal.SIGCONT)

    def sleeps(self, seconds: float) -> None:
        self.falls_asleep()
        time.sleep(seconds)
        self.wakes_up()

    def has_a_wrong_clock(self, by: timedelta, seconds: float) -> None:
        """For so long; then it is right again."""
        draft = self._wrong_by.with_suffix(".draft")
        draft.write_text(str(by.total_seconds() / 3600))
        draft.replace(self._wrong_by)
        time.sleep(seconds)
        self._wrong_by.unlink()

    def stops(self) -> None:
        self._signalled(signal.SIGTERM)
        self._ended()

    def _signalled(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, number)

    def _ended(self) -> None:
        if self._process:
            self._process.wait(60)


class ClockOfMachine(Clock):
    """The practice clock as this machine shows it: right, or wrong by as much as the file says."""

    def __init__(self, right: Clock) -> None:
        self.right = right

    def now(self) -> datetime:
        return self.right.now() + _wrong_by()


def _wrong_by() -> timedelta:
    try:
        return timedelta(hours=float(Path(os.environ[WRONG_BY]).read_text()))
    except FileNotFoundError:
        return timedelta()


def run() -> None:
    """What `casework` does, on a machine whose clock can be wrong; the clock is judged as a real school's is."""
    right = Office.clock.func  # type: ignore[attr-defined]  # a cached property
    Office.clock = property(lambda office: ClockOfMachine(right(office)))  # type: ignore[assignment]
    watches: dict[int, ClockWatch] = {}

    def clock_watch(office: Office) -> ClockWatch:
        if id(office) not in watches:
            clock = office.clock
            assert isinstance(clock, ClockOfMachine)
            watches[id(office)] = ClockWatch(
                lambda: format_datetime(clock.right.now(), usegmt=True), machine=clock.now
            )
        return watches[id(office)]

    Office.clock_watch = property(clock_watch)  # type: ignore[assignment]
    turns.LEASE = QUICK_LEASE
    from command_line import main  # noqa: PLC0415 - after the machine is ready

    main()


if __name__ == "__main__":
    run()
