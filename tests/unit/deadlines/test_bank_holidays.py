"""The bank holidays against the list that the government publishes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.bank_holidays import (
    CHECKED_UNTIL,
    SUBDIVISIONS,
    BankHoliday,
    announced,
    bank_holidays,
    is_weekend,
    is_working_day,
)

# The days of the week on which nobody works, from the government's page of bank holidays (gov.uk).
PUBLISHED = {
    "England": {
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    },
    "Scotland": {
        2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
        2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
        2028: "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
    },
    "Northern Ireland": {
        2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
        2027: "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
        2028: "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
    },
}


@pytest.mark.parametrize(
    ("division", "year"), [(name, year) for name in PUBLISHED for year in (2026, 2027, 2028)]
)
def test_no_work_on_exactly_the_published_bank_holidays(division: str, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    found = [f"{day:%m-%d}" for day in days if not is_weekend(day) and not is_working_day(day, division)]

    assert " ".join(found) == PUBLISHED[division][year]


def test_wales_keeps_the_days_of_england() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(1000)]

    for other in ("Wales", "England and Wales"):
        assert [is_working_day(day, other) for day in days] == [
            is_working_day(day, "England") for day in days
        ]


def test_the_published_list_above_still_reaches_a_year_ahead() -> None:
    """When this fails, extend PUBLISHED from the government's page, and update `holidays` if they differ."""
    today = date.today()  # noqa: DTZ011 a test of the real calendar on the wall
    assert date(max(PUBLISHED["England"]), 12, 31) - today > timedelta(days=365)


def test_what_the_school_is_told_to_be_certain_is_what_was_compared() -> None:
    assert date(max(PUBLISHED["England"]), 12, 31) == CHECKED_UNTIL


def the_list(division: str, year: int) -> dict[date, str]:
    return {day: name for day, name in bank_holidays(division, year).items() if not is_weekend(day)}


@pytest.mark.parametrize("division", SUBDIVISIONS)
def test_a_list_of_the_days_that_are_known_changes_nothing(division: str) -> None:
    assert announced(the_list(division, 2026) | the_list(division, 2027), division) == ()


def test_a_day_for_a_coronation_counts_although_this_version_has_never_heard_of_it() -> None:
    published = the_list("England", 2027) | {date(2027, 5, 10): "Coronation"}

    assert announced(published, "England") == (BankHoliday(day=date(2027, 5, 10), name="Coronation"),)


def test_a_bank_holiday_that_was_moved_is_none_on_its_usual_day() -> None:
    """As in 2022, when that at the end of May was held in June."""
    published = the_list("England", 2027) | {date(2027, 6, 3): "Spring bank holiday"}
    del published[date(2027, 5, 31)]

    assert announced(published, "England") == (
        BankHoliday(day=date(2027, 5, 31), name=""),
        BankHoliday(day=date(2027, 6, 3), name="Spring bank holiday"),
    )


def test_half_a_list_takes_no_bank_holiday_away() -> None:
    assert announced({date(2029, 1, 1): "New Year\N{RIGHT SINGLE QUOTATION MARK}s Day"}, "England") == ()


@pytest.mark.parametrize(
    ("saint_andrew", "kept_on"), [(2024, "12-02"), (2025, "12-01"), (2026, "11-30"), (2030, "12-02")]
)
def test_saint_andrews_day_at_a_weekend_is_kept_on_the_monday_after(saint_andrew: int, kept_on: str) -> None:
    assert not is_working_day(date.fromisoformat(f"{saint_andrew}-{kept_on}"), "Scotland")


def test_the_second_of_january_is_a_bank_holiday_in_scotland_alone() -> None:
    friday = date(2026, 1, 2)

    assert not is_working_day(friday, "Scotland")
    assert all(is_working_day(friday, one) for one in ("England", "Wales", "Northern Ireland"))
