"""What a deadline refuses, and that an independent slow reckoning agrees with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count, product, takewhile
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar_arithmetic import months_later
from casework.deadlines import Clock, Duty, deadline, deadline_table, explain
from casework.errors import SettingsError, TermDatesExhaustedError
from casework.term_dates import Break, Closure, Term, TermDates

ONE_DAY = timedelta(days=1)
ENGLISH = holidays.country_holidays("GB", subdiv="ENG", years=range(2025, 2033))


def a_duty(amount: int, clock: Clock = Clock.SCHOOL_DAYS, **more: bool) -> Duty:
    return Duty(name="a duty", clock=clock, amount=amount, source="the office", **more)


def test_a_deadline_beyond_the_calendar_says_so_instead_of_guessing(calendar: TermDates) -> None:
    with pytest.raises(TermDatesExhaustedError) as caught:
        deadline(date(2027, 7, 15), a_duty(10), calendar)
    assert caught.value.last_day == date(2027, 7, 20)
    assert caught.value.needed == date(2027, 7, 21)


def test_the_calendar_is_not_needed_for_clocks_that_do_not_ask_it(calendar: TermDates) -> None:
    late = date(2027, 7, 30)

    assert deadline(late, a_duty(2, Clock.WORKING_DAYS), calendar).due == date(2027, 8, 3)
    assert deadline(late, a_duty(1, Clock.YEARS), calendar).due == date(2028, 7, 29)


def test_a_moment_without_a_zone_is_refused(calendar: TermDates) -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 11, 23, 9), a_duty(1), calendar)  # noqa: DTZ001 the mistake itself


@pytest.mark.parametrize("amount", [0, -1])
def test_a_duty_of_no_days_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        a_duty(amount)


def test_the_same_question_is_worked_out_once(calendar: TermDates) -> None:
    monday = date(2026, 11, 23)

    assert deadline(monday, a_duty(10), calendar) is deadline(monday, a_duty(10), calendar)
    assert deadline_table(a_duty(10), calendar)[monday] is deadline(monday, a_duty(10), calendar)


days = st.dates(date(2026, 8, 1), date(2027, 9, 30))


@given(
    starts=st.lists(st.dates(date(2026, 9, 1), date(2027, 6, 1)), min_size=1, max_size=6),
    amounts=st.lists(st.integers(1, 15), min_size=1, max_size=3),
    clock=st.sampled_from([Clock.SCHOOL_DAYS, Clock.WORKING_DAYS, Clock.CALENDAR_DAYS]),
    counts_inset_days=st.booleans(),
    rolls_forward=st.booleans(),
)
def test_an_explanation_tells_each_day_as_it_was_counted_whoever_asked_before(
    calendar: TermDates,
    starts: list[date],
    amounts: list[int],
    clock: Clock,
    counts_inset_days: bool,
    rolls_forward: bool,
) -> None:
    inset = counts_inset_days and clock is Clock.SCHOOL_DAYS
    for start, amount in product(starts, amounts):
        found = deadline(
            start, a_duty(amount, clock, counts_inset_days=inset, rolls_forward=rolls_forward), calendar
        )

        assert explain(found) == tuple(
            f"{one.day:%a} {one.day.day:2} {one.day:%b %Y}"
            + (f"  {one.number:>3}  {one.why}" if one.counted else f"    -  not counted: {one.why}")
            for one in found.counted
        )


@st.composite
def calendars(draw: st.DrawFn) -> TermDates:
    """A year of three terms with wandering edges, half-terms, INSET days and snow."""
    edges = [date(2026, 9, 1), date(2026, 12, 14), date(2027, 1, 4), date(2027, 3, 22), date(2027, 4, 12)]
    moved = [edge + timedelta(days=draw(st.integers(0, 9))) for edge in (*edges, date(2027, 7, 12))]
    terms = tuple(
        Term(name=name, starts=moved[2 * n], ends=moved[2 * n + 1])
        for n, name in enumerate(("Autumn", "Spring", "Summer"))
    )
    autumn_break = date(2026, 10, 19) + timedelta(days=draw(st.integers(0, 9)))
    rest = Break(starts=autumn_break, ends=autumn_break + timedelta(days=draw(st.integers(0, 12))))
    inside = st.dates(terms[0].starts, terms[2].ends)
    inset = draw(st.frozensets(inside.filter(lambda day: day.weekday() < 5), max_size=4))
    snow = draw(st.frozensets(inside, max_size=4))
    closures = tuple(Closure(day=day, reason="snow") for day in sorted(snow))
    return TermDates(terms=terms, half_terms=(rest,), inset_days=tuple(sorted(inset)), closures=closures)


def slowly_is_school_day(day: date, written: TermDates, *, inset_counts: bool = False) -> bool:
    """Ask every entry anew; shares nothing with the code under test but the entries."""
    if day.isoweekday() > 5 or day in ENGLISH or any(closure.day == day for closure in written.closures):
        return False
    if day in written.inset_days:
        return inset_counts
    if any(rest.starts <= day <= rest.ends for rest in written.half_terms):
        return False
    return any(term.starts <= day <= term.ends for term in written.terms)


@given(calendars(), days, st.integers(1, 60), st.booleans())
def test_school_days_agree_with_a_slow_reckoning(
    written: TermDates, start: date, amount: int, inset_counts: bool
) -> None:
    after = takewhile(lambda day: day <= written.last_day, (start + n * ONE_DAY for n in count(1)))
    counted = [day for day in after if slowly_is_school_day(day, written, inset_counts=inset_counts)]
    duty = a_duty(amount, counts_inset_days=inset_counts)

    if start < written.first_day or len(counted) < amount:
        with pytest.raises(TermDatesExhaustedError):
            deadline(start, duty, written)
        return
    found = deadline(start, duty, written)
    assert found.due == counted[amount - 1]
    assert [entry.day for entry in found.counted if entry.counted] == [start, *counted[:amount]]
    assert [entry.day for entry in found.counted] == [
        start + n * ONE_DAY for n in range((found.due - start).days + 1)
    ]


@given(calendars(), days, st.integers(1, 60))
def test_working_days_agree_with_a_slow_reckoning(written: TermDates, start: date, amount: int) -> None:
    day, left = start, amount
    while left:
        day += ONE_DAY
        left -= day.isoweekday() <= 5 and day not in ENGLISH

    assert deadline(start, a_duty(amount, Clock.WORKING_DAYS), written).due == day


@given(days, st.integers(1, 40))
def test_a_deadline_never_comes_earlier_when_it_is_longer_or_begins_later(start: date, amount: int) -> None:
    written = TermDates(
        terms=(Term(name="All", starts=date(2026, 7, 1), ends=date(2027, 6, 30)),),
        half_terms=(Break(starts=date(2027, 7, 1), ends=date(2028, 6, 1)),),
    )
    for clock in (Clock.WORKING_DAYS, Clock.CALENDAR_DAYS, Clock.CALENDAR_MONTHS, Clock.YEARS):
        due = deadline(start, a_duty(amount, clock), written).due
        assert due > start
        assert deadline(start, a_duty(amount + 1, clock), written).due >= due
        assert deadline(start + ONE_DAY, a_duty(amount, clock), written).due >= due


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-30, 30))
def test_months_land_in_the_right_month_and_on_the_day_if_it_exists(day: date, months: int) -> None:
    landed = months_later(day, months)

    assert (landed.year - day.year) * 12 + landed.month - day.month == months
    assert landed.day == day.day or (landed.day < day.day and (landed + ONE_DAY).day == 1)


@given(st.datetimes(datetime(2026, 8, 1), datetime(2027, 8, 1)), st.integers(1, 120))  # noqa: DTZ001 zone below
def test_hours_agree_with_a_clock_that_ticks_by_the_minute(naive: datetime, amount: int) -> None:
    written = TermDates(terms=(Term(name="Autumn", starts=date(2026, 9, 1), ends=date(2026, 12, 18)),))
    began = naive.replace(second=0, microsecond=0, tzinfo=ZoneInfo("UTC"))
    moment, left = began, amount * 60
    while left:
        local = moment.astimezone(ZoneInfo("Europe/London")).date()
        left -= local.isoweekday() <= 5 and local not in ENGLISH
        moment += timedelta(minutes=1)

    assert deadline(began, a_duty(amount, Clock.HOURS), written).due_at == moment


def test_a_broken_calendar_never_reaches_a_deadline() -> None:
    with pytest.raises(SettingsError):
        TermDates(terms=(Term(name="Back to front", starts=date(2027, 1, 5), ends=date(2026, 1, 5)),))


def test_an_explanation_asked_for_twice_says_the_same_and_a_held_deadline_says_its_own(
    calendar: TermDates,
) -> None:
    found = deadline(date(2026, 11, 20), a_duty(3), calendar)
    first = explain(found)

    held = found.held_until(date(2026, 11, 27))

    assert explain(found) == first
    assert explain(held)[:-1] == first
    assert "held until here" in explain(held)[-1]
