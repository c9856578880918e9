"""What `casework status` shows: counts and moments from the journal and the disk, never a name."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict
from zoneinfo import ZoneInfo

from casework.errors import JournalError
from casework.expiry import is_soon
from casework.records import JournalTransaction
from casework.sending_cap import held_back_words
from connectors.journal import SqlJournal, chain_key_from, open_journal
from connectors.settings_file import Settings
from offices.expiring import sign_in_until
from offices.private_files import how_to_close, open_files
from workflows.halts import halts_now
from workflows.journal_copies import COPIED, copy_trouble
from workflows.keep_house import BACKUP, BACKUP_TROUBLE, HEARTBEAT
from workflows.rebuild import HELD
from workflows.sent_mails import sent_lately
from workflows.set_aside import things_set_aside

OK, DEGRADED, DEAD = 0, 1, 2
SILENT_FOR = timedelta(hours=1)
"""Without a sweep for so long, the service is dead."""
BACKUP_OLD = timedelta(hours=50)
LITTLE_ROOM = 500_000_000
"""Bytes."""


class Status(TypedDict):
    """Moments are ISO 8601 in UTC, sizes bytes; None where something never was or is not known.

    `troubles` are sentences with what to do; `verdict` is 0 (well), 1 (a person should look), 2 (nothing is at work).
    """

    school: str
    verdict: int
    open_cases: int
    letters_waiting: int
    effects_waiting: int
    reminders_waiting: int
    needs_a_person: int
    mails_held_back: int
    mails_held_until: str | None
    policies: int
    last_sweep: str | None
    last_backup: str | None
    last_copy: str | None
    log_entries: int
    sign_in_until: str | None
    journal_size: int | None
    disk_free: int | None
    troubles: list[str]


def status_of(settings: Settings, *, journal: SqlJournal | None = None) -> Status:
    """Read the journal; an open one may be handed in.

    Raises:
        JournalError: it cannot be read, or is not there yet.
    """
    if journal is not None:
        return _read(settings, journal)
    file = settings.path(settings.journal.file)
    key = settings.path(settings.journal.key)
    if not settings.journal.url and not (file.exists() and key.exists()):
        missing = key if file.exists() else file
        raise JournalError(
            f"There is no {missing.name} at {missing.parent}, so Casework has never run here, or it is lost. "
            "Begin with: casework setup. If it was lost: casework rebuild"
        )
    with open_journal(
        settings.journal.url or file, school=settings.school.code, chain_key=chain_key_from(key)
    ) as opened:
        return _read(settings, opened)


def _read(settings: Settings, journal: SqlJournal) -> Status:
    expires = sign_in_until(settings)
    file = None if settings.journal.url else settings.path(settings.journal.file)
    with journal.transaction() as transaction:
        head = transaction.events.head()
        view = transaction.outbox_view
        held = view.held_back()
        until = (
            sent_lately(transaction.cursors).full_until(settings.hours.most_mails_an_hour) if held else None
        )
        status = Status(
            school=settings.school.code,
            verdict=OK,
            open_cases=len(transaction.cases.open()),
            letters_waiting=len(transaction.letters.open()),
            effects_waiting=len(view.unfinished()),
            reminders_waiting=len(view.gathered()),
            needs_a_person=len(view.needing_a_person())
            + len(transaction.sightings.needing_a_person())
            + len(things_set_aside(transaction.cursors)),
            mails_held_back=len(held),
            mails_held_until=until.isoformat() if until else None,
            policies=sum(not policy.removed for policy in transaction.policies.all()),
            last_sweep=transaction.cursors.get(HEARTBEAT),
            last_backup=transaction.cursors.get(BACKUP),
            last_copy=transaction.cursors.get(COPIED),
            log_entries=head.number if head else 0,
            sign_in_until=expires[1].isoformat() if expires else None,
            journal_size=file.stat().st_size if file and file.exists() else None,
            disk_free=shutil.disk_usage(file.parent).free if file else None,
            troubles=[],
        )
        told = _told_by_journal(transaction, settings)
    dead = _silence(status, settings)
    troubles = [*dead, *told, *_troubles(status, settings, file)]
    status["troubles"] = troubles
    status["verdict"] = DEAD if dead else DEGRADED if troubles else OK
    return status


def _told_by_journal(transaction: JournalTransaction, settings: Settings) -> list[str]:
    """What the sweeps have left there for a person."""
    told = []
    if transaction.cursors.get(HELD) is not None:
        told.append("Nothing is sent until you run: casework rebuild --confirm")
    told += [
        f"{halt.sentence} Nothing that rests on it is done. Run: casework halted"
        for halt in halts_now(transaction).values()
    ]
    if no_backup := transaction.cursors.get(BACKUP_TROUBLE):
        told.append(no_backup)
    if no_copy := copy_trouble(transaction):
        at = no_copy.since.astimezone(ZoneInfo(settings.school.timezone))
        told.append(
            f"Since {at:%d %B %Y} the copy of the journal could not be put into the casework library: {no_copy.problem}"
        )
    return told


def _silence(status: Status, settings: Settings) -> list[str]:
    """A sentence where nobody sweeps. A practice clock can be moved, so in practice this says nothing."""
    if status["last_sweep"] is None:
        return ["No sweep was ever made. Start Casework: casework run, or casework service install"]
    last = datetime.fromisoformat(status["last_sweep"])
    if settings.practice or datetime.now(UTC) - last < SILENT_FOR:
        return []
    at = last.astimezone(ZoneInfo(settings.school.timezone))
    since = f"{at:%A} {at.day} {at:%B, %H:%M}"
    return [f"Nothing has been done since {since}. Start Casework: casework run, or casework service install"]


def _troubles(status: Status, settings: Settings, file: Path | None) -> list[str]:
    now = datetime.now(UTC)
    found: list[str] = []
    if status["needs_a_person"]:
        found.append(
            f"{status['needs_a_person']} thing(s) need a person; the daily digest and the Cases list say what to do."
        )
    if waiting := status["mails_held_back"]:
        found.append(_held_back(waiting, status["mails_held_until"], settings))
    backup = status["last_backup"]
    if file and backup and not settings.practice and now - datetime.fromisoformat(backup) > BACKUP_OLD:
        found.append("The last backup is older than two days. Check the disk and the folder backups.")
    expires = sign_in_until(settings)
    if expires and is_soon(expires[1], now.date()):
        found.append(
            f"The {expires[0]} for signing in works until {expires[1]:%d %B %Y}. Have it renewed in Entra."
        )
    if status["disk_free"] is not None and status["disk_free"] < LITTLE_ROOM:
        found.append("The disk is nearly full. Make room; until then reports may have to wait.")
    bare = open_files(settings)
    if bare:
        names = ", ".join(one.name for one in bare)
        found.append(f"Other accounts of this machine can open {names}. Run: {how_to_close(bare)}")
    return found


def _held_back(waiting: int, until: str | None, settings: Settings) -> str:
    return held_back_words(
        waiting,
        until=datetime.fromisoformat(until) if until else None,
        most=settings.hours.most_mails_an_hour,
        zone=ZoneInfo(settings.school.timezone),
    )
