"""What `casework status` shows: counts and moments from the journal and the disk, never a name."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from casework.calendar_changes import calendar_from_text
from casework.errors import NoJournalYetError
from casework.records import OutboxState
from casework.sending_cap import held_back_words
from casework.status import BACKUP, HEARTBEAT, OK, JobStatus, Status, day_there, judged, places_of
from connectors.journal import SqlJournal, SqlTransaction, chain_key_from, open_journal
from connectors.settings_file import Settings
from offices.expiring import sign_in_until
from offices.lost_journal import no_journal
from offices.private_files import open_to_others, private_files
from offices.status_files import BACKUPS, backups_in
from workflows.awaiting_word import held_words
from workflows.calendar_changes import CALENDAR, CALENDAR_TROUBLE
from workflows.halts import halts_now
from workflows.journal_copies import COPIED, copy_trouble
from workflows.keep_house import BACKUP_TROUBLE
from workflows.returned_papers import papers_that_came_back, returned_lines
from workflows.sent_mails import sent_lately
from workflows.set_aside import things_set_aside

_TRIED_OFTEN = 7
"""Tries after which a fault is likely to need a person: by then a quarter of an hour has gone by."""
_MOST_REASONS = 3
JOBS = "how the jobs went"
"""The cursor that says of each job when it last did its work."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What the journal says.

    Attributes:
        today: the day on which deadlines were counted.
        standing: what is known to be wrong, as sentences with what to do.
    """

    status: Status
    today: date
    standing: tuple[str, ...]


def status_of(settings: Settings, *, journal: SqlJournal | None = None) -> Status:
    """Read the journal; an open one may be handed in.

    Raises:
        JournalError: it cannot be read.
        NoJournalYetError: it is not there (yet).
    """
    if journal is not None:
        return _read(settings, journal)
    file = settings.path(settings.journal.file)
    key = settings.path(settings.journal.key)
    if not settings.journal.url and not (file.exists() and key.exists()):
        missing = key if file.exists() else file
        raise NoJournalYetError(no_journal(missing))
    with open_journal(
        settings.journal.url or file, school=settings.school.code, chain_key=chain_key_from(key)
    ) as opened:
        return _read(settings, opened)


def _read(settings: Settings, journal: SqlJournal) -> Status:
    with journal.transaction() as transaction:
        counted = counted_in(transaction, settings)
    return judged(
        counted.status,
        (*counted.standing, *open_to_others(private_files(settings))),
        now=datetime.now(UTC),
        zone=settings.school.timezone,
        practice=settings.practice is not None,
    )


@cache
def _program_version() -> str:
    """Of the program that this process runs: found in files, and noted every few minutes."""
    return version("casework")


def counted_in(transaction: SqlTransaction, settings: Settings) -> Counted:
    """Count, and look at the disk."""
    expires = sign_in_until(settings)
    file = None if settings.journal.url else settings.path(settings.journal.file)
    head = transaction.events.head()
    counts = transaction.counts
    set_aside = counts.set_aside() + len(things_set_aside(transaction.cursors))
    came_back = len(papers_that_came_back(transaction.cursors))
    held_back = counts.effects(OutboxState.HELD_BACK)
    until = _held_until(transaction, settings) if held_back else None
    jobs = jobs_in(transaction)
    today = today_in(transaction, settings)
    late = counts.deadlines_by(today)
    status = Status(
        school=settings.school.code,
        version=_program_version(),
        verdict=OK,
        open_cases=counts.open_cases(),
        cases_waiting=counts.waiting_cases(),
        deadlines_overdue=sum(day < today for day in late),
        deadlines_due_today=late.count(today),
        letters_waiting=counts.open_letters(),
        effects_waiting=counts.effects(OutboxState.PLANNED, OutboxState.CLAIMED),
        reminders_waiting=counts.effects(OutboxState.GATHERED),
        needs_a_person=counts.effects(OutboxState.NEEDS_A_PERSON) + set_aside + came_back,
        set_aside=set_aside,
        mails_held_back=held_back,
        mails_held_until=until.isoformat() if until else None,
        policies=sum(not policy.removed for policy in transaction.policies.all()),
        last_sweep=transaction.cursors.get(HEARTBEAT),
        last_backup=transaction.cursors.get(BACKUP),
        last_copy=transaction.cursors.get(COPIED),
        backups=backups_in(settings.path(Path(BACKUPS))),
        log_entries=head.number if head else 0,
        sign_in_with=expires[0] if expires else None,
        sign_in_until=expires[1].isoformat() if expires else None,
        journal_size=file.stat().st_size if file and file.exists() else None,
        disk_free=shutil.disk_usage(file.parent).free if file else None,
        jobs=jobs,
        places=places_of(jobs, _halted_since(transaction)),
        troubles=[],
    )
    return Counted(status=status, today=today, standing=tuple(_standing(transaction, settings, status)))


def as_it_goes_on(status: Status, transaction: SqlTransaction) -> Status:
    """A status that was counted before, where since then nothing has happened but looks that found nothing."""
    jobs = jobs_in(transaction)
    on: Status = {**status, "last_sweep": transaction.cursors.get(HEARTBEAT), "jobs": jobs}
    on["places"] = places_of(jobs, _halted_since(transaction))
    return on


def _halted_since(transaction: SqlTransaction) -> dict[str, str]:
    return {side.value: halt.since.isoformat() for side, halt in halts_now(transaction).items()}


def _held_until(transaction: SqlTransaction, settings: Settings) -> datetime | None:
    return sent_lately(transaction.cursors).full_until(settings.hours.most_mails_an_hour)


def today_in(transaction: SqlTransaction, settings: Settings) -> date:
    """The day on which deadlines are counted."""
    return day_there(
        transaction.cursors.get(HEARTBEAT),
        now=datetime.now(UTC),
        zone=settings.school.timezone,
        practice=settings.practice is not None,
    )


def _standing(transaction: SqlTransaction, settings: Settings, status: Status) -> Iterator[str]:
    """What the sweeps have left in the journal for a person."""
    zone = ZoneInfo(settings.school.timezone)
    if held := held_words(transaction):
        yield held
    for halt in halts_now(transaction).values():
        yield f"{halt.sentence} Nothing that rests on it is done. Run: casework halted"
    if wrong := transaction.cursors.get(CALENDAR_TROUBLE):
        yield wrong
    if not settings.practice and (ended := _calendar_ended(transaction, datetime.now(zone).date())):
        yield ended
    yield from returned_lines(transaction.cursors)
    if no_backup := transaction.cursors.get(BACKUP_TROUBLE):
        yield no_backup
    if no_copy := copy_trouble(transaction):
        at = no_copy.since.astimezone(zone)
        yield f"Since {at:%d %B %Y} the copy of the journal could not be put into the casework library: {no_copy.problem}"
    yield from _not_getting_through(transaction, status)
    if waiting := status["mails_held_back"]:
        until = status["mails_held_until"]
        most = settings.hours.most_mails_an_hour
        yield held_back_words(
            waiting, until=datetime.fromisoformat(until) if until else None, most=most, zone=zone
        )


def _not_getting_through(transaction: SqlTransaction, status: Status) -> Iterator[str]:
    """What is tried again and again, as where a permission was taken away: no mail might come to tell of it."""
    if not status["effects_waiting"]:
        return
    # costly to load, and seldom needed
    from workflows.carry_out.mails import FOR_SCHOOL_HOURS  # noqa: PLC0415
    from workflows.carry_out.open_files import IN_WORDS  # noqa: PLC0415

    reasons = Counter(
        effect.problem
        for effect in transaction.outbox_view.unfinished()
        if effect.attempts >= _TRIED_OFTEN and effect.problem not in {"", FOR_SCHOOL_HOURS, IN_WORDS}
    )
    for reason, count in reasons.most_common(_MOST_REASONS):
        what = "1 mail or change does" if count == 1 else f"{count} mails and changes do"
        yield f"{what} not get through, and Casework tries again every ten minutes: {reason}"


def _calendar_ended(transaction: SqlTransaction, today: date) -> str:
    """Said once it has ended; that it will, the morning mail says six weeks before."""
    calendar = calendar_from_text(transaction.cursors.get(CALENDAR) or "")
    if calendar is None or calendar.covers(today) or today < calendar.first_day:
        return ""
    return calendar.runs_short(today) or ""


def jobs_in(transaction: SqlTransaction) -> list[JobStatus]:
    """How each job went, as it was last noted."""
    kept: dict[str, Any] = json.loads(transaction.cursors.get(JOBS) or "{}")
    return [
        {
            "name": name,
            "every": int(went["every"]),
            "good_at": went["good_at"],
            "failed_at": went["failed_at"],
            "next_at": None,
        }
        for name, went in kept.items()
    ]
