"""A school in Scotland: its bank holidays, the ones on which it is open all the same, and what its files say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casework.calendar_changes import calendar_as_text, calendar_from_text
from casework.deadlines import Clock, Duty, deadline, explain
from casework.errors import SettingsError
from casework.school_hours import is_mail_day
from casework.term_dates import Closure, OpenDay, Term, TermDates
from connectors.calendar_files import read_term_dates

ST_ANDREW = date(2026, 11, 30)
FRIDAY = date(2026, 11, 27)
SHUT = TermDates(
    terms=(Term(name="Autumn", starts=date(2026, 8, 19), ends=date(2026, 12, 18)),), division="Scotland"
)
OPEN = replace(SHUT, open_days=(OpenDay(day=ST_ANDREW),))
NEXT_DAY = Duty(name="a duty", clock=Clock.SCHOOL_DAYS, amount=1, source="the office")


def test_st_andrews_day_is_no_school_day_unless_the_school_says_that_it_is_open() -> None:
    assert deadline(FRIDAY, NEXT_DAY, SHUT).due == date(2026, 12, 1)
    assert "bank holiday (Saint Andrew's Day)" in explain(deadline(FRIDAY, NEXT_DAY, SHUT))[-2]
    assert deadline(FRIDAY, NEXT_DAY, OPEN).due == ST_ANDREW
    assert is_mail_day(ST_ANDREW, OPEN)
    assert not is_mail_day(ST_ANDREW, SHUT)


def test_the_local_authority_rests_on_it_all_the_same() -> None:
    working = replace(NEXT_DAY, clock=Clock.WORKING_DAYS)

    assert deadline(FRIDAY, working, OPEN).due == date(2026, 12, 1)


def test_snow_on_an_open_day_shuts_the_school() -> None:
    snowed_in = replace(OPEN, closures=(Closure(day=ST_ANDREW, reason="snow"),))

    assert deadline(FRIDAY, NEXT_DAY, snowed_in).due == date(2026, 12, 1)
    assert snowed_in.why(ST_ANDREW) == "school closed: snow"


def test_the_journal_remembers_an_open_day_and_knows_a_calendar_without_one_from_before() -> None:
    assert calendar_from_text(calendar_as_text(OPEN)) == OPEN
    assert "open_days" not in calendar_as_text(SHUT)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "dates.toml",
            """
            division = "Scotland"
            open_days = [2026-11-30]
            [[terms]]
            name = "Autumn"
            starts = 2026-08-19
            ends = 2026-12-18
            """,
        ),
        ("dates.csv", "kind,name,starts,ends\nterm,Autumn,19/08/2026,18/12/2026\nopen,,30/11/2026,\n"),
    ],
)
def test_an_open_day_stands_in_the_file(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert read_term_dates(tmp_path / name, division="Scotland") == OPEN


def test_an_open_day_of_the_wrong_year_is_told(tmp_path: Path) -> None:
    file = tmp_path / "dates.csv"
    file.write_text("kind,name,starts,ends\nterm,Autumn,19/08/2026,18/12/2026\nopen,,30/11/2027,\n")

    with pytest.raises(SettingsError, match="line 3: The open day 30 November 2027 is no weekday of a term"):
        read_term_dates(file)
