"""Every deadline that was worked out by hand, as a table of readable days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest

from casework.deadlines import Clock, Deadline, Duty, deadline, explain
from casework.term_dates import BankHoliday, Closure, TermDates


def a_duty(amount: int, clock: Clock, **more: bool) -> Duty:
    return Duty(name="a duty", clock=clock, amount=amount, source="the office", **more)


class Row(NamedTuple):
    what: str
    start: str
    amount: int
    clock: Clock
    due: str


SCHOOL, WORKING, DAYS = Clock.SCHOOL_DAYS, Clock.WORKING_DAYS, Clock.CALENDAR_DAYS
MONTHS, YEARS = Clock.CALENDAR_MONTHS, Clock.YEARS

TABLE = [
    Row("a letter served before half-term", "Fri 16 Oct 2026", 10, SCHOOL, "Fri 06 Nov 2026"),
    Row("the same in working days", "Fri 16 Oct 2026", 10, WORKING, "Fri 30 Oct 2026"),
    Row("the local authority in half-term", "Fri 23 Oct 2026", 1, WORKING, "Mon 26 Oct 2026"),
    Row("a request for one's data, to a Sunday", "Sat 30 Jan 2027", 1, MONTHS, "Mon 01 Mar 2027"),
    Row("a request on the first of a month", "Tue 01 Sep 2026", 1, MONTHS, "Thu 01 Oct 2026"),
    Row("a request due on Christmas Day", "Wed 25 Nov 2026", 1, MONTHS, "Tue 29 Dec 2026"),
    Row("a request extended by two months", "Sat 30 Jan 2027", 3, MONTHS, "Fri 30 Apr 2027"),
    Row("limitation of a post", "Wed 14 Oct 2026", 1, YEARS, "Wed 13 Oct 2027"),
    Row("limitation from a leap day", "Thu 29 Feb 2024", 1, YEARS, "Fri 28 Feb 2025"),
    Row("a complaint about data", "Mon 23 Nov 2026", 30, DAYS, "Wed 23 Dec 2026"),
    Row("watching after a refusal", "Mon 30 Nov 2026", 10, SCHOOL, "Mon 14 Dec 2026"),
    Row("the first school day of the year", "Tue 01 Sep 2026", 1, SCHOOL, "Wed 02 Sep 2026"),
    Row("received on a Saturday", "Sat 07 Nov 2026", 1, SCHOOL, "Mon 09 Nov 2026"),
    Row("over Christmas and INSET", "Thu 17 Dec 2026", 3, SCHOOL, "Wed 06 Jan 2027"),
    Row("over Christmas in working days", "Thu 24 Dec 2026", 2, WORKING, "Wed 30 Dec 2026"),
    Row("over the May bank holiday", "Fri 30 Apr 2027", 1, SCHOOL, "Tue 04 May 2027"),
    Row("over Easter", "Wed 24 Mar 2027", 3, SCHOOL, "Tue 13 Apr 2027"),
    Row("the very last school day", "Mon 19 Jul 2027", 1, SCHOOL, "Tue 20 Jul 2027"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.what)
def test_the_due_day(calendar: TermDates, row: Row) -> None:
    start = datetime.strptime(row.start, "%a %d %b %Y").date()  # noqa: DTZ007 a day has no zone

    assert f"{deadline(start, a_duty(row.amount, row.clock), calendar).due:%a %d %b %Y}" == row.due


def skipped(found: Deadline, reason: str) -> list[date]:
    return [entry.day for entry in found.counted if not entry.counted and entry.why == reason]


def test_the_five_days_of_half_term_are_listed_as_skipped(calendar: TermDates) -> None:
    found = deadline(date(2026, 10, 16), a_duty(10, SCHOOL), calendar)

    assert skipped(found, "half-term") == [date(2026, 10, day) for day in range(26, 31)]
    assert [entry.number for entry in found.counted if entry.counted] == list(range(11))


def test_the_explanation_names_every_day_once_in_order(calendar: TermDates) -> None:
    assert explain(deadline(date(2026, 10, 22), a_duty(2, SCHOOL), calendar)) == (
        "Thu 22 Oct 2026    0  the day it began",
        "Fri 23 Oct 2026    1  school day",
        "Sat 24 Oct 2026    -  not counted: weekend",
        "Sun 25 Oct 2026    -  not counted: weekend",
        "Mon 26 Oct 2026    -  not counted: half-term",
        "Tue 27 Oct 2026    -  not counted: half-term",
        "Wed 28 Oct 2026    -  not counted: half-term",
        "Thu 29 Oct 2026    -  not counted: half-term",
        "Fri 30 Oct 2026    -  not counted: half-term",
        "Sat 31 Oct 2026    -  not counted: weekend",
        "Sun  1 Nov 2026    -  not counted: weekend",
        "Mon  2 Nov 2026    2  school day",
    )


def test_a_month_that_ends_on_a_sunday_says_why_it_moved(calendar: TermDates) -> None:
    assert explain(deadline(date(2027, 1, 30), a_duty(1, MONTHS), calendar)) == (
        "Sat 30 Jan 2027    0  the day it began",
        "Sun 28 Feb 2027    -  not counted: the last day within 1 month, but weekend",
        "Mon  1 Mar 2027    1  the next working day",
    )


def test_an_inset_day_counts_for_matters_of_the_staff_alone(calendar: TermDates) -> None:
    friday = date(2026, 12, 18)

    assert deadline(friday, a_duty(1, SCHOOL), calendar).due == date(2027, 1, 5)
    assert deadline(friday, a_duty(1, SCHOOL, counts_inset_days=True), calendar).due == date(2027, 1, 4)


def test_a_snow_day_moves_a_deadline_and_is_named(calendar: TermDates) -> None:
    snowed_in = replace(calendar, closures=(Closure(day=date(2027, 1, 14), reason="snow"),))
    before = deadline(date(2027, 1, 11), a_duty(5, SCHOOL), calendar)
    after = deadline(date(2027, 1, 11), a_duty(5, SCHOOL), snowed_in)

    assert (before.due, after.due) == (date(2027, 1, 18), date(2027, 1, 19))
    assert skipped(after, "school closed: snow") == [date(2027, 1, 14)]
    assert before.version != after.version


def test_thirty_calendar_days_move_to_a_working_day_only_if_the_duty_says_so(calendar: TermDates) -> None:
    received = date(2026, 11, 26)

    assert deadline(received, a_duty(30, DAYS), calendar).due == date(2026, 12, 26)
    assert deadline(received, a_duty(30, DAYS, rolls_forward=True), calendar).due == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("began", "due_at"),
    [
        ("2026-11-23T09:15:00+00:00", "2026-11-25T09:15:00+00:00"),  # Monday morning
        ("2026-10-23T17:40:00+00:00", "2026-10-27T18:40:00+00:00"),  # the weekend on which the clocks go back
        ("2027-03-25T16:00:00+00:00", "2027-03-31T15:00:00+00:00"),  # Easter, and the clocks go forward
        ("2026-11-21T12:00:00+00:00", "2026-11-25T00:00:00+00:00"),  # a Saturday runs from Monday
        ("2026-12-24T12:00:00+00:00", "2026-12-30T12:00:00+00:00"),  # Christmas and its substitute day
    ],
)
def test_forty_eight_hours_stand_still_on_weekends_and_bank_holidays(
    calendar: TermDates, began: str, due_at: str
) -> None:
    found = deadline(datetime.fromisoformat(began), a_duty(48, Clock.HOURS), calendar)

    assert found.due_at == datetime.fromisoformat(due_at)
    assert not found.is_over(datetime.fromisoformat(due_at))


def test_hours_that_end_at_midnight_end_with_the_day_before(calendar: TermDates) -> None:
    found = deadline(datetime(2026, 11, 21, 12, tzinfo=UTC), a_duty(48, Clock.HOURS), calendar)

    assert found.due == date(2026, 11, 24)


def test_hours_from_a_day_of_which_nobody_knows_the_hour_begin_when_it_is_over(calendar: TermDates) -> None:
    found = deadline(date(2026, 11, 23), a_duty(48, Clock.HOURS), calendar)

    assert (found.due, found.due_at) == (date(2026, 11, 25), None)


def test_a_report_late_on_a_summer_evening_belongs_to_the_next_day_in_london(calendar: TermDates) -> None:
    tuesday_in_utc = datetime(2027, 5, 11, 23, 30, tzinfo=UTC)

    assert deadline(tuesday_in_utc, a_duty(1, SCHOOL), calendar).start == date(2027, 5, 12)


def test_a_duty_is_in_time_until_the_due_day_is_over(calendar: TermDates) -> None:
    found = deadline(date(2026, 11, 5), a_duty(1, SCHOOL), calendar)

    assert not found.is_over(date(2026, 11, 6))
    assert not found.is_over(datetime(2026, 11, 6, 23, 59, tzinfo=UTC))
    assert found.is_over(date(2026, 11, 7))


def test_a_bank_holiday_of_one_year_alone_is_no_working_day_and_no_school_day(calendar: TermDates) -> None:
    coronation = replace(calendar, bank_holidays=(BankHoliday(day=date(2027, 5, 10), name="Coronation"),))
    friday = date(2027, 5, 7)

    for clock in (SCHOOL, WORKING):
        found = deadline(friday, a_duty(1, clock), coronation)
        assert found.due == date(2027, 5, 11)
        assert explain(found)[-2] == "Mon 10 May 2027    -  not counted: bank holiday (Coronation)"


def test_a_bank_holiday_that_was_moved_away_is_a_working_day(calendar: TermDates) -> None:
    moved = replace(calendar, bank_holidays=(BankHoliday(day=date(2027, 5, 3), name=""),))

    assert deadline(date(2027, 4, 30), a_duty(1, SCHOOL), moved).due == date(2027, 5, 3)
    assert deadline(date(2027, 4, 30), a_duty(1, WORKING), moved).due == date(2027, 5, 3)
