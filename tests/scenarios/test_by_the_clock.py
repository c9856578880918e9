"""What only the clock brings comes at the moment that each job says, so that nobody has to look for it before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

import schedule
from tests.minutes import a_real_clock, busy, happened_too_early, minutes, with_hours_of_its_own
from tests.remembering import Moments
from tests.school import SchoolAtWork

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


def test_a_mail_that_was_held_back_goes_in_the_minute_in_which_there_is_room(moments: Moments) -> None:
    school = moments.come_to(busy)
    school.office.school = replace(school.office.school, most_mails_an_hour=5)
    with a_real_clock(school) as clock:
        clock.move_to(datetime.fromisoformat("2026-11-23T10:02:17+00:00"))
        school.at(clock.now())
        for number in (21, 22):
            school.teacher_forwards(f"Seen on https://www.facebook.com/groups/tillbrook/posts/{number}")
        schedule.run_once(school.office)
        waiting = held_back(school)

        wrong, early = happened_too_early(
            school, minutes("2026-11-23T10:03+00:00", "2026-11-23T11:20+00:00"), clock=clock
        )

    assert waiting > 0
    assert held_back(school) < waiting
    assert wrong == []
    assert early > 5, "most looks end early"


def held_back(school: SchoolAtWork) -> int:
    with school.office.journal.transaction() as transaction:
        return len(transaction.outbox_view.held_back())
