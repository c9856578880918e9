"""Playing the term: from school morning to school morning, waiting each time until Casework has done its work."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from practice_tenant.tenant import Tenant
from practice_tenant.work_log.store import WorkLog

_LONDON = ZoneInfo("Europe/London")
_MORNING = time(8, 0)
_SATURDAY = 5
_WEEKS_WITHOUT_CALENDAR = 4
_PATIENCE_IN_SECONDS, _LOOK_EVERY = 180.0, 0.2


class PlayState(StrEnum):
    NOT_STARTED = "not started"
    PLAYING = "playing"
    FINISHED = "finished"
    STOPPED = "stopped"
    STUCK = "stuck"


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a play has come.

    Attributes:
        mornings: all that are played.
        done: how many of them Casework has finished.
    """

    state: PlayState = PlayState.NOT_STARTED
    mornings: tuple[datetime, ...] = ()
    done: int = 0

    @property
    def is_playing(self) -> bool:
        return self.state is PlayState.PLAYING


class TermPlay:
    """One play at a time; it ends with the tenant, and a restart begins none."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._log = WorkLog(tenant.database)
        self._task: asyncio.Task[None] | None = None
        self.progress = Progress()

    def mornings(self) -> list[datetime]:
        """The school mornings ahead, up to the next long break."""
        now = self._tenant.clock.now()
        return [morning for morning in school_mornings(self._log, now) if morning > now]

    def start(self) -> None:
        """Begin; while one is on, this does nothing."""
        mornings = self.mornings()
        if self.progress.is_playing or not mornings:
            return
        self.progress = Progress(state=PlayState.PLAYING, mornings=tuple(mornings))
        self._task = asyncio.get_running_loop().create_task(self._play(mornings))

    def stop(self) -> None:
        """End it; the morning that is being played stays, Casework finishes it."""
        if self.progress.is_playing:
            self.progress = replace(self.progress, state=PlayState.STOPPED)

    async def _play(self, mornings: Sequence[datetime]) -> None:
        for number, morning in enumerate(mornings, start=1):
            if morning > self._tenant.clock.now():  # else a visitor has gone on meanwhile
                self._tenant.clock.set(morning)
                was_swept = await self._swept(morning)
                if not self.progress.is_playing:
                    return
                if not was_swept:
                    self.progress = replace(self.progress, state=PlayState.STUCK)
                    return
            self.progress = replace(self.progress, done=number)
        self.progress = replace(self.progress, state=PlayState.FINISHED)

    async def _swept(self, morning: datetime) -> bool:
        """Wait until Casework tells of a sweep at that moment or later, or the play was stopped."""
        loop = asyncio.get_running_loop()
        limit = loop.time() + _PATIENCE_IN_SECONDS
        while self.progress.is_playing:
            swept_at = self._log.swept_at
            if swept_at is not None and swept_at >= morning:
                return True
            if loop.time() > limit:
                return False
            await asyncio.sleep(_LOOK_EVERY)
        return False


def school_mornings(log: WorkLog, now: datetime) -> list[datetime]:
    """Eight o'clock on the school days that Casework told of; on weekdays where nobody has told any."""
    today = now.astimezone(_LONDON).date()
    days = [day for day in log.school_days if day > today]
    if not days:
        ahead = (today + timedelta(days=number) for number in range(1, 7 * _WEEKS_WITHOUT_CALENDAR + 1))
        days = [day for day in ahead if day.weekday() < _SATURDAY]
    return [datetime.combine(day, _MORNING, _LONDON) for day in days]
