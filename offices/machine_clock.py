"""The machine's own clock, and whether it can be believed: a wrong one would send mails of a wrong day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from casework.errors import ConnectorError, WrongClockError
from casework.ports import BELIEVED, Clock

JUMP = timedelta(seconds=90)
"""The clock was set, or the machine slept, if it moved this much more or less than time went by."""
AT_LEAST_DAILY = timedelta(days=1)


def machine_now() -> datetime:
    """The machine's own time, for leases, life times and checks of the machine itself."""
    return datetime.now(UTC)


class MachineClock:
    """The time of the school is the machine's, except in practice."""

    def now(self) -> datetime:
        return machine_now()


class ClockWatch:
    """Compares the machine's clock with the service's: at the start, when it jumped, and once a day."""

    def __init__(
        self,
        ask: Callable[[], str],
        *,
        machine: Callable[[], datetime] = machine_now,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with nothing believed.

        Args:
            ask: what the service says that it is, as HTTP writes it; raises a ConnectorError if it does not answer.
            machine: the clock to be judged, aware.
            steady: seconds that go by however the clock is set.
        """
        self._ask = ask
        self._machine = machine
        self._steady = steady
        self._believed: tuple[datetime, float] | None = None

    def trouble(self, shown: datetime | None = None) -> str:
        """What is wrong with the clock and what to do, or nothing.

        A service that does not answer judges nothing: no mail can leave either, and it is asked again at the next sweep.

        Args:
            shown: what the clock has just shown, if it was read already.
        """
        now, steady = shown or self._machine(), self._steady()
        if self._goes_on(now, steady):
            return ""
        try:
            told = parsedate_to_datetime(self._ask())
        except (ConnectorError, TypeError, ValueError):
            return ""
        if abs(now - told) > BELIEVED:
            self._believed = None
            return _in_words(now, told)
        self._believed = now, steady
        return ""

    def _goes_on(self, now: datetime, steady: float) -> bool:
        """True while it moves as time goes by since it was last found right."""
        if self._believed is None:
            return False
        passed = timedelta(seconds=steady - self._believed[1])
        return abs((now - self._believed[0]) - passed) <= JUMP and passed < AT_LEAST_DAILY


class WatchedClock:
    """A clock that may be set wrong at any moment, also in the middle of a sweep: each reading is judged."""

    def __init__(self, clock: Clock, watch: ClockWatch) -> None:
        self._clock = clock
        self._watch = watch

    def now(self) -> datetime:
        """This moment.

        Raises:
            WrongClockError: the service says that it is another one.
        """
        shown = self._clock.now()
        if wrong := self._watch.trouble(shown):
            raise WrongClockError(wrong)
        return shown


def _in_words(now: datetime, told: datetime) -> str:
    return (
        f"Nothing is done, because this machine's clock shows {_moment(now)} and Microsoft 365 says that it is "
        f"{_moment(told)}. Set the clock, and let the machine keep it by itself (in Windows: Settings, Time & language, "
        "Set time automatically; on Linux: timedatectl set-ntp true). Casework then goes on by itself."
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M} UTC"
