"""Days on which a case waited for others are not counted, as an independent slow reckoning has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import Clock, Duty, deadline, explain
from casework.errors import TermDatesExhaustedError
from casework.term_dates import TermDates
from casework.waiting import Wait, told_anew, waiting_since, waits_line, waits_shown

ONE_DAY = timedelta(days=1)
days = st.dates(date(2026, 9, 1), date(2027, 3, 1))


@st.composite
def waits_of_a_case(draw: st.DrawFn) -> tuple[Wait, ...]:
    """As staff make them: written, written anew or emptied, on one day after the other."""
    waits: tuple[Wait, ...] = ()
    for on in sorted(draw(st.lists(days, max_size=6))):
        waits = told_anew(waits, draw(st.sampled_from(["", "the police", "the parent"])), on=on)
    return waits


def slowly(start: date, amount: int, calendar: TermDates, waits: tuple[Wait, ...]) -> date:
    """Day by day; a wait that began when it was due already changes nothing."""
    over = [wait for wait in waits if wait.until and wait.until > start]
    for number in range(len(over) + 1):
        day, counted = start, 0
        while counted < amount:
            day += ONE_DAY
            stands = any(wait.since <= day < (wait.until or date.max) for wait in over[:number])
            counted += calendar.is_school_day(day) and not stands
        if number == len(over) or over[number].since > day:
            return day
    raise AssertionError("the last round has returned")


@given(start=days, amount=st.integers(1, 15), waits=waits_of_a_case())
def test_a_slow_reckoning_comes_to_the_same_day(
    calendar: TermDates, start: date, amount: int, waits: tuple[Wait, ...]
) -> None:
    duty = Duty(name="a duty", clock=Clock.SCHOOL_DAYS, amount=amount, source="the office")

    found = deadline(start, duty, calendar).after(waits)

    assert found.due == slowly(start, amount, calendar, waits)
    assert calendar.is_school_day(found.due)
    assert not any(wait.until and wait.covers(found.due) for wait in found.waits)
    assert [day.number for day in found.counted if day.counted] == list(range(amount + 1))
    assert len(explain(found)) == (found.due - start).days + 1


@given(waits=waits_of_a_case())
def test_what_the_list_shows_of_them_is_read_again(waits: tuple[Wait, ...]) -> None:
    assert waits_shown(waits_line(waits)) == waits
    assert sum(wait.until is None for wait in waits) <= 1


def test_a_wait_of_no_day_is_none() -> None:
    monday = date(2026, 11, 23)

    assert told_anew(told_anew((), "the police", on=monday), "", on=monday) == ()


def test_a_line_that_somebody_has_changed_beyond_reading_is_left_out() -> None:
    told = "3 March 2027 to 10 March 2027\nand then for ever\n31 February 2027\n12 March 2027"

    assert waits_shown(told) == (
        Wait(since=date(2027, 3, 3), until=date(2027, 3, 10)),
        Wait(since=date(2027, 3, 12)),
    )


def test_a_line_of_an_older_casework_is_read_too() -> None:
    assert waits_shown("12 March 2027") == waits_shown("since 12 March 2027")


def test_a_day_between_two_waits_begins_a_new_one() -> None:
    earlier, later = date(2026, 10, 20), date(2026, 11, 4)
    ended = Wait(since=earlier, until=date(2026, 11, 3))

    assert waiting_since((ended, Wait(since=later))) == later
    assert waiting_since((Wait(since=earlier, until=later), Wait(since=later))) == earlier
    assert waiting_since((ended,)) is None


def test_a_wait_beyond_the_calendar_says_so(calendar: TermDates) -> None:
    duty = Duty(name="a duty", clock=Clock.SCHOOL_DAYS, amount=10, source="the office")
    waits = (Wait(since=date(2027, 7, 1), until=date(2027, 7, 19)),)

    with pytest.raises(TermDatesExhaustedError) as caught:
        deadline(date(2027, 6, 30), duty, calendar).after(waits)

    assert caught.value.last_day == date(2027, 7, 20)
