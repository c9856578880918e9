"""The hosts of a trust, as processes: one of them is killed every while, and a supervisor starts another."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.practice import REPOSITORY

HOST = (
    "from datetime import timedelta\n"
    "import casework.pacing, connectors.engine.trust, offices.trust, offices.turns\n"
    "casework.pacing.AFTER_NEWS = casework.pacing.IN_SCHOOL_HOURS = timedelta(seconds=2)\n"
    "offices.trust.AFTER_TROUBLE = timedelta(seconds=2)\n"
    "offices.trust.OF_EVERY_LOOK = timedelta(hours=1)\n"
    "connectors.engine.trust.SLOT, offices.turns.LEASE = 1, 6.0\n"
    "from command_line import main; main()"
)
"""A host for schools whose days go by in seconds: every job belongs to every look."""


class Hosts:
    """So many hosts with quick clocks, until `stop`.

    Args:
        folder: of the schools' settings.
        engine: the server that they share.
        number: of hosts.
        kill_every: seconds between two kills.
    """

    def __init__(self, folder: Path, engine: str, number: int, *, kill_every: float) -> None:
        self._folder = folder
        self._engine = engine
        self._kill_every = kill_every
        self._kill_at = time.monotonic() + kill_every
        self._hosts = [self._started(place) for place in range(number)]
        self.killed = 0

    def look(self) -> None:
        """Kill the next one if its time has come; whichever has ended is started again."""
        if time.monotonic() >= self._kill_at:
            self._kill_at = time.monotonic() + self._kill_every
            victim = self._hosts[self.killed % len(self._hosts)]
            victim.kill()
            victim.wait()
            self.killed += 1
        for place, host in enumerate(self._hosts):
            if host.poll() is not None:
                self._hosts[place] = self._started(place)

    def stop(self) -> None:
        for host in self._hosts:
            host.terminate()
        for host in self._hosts:
            try:
                host.wait(30)
            except subprocess.TimeoutExpired:
                host.kill()
                host.wait()

    def _started(self, place: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", HOST]
        command += ["--settings", str(self._folder), "run", "--engine", self._engine]
        with (self._folder.parent / f"host-{place}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT)
