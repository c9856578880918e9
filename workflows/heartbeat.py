"""The heartbeat where people see it: a file in the library that says when Casework was last at work, and what if not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from casework.errors import NotPermittedError, NotThereError, TemporaryConnectorError
from casework.ports import Journal, Library
from casework.records import JournalTransaction
from casework.school import School
from casework.status import HEARTBEAT
from workflows.job_report import JobReport
from workflows.last_seen import LastSeen
from workflows.storing import bring_up_to_date

FILE = "Casework is at work.txt"
WRITTEN = "heartbeat file written for"
SILENT_FOR = timedelta(hours=2)
"""A longer gap between two sweeps is told: the PC was off, or Casework was stopped."""


def show_heartbeat(
    *,
    library: Library,
    journal: Journal,
    school: School,
    now: datetime,
    tell_silence: bool,
    seen: LastSeen | None = None,
) -> JobReport:
    """Write the file anew in every hour; within the hour it costs one look into the journal.

    Args:
        library: of the cases.
        journal: the school's.
        school: whose it is.
        now: this moment at the school.
        tell_silence: log that nothing was done for hours; a practice clock that is moved is no such silence.
        seen: what this process saw last.
    """
    hour = f"{now:%Y-%m-%d %H}"
    with journal.transaction() as transaction:
        if tell_silence:
            _note_silence(transaction, now)
        written = transaction.cursors.get(WRITTEN)
    if written == hour:
        return JobReport()

    def text(transaction: JournalTransaction) -> bytes:
        return _text(transaction, school, now).encode()

    try:
        bring_up_to_date(library, FILE, text, journal=journal, seen=seen, is_first=written is None)
    except (TemporaryConnectorError, NotPermittedError, NotThereError) as error:
        return JobReport(problems=(f'The file "{FILE}" could not be brought up to date: {error}',))
    with journal.transaction() as transaction:
        transaction.cursors.put(WRITTEN, hour)
    return JobReport()


def silence_lines(transaction: JournalTransaction, school: School, *, since: datetime) -> Iterator[str]:
    """What the office reads of it the next morning."""
    for event in transaction.events.since(since):
        if event.what == "service.was_away":
            gone = datetime.fromisoformat(str(event.fields["since"]))
            yield (
                f"Casework was not at work from {_moment(gone, school)} to {_moment(event.at, school)}. What came "
                "meanwhile has been taken in since. If the PC was meant to be on, please see why it was not."
            )


def _note_silence(transaction: JournalTransaction, now: datetime) -> None:
    """Log it once Casework is at work again, and before this sweep leaves its own mark."""
    last = transaction.cursors.get(HEARTBEAT)
    before = datetime.fromisoformat(last) if last else now
    if now - before >= SILENT_FOR:
        hours = round((now - before) / timedelta(hours=1))
        transaction.events.append("service.was_away", at=now, since=before.isoformat(), hours=hours)


def _text(transaction: JournalTransaction, school: School, now: datetime) -> str:
    view = transaction.outbox_view
    stuck = len(view.needing_a_person()) + len(transaction.sightings.needing_a_person())
    cases = transaction.cases.number_open()
    return "\r\n".join(
        (
            f"Casework was at work for {school.name} on {_moment(now, school)}.",
            "It writes this file anew every hour, by day and by night.",
            "",
            f"Open cases: {cases}",
            f"Things that need a person: {stuck}" + (" (the morning mail says which)" if stuck else ""),
            "",
            "If the time above is more than two hours ago, Casework is not at work: reports lie unread, and nobody is",
            "reminded. See whether its PC is switched on and has a network; on it, type: casework status",
            f"Until it runs again, please read the mailbox {school.reporting_mailbox} yourselves. Nothing is lost.",
            "",
        )
    )


def _moment(at: datetime, school: School) -> str:
    there = at.astimezone(school.zone)
    return f"{there:%A} {there.day} {there:%B %Y at %H:%M}"
