"""What the clock alone brings: when each job next has something to do although nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from casework.looks import Look, soonest
from casework.school_hours import next_change
from workflows.case_calendar import is_kept
from workflows.collect_approvals.returned import next_look_for_older_letters
from workflows.deciding import next_look_who_is_away
from workflows.halts.looking import next_look_at_sides
from workflows.keep_house import next_housekeeping
from workflows.looking import next_look
from workflows.open_cases.mail import next_full_list
from workflows.review_policies.looking import next_look_around
from workflows.sent_mails import next_room
from workflows.urgent_again import next_telling

if TYPE_CHECKING:
    from casework.records import JournalTransaction
    from offices.office import Office

Moments: TypeAlias = "Callable[[Office, JournalTransaction, datetime], Iterator[datetime | None]]"


def next_moment(
    office: Office, transaction: JournalTransaction, jobs: Collection[str], now: datetime
) -> datetime | None:
    """The first moment after this one at which one of these jobs, or what follows every job, has something to do.

    It is asked at the end of a look that found nothing to do: what was due by then has been done, or waits for
    something else than the clock. What comes with a quarter of an hour (a day, an hour) is named by nobody.

    Args:
        office: of the school.
        transaction: its journal's.
        jobs: by name.
        now: this moment at the school.
    """
    names = (*jobs, *AFTER_THE_JOBS)
    moments = (moment for name in names for moment in BY_THE_CLOCK[name](office, transaction, now))
    return soonest(moment for moment in moments if moment and moment > now)


def _open_cases(
    _office: Office, transaction: JournalTransaction, _now: datetime
) -> Iterator[datetime | None]:
    yield next_full_list(transaction)


def _nothing(_office: Office, _transaction: JournalTransaction, _now: datetime) -> Iterator[datetime | None]:
    """Nothing but with a quarter of an hour."""
    yield from ()


def _draft_letters(
    office: Office, transaction: JournalTransaction, now: datetime
) -> Iterator[datetime | None]:
    yield next_look(transaction, Look.LETTERS, school=office.school, now=now)
    if office.automatic_replies is not None:
        yield next_look_who_is_away(transaction, office.school, now)


def _collect_approvals(
    _office: Office, transaction: JournalTransaction, _now: datetime
) -> Iterator[datetime | None]:
    yield next_look_for_older_letters(transaction)


def _chase_follow_ups(
    office: Office, transaction: JournalTransaction, now: datetime
) -> Iterator[datetime | None]:
    school = office.school
    yield next_change(now, school.hours, school.zone)
    yield next_look(transaction, Look.REMINDERS, school=school, now=now)
    yield next_look(transaction, Look.EVIDENCE, school=school, now=now)
    if is_kept(transaction, school):
        yield next_look(transaction, Look.CALENDAR, school=school, now=now)
    yield next_telling(transaction, school)


def _review_policies(
    office: Office, transaction: JournalTransaction, now: datetime
) -> Iterator[datetime | None]:
    yield next_change(now, office.school.hours, office.school.zone)
    yield next_look_around(transaction, office.policy_desk(now))


def _report_day(office: Office, _transaction: JournalTransaction, now: datetime) -> Iterator[datetime | None]:
    yield next_change(now, office.school.hours, office.school.zone)


def _keep_house(
    _office: Office, transaction: JournalTransaction, _now: datetime
) -> Iterator[datetime | None]:
    yield next_look_at_sides(transaction)
    yield next_housekeeping(transaction)


def _outbox(office: Office, transaction: JournalTransaction, now: datetime) -> Iterator[datetime | None]:
    yield next_room(transaction, office.school, now)


BY_THE_CLOCK: Mapping[str, Moments] = {
    "open_cases": _open_cases,
    "sync_register": _nothing,
    "draft_letters": _draft_letters,
    "collect_approvals": _collect_approvals,
    "chase_follow_ups": _chase_follow_ups,
    "review_policies": _review_policies,
    "report_day": _report_day,
    "keep_house": _keep_house,
    "outbox": _outbox,
    "registers": _nothing,
}
"""Every job, and every step that follows them."""
AFTER_THE_JOBS = ("outbox", "registers")
"""The steps that follow the jobs of every look."""
