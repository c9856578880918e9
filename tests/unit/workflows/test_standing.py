"""Where a case stands can be said for every row that staff can bring about, and no date is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given

from casework.cases import Case, CaseReference, StaffColumns, Stage, TalkOutcome
from casework.letters import Letter
from casework.procedures import standing_of
from casework.term_dates import Closure
from tests.invented import a_letter, cases, letters_of_a_case, posts_by_parents, tillbrook

SCHOOL = tillbrook()
PROCEDURE = posts_by_parents()


@given(case=cases(), letters=letters_of_a_case())
def test_every_row_has_a_stage_and_a_next_step(case: Case, letters: tuple[Letter, ...]) -> None:
    standing = standing_of(case, letters, school=SCHOOL, procedure=PROCEDURE)

    assert standing.stage in Stage
    assert standing.next_step
    assert standing.owner


@given(case=cases(), letters=letters_of_a_case())
def test_a_day_is_given_inside_the_calendar_or_its_absence_explained(
    case: Case, letters: tuple[Letter, ...]
) -> None:
    standing = standing_of(case, letters, school=SCHOOL, procedure=PROCEDURE)

    if standing.due:
        assert SCHOOL.calendar.is_school_day(standing.due)
        assert standing.began_on
        assert standing.due >= standing.began_on
    if standing.warning:
        assert standing.due is None
        assert "calendar" in standing.warning


@given(case=cases(), letters=letters_of_a_case())
def test_a_closed_case_asks_for_nothing(case: Case, letters: tuple[Letter, ...]) -> None:
    standing = standing_of(case, letters, school=SCHOOL, procedure=PROCEDURE)

    closed = bool(case.staff.outcome) or not case.is_open
    assert (standing.stage is Stage.CLOSED) == closed
    assert not (closed and standing.due)


def test_a_row_that_staff_changed_a_day_of_snow_and_a_letter_that_waits_are_read_anew() -> None:
    case = Case(
        reference=CaseReference("TIS-2026-0001"),
        reported_at=datetime(2026, 11, 9, 9, tzinfo=UTC),
        title="Facebook post",
        staff=StaffColumns(talked_on=date(2026, 11, 10), talk_outcome=TalkOutcome.REFUSED),
    )
    refused = standing_of(case, (), school=SCHOOL, procedure=PROCEDURE)
    removed = replace(case, staff=replace(case.staff, talk_outcome=TalkOutcome.REMOVED))
    snow = Closure(day=date(2026, 11, 18), reason="snow")
    snowed_up = replace(SCHOOL, calendar=replace(SCHOOL.calendar, closures=(snow,)))
    read_anew = [
        standing_of(removed, (), school=SCHOOL, procedure=PROCEDURE),
        standing_of(case, (), school=snowed_up, procedure=PROCEDURE),
        standing_of(case, (a_letter(),), school=SCHOOL, procedure=PROCEDURE),
    ]

    assert standing_of(case, (), school=SCHOOL, procedure=PROCEDURE) == refused
    assert [one for one in read_anew if one == refused] == []
