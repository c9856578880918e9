"""Cases as rows, as Casework's journal keeps them, in little: what any engine of benchmarks/engines.py lets run.

A school has a row with its turn, a case a row with its stage, and each stage asks for one effect with a key. A sweep
takes the school's turn, notes the intent, carries it out, and notes the result; each of the safeguards can be left out.
Standard library and psycopg only: the workers of all engines import this.
"""

# ruff: noqa: S608 - the statements are put together from our own words

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from engines_effects import Effects, Outcome

STAGES = 4
"""Effects of each case."""
AT_A_SWEEP = 5
"""Cases that one sweep of a school looks at, so that a sweep is short."""
TABLES = """
CREATE TABLE schools (code text PRIMARY KEY, due_at float8 NOT NULL, handed_until float8 NOT NULL DEFAULT 0,
  holder text, until float8 NOT NULL DEFAULT 0);
CREATE TABLE cases (reference text PRIMARY KEY, school text NOT NULL, stage int NOT NULL DEFAULT 0);
CREATE INDEX cases_by_school ON cases (school, stage);
CREATE TABLE intents (key text PRIMARY KEY, tries int NOT NULL, done bool NOT NULL DEFAULT false);
CREATE TABLE ticks (slot bigint PRIMARY KEY);
CREATE TABLE seen (late float8 NOT NULL);
"""
NOW = "extract(epoch FROM clock_timestamp())::float8"
NEXT_DUE = f"CASE WHEN EXISTS (SELECT FROM cases WHERE school = code AND stage < {STAGES}) THEN {NOW} ELSE 'infinity' END"


