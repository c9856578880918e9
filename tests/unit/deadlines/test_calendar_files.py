"""Term calendars as offices and councils write them, and what is told of their mistakes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.errors import SettingsError
from casework.term_dates import TermDates
from connectors.calendar_files import read_term_dates

GOOD = """
division = "Wales"
inset_days = [2026-09-01, "4 January 2027"]
[[terms]]
name = "Autumn"
starts = 2026-09-02
ends = 2026-12-18
[[terms]]
name = "Spring"
starts = 2027-01-05
ends = "25/03/2027"
[[half_terms]]
starts = 2026-10-26
ends = 2026-10-30
[[closures]]
day = 2026-11-26
reason = "snow"
"""


def written(folder: Path, text: str, name: str = "term-dates.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_term_dates(path)
    assert str(path) in str(caught.value)
    return list(caught.value.problems)


def test_the_toml_form(tmp_path: Path) -> None:
    read = read_term_dates(written(tmp_path, GOOD))

    assert (read.first_day, read.last_day, read.division) == (date(2026, 9, 1), date(2027, 3, 25), "Wales")
    assert read.inset_days == (date(2026, 9, 1), date(2027, 1, 4))
    assert read.why(date(2026, 11, 26)) == "school closed: snow"
    assert read.why(date(2026, 10, 27)) == "half-term"


def test_the_practice_calendar_covers_the_school_year(calendar: TermDates) -> None:
    length = (calendar.last_day - calendar.first_day).days + 1
    days = [calendar.first_day + timedelta(days=n) for n in range(length)]

    assert (calendar.first_day, calendar.last_day) == (date(2026, 9, 1), date(2027, 7, 20))
    assert sum(calendar.is_school_day(day) for day in days) == 38 + 35 + 29 + 24 + 34 + 32


def test_the_settings_say_the_division_where_the_file_does_not(tmp_path: Path) -> None:
    silent = written(tmp_path, GOOD.replace('division = "Wales"', ""))

    assert read_term_dates(silent).division == "England"
    assert read_term_dates(silent, division="Scotland").division == "Scotland"


def test_every_mistake_is_told_at_once_with_its_line_and_what_to_write(tmp_path: Path) -> None:
    wrong = """
