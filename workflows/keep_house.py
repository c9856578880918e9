"""Keep house: a nightly backup of the journal, and a heartbeat that says when the last sweep was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from casework.ports import Journal
from workflows.job_report import JobReport

HEARTBEAT = "last sweep at"
BACKUP = "journal backed up at"
BACKUP_EVERY = timedelta(hours=24)


def keep_house(*, journal: Journal, back_up: Callable[[datetime], None], now: datetime) -> JobReport:
    """Back the journal up once a day, and leave the heartbeat that `casework status` shows.

    Args:
        journal: the school's.
        back_up: makes the copy; a full disk raises JournalError and is told.
        now: this moment at the school.
    """
    with journal.transaction() as transaction:
        last = transaction.cursors.get(BACKUP)
        transaction.cursors.put(HEARTBEAT, now.isoformat())
    if last and timedelta(0) <= now - datetime.fromisoformat(last) < BACKUP_EVERY:
        return JobReport()
    back_up(now)
    with journal.transaction() as transaction:
        transaction.cursors.put(BACKUP, now.isoformat())
    return JobReport(changes=0)
