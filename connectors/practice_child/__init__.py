"""The practice tenant as a child process: started, waited for, and ended with its parent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from casework.errors import CaseworkError

PATIENCE = 90.0
"""Seconds that the tenant may take to start; it takes about one."""


class PracticeStartError(CaseworkError):
    """The practice tenant did not start; its own words are in the message."""


class PracticeChild:
    """A running practice tenant.

    Attributes:
        facts: what it wrote into server.json: addresses, users, applications.
    """

    def __init__(self, process: subprocess.Popen[bytes], facts: dict[str, Any]) -> None:
        self._process = process
        self.facts = facts

    @classmethod
    def start(cls, state: Path, *, port: int = 0, now: str = "", fill: bool = False) -> Self:
        """Start it and wait until it answers.

        Args:
            state: folder of everything it remembers; made if it is not there.
            port: any free one if 0.
            now: what the practice clock shows, ISO 8601; where it left off if empty.
            fill: add the invented school, if the folder is new.

        Raises:
            PracticeStartError: it ended, or took too long.
        """
        state.mkdir(parents=True, exist_ok=True)
        ready = state / "server.json"
        ready.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "practice_tenant",
            "--state",
            str(state),
            "--parent",
            str(os.getpid()),
        ]
        command += ["--port", str(port)] if port else []
        command += ["--now", now] if now else []
        command += ["--fill"] if fill else []
        log = (state / "practice.log").open("ab")
        root = Path(__file__).parents[2]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=root)
        log.close()
        return cls(process, _wait_for(ready, process, state))

    def stop(self) -> None:
        """End it; it has nothing to lose."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def wait(self) -> int:
        """Wait until it ends by itself; returns its exit code."""
        return self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _wait_for(ready: Path, process: subprocess.Popen[bytes], state: Path) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            words = (
                (state / "practice.log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            )
            last = words[-1] if words else "It said nothing."
            raise PracticeStartError(
                f"The practice tenant did not start: {last} Its log is practice.log in the state folder."
            )
        time.sleep(0.02)
    facts: dict[str, Any] = json.loads(ready.read_text(encoding="utf-8"))
    return facts