school = "Tillbrook"
inset_days = [2026-09-05, "soon"]
[[terms]]
name = "Autumn"
starts = 2026-09-02
ends = "31 September 2026"
[[terms]]
starts = 2027-01-05
finishes = 2027-03-25
[[closures]]
day = 2026-11-26T09:00:00
"""
    more = "half_terms, closures, bank_holidays"
    no_date = "which is no date; write a date such as 2026-09-02."
    assert problems_of(written(tmp_path, wrong)) == [
        f"'school' is not known here; write one of: division, inset_days, open_days, terms, {more}.",
        "inset_days, entry 2: 'soon' is no date; write a date such as 2026-09-02.",
        f"line 4, [[terms]] entry 1: ends is '31 September 2026', {no_date}",
        "line 8, [[terms]] entry 2: 'finishes' is not known here; write one of: name, starts, ends.",
        "line 8, [[terms]] entry 2: ends is missing; write a date such as 2026-09-02.",
        'line 8, [[terms]] entry 2: name is missing; write one such as "Autumn".',
        f"line 11, [[closures]] entry 1: day is '2026-11-26 09:00:00', {no_date}",
        "inset_days, entry 1: The INSET day 5 September 2026 is a Saturday; check the date.",
    ]


def test_entries_that_contradict_each_other_are_told_with_their_line(tmp_path: Path) -> None:
    overlapping = GOOD.replace("starts = 2027-01-05", "starts = 2026-12-15")

    (told,) = problems_of(written(tmp_path, overlapping))
    assert told.startswith(
        "line 8, [[terms]] entry 2: Spring starts on 15 December 2026, before Autumn has ended"
    )
    assert told.endswith("on 18 December 2026; mend one of the two dates.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[terms]\n", "It is no TOML"),
        ("", "It is empty"),
        ('terms = "autumn"', "terms: begin each entry with a line [[terms]]"),
        ("division = 4", 'such as "England"'),
        ("inset_days = 2026-09-01", "inset_days: write a list"),
        ('division = "Cornwall"' + GOOD.replace('division = "Wales"', ""), "'Cornwall'; write one of"),
    ],
)
def test_a_file_that_is_none_says_what_it_should_be(tmp_path: Path, text: str, told: str) -> None:
    assert told in "\n".join(problems_of(written(tmp_path, text)))


def test_a_calendar_that_ends_next_week_is_read_and_only_warned_of(tmp_path: Path) -> None:
    read = read_term_dates(written(tmp_path, GOOD))

    assert "ends next week" in str(read.runs_short(date(2027, 3, 18)))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.toml", "check the path"),
        ("term-dates.xlsx", ".toml, .ics, .ical, .csv"),
        (".", "a file of the kind"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, told: str) -> None:
    assert told in problems_of(tmp_path / name)[0]


def test_a_folder_in_place_of_a_file_says_why(tmp_path: Path) -> None:
    (tmp_path / "calendar.toml").mkdir()

    assert "check the path" in problems_of(tmp_path / "calendar.toml")[0]


def test_something_far_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "disk.ics").write_bytes(b"x" * 5_000_001)

    assert "larger than 5 MB" in problems_of(tmp_path / "disk.ics")[0]


def test_a_table_from_a_spreadsheet(tmp_path: Path) -> None:
    table = (
        "\ufeffType;Event;Start Date;End Date\r\n"
        "Term;Autumn;02/09/2026;18/12/2026\r\n"
        "Half term;October half-term;26/10/2026;30/10/2026\r\n"
        "INSET;;01/09/2026;\r\n"
        ";;;\r\n"
        "Term;Spring;5th January 2027;Thursday 25 March 2027\r\n"
        ";Snow day;14.01.2027;\r\n"
    )
    read = read_term_dates(written(tmp_path, table, "dates.csv"))

    assert [term.name for term in read.terms] == ["Autumn", "Spring"]
    assert read.why(date(2026, 10, 27)) == "half-term"
    assert read.why(date(2026, 9, 1)) == "INSET day"
    assert read.why(date(2027, 1, 14)) == "school closed: Snow day"
    assert read.last_day == date(2027, 3, 25)


def test_a_table_tells_each_row_that_is_not_understood(tmp_path: Path) -> None:
    table = "kind,name,starts,ends\nterm,Autumn,2026-09-02,18th\n,Sports day,2027-06-30,\ninset,,,\n,,,\n"

    assert problems_of(written(tmp_path, table, "dates.csv")) == [
        "line 2: ends is '18th', which is no date; write one such as 2026-09-02.",
        "line 3: 'Sports day' is not understood; write term, half-term, INSET or closure as its kind.",
        "line 4: starts is '', which is no date; write one such as 2026-09-02.",
    ]


@pytest.mark.parametrize("text", ["Autumn,2026-09-02,2026-12-18\n", "name,colour\nAutumn,blue\n"])
def test_a_table_without_headings_says_which_to_write(tmp_path: Path, text: str) -> None:
    assert problems_of(written(tmp_path, text, "dates.csv"))[0] == (
        "line 1: it has no headings; write a first line kind,name,starts,ends."
    )


def test_a_table_saved_by_excel_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    path.write_bytes("name,starts,ends\nFéile term,2026-09-02,2026-12-18\n".encode("cp1252"))

    assert read_term_dates(path).terms[0].name == "Féile term"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("1/9/26", "18/12/26"),
        ("01.09.26", "18.12.26"),
        ("1-Sep-26", "18-Dec-26"),
        ("01-Sep-2026", "18-Dec-2026"),
        ("1 September 2026", "18 December 2026"),
        ("Tue 1 Sep 26", "Friday, 18th December 2026"),
    ],
)
@pytest.mark.parametrize("head", ["", "sep=;\r\n", "\ufeffSEP=;\r\n"])
def test_dates_as_excel_shows_them_are_read_with_the_day_first(
    tmp_path: Path, first: str, last: str, head: str
) -> None:
    table = f"{head}kind;name;starts;ends\r\nterm;Autumn;{first};{last}\r\n"

    (term,) = read_term_dates(written(tmp_path, table, "dates.csv")).terms
    assert (term.starts, term.ends) == (date(2026, 9, 1), date(2026, 12, 18))


@pytest.mark.parametrize(
    "day", ["12/18/26", "12/18/2026", "18-12-26", "26-12-18", "31/11/26", "18-Dez-26", "1/9/026"]
)
def test_a_date_that_may_mean_another_day_is_asked_for_again(tmp_path: Path, day: str) -> None:
    table = f"sep=,\nkind,name,starts,ends\nterm,Autumn,1/9/26,{day}\n"

    assert problems_of(written(tmp_path, table, "dates.csv")) == [
        f"line 3: ends is {day!r}, which is no date; write one such as 2026-09-02."
    ]


def test_a_separator_alone_is_no_heading(tmp_path: Path) -> None:
    table = "sep=;\nAutumn;1/9/26;18/12/26\n"

    assert problems_of(written(tmp_path, table, "dates.csv"))[0].startswith("line 2: it has no headings")
