"""Reminders of reviews lean on days in term: summer is brought forward, and no holiday swallows the last call."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import connectors.calendar_files
from casework.policy_register import days_in_term, due_rungs, term_spans
from casework.term_dates import TermDates
from connectors.calendar_files import read_term_dates


@pytest.fixture(scope="module")
def calendar() -> TermDates:
    return read_term_dates(Path(connectors.calendar_files.__file__).parent / "practice-term-dates.toml")


@pytest.mark.parametrize(
    ("due", "lean_on", "last_call"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),  # a Monday in term
        (
            date(2026, 10, 31),
            date(2026, 10, 31),
            date(2026, 10, 23),
        ),  # half-term: last call on the Friday before
        (date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 18)),  # Christmas
        (date(2027, 2, 28), date(2027, 2, 28), date(2027, 2, 26)),  # a Sunday
        (date(2027, 8, 31), date(2027, 7, 16), date(2027, 7, 16)),  # summer: before the last week of term
        (date(2027, 7, 31), date(2027, 7, 16), date(2027, 7, 16)),
        (date(2028, 3, 31), date(2028, 3, 31), date(2028, 3, 31)),  # beyond the calendar nothing is guessed
    ],
)
def test_a_review_is_asked_for_while_somebody_can_act(
    calendar: TermDates, due: date, lean_on: date, last_call: date
) -> None:
    days = days_in_term(due, calendar)
    assert (days.lean_on, days.last_call) == (lean_on, last_call)


def test_a_review_of_august_is_told_ninety_days_before_the_last_weeks_of_term(calendar: TermDates) -> None:
    due = date(2027, 8, 31)
    days = days_in_term(due, calendar)
    assert due_rungs(due, today=date(2027, 4, 16), days=days) == ()
    (first,) = due_rungs(due, today=date(2027, 4, 17), days=days)
    assert first.name == "90-days-before"
    (last,) = due_rungs(due, today=date(2027, 7, 16), days=days)
    assert last.name == "on-the-day"
    (summer,) = due_rungs(due, today=date(2027, 8, 20), days=days)
    assert summer == last
    (autumn,) = due_rungs(due, today=due + timedelta(days=8), days=days)
    assert autumn.name == "7-days-over"


def test_a_term_ends_when_the_school_s_own_calendar_ends_it(calendar: TermDates) -> None:
    spans = term_spans(calendar)
    assert spans("autumn", 2026) == (date(2026, 9, 2), date(2026, 12, 18))
    assert spans("spring", 2027) == (date(2027, 1, 5), date(2027, 3, 25))
    assert spans("summer", 2027) == (date(2027, 4, 12), date(2027, 7, 20))
    assert spans("autumn", 2024) is None


def test_only_what_is_near_or_newly_told_goes_out_between_two_mondays() -> None:
    due = date(2026, 9, 30)
    at_once = {
        days: rung.at_once
        for days in (-90, -60, -30, -14, -7, 0, 7, 30, 35, 60, 90)
        for rung in due_rungs(due, today=due + timedelta(days=days))
    }
    assert [days for days, goes in at_once.items() if goes] == [-14, -7, 0, 30, 60, 90]
