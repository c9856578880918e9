"""Term dates as councils and spreadsheets of the four nations give them, read day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from casework.calendar_changes import calendar_as_text, calendar_from_text
from casework.errors import SettingsError
from casework.term_dates import BankHoliday, DayKind, TermDates
from connectors.calendar_files import read_term_dates


def a_feed(*events: tuple[str, str, str], line_end: str = "\r\n") -> bytes:
    """All-day events of name, first day, and the day after the last one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for says, starts, ends in events:
        lines += [
            "BEGIN:VEVENT",
            f"SUMMARY:{says}",
            f"DTSTART;VALUE=DATE:{starts}",
            f"DTEND;VALUE=DATE:{ends}",
            "END:VEVENT",
        ]
    return line_end.join([*lines, "END:VCALENDAR", ""]).encode()


def a_table(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([*rows, ""]).encode(encoding)


def read(folder: Path, name: str, content: bytes, division: str = "England") -> TermDates:
    (folder / name).write_bytes(content)
    return read_term_dates(folder / name, division=division)


def school_days(calendar: TermDates, days: Iterable[str]) -> list[str]:
    """Those of the days on which pupils are in school."""
    return [day for day in days if calendar.is_school_day(date.fromisoformat(day))]


AROUND_HALF_TERM = ("2026-10-23", "2026-10-26", "2026-10-30", "2026-11-02")
IN_SCHOOL = ["2026-10-23", "2026-11-02"]

TABLES = {
    "days as numbers, where Excel lost their format": a_table(
        "kind,name,starts,ends", "term,Autumn,46267,46374", "half-term,,46321,46325"
    ),
    "days with an hour": a_table(
        "kind,name,starts,ends",
        "term,Autumn,02/09/2026 00:00,18/12/2026 00:00:00",
        "half-term,,2026-10-26T00:00:00,2026-10-30 00:00:00",
    ),
    "exported from Outlook, where whole days end at the next midnight": a_table(
        '"Subject","Start Date","Start Time","End Date","End Time","All day event"',
        '"Autumn term","02/09/2026","00:00:00","19/12/2026","00:00:00","True"',
        '"Half term","26/10/2026","00:00:00","31/10/2026","00:00:00","True"',
    ),
    "in Welsh": a_table(
        "Math,Enw,Dechrau,Diwedd",
        "Tymor,Tymor yr Hydref,2 Medi 2026,18 Rhagfyr 2026",
        "Hanner tymor,,26 Hydref 2026,30 Hydref 2026",
    ),
    "with semicolons, a mark at the front, and short years": a_table(
        "Type;Start date;End date",
        "Autumn term;02/09/26;18/12/26",
        "Half term;26/10/26;30/10/26",
        encoding="utf-8-sig",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read(tmp_path: Path, name: str) -> None:
    calendar = read(tmp_path, "dates.csv", TABLES[name])

    assert (calendar.first_day, calendar.last_day) == (date(2026, 9, 2), date(2026, 12, 18))
    assert school_days(calendar, AROUND_HALF_TERM) == IN_SCHOOL


def test_one_whole_day_exported_from_outlook_is_one_day(tmp_path: Path) -> None:
    table = a_table(
        "Subject,Start Date,End Date,End Time,All day event",
        "Autumn term,02/09/2026,19/12/2026,00:00,True",
        "INSET day,30/11/2026,01/12/2026,12:00:00 AM,TRUE",
    )

    assert read(tmp_path, "dates.csv", table).inset_days == (date(2026, 11, 30),)


@pytest.mark.parametrize("inset", ["Diwrnod HMS / INSET Day", "HMS", "Diwrnod hyfforddiant mewn swydd"])
def test_a_welsh_councils_feed_is_read_in_either_language_or_both(tmp_path: Path, inset: str) -> None:
    feed = a_feed(
        ("Tymor yr Hydref", "20260902", "20261219"),
        ("Hanner Tymor / Half Term", "20261026", "20261031"),
        (inset, "20261130", "20261201"),
        ("Ysgol ar gau: eira", "20261201", "20261202"),
        ("Gwyliau'r Nadolig", "20261221", "20270102"),
    )

    calendar = read(tmp_path, "dates.ics", feed, "Wales")

    assert school_days(calendar, AROUND_HALF_TERM) == IN_SCHOOL
    assert calendar.kind_of(date(2026, 11, 30)) is DayKind.INSET_DAY
    assert calendar.kind_of(date(2026, 12, 1)) is DayKind.CLOSURE


@pytest.mark.parametrize("staff", ["Staff return", "Teachers back", "Term 1 begins - Staff only"])
def test_a_scottish_term_begins_with_its_pupils_and_not_with_the_staff(tmp_path: Path, staff: str) -> None:
    feed = a_feed(
        (staff, "20260817", "20260818"),
        ("In-Service Day", "20260818", "20260819"),
        ("Pupils return", "20260819", "20260820"),
        ("September Weekend holiday", "20260918", "20260922"),
        ("Last day of term", "20261222", "20261223"),
    )

    calendar = read(tmp_path, "dates.ics", feed, "Scotland")

    assert calendar.terms[0].starts == date(2026, 8, 19)
    assert calendar.kind_of(date(2026, 8, 17)) is DayKind.INSET_DAY
    assert school_days(calendar, ("2026-09-17", "2026-09-18", "2026-09-21", "2026-09-22")) == [
        "2026-09-17",
        "2026-09-22",
    ]


@pytest.mark.parametrize(
    "says",
    [
        "Exceptional Closure Day",
        "Polling day - school closed",
        "Mid-term break",
        "Public holiday",
        "No school for pupils",
        "Professional Learning Day",
        "Occasional day",
    ],
)
def test_a_day_without_pupils_by_any_of_its_names_is_no_school_day(tmp_path: Path, says: str) -> None:
    feed = a_feed(("School Term 1", "20260901", "20261219"), (says, "20261127", "20261128"))

    assert not read(tmp_path, "dates.ics", feed, "Northern Ireland").is_school_day(date(2026, 11, 27))


@pytest.mark.parametrize(
    "says", ["Public speaking", "Local election of the school council", "Noson rieni", "Cyngerdd Nadolig"]
)
def test_what_only_sounds_like_one_leaves_the_day_a_school_day(tmp_path: Path, says: str) -> None:
    feed = a_feed(("Tymor yr Hydref", "20260901", "20261219"), (says, "20261127", "20261128"))

    assert read(tmp_path, "dates.ics", feed, "Wales").is_school_day(date(2026, 11, 27))


ONE_OFF = BankHoliday(day=date(2026, 11, 16), name="Jubilee")
IN_TOML = """
[[terms]]
name = "Autumn"
starts = 2026-09-02
ends = 2026-12-18
[[bank_holidays]]
day = 2026-11-16
name = "Jubilee"
"""
IN_CSV = """kind,name,starts,ends
term,Autumn,02/09/2026,18/12/2026
bank holiday,Jubilee,16/11/2026,
bank holiday,Summer bank holiday,31/08/2026,
bank holiday,Christmas,25/12/2026,28/12/2026
"""


@pytest.mark.parametrize(("name", "text"), [("dates.toml", IN_TOML), ("dates.csv", IN_CSV)])
def test_a_bank_holiday_that_casework_does_not_know_stands_in_the_file_and_in_the_journal(
    tmp_path: Path, name: str, text: str
) -> None:
    calendar = read(tmp_path, name, text.encode())

    assert calendar.bank_holidays == (ONE_OFF,)
    assert calendar.why(ONE_OFF.day) == "bank holiday (Jubilee)"
    assert calendar_from_text(calendar_as_text(calendar)) == calendar


def test_a_bank_holiday_at_a_weekend_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="14 November 2026 is a Saturday; write the weekday"):
        read(tmp_path, "dates.toml", IN_TOML.replace("11-16", "11-14").encode())


@pytest.mark.parametrize(
    "says", ["Coronation bank holiday", "Bank Holiday", "Extra bank holiday (Jubilee)", "G\u0175yl y Banc"]
)
def test_a_feeds_bank_holiday_that_casework_does_not_know_closes_the_school(
    tmp_path: Path, says: str
) -> None:
    feed = a_feed(("Autumn term", "20260901", "20261219"), (says, "20261116", "20261117"))

    calendar = read(tmp_path, "dates.ics", feed)

    assert calendar.why(date(2026, 11, 16)) == f"school closed: {says}"
    assert calendar.is_working_day(date(2026, 11, 16))


@pytest.mark.parametrize("says", ["Bank holiday club", "Book for the bank holiday fair"])
def test_what_only_mentions_a_bank_holiday_closes_nothing(tmp_path: Path, says: str) -> None:
    feed = a_feed(("Autumn term", "20260901", "20261219"), (says, "20261116", "20261117"))

    assert read(tmp_path, "dates.ics", feed).is_school_day(date(2026, 11, 16))


def test_the_usual_bank_holidays_of_a_feed_change_nothing(tmp_path: Path) -> None:
    feed = a_feed(("Summer term", "20270412", "20270721"), ("May Day Bank Holiday", "20270503", "20270504"))
    calendar = read(tmp_path, "dates.ics", feed)

    assert calendar.closures == ()
    assert calendar.kind_of(date(2027, 5, 3)) is DayKind.BANK_HOLIDAY
