"""If Casework stops, something must ring although its PC is off: an entry that it pushes ahead while it lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import NotPermittedError
from casework.school import Role, School
from casework.second_alarm import FIRST, LAST, PATIENCE, AlarmCalendar, alarm_at
from casework.status import HEARTBEAT
from connectors.journal import SqlJournal, open_journal
from connectors.memory import MemoryAlarmCalendar, MemoryAlarmCalendars, MemoryClock, MemoryLibrary
from tests.invented import tillbrook
from tests.journals import CHAIN_KEY, MONDAY
from workflows.heartbeat import show_heartbeat, silence_lines
from workflows.second_alarm import alarm_lines, push_alarm

LONDON = ZoneInfo("Europe/London")
KEY = "TIS/second alarm"


def there(text: str) -> datetime:
    """A time of the school's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("alive", "rings"),
    [
        ("2026-11-23 07:00", "2026-11-23 10:00"),
        ("2026-11-23 07:01", "2026-11-23 11:00"),
        ("2026-11-23 14:00", "2026-11-23 17:00"),
        ("2026-11-23 14:01", "2026-11-24 10:00"),  # nobody is at the office later
        ("2026-11-24 03:00", "2026-11-24 10:00"),  # an office PC that was off at night has time to start
        ("2026-11-27 16:00", "2026-11-30 10:00"),  # a weekend
        ("2026-12-24 16:00", "2026-12-29 10:00"),  # Christmas, and Boxing Day's substitute
        ("2027-03-26 09:00", "2027-03-30 10:00"),  # Good Friday, the clocks, Easter Monday
        ("2026-10-23 16:00", "2026-10-26 10:00"),  # half-term is no holiday of the office; the clocks go back
        ("2027-08-18 09:30", "2027-08-18 13:00"),
    ],
)
def test_it_rings_hours_after_the_end_while_somebody_is_at_the_office(alive: str, rings: str) -> None:
    school = tillbrook()
    at = alarm_at(there(alive).astimezone(UTC), zone=school.zone, calendar=school.calendar)
    assert at == there(rings)


@given(st.datetimes(datetime(2026, 9, 1), datetime(2027, 7, 20)))  # noqa: DTZ001 - made aware below
def test_it_never_rings_while_casework_lives_nor_at_night(moment: datetime) -> None:
    school, now = tillbrook(), moment.replace(tzinfo=UTC)
    at = alarm_at(now, zone=school.zone, calendar=school.calendar)
    clock = at.astimezone(LONDON)
    assert at - now >= PATIENCE
    assert FIRST <= clock.time() <= LAST
    assert school.calendar.is_working_day(clock.date())
    assert at <= alarm_at(now + timedelta(minutes=7), zone=school.zone, calendar=school.calendar)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqlJournal]:
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as opened:
        yield opened


def office(calendars: MemoryAlarmCalendars, school: School) -> AlarmCalendar:
    return calendars.of(school.person(Role.OFFICE).address)


def push(
    journal: SqlJournal, calendars: MemoryAlarmCalendars, at: str, school: School | None = None
) -> tuple[str, ...]:
    school = school or replace(tillbrook(), second_alarm=True)
    return push_alarm(calendars=calendars, journal=journal, school=school, now=there(at)).problems


def stands(calendar: AlarmCalendar) -> list[datetime]:
    return [entry.at for entry in calendar.find(KEY)]


def test_it_is_pushed_on_while_casework_lives_and_stands_once(journal: SqlJournal) -> None:
    calendars = MemoryAlarmCalendars()
    for clock in ("08:10", "08:25", "09:10", "10:55"):
        push(journal, calendars, f"2026-11-23 {clock}")

    assert stands(office(calendars, tillbrook())) == [there("2026-11-23 14:00")]


def test_whoever_deletes_it_has_it_back_within_the_hour(journal: SqlJournal) -> None:
    calendars = MemoryAlarmCalendars()
    push(journal, calendars, "2026-11-23 08:10")
    calendar = office(calendars, tillbrook())
    calendar.remove(calendar.find(KEY)[0])

    push(journal, calendars, "2026-11-23 09:10")

    assert stands(calendar) == [there("2026-11-23 13:00")]


def test_a_spare_one_is_taken_away(journal: SqlJournal) -> None:
    calendars = MemoryAlarmCalendars()
    calendar = office(calendars, tillbrook())
    for hour in (11, 12):
        calendar.add(key=KEY, at=there(f"2026-11-20 {hour}:00"), subject="", text="")

    push(journal, calendars, "2026-11-23 08:10")

    assert stands(calendar) == [there("2026-11-23 12:00")]


def test_a_school_that_does_not_want_it_has_none_left(journal: SqlJournal) -> None:
    calendars = MemoryAlarmCalendars()
    push(journal, calendars, "2026-11-23 08:10")

    push(journal, calendars, "2026-11-23 08:20", school=tillbrook())

    assert stands(office(calendars, tillbrook())) == []


def test_a_new_office_manager_has_it_and_the_former_one_does_not(journal: SqlJournal) -> None:
    calendars, before = MemoryAlarmCalendars(), tillbrook()
    push(journal, calendars, "2026-11-23 08:10")
    new = replace(before.person(Role.OFFICE), address="new@tillbrook.example")
    after = replace(before, second_alarm=True, people={**before.people, Role.OFFICE: new})

    push(journal, calendars, "2026-11-23 08:20", school=after)

    assert stands(office(calendars, before)) == []
    assert stands(calendars.of("new@tillbrook.example")) == [there("2026-11-23 12:00")]


class Forbidden(MemoryAlarmCalendars):
    asked = 0

    def of(self, address: str) -> MemoryAlarmCalendar:
        self.asked += 1
        raise NotPermittedError("Casework may not use this calendar.", status=403)


def test_a_calendar_that_is_closed_is_asked_once_an_hour_and_forgotten_once_it_is_open(
    journal: SqlJournal,
) -> None:
    closed, school = Forbidden(), replace(tillbrook(), second_alarm=True)
    for clock in ("08:10", "08:25", "08:40", "09:10"):
        push(journal, closed, f"2026-11-23 {clock}")
    assert closed.asked == 2
    with journal.transaction() as transaction:
        [line] = alarm_lines(transaction.cursors, school)
    assert "Have casework doctor run" in line

    push(journal, MemoryAlarmCalendars(), "2026-11-23 10:10")

    with journal.transaction() as transaction:
        assert list(alarm_lines(transaction.cursors, school)) == []


def test_hours_without_a_sweep_are_told_the_next_morning(journal: SqlJournal) -> None:
    school, library = tillbrook(), MemoryLibrary(MemoryClock(MONDAY))
    for at in ("2026-11-20 16:00", "2026-11-20 16:15", "2026-11-23 07:20"):
        show_heartbeat(library=library, journal=journal, school=school, now=there(at), tell_silence=True)
        with journal.transaction() as transaction:
            transaction.cursors.put(HEARTBEAT, there(at).isoformat())

    with journal.transaction() as transaction:
        [line] = silence_lines(transaction, school, since=there("2026-11-20 08:00"))
    assert line.startswith(
        "Casework was not at work from Friday 20 November 2026 at 16:15 to Monday 23 November 2026 at 07:20."
    )
