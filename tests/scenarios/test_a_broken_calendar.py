"""The term calendar's file is broken, gone or halved when Casework starts: it works on with the one it last read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from command_line.app import app
from connectors.settings_file import read_settings
from offices.office import Office
from tests.remembering import Moments
from tests.scenarios.test_chasing import serve_the_request
from tests.school import SchoolAtWork, words

MISTYPED = "\n[[closures]]\nday = 2026-13-06\n"
STILL = "The term calendar that was last read still counts; the file is taken up once it is right."


@pytest.fixture
def served(moments: Moments) -> SchoolAtWork:
    """What was asked for is due on Friday 6 November 2026."""
    return moments.come_to(serve_the_request)


def casework(school: SchoolAtWork, *typed: str) -> Result:
    school.office.close_journal()
    return CliRunner().invoke(app, ["--settings", str(school.settings), *typed])


def last_morning(school: SchoolAtWork) -> str:
    return [words(one) for one in school.messages("office") if one["subject"].startswith("Casework on")][-1]


def mistyped(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + MISTYPED, encoding="utf-8")


def halved(file: Path) -> None:
    text = file.read_bytes()
    file.write_bytes(text[: text.rindex(b"[[terms]]") + 12])


def not_text(file: Path) -> None:
    file.write_bytes(bytes(range(128, 256)) * 20)


DAMAGES: tuple[tuple[Callable[[Path], object], str], ...] = (
    (mistyped, "line"),
    (halved, "line"),
    (Path.unlink, "It cannot be read"),
    (lambda file: file.write_bytes(b""), "It is empty"),
    (lambda file: file.write_bytes(bytes(4096)), "It is empty"),
    (not_text, "line 1"),
)


def test_casework_starts_with_the_calendar_that_it_last_read_and_says_what_to_mend(
    served: SchoolAtWork, calendar: Path
) -> None:
    text = calendar.read_text(encoding="utf-8")
    mistyped(calendar)
    served.at("2026-11-05T07:40:00+00:00")
    served.restart()
    served.once()

    assert STILL in last_morning(served)
    assert "line" in last_morning(served)
    told = casework(served, "status")
    assert (told.exit_code, "line" in told.output) == (1, True), told.output
    explained = casework(served, "explain", "TIS-2026-0001")
    assert explained.exit_code == 0
    assert "line" in explained.output
    assert "6 November 2026" in explained.output
    examined = casework(served, "doctor")
    assert examined.exit_code == 1
    assert f"mend term calendar: {STILL}" in examined.output

    calendar.write_text(text, encoding="utf-8")
    served.works()
    assert STILL not in casework(served, "status").output


def test_whatever_is_wrong_with_the_file_casework_starts_and_says_it(
    served: SchoolAtWork, calendar: Path
) -> None:
    text = calendar.read_bytes()
    told = []
    for damage, said in DAMAGES:
        calendar.write_bytes(text)
        damage(calendar)
        served.restart()
        (problem,) = served.once().problems
        explained = casework(served, "explain", "TIS-2026-0001")
        told.append((STILL in problem, said in problem, explained.exit_code))
        assert said in explained.output
        assert "6 November 2026" in explained.output

    assert told == [(True, True, 0)] * len(DAMAGES)


def test_a_school_that_was_only_set_up_has_a_calendar_to_fall_back_to(school: SchoolAtWork) -> None:
    file = school.settings.parent / "term-dates.toml"
    text = file.read_text(encoding="utf-8")
    school.office.begin()
    try:
        mistyped(file)
        school.restart()
        assert any(STILL in one for one in school.once().problems)
        assert "line" in casework(school, "setup").output
    finally:
        file.write_text(text, encoding="utf-8")
        school.restart()


def test_a_file_that_was_never_right_stops_the_first_start(
    served: SchoolAtWork, calendar: Path, tmp_path: Path
) -> None:
    mistyped(calendar)
    fresh = tmp_path / "settings.toml"
    fresh.write_text(served.settings.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("tenant-ca.pem", "ca.pem", "term-dates.toml"):
        if (served.settings.parent / name).exists():
            (tmp_path / name).write_bytes((served.settings.parent / name).read_bytes())

    for command in ("setup", "once", "status"):
        told = CliRunner().invoke(app, ["--settings", str(fresh), command])
        assert told.exit_code, told.output
    assert "needs mending" in CliRunner().invoke(app, ["--settings", str(fresh), "setup"]).output


def test_terms_that_are_suddenly_gone_do_not_count_until_somebody_means_it(
    served: SchoolAtWork, calendar: Path
) -> None:
    """Half a file can be sound by itself: the summer's term is missing, and nothing else is wrong."""
    text = calendar.read_text(encoding="utf-8")
    last = text.rindex("[[terms]]")
    rest = text[last:].partition("\n[[half_terms]]")
    calendar.write_text(text[:last] + rest[1] + rest[2], encoding="utf-8")
    served.at("2026-11-05T07:40:00+00:00")
    served.restart()

    problems = served.once().problems

    assert any("before it went on with Summer" in one and "casework setup" in one for one in problems), (
        problems
    )
    assert "before it went on with Summer" in casework(served, "status").output
    assert Office(read_settings(served.settings)).calendar_problem == ""
    served.restart()
    served.office.begin()
    served.works()
    assert served.office.school.calendar.last_day.year == 2027
    assert "Summer" not in {term.name for term in served.office.school.calendar.terms}


