"""What only the clock brings comes at the moment that each job says, so that nobody has to look for it before."""

from __future__ import annotations

import pytest

from tests.minutes import a_real_clock, busy, happened_too_early, minutes, with_hours_of_its_own
from tests.remembering import Moments

SPANS = {
    "a report is urgent, and nobody takes it up": ("2026-11-23T10:58+00:00", "2026-11-23T12:05+00:00"),
    "mail may go at twenty to eight": ("2026-11-24T07:25+00:00", "2026-11-24T08:05+00:00"),
    "the hours of mail end": ("2026-11-24T17:10+00:00", "2026-11-24T17:50+00:00"),
    "a day begins": ("2026-11-24T23:50+00:00", "2026-11-25T00:25+00:00"),
    "a letter has to be decided": ("2026-11-27T07:30+00:00", "2026-11-27T08:05+00:00"),
    "the post should be gone": ("2026-12-07T07:30+00:00", "2026-12-07T08:05+00:00"),
    "a morning in the holidays": ("2026-12-29T07:30+00:00", "2026-12-29T08:05+00:00"),
    "the clocks go forward": ("2027-03-28T00:40+00:00", "2027-03-28T01:20+00:00"),
    "the first morning of summer time": ("2027-03-29T06:25+00:00", "2027-03-29T07:05+00:00"),
    "the clocks go back": ("2027-10-31T00:40+00:00", "2027-10-31T02:20+00:00"),
}


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.replace(" ", "_"))
def test_nothing_happens_before_the_moment_that_was_said(moments: Moments, span: str) -> None:
    school = moments.come_to(busy)
    with_hours_of_its_own(school)
    with a_real_clock(school) as clock:
        first, last = SPANS[span]

        wrong, early = happened_too_early(school, minutes(first, last), clock=clock)

    assert wrong == []
    assert early > 5, "most looks end early"
