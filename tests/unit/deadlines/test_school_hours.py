"""When mail may go out, on the days on which the clocks change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.follow_ups import SendingHours, inside_hours, next_opening
from casework.school_hours import local_day, next_change
from casework.term_dates import Term, TermDates

AROUND_THE_CLOCK_CHANGES = TermDates(
    terms=(
        Term(name="Autumn", starts=date(2026, 9, 2), ends=date(2026, 12, 18)),
        Term(name="Spring", starts=date(2027, 1, 5), ends=date(2027, 4, 2)),
    ),
)


@pytest.mark.parametrize(
    ("now", "inside"),
    [
        ("2026-11-23T07:29:59Z", False),
        ("2026-11-23T07:30:00Z", True),  # Monday in winter: London keeps UTC
        ("2026-11-23T17:29:59Z", True),
        ("2026-11-23T17:30:00Z", False),
        ("2026-09-14T06:30:00Z", True),  # in summer 07:30 in London is 06:30 in UTC
        ("2026-09-14T16:30:00Z", False),
        ("2026-11-21T12:00:00Z", False),  # Saturday
        ("2026-10-28T12:00:00Z", False),  # half-term
        ("2026-12-25T12:00:00Z", False),
        ("2027-01-04T12:00:00Z", False),  # INSET day
        ("2027-05-03T12:00:00Z", False),  # bank holiday in term
    ],
)
def test_reminders_go_in_school_hours_only(calendar: TermDates, now: str, inside: bool) -> None:
    assert inside_hours(datetime.fromisoformat(now), calendar) is inside


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T05:00:00Z", "2026-11-23T07:30:00Z"),  # before school
        ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),  # now will do
        ("2026-11-23T17:30:00Z", "2026-11-24T07:30:00Z"),
        ("2026-11-20T18:00:00Z", "2026-11-23T07:30:00Z"),  # over the weekend
        ("2026-10-23T18:00:00Z", "2026-11-02T07:30:00Z"),  # over half-term, in which the clocks go back
        ("2026-12-18T20:00:00Z", "2027-01-05T07:30:00Z"),
        ("2027-03-25T18:00:00Z", "2027-04-12T06:30:00Z"),  # over Easter, in which the clocks go forward
        ("2026-09-11T20:00:00Z", "2026-09-14T06:30:00Z"),
    ],
)
def test_what_is_late_waits_for_the_next_opening(calendar: TermDates, now: str, opens: str) -> None:
    assert next_opening(datetime.fromisoformat(now), calendar) == datetime.fromisoformat(opens)


@pytest.mark.parametrize(
    ("friday", "monday_in_utc"),
    [("2026-10-23T20:00:00Z", "2026-10-26T07:30:00Z"), ("2027-03-19T20:00:00Z", "2027-03-22T07:30:00Z")],
)
def test_half_past_seven_is_by_the_clock_on_the_wall(friday: str, monday_in_utc: str) -> None:
    opens = next_opening(datetime.fromisoformat(friday), AROUND_THE_CLOCK_CHANGES)

    assert opens == datetime.fromisoformat(monday_in_utc)
    assert opens.astimezone(ZoneInfo("Europe/London")).time() == time(7, 30)


def test_the_first_school_morning_after_the_clocks_went_forward_is_an_hour_earlier_in_utc() -> None:
    over_easter = datetime.fromisoformat("2027-03-25T20:00:00Z")  # the clocks change on Sunday the 28th

    assert next_opening(over_easter, AROUND_THE_CLOCK_CHANGES) == datetime(2027, 3, 30, 6, 30, tzinfo=UTC)


def test_a_duty_that_runs_through_the_holidays_is_chased_in_half_term(calendar: TermDates) -> None:
    hours = SendingHours(on_working_days=True)
    monday = datetime(2026, 10, 26, 9, tzinfo=UTC)

    assert inside_hours(monday, calendar, hours)
    assert not inside_hours(monday, calendar)
    assert next_opening(datetime(2026, 12, 24, 20, tzinfo=UTC), calendar, hours).date() == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("day", "goes"),
    [
        ("2027-07-28", False),
        ("2027-08-31", False),
        ("2027-09-01", True),  # a calendar that has run out is noticed with the new school year
        ("2028-07-26", True),  # and so is one that ran out a year ago
    ],
)
def test_the_summer_after_the_last_term_is_a_holiday_before_next_year_s_dates_are_known(
    calendar: TermDates, day: str, goes: bool
) -> None:
    assert inside_hours(datetime.fromisoformat(f"{day}T10:00:00Z"), calendar) is goes


def test_beyond_the_calendar_working_days_stand_in_so_that_nothing_falls_silent(calendar: TermDates) -> None:
    assert inside_hours(datetime(2027, 9, 15, 9, tzinfo=UTC), calendar)
    assert not inside_hours(datetime(2027, 9, 18, 9, tzinfo=UTC), calendar)


def test_a_school_may_keep_other_hours_and_another_zone(calendar: TermDates) -> None:
    early = SendingHours(opens=time(6), closes=time(8))

    assert inside_hours(datetime(2026, 11, 23, 6, 5, tzinfo=UTC), calendar, early)
    assert not inside_hours(datetime(2026, 11, 23, 8, 0, tzinfo=UTC), calendar, early)
    assert inside_hours(datetime(2026, 11, 23, 6, 45, tzinfo=UTC), calendar, zone=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "change"),
    [
        ("2026-11-23T06:00:00Z", "2026-11-23T07:40:00Z"),
        ("2026-11-23T07:40:00Z", "2026-11-23T17:20:00Z"),
        (
            "2026-11-23T17:20:00Z",
            "2026-11-24T07:40:00Z",
        ),  # on any kind of day: a duty may run through a weekend
        ("2027-03-27T23:30:00Z", "2027-03-28T06:40:00Z"),  # the night in which the clocks go forward
        ("2026-10-24T22:59:59Z", "2026-10-25T07:40:00Z"),  # the night in which they go back
    ],
)
def test_the_hours_of_mail_change_when_they_begin_and_when_they_end(now: str, change: str) -> None:
    hours = SendingHours(opens=time(7, 40), closes=time(17, 20))

    assert next_change(datetime.fromisoformat(now), hours) == datetime.fromisoformat(change)


@given(
    st.datetimes(datetime(2026, 9, 1), datetime(2027, 7, 1), timezones=st.just(UTC)),  # noqa: DTZ001 zone given
    st.booleans(),
)
def test_until_the_hours_change_mail_may_go_as_it_may_now(
    calendar: TermDates, now: datetime, through_holidays: bool
) -> None:
    hours = SendingHours(opens=time(7, 41), closes=time(17, 19), on_working_days=through_holidays)
    midnight = datetime.combine(local_day(now) + timedelta(days=1), time(), tzinfo=ZoneInfo("Europe/London"))
    until = min(next_change(now, hours), midnight.astimezone(UTC))

    between = (now + (until - now) * part / 10 for part in range(10))

    assert {inside_hours(moment, calendar, hours) for moment in between} == {
        inside_hours(now, calendar, hours)
    }


def test_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(ValueError, match="swap them"):
        SendingHours(opens=time(17), closes=time(8))


def test_a_moment_just_after_midnight_in_summer_is_the_new_day_in_london() -> None:
    assert local_day(datetime(2027, 6, 30, 23, 5, tzinfo=UTC)) == date(2027, 7, 1)
    assert local_day(datetime(2026, 12, 31, 23, 5, tzinfo=UTC)) == date(2026, 12, 31)


@given(
    st.datetimes(datetime(2026, 9, 1), datetime(2027, 7, 1), timezones=st.just(UTC))  # noqa: DTZ001 zone given
)
def test_the_next_opening_is_the_first_moment_inside_the_hours(calendar: TermDates, now: datetime) -> None:
    found = next_opening(now, calendar)

    assert found >= now
    assert inside_hours(found, calendar)
    minutes = int((found - now) / timedelta(minutes=1))
    assert not any(
        inside_hours(now + timedelta(minutes=passed), calendar) for passed in range(0, minutes, 29)
    )