NEXT_YEAR = '[[terms]]\nname = "Autumn"\nstarts = 2027-09-02\nends = 2027-12-17\n'


def test_next_years_file_in_place_of_this_years_moves_no_deadline_and_forgets_no_term(
    served: SchoolAtWork, calendar: Path
) -> None:
    """Offices replace the file once a year, some of them in July."""
    calendar.write_text(NEXT_YEAR, encoding="utf-8")
    served.at("2026-11-05T07:40:00+00:00")
    served.restart()

    served.works()
    served.works()

    assert str(served.the_case()["Due"])[:10] == "2026-11-06"
    assert "Due by the end of Friday 6 November 2026" in casework(served, "explain", "1").output
    assert "half-term" in casework(served, "explain", "1").output
    assert served.office.school.calendar.last_day.isoformat() == "2027-12-17"


def test_a_calendar_that_begins_after_a_gap_that_no_holiday_is_does_not_count(
    served: SchoolAtWork, calendar: Path
) -> None:
    calendar.write_text(NEXT_YEAR.replace("2027", "2028"), encoding="utf-8")
    served.at("2026-11-05T07:40:00+00:00")

    assert any("Keep this year's terms" in one for one in served.once().problems)
    assert str(served.the_case()["Due"])[:10] == "2026-11-06"


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("terms.csv", "kind,name,starts,ends\nterm,Autumn,2026-09-02,18th\n"),
        ("terms.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Autumn term\nDTSTART:2026"),
        ("terms.docx", "PK"),
    ],
)
def test_a_feed_or_a_table_that_is_broken_is_stood_in_for_as_well(
    served: SchoolAtWork, name: str, broken: str
) -> None:
    text = served.settings.read_text(encoding="utf-8")
    (served.settings.parent / name).write_text(broken, encoding="utf-8")
    try:
        served.settings.write_text(text.replace("term-dates.toml", name), encoding="utf-8")
        served.restart()
        served.at("2026-11-05T07:40:00+00:00")
        assert any(STILL in one and name in one for one in served.once().problems)
        assert str(served.the_case()["Due"])[:10] == "2026-11-06"
    finally:
        served.settings.write_text(text, encoding="utf-8")
        (served.settings.parent / name).unlink()
        served.restart()


FEED = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260902
DTEND;VALUE=DATE:20261219
SUMMARY:Autumn term
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261026
DTEND;VALUE=DATE:20261031
SUMMARY:Half term
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270105
DTEND;VALUE=DATE:20280722
SUMMARY:Spring term
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280310
SUMMARY:Sports day
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280221
DTEND;VALUE=DATE:20280226
SUMMARY:Half term, as agreed by the governing body last year
END:VEVENT
END:VCALENDAR
"""


def test_the_doctor_names_the_entries_of_a_feed_that_speak_of_a_day_off_and_do_not_count(
    school: SchoolAtWork,
) -> None:
    settings, feed = school.settings.read_text(encoding="utf-8"), school.settings.with_name("term-dates.ics")
    feed.write_text(FEED.replace("20280722", "20270723"), encoding="utf-8")
    school.settings.write_text(settings.replace('"term-dates.toml"', '"term-dates.ics"'), encoding="utf-8")
    try:
        said = " ".join(casework(school, "doctor").output.split())
    finally:
        school.settings.write_text(settings, encoding="utf-8")
        feed.unlink()

    assert "Entries of the feed that are about something else: 2." in said
    assert (
        '"Half term, as agreed by the governing body last year" (21 February 2028 to 25 February 2028)'
        in said
    )
    assert "Sports day" not in said
