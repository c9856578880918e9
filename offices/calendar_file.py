"""The term calendar's file: read again when it was saved, and replaced by what was last read where it is broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from casework.calendar_changes import calendar_from_text, days_lost, with_the_past
from casework.errors import CaseworkError, TermCalendarError
from connectors.journal import chain_key_from, open_journal
from connectors.settings_file import Settings
from offices.from_settings import calendar_of, school_of
from workflows.calendar_changes import (
    calendar_trouble,
    is_meant,
    keep_calendar,
    kept_calendar,
    note_calendar,
)

if TYPE_CHECKING:
    from casework.records import JournalTransaction
    from casework.school import School
    from casework.term_dates import TermDates
    from offices.office import Office

_STILL_COUNTS = "The term calendar that was last read still counts; the file is taken up once it is right."


def stamp_of(settings: Settings) -> str:
    """What changes when the file is saved; empty if it is not there."""
    try:
        # asked at every sweep, so that links on the way are left to the system
        stat = (settings.file.parent / settings.term_dates.file).stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns}/{stat.st_size}"


def school_to_begin_with(settings: Settings) -> tuple[School, str]:
    """The school as Casework starts; its calendar is the last read one where the file is broken, and why is told.

    Raises:
        TermCalendarError: no calendar was ever read, or the journal that remembers it cannot be opened.
        SettingsError: another file needs mending.
    """
    try:
        return school_of(settings), ""
    except TermCalendarError as error:
        kept = _last_read(settings)
        if kept is None:
            raise
        return school_of(settings, calendar=kept), f"{_STILL_COUNTS} {error}"


def _last_read(settings: Settings) -> TermDates | None:
    file, key = settings.path(settings.journal.file), settings.path(settings.journal.key)
    if not key.exists() or not (settings.journal.url or file.exists()):
        return None
    try:
        with (
            open_journal(
                settings.journal.url or file, school=settings.school.code, chain_key=chain_key_from(key)
            ) as journal,
            journal.transaction() as transaction,
        ):
            return calendar_from_text(kept_calendar(transaction) or "")
    except CaseworkError:
        return None  # whoever uses the journal next says what is wrong with it


def settle_calendar(office: Office, now: datetime) -> str:
    """Take the calendar over if it was saved since; returns why not, empty if it counts.

    One that cannot be right is told, and so is one that has lost days on which deadlines rest; the old one stays.
    """
    stamp = f"{stamp_of(office.settings)} {office.bank_holidays.stamp}"
    if stamp == office.calendar_stamp and not office.calendar_problem:
        return ""
    office.calendar_problem = _taken_over(office, now)
    office.calendar_stamp = stamp
    return office.calendar_problem


def _taken_over(office: Office, now: datetime) -> str:
    settings = office.settings
    try:
        calendar = calendar_of(settings)
    except TermCalendarError as error:
        return f"{_STILL_COUNTS} {error}"
    with office.journal.transaction() as transaction:
        kept = calendar_from_text(kept_calendar(transaction) or "")
        meant = is_meant(transaction, calendar)
    if kept is not None:
        calendar = with_the_past(kept, calendar)
    lost = "" if kept is None or meant else days_lost(kept, calendar, today=office.school.today(now))
    if kept is not None and lost:
        office.school = replace(office.school, calendar=kept)
        return f"{_STILL_COUNTS} {settings.term_dates.file}: {lost} If it is meant so, run: casework setup"
    office.school = replace(office.school, calendar=calendar)
    return ""


def follow_calendar_file(office: Office, now: datetime) -> tuple[str, ...]:
    """Settle which calendar counts, and keep for the morning mail and the status why the file does not."""
    office.bank_holidays.fetch_if_due(office.website)
    problem = settle_calendar(office, now)
    told = problem or office.bank_holidays.trouble(office.school.calendar)
    if told != office.calendar_told:
        office.calendar_told = told
        with office.journal.transaction() as transaction:
            note_calendar(transaction, told)
    return (problem,) if problem else ()


def as_last_swept(office: Office, transaction: JournalTransaction) -> str:
    """Let a command that only tells count in the calendar in which the sweeps count; returns what is told of it."""
    trouble = calendar_trouble(transaction)
    kept = calendar_from_text(kept_calendar(transaction) or "")
    if kept is not None:
        calendar = kept if trouble else with_the_past(kept, office.school.calendar)
        office.school = replace(office.school, calendar=calendar)
    return trouble or office.calendar_problem


def mean_calendar(office: Office) -> None:
    """Somebody has set the school up with the file as it is: it counts, whatever it has lost."""
    if office.calendar_problem:
        return
    with office.journal.transaction() as transaction:
        keep_calendar(transaction, office.school.calendar)
