"""Where a case stands can be said for every row that staff can bring about, and no date is invented."""

from __future__ import annotations

from hypothesis import given

from casework.cases import Case, Stage
from casework.letters import Letter
from casework.procedures import standing_of
from tests.invented import cases, letters_of_a_case, posts_by_parents, tillbrook

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
