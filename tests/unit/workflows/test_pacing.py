"""How soon a school is looked at again."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.pacing import look_again_in
from casework.term_dates import Break, Term, TermDates

LONDON = ZoneInfo("Europe/London")
AUTUMN = TermDates(
    terms=(Term(name="Autumn", starts=date(2026, 9, 2), ends=date(2026, 12, 18)),),
    half_terms=(Break(starts=date(2026, 10, 26), ends=date(2026, 10, 30)),),
)


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-23T09:00", 120),  # a Monday of term
        ("2026-11-23T06:59", 300),
        ("2026-11-23T18:00", 300),
        ("2026-11-23T22:30", 600),
        ("2026-11-24T03:00", 600),
        ("2026-11-21T12:00", 300),  # a Saturday
        ("2026-10-28T12:00", 300),  # half-term
        ("2027-03-03T12:00", 120),  # beyond the calendar working days stand in
        ("2026-10-26T07:30", 300),  # the first day after the clocks went back, in half-term
    ],
)
def test_a_school_is_looked_at_more_seldom_when_nobody_is_there(moment: str, seconds: int) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=LONDON)

    assert look_again_in(now, zone=LONDON, calendar=AUTUMN, news=False).total_seconds() == seconds


def test_a_school_that_has_just_had_mail_is_looked_at_soon_at_any_hour() -> None:
    at_night = datetime(2026, 11, 21, 23, 40, tzinfo=LONDON)

    assert look_again_in(at_night, zone=LONDON, calendar=AUTUMN, news=True).total_seconds() == 30
