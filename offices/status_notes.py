"""After a sweep: how each job went, and the whole status as it is now, so that it can be shown at a glance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from connectors.glance import glance
from offices.glance import STATUS
from offices.private_files import private_files
from offices.status import JOBS, counted_in
from offices.status_files import stamp_of

if TYPE_CHECKING:
    from connectors.journal import SqlJournal, SqlTransaction
    from connectors.settings_file import Settings

AT_LEAST_EVERY = timedelta(minutes=5)
"""A quiet service writes nothing oftener than this: each writing waits for the disk."""
NOT_OFTENER_THAN = timedelta(minutes=1)


class StatusNotes:
    """What one school's process last noted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._good: dict[str, tuple[int, str]] = {}
        self._failing: dict[str, str] = {}
        self._noted_at: datetime | None = None
        self._noted_failing: frozenset[str] = frozenset()

    def note(
        self,
        journal: SqlJournal,
        *,
        jobs: Mapping[str, int],
        failed: frozenset[str],
        changes: int,
        now: datetime,
    ) -> None:
        """Remember how a sweep went; written when something changed, and otherwise every few minutes.

        Args:
            journal: of the school; the sweep's turn is still held.
            jobs: what was swept, with the seconds between two wakes of each.
            failed: which of them could not do their work.
            changes: how much the sweep did.
            now: the school's time.
        """
        for name, every in jobs.items():
            if name in failed:
                self._failing.setdefault(name, now.isoformat())
            else:
                self._failing.pop(name, None)
                self._good[name] = (every, now.isoformat())
        if self._is_due(now, changes):
            self._noted_at, self._noted_failing = now, frozenset(self._failing)
            self._write(journal, jobs)

    def _is_due(self, now: datetime, changes: int) -> bool:
        if self._noted_at is None or frozenset(self._failing) != self._noted_failing or now < self._noted_at:
            return True
        return now - self._noted_at >= (NOT_OFTENER_THAN if changes else AT_LEAST_EVERY)

    def _write(self, journal: SqlJournal, jobs: Mapping[str, int]) -> None:
        settings = self._settings
        # taken before counting: what changes after it makes the note out of date, never wrong
        seen = (
            None
            if settings.journal.url
            else glance(settings.path(settings.journal.file), school=settings.school.code, notes=())
        )
        with journal.transaction() as transaction:
            transaction.cursors.put(JOBS, json.dumps(self._went(transaction, jobs)))
            counted = counted_in(transaction, settings)
            kept = {
                "status": counted.status,
                "standing": counted.standing,
                "day": counted.today.isoformat(),
                "mark": seen.mark if seen else "",
                "stamp": stamp_of(settings.file),
                "zone": settings.school.timezone,
                "practice": settings.practice is not None,
                "private": [str(file) for file in private_files(settings)],
            }
            transaction.cursors.put(STATUS, json.dumps(kept))

    def _went(self, transaction: SqlTransaction, jobs: Mapping[str, int]) -> dict[str, Any]:
        """Every job as this process saw it last; of the others, what an earlier process saw."""
        went: dict[str, Any] = json.loads(transaction.cursors.get(JOBS) or "{}")
        for name, (every, good_at) in self._good.items():
            went[name] = {"every": every, "good_at": good_at, "failed_at": None}
        for name, since in self._failing.items():
            before = went.get(name) or {"every": jobs.get(name, 0), "good_at": None, "failed_at": None}
            went[name] = {**before, "failed_at": before["failed_at"] or since}
        return went
