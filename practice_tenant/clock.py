"""The practice clock: it ticks from the moment somebody set, and governs the times of mail, files and lists."""

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import floor

from practice_tenant.database import Database
from practice_tenant.times import stamp

_OFFSET = "clock offset in seconds"


class PracticeClock:
    """A clock that may stand anywhere; tokens, certificates and waits never look at it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> datetime:
        """The practice moment, aware and in UTC."""
        return datetime.now(UTC) + _offset(self._database.fact(_OFFSET))

    def stamp(self) -> str:
        """The practice moment as Graph writes it."""
        offset = _offset(self._database.fact(_OFFSET))
        return _stamp(floor(time.time() + offset.total_seconds()))

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now; from here the clock ticks at the machine's pace, over restarts too."""
        offset = (moment - datetime.now(UTC)).total_seconds()
        self._database.set_fact(_OFFSET, repr(offset))


@lru_cache(maxsize=4)
def _offset(text: str | None) -> timedelta:
    return timedelta(seconds=float(text or 0))


@lru_cache(maxsize=16)
def _stamp(second: int) -> str:
    return stamp(datetime.fromtimestamp(second, UTC))
