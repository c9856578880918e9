"""Push the second alarm ahead while Casework lives: looked for, then moved, put back or taken away; once an hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from casework.errors import (
    ChangedMeanwhileError,
    JournalError,
    NotThereError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
)
from casework.ports import Journal
from casework.records import Cursors
from casework.school import Role, School
from casework.second_alarm import SUBJECT, AlarmCalendar, AlarmCalendars, AlarmEntry, alarm_at, alarm_text
from workflows.job_report import JobReport
from workflows.late_host import refuse_if_late

STANDS = "second alarm stands"
"""Whose calendar and which moment; a calendar that stands as it should is asked for nothing."""
REFUSED = "second alarm refused"
_TRIED = "second alarm last tried"
_PARTED = "|"


def push_alarm(*, calendars: AlarmCalendars, journal: Journal, school: School, now: datetime) -> JobReport:
    """Bring the entry to where it should be. Running it twice, or being killed in it, leaves one entry.

    Where the permission is missing this is remembered for the morning mail, tried once an hour, and stops nothing.
    """
    wanted = _wanted(school, now)
    attempt = f"{wanted} {now:%Y-%m-%d %H}"
    with journal.transaction() as transaction:
        stands = transaction.cursors.get(STANDS) or ""
        if stands == wanted or transaction.cursors.get(_TRIED) == attempt:
            return JobReport()
    try:
        _bring(calendars, journal, school, stands, wanted)
    except (SignInError, JournalError):
        raise
    except (TemporaryConnectorError, ChangedMeanwhileError) as error:
        return JobReport(problems=(f"The second alarm in Outlook could not be moved yet: {error}",))
    except PermanentConnectorError as error:
        with journal.transaction() as transaction:
            transaction.cursors.put(REFUSED, str(error))
            transaction.cursors.put(_TRIED, attempt)
        return JobReport(problems=(f"The second alarm in Outlook could not be set: {error}",))
    with journal.transaction() as transaction:
        _remember(transaction.cursors, wanted)
    return JobReport()


def alarm_lines(cursors: Cursors, school: School) -> Iterator[str]:
    """What the office should hear of it: that there is none, why, and what to do."""
    reason = cursors.get(REFUSED)
    if reason and school.second_alarm:
        yield (
            "If Casework stopped, nothing would tell you: the entry in the office's Outlook calendar that should ring "
            f"then could not be made. {reason} Have casework doctor run, and do what it says; or write "
            "in_outlook = false under [alarm] in the settings file."
        )


def _wanted(school: School, now: datetime) -> str:
    if not school.second_alarm:
        return ""
    at = alarm_at(now, zone=school.zone, calendar=school.calendar)
    return _PARTED.join((school.person(Role.OFFICE).address.casefold(), at.isoformat()))


def _bring(calendars: AlarmCalendars, journal: Journal, school: School, stands: str, wanted: str) -> None:
    """A host that is late with it learns that from the journal, or is refused by the calendar."""
    key = f"{school.code}/second alarm"
    before = stands.partition(_PARTED)[0]
    address, _, at = wanted.partition(_PARTED)
    if before and before != address:
        found = calendars.of(before).find(key)
        refuse_if_late(journal)
        for entry in found:
            calendars.of(before).remove(entry)
    if wanted:
        found = calendars.of(address).find(key)
        refuse_if_late(journal)
        _put(calendars.of(address), key, found, datetime.fromisoformat(at), school)


def _put(
    calendar: AlarmCalendar, key: str, found: tuple[AlarmEntry, ...], at: datetime, school: School
) -> None:
    for spare in found[1:]:
        calendar.remove(spare)
    if not (found and _moved(calendar, found[0], at)):
        text = alarm_text(reporting_mailbox=school.reporting_mailbox)
        calendar.add(key=key, at=at, subject=SUBJECT, text=text)


def _moved(calendar: AlarmCalendar, entry: AlarmEntry, at: datetime) -> bool:
    """False if somebody deleted it this moment."""
    try:
        calendar.move(entry, at=at)
    except NotThereError:
        return False
    return True


def _remember(cursors: Cursors, wanted: str) -> None:
    cursors.forget(REFUSED)
    cursors.forget(_TRIED)
    if wanted:
        cursors.put(STANDS, wanted)
    else:
        cursors.forget(STANDS)
