"""A school's minutes, one after the other, each swept whole: did anything happen before the moment that was said?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from types import MappingProxyType

import schedule
from casework.school_hours import SendingHours
from casework.status import HEARTBEAT
from connectors.memory import MemoryClock
from offices.glance import STATUS
from offices.nothing_new import NothingNew
from offices.status import JOBS
from tests.scenarios.test_a_letter_that_comes_back import letter_sent
from tests.school import SchoolAtWork

MINUTE = timedelta(minutes=1)
NOTES = frozenset({HEARTBEAT, STATUS, JOBS})
"""What looks that find nothing leave, and so do those that end early."""


def busy(school: SchoolAtWork) -> None:
    """A letter was served, another waits for its approver, and a threat was told that nobody has taken up yet."""
    letter_sent(school)
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/14")
    school.works()
    school.staff_set(item="2", Parent="Mr B Ash", ParentEmail="b.ash@parents.example", Target="school")
    school.at("2026-11-23T09:53:00+00:00")
    school.teacher_forwards("He wrote: I will be waiting for her on Monday and I will smash her face in.")
    school.works()


def with_hours_of_its_own(school: SchoolAtWork) -> None:
    """Hours that no quarter divides, an alarm, and deadlines in calendars."""
    school.office.school = replace(
        school.office.school,
        hours=SendingHours(opens=time(7, 40), closes=time(17, 20)),
        second_alarm=True,
        deadlines_in_outlook=True,
    )


@contextmanager
def a_real_clock(school: SchoolAtWork) -> Iterator[MemoryClock]:
    """No practice page to tell and no practice clock to ask; waits and leases go by the same clock."""
    office = school.office
    clock = MemoryClock(office.clock.now())
    office.clock, office.practice_log = clock, None  # type: ignore[misc]  # cached properties
    office.journal._machine_clock = clock.now
    yield clock


def minutes(first: str, last: str) -> Iterator[datetime]:
    """Every minute from one to the other, some seconds after it began, as a service's are."""
    moment, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    while moment <= end:
        yield moment + timedelta(seconds=17)
        moment += MINUTE


def happened_too_early(
    school: SchoolAtWork,
    moments: Iterable[datetime],
    *,
    clock: MemoryClock,
    deeds: Mapping[str, Callable[[SchoolAtWork], None]] = MappingProxyType({}),
) -> tuple[list[str], int]:
    """Sweep whole at each of these moments.

    Args:
        school: at work.
        moments: one after the other.
        clock: the school's.
        deeds: what people do, by the minute, such as "2026-11-24T10:03".

    Returns:
        What was done before the moment that an earlier look had said; and of how many looks a service would have ended
        early.
    """
    wrong: list[str] = []
    until, early = None, 0
    for moment in moments:
        clock.move_to(moment)
        school.at(moment)
        if deed := deeds.get(f"{moment:%Y-%m-%dT%H:%M}"):
            deed(school)
            until = None
        before = held(school)
        said = until_when(school)
        done = held(school) - before
        if until and moment < until:
            early += 1
            if done:
                wrong.append(f"{moment:%a %d %b %H:%M} before {until:%H:%M:%S}: {sorted(done)}")
        elif done:
            until = None
        if until is None or moment >= until:
            until = said
    return wrong, early


def until_when(school: SchoolAtWork) -> datetime | None:
    """Sweep whole; until which moment the look says that nothing comes by the clock, if it says so."""
    office = school.office
    office.nothing_new = NothingNew()
    schedule.run_once(office)
    return min((whole.until for whole in office.nothing_new._whole.values()), default=None)


def held(school: SchoolAtWork) -> frozenset[str]:
    """Everything in the journal, row by row, but what each look notes."""
    office = school.office
    file = office.settings.path(office.settings.journal.file)
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return frozenset(
            f"{table}: {row}"
            for table in tables
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the journal's own names
            if not (table == "cursors" and NOTES & set(row))
        )
