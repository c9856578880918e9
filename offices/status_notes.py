"""After a sweep: how each job went, and the whole status as it is now, so that it can be shown at a glance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from casework.status import HEARTBEAT
from connectors.glance import glance
from offices.glance import STATUS
from offices.private_files import private_files
from offices.status import JOBS, Counted, as_it_goes_on, counted_in, today_in
from offices.status_files import stamp_of

if TYPE_CHECKING:
    from connectors.journal import SqlJournal, SqlTransaction
    from connectors.settings_file import Settings

AT_LEAST_EVERY = timedelta(minutes=5)
"""A quiet service writes nothing oftener than this: each writing waits for the disk."""
NOT_OFTENER_THAN = timedelta(minutes=1)
LEAVES_HEARTBEAT = "keep_house"
"""The job whose looks leave the heartbeat in the journal, and so do those that end early."""


class _Noted(NamedTuple):
    """What was last noted, and the stamps of the files that it was counted by."""

    note: Mapping[str, Any]
    files: tuple[list[int], ...]


class StatusNotes:
    """What one school's process last noted.

    What was counted is noted again, with nothing but its times moved on, by looks that found nothing new: since it was
    counted nobody has written to the journal but these looks themselves.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._good: dict[str, tuple[int, str]] = {}
        self._failing: dict[str, str] = {}
        self._noted_at: datetime | None = None
        self._noted_failing: frozenset[str] = frozenset()
        self._counted: _Noted | None = None

    def note(
        self,
        journal: SqlJournal,
        *,
        jobs: Mapping[str, int],
        failed: frozenset[str],
        changes: int,
        now: datetime,
        nothing_new: bool = False,
    ) -> bool:
        """Remember how a sweep went; written when something changed, and otherwise every few minutes.

        Args:
            journal: of the school; the sweep's turn is still held.
            jobs: what was swept, with the seconds between two wakes of each.
            failed: which of them could not do their work.
            changes: how much the sweep did.
            now: the school's time.
            nothing_new: it ended early, because nothing has changed since the sweep before.

        Returns:
            True if anything was written.
        """
        for name, every in jobs.items():
            if name in failed:
                self._failing.setdefault(name, now.isoformat())
            else:
                self._failing.pop(name, None)
                self._good[name] = (every, now.isoformat())
        if not nothing_new:
            self._counted = None
        if not self._is_due(now, changes):
            return False
        self._noted_at, self._noted_failing = now, frozenset(self._failing)
        self._write(journal, jobs, heartbeat=now if nothing_new and LEAVES_HEARTBEAT in jobs else None)
        return True

    def _is_due(self, now: datetime, changes: int) -> bool:
        if self._noted_at is None or frozenset(self._failing) != self._noted_failing or now < self._noted_at:
            return True
        return now - self._noted_at >= (NOT_OFTENER_THAN if changes else AT_LEAST_EVERY)

    def _write(self, journal: SqlJournal, jobs: Mapping[str, int], *, heartbeat: datetime | None) -> None:
        # taken before counting: what changes after it makes the note out of date, never wrong
        files = self._files()
        known = self._counted if self._counted and self._counted.files == files else None
        mark = known.note["mark"] if known else self._mark()
        with journal.transaction() as transaction:
            if heartbeat:
                transaction.cursors.put(HEARTBEAT, heartbeat.isoformat())
            transaction.cursors.put(JOBS, json.dumps(self._went(transaction, jobs)))
            if known and known.note["day"] == today_in(transaction, self._settings).isoformat():
                note = {**known.note, "status": as_it_goes_on(known.note["status"], transaction)}
            else:
                note = self._note_of(counted_in(transaction, self._settings), mark=mark, stamp=files[0])
            transaction.cursors.put(STATUS, json.dumps(note))
        self._counted = _Noted(note=note, files=files)

    def _note_of(self, counted: Counted, *, mark: str, stamp: list[int]) -> dict[str, Any]:
        settings = self._settings
        return {
            "status": counted.status,
            "standing": counted.standing,
            "day": counted.today.isoformat(),
            "mark": mark,
            "stamp": stamp,
            "zone": settings.school.timezone,
            "practice": settings.practice is not None,
            "private": [str(file) for file in private_files(settings)],
        }

    def _mark(self) -> str:
        settings = self._settings
        if settings.journal.url:
            return ""
        seen = glance(settings.path(settings.journal.file), school=settings.school.code, notes=())
        return seen.mark if seen else ""

    def _files(self) -> tuple[list[int], ...]:
        """What changes when a file is saved of which a note tells: the settings, and the certificate's last day."""
        certificate = self._settings.microsoft365.certificate
        told_of = (self._settings.file, *([self._settings.path(certificate)] if certificate else ()))
        return tuple(stamp_of(file) for file in told_of)

    def _went(self, transaction: SqlTransaction, jobs: Mapping[str, int]) -> dict[str, Any]:
        """Every job as this process saw it last; of the others, what an earlier process saw."""
        went: dict[str, Any] = json.loads(transaction.cursors.get(JOBS) or "{}")
        for name, (every, good_at) in self._good.items():
            went[name] = {"every": every, "good_at": good_at, "failed_at": None}
        for name, since in self._failing.items():
            before = went.get(name) or {"every": jobs.get(name, 0), "good_at": None, "failed_at": None}
            went[name] = {**before, "failed_at": before["failed_at"] or since}
        return went
