"""Which days are school days, and what a calendar refuses to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.errors import SettingsError, TermDatesExhaustedError
from casework.term_dates import Break, Closure, DayKind, Term, TermDates, TermDatesNotBegunError

AUTUMN = Term(name="Autumn", starts=date(2026, 9, 2), ends=date(2026, 12, 18))


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2026-09-01", "INSET day"),
        ("2026-09-02", "school day"),
        ("2026-09-05", "weekend"),
        ("2026-10-23", "school day"),
        ("2026-10-24", "weekend"),
        ("2026-10-26", "half-term"),
        ("2026-10-30", "half-term"),
        ("2026-11-02", "school day"),
        ("2026-12-18", "school day"),
        ("2026-12-21", "school holidays"),
        ("2026-12-25", "bank holiday (Christmas Day)"),
        ("2026-12-28", "bank holiday (Boxing Day (observed))"),
        ("2027-01-01", "bank holiday (New Year's Day)"),
        ("2027-01-04", "INSET day"),
        ("2027-01-05", "school day"),
        ("2027-02-12", "school day"),
        ("2027-02-15", "half-term"),
        ("2027-03-25", "school day"),
        ("2027-03-26", "bank holiday (Good Friday)"),
        ("2027-03-29", "bank holiday (Easter Monday)"),
        ("2027-04-09", "school holidays"),
        ("2027-04-12", "school day"),
        ("2027-05-03", "bank holiday (May Day)"),
        ("2027-05-31", "bank holiday (Spring Bank Holiday)"),
        ("2027-06-01", "half-term"),
        ("2027-07-20", "school day"),
    ],
)
def test_the_practice_year_day_by_day(calendar: TermDates, day: str, what: str) -> None:
    assert calendar.why(date.fromisoformat(day)) == what
    assert calendar.is_school_day(date.fromisoformat(day)) == (what == "school day")


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-09-01", "2026-09-02"),  # an INSET day is none
        ("2026-10-23", "2026-11-02"),  # over half-term
        ("2026-11-06", "2026-11-09"),  # over a weekend
        ("2026-12-18", "2027-01-05"),  # over Christmas and the INSET day after it
        ("2027-03-25", "2027-04-12"),  # over Easter
        ("2027-04-30", "2027-05-04"),  # over the May bank holiday
    ],
)
def test_the_next_school_day(calendar: TermDates, day: str, following: str) -> None:
    assert calendar.next_school_day(date.fromisoformat(day)) == date.fromisoformat(following)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-10-26", True),  # half-term is for pupils, not for the local authority
        ("2026-12-28", False),
        ("2027-03-26", False),
        ("2031-08-05", True),  # known for any day, beyond the calendar too
        ("2031-08-09", False),
    ],
)
def test_working_days_run_through_the_holidays(calendar: TermDates, day: str, working: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is working


def test_a_snow_day_is_no_school_day_and_says_why(calendar: TermDates) -> None:
    thursday = date(2027, 1, 14)
    snowed_in = replace(calendar, closures=(Closure(day=thursday, reason="snow"),))

    assert snowed_in.why(thursday) == "school closed: snow"
    assert snowed_in.next_school_day(date(2027, 1, 13)) == date(2027, 1, 15)
    assert calendar.is_school_day(thursday), "the calendar before the snow stays as it was"


def test_whole_terms_with_half_terms_cut_out_mean_the_same_as_halves_of_terms(calendar: TermDates) -> None:
    whole = TermDates(
        terms=(
            AUTUMN,
            Term(name="Spring", starts=date(2027, 1, 4), ends=date(2027, 3, 25)),
            Term(name="Summer", starts=date(2027, 4, 12), ends=date(2027, 7, 20)),
        ),
        half_terms=calendar.half_terms,
        inset_days=calendar.inset_days,
    )

    days = [calendar.first_day + timedelta(days=n) for n in range(323)]
    assert [whole.is_school_day(day) for day in days] == [calendar.is_school_day(day) for day in days]


def test_a_day_after_the_calendar_is_unknown_and_the_error_says_what_to_do(calendar: TermDates) -> None:
    with pytest.raises(TermDatesExhaustedError, match=r"20 July 2027.*Add the next year's") as caught:
        calendar.is_school_day(date(2027, 9, 6))
    assert caught.value.last_day == date(2027, 7, 20)
    assert caught.value.needed == date(2027, 9, 6)


def test_a_day_before_the_calendar_is_unknown_too(calendar: TermDates) -> None:
    with pytest.raises(TermDatesNotBegunError, match=r"begins on 01 September 2026.*earlier") as caught:
        calendar.next_school_day(date(2026, 8, 28))
    assert caught.value.first_day == date(2026, 9, 1)


def test_the_calendar_covers_its_first_and_its_last_day_and_no_other(calendar: TermDates) -> None:
    edges = ("2026-08-31", "2026-09-01", "2027-07-20", "2027-07-21")

    assert [calendar.covers(date.fromisoformat(day)) for day in edges] == [False, True, True, False]


def test_two_terms_cannot_share_a_day() -> None:
    spring = Term(name="Spring", starts=date(2026, 12, 18), ends=date(2027, 3, 25))

    with pytest.raises(SettingsError, match="before Autumn has ended"):
        TermDates(terms=(AUTUMN, spring))


def test_the_last_school_day_has_no_next_one(calendar: TermDates) -> None:
    with pytest.raises(TermDatesExhaustedError):
        calendar.next_school_day(date(2027, 7, 20))


@pytest.mark.parametrize(
    ("today", "says"),
    [
        ("2027-06-07", None),
        ("2027-06-08", "ends in 6 weeks, on 20 July 2027"),
        ("2027-07-12", "ends next week, on"),
        ("2027-07-16", "ends in 4 days, on"),
        ("2027-07-19", "ends tomorrow, on"),
        ("2027-07-20", "ends today, on"),
        ("2027-07-21", "ended yesterday, on"),
        ("2027-08-20", "ended 31 days ago, on"),
    ],
)
def test_a_calendar_that_runs_short_says_so_six_weeks_before(
    calendar: TermDates, today: str, says: str | None
) -> None:
    sentence = calendar.runs_short(date.fromisoformat(today))

    assert sentence is None if says is None else says in str(sentence)
    assert sentence is None or sentence.endswith("Add the next year's term dates to the calendar file.")


def test_all_mistakes_of_a_calendar_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        TermDates(
            terms=(
                AUTUMN,
                Term(name="Spring", starts=date(2026, 12, 7), ends=date(2027, 3, 25)),
                Term(name="Summer", starts=date(2027, 4, 12), ends=date(2027, 4, 1)),
            ),
            half_terms=(Break(starts=date(2026, 10, 26), ends=date(2028, 10, 30)),),
            inset_days=(date(2026, 9, 5),),
            division="Cornwall",
        )
    told = "\n".join(caught.value.problems)
    assert "'Cornwall'; write one of: England" in told
    assert "Summer starts on 12 April 2027 and ends on 1 April 2027, which is earlier" in told
    assert "half-term starts on 26 October 2026 and ends on 30 October 2028, more than a year later" in told
    assert "Spring starts on 7 December 2026, before Autumn has ended on 18 December 2026" in told
    assert "INSET day 5 September 2026 is a Saturday" in told
    assert len(caught.value.problems) == 5


def test_a_term_left_out_is_noticed_instead_of_taken_for_a_holiday() -> None:
    summer = Term(name="Summer", starts=date(2027, 4, 12), ends=date(2027, 7, 20))

    with pytest.raises(SettingsError, match="between 18 December 2026 and 12 April 2027; add the term"):
        TermDates(terms=(AUTUMN, summer))


def test_the_longest_summer_of_the_kingdom_is_an_ordinary_gap() -> None:
    summer = Term(name="Summer", starts=date(2026, 4, 13), ends=date(2026, 6, 30))

    across = TermDates(terms=(summer, AUTUMN), division="Northern Ireland")

    assert across.next_school_day(date(2026, 6, 30)) == date(2026, 9, 2)


def test_a_calendar_without_a_term_is_refused() -> None:
    with pytest.raises(SettingsError, match="no term"):
        TermDates(terms=())


def test_equal_calendars_are_equal_and_a_changed_one_is_not(calendar: TermDates) -> None:
    again = replace(calendar)
    assert again == calendar
    assert hash(again) == hash(calendar)
    assert replace(calendar, division="Scotland") != calendar


@pytest.mark.parametrize(
    ("division", "day", "kind"),
    [
        ("England", "2026-11-30", DayKind.SCHOOL_DAY),
        ("Scotland", "2026-11-30", DayKind.BANK_HOLIDAY),
        ("Wales", "2027-03-17", DayKind.SCHOOL_DAY),
        ("Northern Ireland", "2027-03-17", DayKind.BANK_HOLIDAY),
        ("Scotland", "2027-03-29", DayKind.HOLIDAY),
        ("England and Wales", "2027-03-29", DayKind.BANK_HOLIDAY),
    ],
)
def test_each_part_of_the_kingdom_has_its_own_bank_holidays(
    calendar: TermDates, division: str, day: str, kind: DayKind
) -> None:
    assert replace(calendar, division=division).kind_of(date.fromisoformat(day)) is kind