class TurnLostError(Exception):
    """Another host has had the school meanwhile."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """Which safeguards the rows have, and what a sweep is.

    Attributes:
        journal: False asks for the effect and then notes it, with neither intent nor turn.
        looks: whether a second try looks first whether the first one did it.
        lease: seconds of a school's turn.
        slot: seconds between two looks at what is due.
        every: 0 for sweeps that carry out cases; otherwise seconds from one sweep to the next, each only a call.
        hangs: a folder with `keys`, before whose first call a host may hang, and a file for each that may now.
    """

    journal: bool = True
    looks: bool = True
    lease: float = 4
    slot: float = 0.5
    every: float = 0
    hangs: str = ""

    @property
    def handed_again(self) -> float:
        """Seconds after which a school that was handed out and not taken is handed out again."""
        return self.every or self.lease / 2


class Rows:
    """What one host does with the rows; each of its threads has a connection of its own."""

    def __init__(self, address: str, port: int, manner: Manner) -> None:
        self._address, self._port, self._manner = address, port, manner
        self._own = threading.local()
        self._hangs = set(Path(manner.hangs, "keys").read_text().split()) if manner.hangs else set()

    def hand_out(self) -> list[str]:
        """Give the schools that are due, to the one host that is first to ask in this slot."""
        with self._transaction() as run:
            slot = int(time.time() / self._manner.slot)
            if not run.execute(
                "INSERT INTO ticks VALUES (%s) ON CONFLICT DO NOTHING RETURNING slot", [slot]
            ).fetchone():
                return []
            return [
                code
                for (code,) in run.execute(
                    f"UPDATE schools SET handed_until = {NOW} + %s WHERE code IN (SELECT code FROM schools"
                    f" WHERE due_at <= {NOW} AND until < {NOW} AND handed_until < {NOW} ORDER BY due_at LIMIT 500)"
                    " RETURNING code",
                    [self._manner.handed_again],
                )
            ]

    def sweep(self, code: str) -> None:
        """Do what is due for a school, if it is not another's turn; whatever fails is due again."""
        with suppress(psycopg.Error, TurnLostError, ConnectionError):
            if not self._manner.journal:
                self._without_a_journal(code)
                return
            holder = f"{os.getpid()}.{threading.get_ident()}.{time.monotonic_ns()}"
            with self._transaction() as run:
                taken = run.execute(
                    f"UPDATE schools SET holder = %s, until = {NOW} + %s WHERE code = %s AND until < {NOW}"
                    f" AND due_at <= {NOW} RETURNING due_at, {NOW} - due_at",
                    [holder, self._manner.lease, code],
                ).fetchone()
                if taken:
                    run.execute("INSERT INTO seen VALUES (%s)", [taken[1]])
            if taken:
                self._look_at_cases(code, holder)
                self._give_back(code, holder, taken[0])

    def _look_at_cases(self, code: str, holder: str) -> None:
        if self._manner.every:
            self._effects.do(f"{code}/{time.time_ns()}")
            return
        for reference, stage in self._due_cases(code):
            key = f"{reference}/{stage}"
            with self._transaction() as run:
                self._ask_for_turn(run, code, holder)
                (tries,) = run.execute(
                    "INSERT INTO intents (key, tries) VALUES (%s, 1)"
                    " ON CONFLICT (key) DO UPDATE SET tries = intents.tries + 1 RETURNING tries",
                    [key],
                ).fetchone() or (1,)
            if self._carried_out(key, tries):
                with self._transaction() as run:
                    self._ask_for_turn(run, code, holder)
                    run.execute("UPDATE intents SET done = true WHERE key = %s", [key])
                    run.execute("UPDATE cases SET stage = %s WHERE reference = %s", [stage + 1, reference])

    def _carried_out(self, key: str, tries: int) -> bool:
        if tries > 1 and self._manner.looks and self._effects.is_done(key):
            return True
        if tries == 1 and key in self._hangs:
            self._hang(key)
        return self._effects.do(key) in (Outcome.DONE, Outcome.ALREADY)

    def _hang(self, key: str) -> None:
        """Stop here if it is this host's turn to, and say before which effect; somebody else lets it go on."""
        for leave in Path(self._manner.hangs).glob("leave-*"):
            with suppress(FileNotFoundError):
                said = leave.rename(leave.with_name(f"hung-{os.getpid()}-{threading.get_ident()}"))
                said.write_text(key)
                os.kill(os.getpid(), signal.SIGSTOP)
                return

    def _without_a_journal(self, code: str) -> None:
        for reference, stage in self._due_cases(code):
            if self._effects.do(f"{reference}/{stage}") is Outcome.DONE:
                with self._transaction() as run:
                    run.execute("UPDATE cases SET stage = %s WHERE reference = %s", [stage + 1, reference])
        with self._transaction() as run:
            run.execute(f"UPDATE schools SET handed_until = 0, due_at = {NEXT_DUE} WHERE code = %s", [code])

    def _due_cases(self, code: str) -> list[tuple[str, int]]:
        with self._transaction() as run:
            return run.execute(
                "SELECT reference, stage FROM cases WHERE school = %s AND stage < %s ORDER BY stage, reference LIMIT %s",
                [code, STAGES, AT_A_SWEEP],
            ).fetchall()

    def _ask_for_turn(self, run: psycopg.Connection, code: str, holder: str) -> None:
        if not run.execute(
            f"UPDATE schools SET until = {NOW} + %s WHERE code = %s AND holder = %s AND until > {NOW} RETURNING code",
            [self._manner.lease, code, holder],
        ).fetchone():
            raise TurnLostError

    def _give_back(self, code: str, holder: str, due_at: float) -> None:
        due = f"{due_at + self._manner.every}" if self._manner.every else NEXT_DUE
        with self._transaction() as run:
            run.execute(
                f"UPDATE schools SET holder = NULL, until = 0, handed_until = 0, due_at = {due}"
                " WHERE code = %s AND holder = %s",
                [code, holder],
            )

    @property
    def _effects(self) -> Effects:
        if not hasattr(self._own, "effects"):
            self._own.effects = Effects(self._port)
        effects: Effects = self._own.effects
        return effects

    @contextmanager
    def _transaction(self) -> Iterator[psycopg.Connection]:
        connection = getattr(self._own, "connection", None)
        if connection is None or connection.closed:
            connection = self._own.connection = psycopg.connect(
                # the server ends what a hung host left open, as it does in a trust
                self._address,
                options="-c idle_in_transaction_session_timeout=2000",
            )
        try:
            with connection.transaction():
                yield connection
        except psycopg.OperationalError:
            connection.close()
            raise
