"""What every role of the journal works with inside one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

MachineClock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One transaction of one school.

    Attributes:
        machine_clock: for leases and waits only; the school's time comes with each call.
    """

    connection: Connection
    school: str
    chain_key: bytes
    machine_clock: MachineClock
