"""Who is reminded on which day, each time once, and never in a storm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import Clock
from casework.follow_ups import (
    APPROVAL_LADDER,
    CASE_LADDER,
    LIMITATION_LADDER,
    WORKING_DAY_LADDER,
    Audience,
    DueRung,
    Ladder,
    Repeat,
    Rung,
    due_rungs,
    inside_hours,
    next_opening,
    next_rung_at,
)
from casework.school_hours import SendingHours
from casework.term_dates import Closure, Term, TermDates

DUE = date(2026, 11, 6)
TEN_MINUTES = timedelta(minutes=10)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def climb(
    ladder: Ladder,
    due: date,
    calendar: TermDates,
    first: date,
    last: date,
    hours: SendingHours | None = None,
    since: date | None = None,
) -> Iterator[tuple[date, DueRung]]:
    """Play the sweep every morning and evening, sending what is due inside the hours."""
    kept = hours or SendingHours()
    already: set[str] = set()
    day = first
    while day <= last:
        for hour in (6, 9, 16, 21):
            now = datetime.combine(day, time(hour), tzinfo=UTC)
            if not inside_hours(now, calendar, kept):
                continue
            for rung in due_rungs(ladder, due=due, now=now, calendar=calendar, already=already, since=since):
                already.add(rung.name)
                yield day, rung
        day += timedelta(days=1)


def days_for(audience: Audience, sent: list[tuple[date, DueRung]]) -> list[str]:
    return [f"{day:%a %d %b}" for day, rung in sent if rung.audience is audience]


def test_a_letter_that_is_not_answered_is_chased_before_on_and_after_the_due_day(calendar: TermDates) -> None:
    served = date(2026, 10, 16)
    sent = list(climb(CASE_LADDER, DUE, calendar, served, date(2027, 1, 15), since=served))

    assert days_for(Audience.HANDLER, sent) == [
        *("Fri 23 Oct", "Wed 04 Nov", "Fri 06 Nov"),
        *("Mon 09 Nov", "Wed 11 Nov", "Fri 13 Nov", "Tue 17 Nov", "Thu 19 Nov"),
        *("Mon 23 Nov", "Mon 30 Nov", "Mon 07 Dec", "Mon 14 Dec", "Tue 05 Jan", "Mon 11 Jan"),
    ]
    assert days_for(Audience.NEXT_PERSON, sent) == [
        "Wed 11 Nov",
        *("Mon 23 Nov", "Mon 30 Nov", "Mon 07 Dec", "Mon 14 Dec", "Tue 05 Jan", "Mon 11 Jan"),
    ]


def test_no_reminder_falls_into_half_term(calendar: TermDates) -> None:
    talked = date(2026, 10, 19)
    sent = list(climb(CASE_LADDER, date(2026, 11, 3), calendar, talked, date(2026, 11, 4), since=talked))

    assert days_for(Audience.HANDLER, sent) == ["Thu 22 Oct", "Mon 02 Nov", "Tue 03 Nov", "Wed 04 Nov"]


@pytest.mark.parametrize(
    ("days", "due", "told"),
    [
        (1, date(2026, 11, 10), []),
        (2, date(2026, 11, 11), ["Tue 10 Nov"]),
        (5, date(2026, 11, 16), ["Thu 12 Nov", "Fri 13 Nov"]),
        (10, date(2026, 11, 23), ["Mon 16 Nov", "Thu 19 Nov"]),
        (15, date(2026, 11, 30), ["Thu 19 Nov", "Wed 25 Nov"]),
    ],
)
def test_half_and_a_quarter_of_the_time_before_the_due_day_are_told_whatever_the_time_is(
    calendar: TermDates, days: int, due: date, told: list[str]
) -> None:
    began = date(2026, 11, 9)
    assert calendar.school_day_after(began, days) == due

    sent = list(climb(CASE_LADDER, due, calendar, began, due, since=began))

    assert days_for(Audience.HANDLER, sent) == [*told, f"{due:%a %d %b}"]


def test_an_approval_is_reminded_then_offered_to_the_deputy_then_told_on(calendar: TermDates) -> None:
    asked = date(2026, 11, 23)
    sent = list(climb(APPROVAL_LADDER, asked, calendar, asked, date(2026, 12, 16)))

    assert days_for(Audience.APPROVER, sent) == [
        *("Tue 24 Nov", "Wed 25 Nov", "Fri 27 Nov"),
        *("Mon 07 Dec", "Mon 14 Dec"),
    ]
    assert days_for(Audience.DEPUTY, sent) == ["Thu 26 Nov"]
    assert days_for(Audience.THIRD_PERSON, sent) == ["Mon 30 Nov"]


def test_an_approval_asked_for_before_half_term_waits_over_it(calendar: TermDates) -> None:
    asked = date(2026, 10, 23)
    sent = list(climb(APPROVAL_LADDER, asked, calendar, asked, date(2026, 11, 6)))

    assert days_for(Audience.APPROVER, sent) == ["Mon 02 Nov", "Tue 03 Nov", "Thu 05 Nov"]


def test_a_duty_to_the_local_authority_is_chased_through_half_term(calendar: TermDates) -> None:
    hours = SendingHours(on_working_days=True)
    sent = list(
        climb(
            WORKING_DAY_LADDER,
            date(2026, 10, 26),
            calendar,
            date(2026, 10, 22),
            date(2026, 10, 30),
            hours,
            date(2026, 10, 20),
        )
    )

    assert days_for(Audience.HANDLER, sent) == [
        *("Thu 22 Oct", "Fri 23 Oct", "Mon 26 Oct", "Tue 27 Oct", "Thu 29 Oct")
    ]
    assert days_for(Audience.NEXT_PERSON, sent) == ["Thu 29 Oct"]


def test_a_time_limit_is_told_three_months_and_one_month_before(calendar: TermDates) -> None:
    limit = date(2027, 10, 13)
    found = {
        day
        for ahead in range(400)
        for day in [date(2026, 10, 14) + timedelta(days=ahead)]
        if any(
            rung.day == day
            for rung in due_rungs(
                LIMITATION_LADDER, due=limit, now=morning(day), calendar=calendar, already=()
            )
        )
    }
    assert sorted(found) == [date(2027, 7, 14), date(2027, 9, 14), date(2027, 10, 13)]


def test_after_days_of_darkness_each_person_hears_once(calendar: TermDates) -> None:
    back_on_monday = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

    caught_up = due_rungs(CASE_LADDER, due=DUE, now=back_on_monday, calendar=calendar, already=())

    assert [(rung.rung, rung.audience) for rung in caught_up] == [
        ("escalation", Audience.NEXT_PERSON),
        ("after-5", Audience.HANDLER),
    ]
    names = {rung.name for rung in caught_up}
    assert due_rungs(CASE_LADDER, due=DUE, now=back_on_monday, calendar=calendar, already=names) == ()


def test_a_machine_that_slept_over_monday_sends_the_weekly_reminder_on_tuesday(calendar: TermDates) -> None:
    tuesday = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    found = due_rungs(CASE_LADDER, due=DUE, now=tuesday, calendar=calendar, already=())

    assert {rung.name for rung in found} == {
        "2026-11-06/weekly-2026-11-23",
        "2026-11-06/escalation-weekly-2026-11-23",
    }


def test_a_rung_comes_due_with_the_opening_of_its_day(calendar: TermDates) -> None:
    def due_at(moment: datetime) -> list[str]:
        return [
            rung.rung
            for rung in due_rungs(
                CASE_LADDER, due=DUE, now=moment, calendar=calendar, already=(), since=date(2026, 10, 30)
            )
        ]

    assert due_at(datetime(2026, 11, 4, 7, 29, tzinfo=UTC)) == []
    assert due_at(datetime(2026, 11, 4, 7, 30, tzinfo=UTC)) == ["half-left"]


def test_a_moved_deadline_begins_a_ladder_of_its_own(calendar: TermDates) -> None:
    first = due_rungs(CASE_LADDER, due=DUE, now=morning(DUE), calendar=calendar, already=())
    moved = date(2026, 11, 9)
    again = due_rungs(
        CASE_LADDER, due=moved, now=morning(moved), calendar=calendar, already={rung.name for rung in first}
    )

    assert [rung.name for rung in first] == ["2026-11-06/due-day"]
    assert [rung.name for rung in again] == ["2026-11-09/due-day"]


def test_a_snow_day_in_between_repeats_no_reminder(calendar: TermDates) -> None:
    monday = date(2026, 11, 9)
    sent = due_rungs(CASE_LADDER, due=DUE, now=morning(monday), calendar=calendar, already=())
    snowed_in = replace(calendar, closures=(Closure(day=monday, reason="snow"),))
    names = {rung.name for rung in sent}

    tuesday = morning(date(2026, 11, 10))
    assert due_rungs(CASE_LADDER, due=DUE, now=tuesday, calendar=snowed_in, already=names) == ()


def test_a_duty_of_one_day_does_not_begin_with_a_reminder_of_itself(calendar: TermDates) -> None:
    told_on, due = date(2026, 11, 5), date(2026, 11, 6)

    def at(day: date) -> list[str]:
        found = due_rungs(
            CASE_LADDER, due=due, now=morning(day), calendar=calendar, already=(), since=told_on
        )
        return [rung.rung for rung in found]

    assert at(told_on) == []
    assert at(due) == ["due-day"]
    following = next_rung_at(CASE_LADDER, due=due, now=morning(told_on), calendar=calendar, since=told_on)
    assert following == datetime(2026, 11, 6, 7, 30, tzinfo=UTC)


def test_a_calendar_that_has_ended_does_not_end_the_chase(calendar: TermDates) -> None:
    """It goes on in September as if the office had entered the new year's dates."""
    autumn = Term(name="Autumn", starts=date(2027, 9, 1), ends=date(2027, 12, 17))
    entered = TermDates(terms=(*calendar.terms, autumn), inset_days=calendar.inset_days)
    days = date(2027, 7, 21), date(2027, 9, 24)

    sent = days_for(Audience.HANDLER, list(climb(CASE_LADDER, date(2027, 7, 16), calendar, *days)))

    assert sent == days_for(Audience.HANDLER, list(climb(CASE_LADDER, date(2027, 7, 16), entered, *days)))
    assert sent[0] == "Wed 01 Sep"
    assert sent[-2:] == ["Mon 13 Sep", "Mon 20 Sep"]


