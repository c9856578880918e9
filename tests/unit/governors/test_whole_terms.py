"""The governors' papers of a year tell of whole terms, and of every case once, whenever it came and ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.cases import Case, CaseReference
from casework.governors.figures import TermFigures, figures_of
from casework.governors.terms import term_that_ends, whole_terms
from casework.term_dates import Term, TermDates
from tests.invented import tillbrook

SCHOOL = tillbrook()
TERMS = whole_terms(SCHOOL.calendar)
YEAR = st.dates(min_value=date(2026, 9, 1), max_value=TERMS[-1].ends)


def a_calendar(*named: tuple[str, str, str]) -> TermDates:
    day = date.fromisoformat
    return TermDates(
        terms=tuple(Term(name=name, starts=day(first), ends=day(last)) for name, first, last in named)
    )


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("Autumn, first half", "Autumn, second half", "Autumn term"),
        ("Autumn Term 1", "Autumn Term 2", "Autumn term"),
        ("Tymor yr Hydref 1", "Tymor yr Hydref 2", "Hydref term"),
    ],
)
def test_a_term_that_the_calendar_writes_in_halves_is_one(first: str, second: str, together: str) -> None:
    calendar = a_calendar(
        (first, "2026-09-02", "2026-10-23"),
        (second, "2026-11-02", "2026-12-18"),
        ("Spring term", "2027-01-05", "2027-03-25"),
    )

    assert [(one.name, one.starts, one.ends) for one in whole_terms(calendar)] == [
        (together, date(2026, 9, 2), date(2026, 12, 18)),
        ("Spring term", date(2027, 1, 5), date(2027, 3, 25)),
    ]


def test_six_terms_of_their_own_stay_six_and_two_autumns_two() -> None:
    six = a_calendar(("Term 1", "2026-09-02", "2026-10-23"), ("Term 2", "2026-11-02", "2026-12-18"))
    assert whole_terms(six) == six.terms

    years = a_calendar(
        ("Summer term", "2026-04-13", "2026-07-21"),
        ("Autumn term", "2026-09-02", "2026-12-18"),
        ("Spring term", "2027-01-05", "2027-03-25"),
        ("Summer term", "2027-04-12", "2027-07-20"),
        ("Autumn term", "2027-09-02", "2027-12-17"),
    )
    assert whole_terms(years) == years.terms


def test_a_paper_that_was_drafted_at_half_term_before_is_known_still() -> None:
    calendar = a_calendar(("Autumn 1", "2026-09-02", "2026-10-23"), ("Autumn 2", "2026-11-02", "2026-12-18"))

    assert term_that_ends(date(2026, 10, 23), calendar) == calendar.terms[0]
    assert term_that_ends(date(2026, 12, 18), calendar) == whole_terms(calendar)[0]


def a_case(number: int, reported: date, closed: date | None) -> Case:
    at_nine = time(9, tzinfo=UTC)
    return Case(
        reference=CaseReference(f"TIS-2026-{number:04}"),
        reported_at=datetime.combine(reported, at_nine),
        title="A post",
        closed_at=datetime.combine(closed, at_nine) if closed else None,
    )


def papers_of(cases: list[Case]) -> list[TermFigures]:
    return [
        figures_of(cases, letters_of=lambda _: (), policies=(), term=term, today=term.ends, school=SCHOOL)
        for term in TERMS
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(YEAR, st.integers(0, 400)), max_size=20))
def test_the_papers_of_a_year_add_up_whichever_days_cases_came_and_ended_on(
    lives: list[tuple[date, int]],
) -> None:
    cases = [a_case(number, day, day + timedelta(days=lasts)) for number, (day, lasts) in enumerate(lives, 1)]
    papers = papers_of(cases)

    assert sum(paper.opened for paper in papers) == len(cases)
    for paper in papers:
        assert paper.carried_over + paper.opened - paper.closed == paper.still_open
    for earlier, later in pairwise(papers):
        assert later.carried_over == earlier.still_open


def test_what_is_reported_and_closed_in_the_christmas_holidays_stands_in_the_spring_paper() -> None:
    case = a_case(1, date(2026, 12, 22), date(2026, 12, 29))
    autumn, spring, _ = papers_of([case])

    assert (autumn.opened, autumn.closed, spring.opened, spring.closed) == (0, 0, 1, 1)
    assert spring.since == date(2026, 12, 19)


def test_what_came_before_the_first_term_that_the_calendar_knows_stands_in_its_paper() -> None:
    in_august = replace(a_case(1, date(2026, 9, 1), None), reported_at=datetime(2026, 8, 20, 9, tzinfo=UTC))
    autumn = papers_of([in_august])[0]

    assert (autumn.opened, autumn.still_open, autumn.since) == (1, 1, date(2026, 8, 20))
