"""A changed calendar moves what it must, never without a day's notice, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.calendar_changes import (
    MovedDeadline,
    calendar_as_text,
    calendar_fingerprint,
    calendar_from_text,
    moved_deadline,
    with_notice,
)
from casework.deadlines import Clock, Duty, deadline, explain
from casework.term_dates import Break, Closure, TermDates

DUTY = Duty(name="watching", clock=Clock.SCHOOL_DAYS, amount=10, source="the policy")
MONDAY = date(2026, 11, 23)


def test_the_journal_remembers_a_calendar_day_for_day(calendar: TermDates) -> None:
    assert calendar_from_text(calendar_as_text(calendar)) == calendar


@pytest.mark.parametrize(
    "changed",
    [
        {"closures": (Closure(day=date(2026, 11, 30), reason="snow"),)},
        {"inset_days": (date(2026, 11, 27),)},
        {"half_terms": (Break(starts=date(2026, 10, 26), ends=date(2026, 10, 30), name="autumn break"),)},
        {"division": "Scotland"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_any_edit_changes_the_fingerprint(calendar: TermDates, changed: dict[str, object]) -> None:
    assert calendar_fingerprint(replace(calendar, **changed)) != calendar_fingerprint(calendar)  # type: ignore[arg-type]


def test_a_text_of_another_version_is_no_calendar_and_no_crash() -> None:
    assert calendar_from_text('{"terms": []}') is None
    assert calendar_from_text("not json") is None


def test_a_snow_day_gives_a_day_more(calendar: TermDates) -> None:
    moved = moved_deadline(date(2026, 11, 27), date(2026, 11, 30), today=MONDAY, calendar=calendar)

    assert moved == MovedDeadline(old=date(2026, 11, 27), new=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("old", "new", "becomes", "held"),
    [
        (date(2026, 11, 27), date(2026, 11, 25), date(2026, 11, 25), False),  # two days' notice: it counts
        (date(2026, 11, 27), date(2026, 11, 23), date(2026, 11, 24), True),  # today is no notice
        (date(2026, 11, 27), date(2026, 11, 13), date(2026, 11, 24), True),  # nor is last week
        (date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 23), True),  # due today anyway: it stays
        (date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 24), True),  # tomorrow anyway: it stays
    ],
)
def test_nothing_comes_sooner_without_a_school_days_notice(
    calendar: TermDates, old: date, new: date, becomes: date | None, *, held: bool
) -> None:
    moved = moved_deadline(old, new, today=MONDAY, calendar=calendar)

    assert (moved.new if moved else None) == becomes
    assert (moved.held if moved else False) == held


@settings(max_examples=60)
@given(*(st.dates(date(2026, 11, 2), date(2026, 12, 11)) for _ in range(3)))
def test_whoever_had_time_is_never_late_by_an_edit(old: date, new: date, today: date) -> None:
    from tests.invented import tillbrook  # noqa: PLC0415 - reads the calendar once

    moved = moved_deadline(old, new, today=today, calendar=tillbrook().calendar)

    if moved and moved.new and old > today:
        assert moved.new > today or moved.new >= old
        assert moved.new <= max(old, new)


def test_a_held_deadline_says_so_day_by_day_and_ends_with_a_new_start(calendar: TermDates) -> None:
    reckoned = deadline(date(2026, 11, 9), DUTY, calendar)
    held = with_notice(reckoned, [("watching", "2026-11-09", "2026-11-25")], "watching")

    assert (reckoned.due, held.due) == (date(2026, 11, 23), date(2026, 11, 25))
    assert "nobody has less than a day's notice" in explain(held)[-1]
    assert len(explain(held)) == len(explain(reckoned)) + 1
    assert with_notice(reckoned, [("watching", "2026-11-10", "2026-11-25")], "watching") is reckoned
    assert with_notice(reckoned, [("conversation", "2026-11-09", "2026-11-25")], "watching") is reckoned


def test_the_table_and_the_explanation_come_to_the_same_day(calendar: TermDates) -> None:
    start = date(2026, 9, 2)
    for clock, amount in [
        (Clock.SCHOOL_DAYS, 7),
        (Clock.WORKING_DAYS, 7),
        (Clock.CALENDAR_DAYS, 30),
        (Clock.CALENDAR_MONTHS, 1),
        (Clock.YEARS, 1),
        (Clock.HOURS, 48),
    ]:
        for rolls in (True, False):
            duty = Duty(name="a", clock=clock, amount=amount, source="the office", rolls_forward=rolls)
            for number in range(0, 270, 3):
                found = deadline(start + timedelta(days=number), duty, calendar)
                assert found.due == found.counted[-1].day
