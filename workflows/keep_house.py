"""Keep house: a daily backup of the journal, a daily check of the evidence, another try of what got stuck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from casework.ports import Journal
from casework.school import School
from workflows.check_evidence import Libraries, check_portion
from workflows.job_report import JobReport
from workflows.timelines import plan_timelines

HEARTBEAT = "last sweep at"
BACKUP = "journal backed up at"
BACKUP_EVERY = timedelta(hours=24)
SEALED_A_DAY = 500
"""Rows of an earlier version that are sealed each day: a fraction of a second."""


def keep_house(
    *,
    journal: Journal,
    libraries: Libraries,
    school: School,
    back_up: Callable[[datetime], None],
    now: datetime,
) -> JobReport:
    """Leave the heartbeat and keep the timelines; once a day seal, back up, check evidence, and try what got stuck.

    The person may have mended it (a template, a column, a permission), and nobody should have to say so.

    Args:
        journal: the school's.
        libraries: where evidence lies, by shelf.
        school: who is told of evidence that is not as it was kept.
        back_up: makes the copy; a full disk raises JournalError and is told.
        now: this moment at the school.
    """
    timelines = JobReport(changes=plan_timelines(journal=journal, school=school))
    with journal.transaction() as transaction:
        last = transaction.cursors.get(BACKUP)
        transaction.cursors.put(HEARTBEAT, now.isoformat())
    if last and timedelta(0) <= now - datetime.fromisoformat(last) < BACKUP_EVERY:
        return timelines
    with journal.transaction() as transaction:
        transaction.older_rows.seal(most=SEALED_A_DAY)
    back_up(now)
    with journal.transaction() as transaction:
        transaction.cursors.put(BACKUP, now.isoformat())
        stuck = transaction.outbox_view.needing_a_person()
        tried = JobReport(changes=sum(transaction.outbox_view.retry(effect.key) for effect in stuck))
    checked = check_portion(libraries=libraries, journal=journal, school=school, now=now)
    return JobReport.joined((timelines, tried, checked))
