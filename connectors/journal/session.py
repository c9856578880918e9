"""What every role of the journal works with inside one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from connectors.journal.driver import Driver

MachineClock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One transaction of one school.

    Attributes:
        driver: carries the statements that every message needs.
        machine_clock: for leases and waits only; the school's time comes with each call.
        before_commit: what the roles still have to write, in the order in which it was begun.
        written_about: the cases that something was written about, so that they are looked at again.
    """

    driver: Driver
    school: str
    chain_key: bytes
    machine_clock: MachineClock
    before_commit: list[Callable[[], None]] = field(default_factory=list)
    written_about: set[str] = field(default_factory=set)

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's own way, for what is asked seldom."""
        return self.driver.connection

    def write_what_waits(self) -> None:
        for write in self.before_commit:
            write()

    def close(self) -> None:
        """Hold nothing of the database any longer: an open cursor would keep its file open."""
        self.before_commit.clear()
        self.driver.close()