def test_the_weekly_reminder_waits_for_the_first_school_day_of_its_week(calendar: TermDates) -> None:
    sent = list(climb(CASE_LADDER, date(2027, 4, 13), calendar, date(2027, 4, 27), date(2027, 5, 12)))

    assert "Tue 04 May" in days_for(Audience.HANDLER, sent), "Monday 3 May is a bank holiday"


def test_the_weeks_begin_on_the_tenth_school_day_itself_if_that_is_a_monday(calendar: TermDates) -> None:
    sent = list(climb(CASE_LADDER, date(2026, 11, 9), calendar, date(2026, 11, 20), date(2026, 11, 27)))

    assert days_for(Audience.HANDLER, sent) == ["Fri 20 Nov", "Mon 23 Nov"]


def test_once_the_due_day_has_opened_the_next_rung_is_the_morning_after(calendar: TermDates) -> None:
    following = next_rung_at(CASE_LADDER, due=DUE, now=morning(DUE), calendar=calendar)

    assert following == datetime(2026, 11, 9, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("clock", [Clock.HOURS, Clock.YEARS])
def test_a_rung_counts_days_or_months(clock: Clock) -> None:
    with pytest.raises(ValueError, match="count days or months"):
        Rung(name="odd", offset=1, audience=Audience.HANDLER, clock=clock)


def test_a_ladder_counts_in_school_days_or_working_days() -> None:
    with pytest.raises(ValueError, match="not in calendar months"):
        Ladder(rungs=(), clock=Clock.CALENDAR_MONTHS)


def test_two_rungs_of_one_name_are_refused() -> None:
    rung = Rung(name="again", offset=1, audience=Audience.HANDLER)
    with pytest.raises(ValueError, match="two rungs of one name: again"):
        Ladder(rungs=(rung,), repeats=(Repeat(name="again", after=5, audience=Audience.DEPUTY),))


ladders = st.sampled_from([CASE_LADDER, APPROVAL_LADDER, WORKING_DAY_LADDER, LIMITATION_LADDER])
moments = st.datetimes(datetime(2026, 8, 1), datetime(2027, 10, 1), timezones=st.just(UTC))  # noqa: DTZ001 zone given
due_days = st.dates(date(2026, 9, 1), date(2027, 8, 1))


@given(ladders, due_days, st.lists(moments, min_size=1, max_size=30))
def test_whenever_the_sweep_runs_no_reminder_goes_twice_and_none_to_one_person_twice_at_once(
    calendar: TermDates, ladder: Ladder, due: date, looks: list[datetime]
) -> None:
    already: set[str] = set()
    for now in sorted(looks):
        found = due_rungs(ladder, due=due, now=now, calendar=calendar, already=already)
        assert not already & {rung.name for rung in found}
        assert len({rung.audience for rung in found}) == len(found)
        assert all(rung.day <= now.date() + timedelta(days=1) for rung in found)
        already |= {rung.name for rung in found}
        assert due_rungs(ladder, due=due, now=now, calendar=calendar, already=already) == ()


@given(ladders, due_days, moments)
def test_between_now_and_the_next_rung_nothing_comes_due(
    calendar: TermDates, ladder: Ladder, due: date, now: datetime
) -> None:
    following = next_rung_at(ladder, due=due, now=now, calendar=calendar)
    already = {rung.name for rung in due_rungs(ladder, due=due, now=now, calendar=calendar, already=())}
    if following is None:
        assert ladder is LIMITATION_LADDER
        assert (
            due_rungs(ladder, due=due, now=now + timedelta(days=900), calendar=calendar, already=already)
            == ()
        )
        return
    assert following > now
    before = following - timedelta(seconds=1)
    assert due_rungs(ladder, due=due, now=before, calendar=calendar, already=already) == ()
    assert due_rungs(ladder, due=due, now=following, calendar=calendar, already=already) != ()


@given(due_days)
def test_an_open_matter_is_never_silent_for_more_than_a_week_of_school(
    calendar: TermDates, due: date
) -> None:
    now = next_opening(morning(due + timedelta(days=1)), calendar)
    for _ in range(12):
        following = next_rung_at(CASE_LADDER, due=due, now=now, calendar=calendar)
        assert following is not None
        asleep = (now.date() + timedelta(days=n) for n in range(1, (following.date() - now.date()).days))
        school_days = [day for day in asleep if calendar.covers(day) and calendar.is_school_day(day)]
        assert len(school_days) <= 5
        now = following
