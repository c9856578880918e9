"""Keep house: a daily backup of the journal, a daily check of the evidence, another try of what got stuck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from casework.errors import JournalError
from casework.expiry import rung_due
from casework.mails.expiry import sign_in_expires
from casework.ports import Journal
from casework.records import JournalTransaction
from casework.school import School
from casework.status import BACKUP, HEARTBEAT
from workflows.check_evidence import Libraries, check_portion
from workflows.job_report import JobReport
from workflows.planning import plan
from workflows.set_aside import try_all_again
from workflows.timelines import plan_timelines

BACKUP_TROUBLE = "journal backup in trouble"
"""Why the last backup could not be made."""
KEPT = "house kept at"
EVERY = timedelta(hours=24)
HEARTBEAT_EVERY = timedelta(minutes=5)
"""As often as a quiet service writes anything: each writing waits for the disk."""
SEALED_A_DAY = 500
"""Rows of an earlier version that are sealed each day: a fraction of a second."""


def keep_house(
    *,
    journal: Journal,
    libraries: Libraries,
    school: School,
    back_up: Callable[[datetime], None],
    now: datetime,
    sign_in: tuple[str, date] | None = None,
) -> JobReport:
    """Leave the heartbeat and keep the timelines; once a day seal, back up, check evidence, and try what got stuck.

    The person may have mended it (a template, a column, a permission), and nobody should have to say so.

    Args:
        journal: the school's.
        libraries: where evidence lies, by shelf.
        school: who is told of evidence that is not as it was kept.
        back_up: makes the copy; a full disk raises JournalError, which is told and stops nothing else.
        now: this moment at the school.
        sign_in: what Casework signs in with, and its last day; None where nobody knows it.
    """
    planned = plan_timelines(journal=journal, school=school)
    timelines = JobReport(
        changes=planned, closing=planned
    )  # the outbox, which comes after the jobs, writes them
    with journal.transaction() as transaction:
        if not _lately(transaction, HEARTBEAT, now, HEARTBEAT_EVERY):
            transaction.cursors.put(HEARTBEAT, now.isoformat())
        is_backed_up = _lately(transaction, BACKUP, now)
        is_kept = _lately(transaction, KEPT, now)
    reports = [timelines, _tell_of_expiry(journal, school, sign_in, now)]
    if not is_kept:
        with journal.transaction() as transaction:
            transaction.older_rows.seal(most=SEALED_A_DAY)
    if not is_backed_up:
        reports.append(_backed_up(back_up, journal, now))
    if not is_kept:
        with journal.transaction() as transaction:
            transaction.cursors.put(KEPT, now.isoformat())
            try_all_again(transaction, tries_left=1)
            stuck = transaction.outbox_view.needing_a_person()
            reports.append(JobReport(changes=sum(transaction.outbox_view.retry(one.key) for one in stuck)))
        reports.append(check_portion(libraries=libraries, journal=journal, school=school, now=now))
    return JobReport.joined(reports)


def next_housekeeping(transaction: JournalTransaction) -> datetime | None:
    """When a backup is next made, or what got stuck is tried again."""
    last = [at for name in (BACKUP, KEPT) if (at := transaction.cursors.get(name))]
    return min((datetime.fromisoformat(at) + EVERY for at in last), default=None)


def _lately(transaction: JournalTransaction, name: str, now: datetime, every: timedelta = EVERY) -> bool:
    last = transaction.cursors.get(name)
    return last is not None and timedelta(0) <= now - datetime.fromisoformat(last) < every


def _backed_up(back_up: Callable[[datetime], None], journal: Journal, now: datetime) -> JobReport:
    """Make the backup; one that cannot be made is told, tried again at the next sweep, and stops nothing else."""
    try:
        back_up(now)
    except JournalError as error:
        with journal.transaction() as transaction:
            transaction.cursors.put(BACKUP_TROUBLE, str(error))
        return JobReport(problems=(str(error),))
    note_backup(journal, now)
    return JobReport()


def note_backup(journal: Journal, now: datetime) -> None:
    """Remember that the backup was made."""
    with journal.transaction() as transaction:
        transaction.cursors.put(BACKUP, now.isoformat())
        transaction.cursors.forget(BACKUP_TROUBLE)


def _tell_of_expiry(
    journal: Journal, school: School, sign_in: tuple[str, date] | None, now: datetime
) -> JobReport:
    """Plan the mail of the rung that is reached; each rung is told once."""
    if sign_in is None:
        return JobReport()
    what, expires = sign_in
    today = school.today(now)
    rung = rung_due(expires, today)
    if rung is None:
        return JobReport()
    with journal.transaction() as transaction:
        return JobReport(
            changes=plan(
                transaction, sign_in_expires(expires, rung=rung, school=school, what=what, today=today)
            )
        )
