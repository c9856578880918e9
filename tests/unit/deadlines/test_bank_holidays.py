"""The bank holidays against the list that the government publishes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.bank_holidays import is_weekend, is_working_day

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
