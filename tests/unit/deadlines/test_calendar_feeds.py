"""Term dates out of iCal feeds, as councils and school websites publish them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casework.errors import SettingsError
from casework.term_dates import Break, Closure, Term, TermDates
from connectors.calendar_files import read_term_dates


def feed(folder: Path, *events: str, lines: str = "\r\n") -> Path:
    """Write a feed; an event is "SUMMARY|first day|day after the last", further lines after more bars."""
    text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tillbrook//EN"]
    for event in events:
        summary, starts, ends, *more = [*event.split("|"), ""][: max(3, event.count("|") + 1)]
        text += ["BEGIN:VEVENT", f"SUMMARY:{summary}", f"DTSTART;VALUE=DATE:{starts}"]
        text += [f"DTEND;VALUE=DATE:{ends}"] if ends else []
        text += [*filter(None, more), "END:VEVENT"]
    path = folder / "feed.ics"
    path.write_bytes((lines.join([*text, "END:VCALENDAR"]) + lines).encode())
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_term_dates(path)
    return list(caught.value.problems)


def test_a_feed_of_spans_among_the_life_of_a_school(tmp_path: Path) -> None:
    read = read_term_dates(
        feed(
            tmp_path,
            "Autumn Term|20260902|20261219",
            "October half-term|20261026|20261031",
            "INSET day|20260901|20260902",
            "Christmas holiday|20261221|20270104",
            "Staff training day - school closed to pupils|20270104|20270105",
            "Spring Term|20270105|20270326",
            "School closed (snow)|20270114|20270115",
            "Sports day|20270310|20270311",
            "Parents' evening|20261110|20261111",
            "Holiday club|20261026|20261030",
            "Year 6 residential|20270301|20270306",
            "Good Friday Bank Holiday|20270326|20270327",
        )
    )
    assert read.terms == (
        Term(name="Autumn Term", starts=date(2026, 9, 2), ends=date(2026, 12, 18)),
        Term(name="Spring Term", starts=date(2027, 1, 5), ends=date(2027, 3, 25)),
    )
    assert read.inset_days == (date(2026, 9, 1), date(2027, 1, 4))
    assert read.closures == (Closure(day=date(2027, 1, 14), reason="School closed (snow)"),)
    assert read.half_terms == (
        Break(name="half-term", starts=date(2026, 10, 26), ends=date(2026, 10, 30)),
        Break(name="Christmas holiday", starts=date(2026, 12, 21), ends=date(2027, 1, 3)),
    )


@pytest.mark.parametrize(
    "events",
    [
        (
            "Autumn term starts|20260902|20260903",
            "Autumn half term begins|20261026|20261027",
            "Autumn half term ends|20261030|20261031",
            "Autumn term ends|20261218|20261219",
        ),
        (
            "First day of Autumn Term|20260902|",
            "School closes for half-term|20261023|",
            "School reopens after half-term|20261102|",
            "Last day of Autumn term|20261218|",
        ),
        (
            "Pupils return|20260902|",
            "Half term|20261026|20261031",
            "Back to school|20261102|",
            "Break up for Christmas|20261218|",
        ),
        (
            "Autumn Term commences|20260902|",
            "Term ends for half-term|20261023|",
            "Term starts after half-term|20261102|",
            "Autumn Term finishes|20261218|",
        ),
        (
            "Start of Autumn Term 1|20260902|",
            "End of Autumn Term 1|20261023|",
            "Start of Autumn Term 2|20261102|",
            "End of Autumn Term 2|20261218|",
        ),
        ("Autumn 1st half term|20260902|20261024", "Autumn half term 2|20261102|20261219"),
    ],
)
def test_the_same_term_told_by_its_edges(tmp_path: Path, events: tuple[str, ...]) -> None:
    read = read_term_dates(feed(tmp_path, *events))

    assert (read.first_day, read.last_day) == (date(2026, 9, 2), date(2026, 12, 18))
    assert read.is_school_day(date(2026, 10, 23))
    assert not read.is_school_day(date(2026, 10, 27))
    assert read.is_school_day(date(2026, 11, 2))
    assert read.next_school_day(date(2026, 10, 23)) == date(2026, 11, 2)


def test_edges_beside_the_span_of_the_same_term_add_nothing(tmp_path: Path) -> None:
    read = read_term_dates(
        feed(tmp_path, "Autumn Term|20260902|20261219", "Autumn Term starts|20260902|", "Term ends|20261218|")
    )
    assert len(read.terms) == 1


def test_a_term_that_begins_with_an_inset_day(tmp_path: Path) -> None:
    read = read_term_dates(
        feed(tmp_path, "Autumn Term begins (INSET)|20260901|", "Autumn Term ends|20261218|")
    )
    assert read.why(date(2026, 9, 1)) == "INSET day"
    assert read.terms[0].starts == date(2026, 9, 1)


def test_folded_lines_escapes_alarms_and_odd_ends(tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"
        "BEGIN:VALARM\nSUMMARY:INSET day\nDTSTART:20260101\nEND:VALARM\n"
        'SUMMARY;LANGUAGE=en;ALTREP="http://school.example/a:b":Autumn\\, the\n  long ter\n m\n'
        "DTSTART;TZID=Europe/London:20260902T083000\nDTEND;TZID=Europe/London:20261218T153000\n"
        "END:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:Half-term\nDTSTART;VALUE=DATE:20261026\nDURATION:P5D\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:Inset day\nDTSTART:20261103T000000Z\nDTEND:20261104T000000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:Inset day\nDTSTART;VALUE=DATE:20261104\nDTEND;VALUE=DATE:20261104\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:Inset day\nDTSTART:20261106T000000\nDTEND:20261106T000000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:Inset day\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20261105\nEND:VEVENT\n"
        "END:VCALENDAR\n",
        encoding="utf-8",
    )
    read = read_term_dates(path)

    assert [term.name for term in read.terms] == ["Autumn, the long term"]
    assert (read.terms[0].starts, read.terms[0].ends) == (date(2026, 9, 2), date(2026, 12, 18))
    assert read.half_terms == (Break(starts=date(2026, 10, 26), ends=date(2026, 10, 30)),)
    assert read.inset_days == (date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 6))


def test_a_moment_in_utc_is_the_day_in_london(tmp_path: Path) -> None:
    term = "Autumn Term|20260902|20261219"
    late = "Inset day|x|"
    path = feed(tmp_path, term, late)
    path.write_text(path.read_text().replace("DTSTART;VALUE=DATE:x", "DTSTART:20260914T230000Z"))

    assert read_term_dates(path).inset_days == (date(2026, 9, 15),)


def test_a_feed_that_repeats_itself_is_read_once(tmp_path: Path) -> None:
    twice = ("Autumn Term|20260902|20261219", "INSET day|20260901|20260902") * 2

    assert len(read_term_dates(feed(tmp_path, *twice)).terms) == 1


def test_edges_beyond_the_file_are_left_out(tmp_path: Path) -> None:
    read = read_term_dates(
        feed(
            tmp_path,
            "Summer term ends|20260721|",
            "Autumn term starts|20260902|",
            "Autumn term ends|20261218|",
            "Spring term starts|20270105|",
        )
    )
    assert [term.name for term in read.terms] == ["Autumn term"]
    assert not read.covers(date(2027, 1, 5))


def test_mistakes_are_told_with_their_lines(tmp_path: Path) -> None:
    assert problems_of(
        feed(
            tmp_path,
            "Autumn term starts|20260902|",
            "Spring term starts|20270105|",
            "Spring term ends|20270325|",
            "Summer term ends|20270720|",
            "INSET day|20261345|",
            "INSET day|20270104||RRULE:FREQ=YEARLY",
            "School closed|20270114|20270101",
        )
    ) == [
        "line 4: nothing says when 'Autumn term starts' ends; add its last day.",
        "line 16: nothing says when 'Summer term ends' began; add its first day.",
        "line 20: 'INSET day' has no date that can be read; write DTSTART:20260902.",
        "line 24: 'INSET day' repeats by a rule; write each of its dates.",
        "line 29: goes from 2027-01-14 to 2026-12-31; mend the dates.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html>Sign in</html>", "BEGIN:VCALENDAR is missing"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "No entry speaks of a term"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Sports day\nnonsense\nEND:VEVENT\nEND:VCALENDAR",
            "No entry speaks of a term",
        ),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Autumn term", "It breaks off before END:VCALENDAR"),
    ],
)
def test_a_feed_that_is_none_says_what_it_should_be(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "feed.ics"
    path.write_text(text)

    assert told in problems_of(path)[0]


def test_the_practice_calendar_as_a_feed_is_the_same_calendar(tmp_path: Path, calendar: TermDates) -> None:
    spans = [
        *((f"{term.name} term", term) for term in calendar.terms),
        *(("Half-term", rest) for rest in calendar.half_terms),
    ]
    events = [
        f"{name}|{span.starts:%Y%m%d}|{date.fromordinal(span.ends.toordinal() + 1):%Y%m%d}"
        for name, span in spans
    ]
    events += [f"INSET day|{day:%Y%m%d}|" for day in calendar.inset_days]
    read = read_term_dates(feed(tmp_path, *events))

    days = [
        date.fromordinal(n) for n in range(calendar.first_day.toordinal(), calendar.last_day.toordinal() + 1)
    ]
    assert [read.why(day) for day in days] == [calendar.why(day) for day in days]


_TERM = "Autumn term|20260902|20261219"


@pytest.mark.parametrize(
    "summary",
    [
        "Half term concert",
        "Half term report home",
        "Half-term reading challenge prize giving",
        "PTA half term disco",
        "Slips back before half term",
        "Wear your own clothes for half term",
        "Holiday photographs assembly",
        "Christmas holiday reading shelf opens",
        "Bank holiday cake sale",
        "INSET booking form due",
        "Staff training room painted",
        "School closure consultation meeting",
        "Snow White pantomime",
        "Last day to order Christmas cards",
        "Year 6 start of term meeting",
        "Spring term newsletter",
    ],
)
def test_what_only_mentions_a_holiday_leaves_its_day_a_school_day(tmp_path: Path, summary: str) -> None:
    read = read_term_dates(feed(tmp_path, _TERM, f"{summary}|20261118|20261119"))

    assert read.is_school_day(date(2026, 11, 18))
    assert (read.first_day, read.last_day) == (date(2026, 9, 2), date(2026, 12, 18))


@pytest.mark.parametrize(
    "summary",
    [
        "Half term football camp",
        "Assessment week before half term",
        "Library closed for stock taking",
        "Lunch break music",
        "Rehearsals for half term show",
    ],
)
def test_a_week_that_only_mentions_a_holiday_is_a_week_of_school(tmp_path: Path, summary: str) -> None:
    read = read_term_dates(feed(tmp_path, _TERM, f"{summary}|20261116|20261121"))

    assert all(read.is_school_day(date(2026, 11, day)) for day in range(16, 21))


@pytest.mark.parametrize(
    "summary",
    [
        "Half term",
        "HALF TERM (Mon 26 - Fri 30 Oct)",
        "School closed for half term",
        "Autumn half term break",
        "Tillbrook Primary School half term",
        "Tillbrook half term",
        "Mid-term break",
        "School closed - burst water main",
        "INSET day: safeguarding and reading",
        "No school: half term",
        "Half-term holiday (Year 11 revision in the hall)",
    ],
)
def test_a_week_without_school_is_known_by_any_name(tmp_path: Path, summary: str) -> None:
    read = read_term_dates(feed(tmp_path, _TERM, f"{summary}|20261026|20261031"))

    assert not any(read.is_school_day(date(2026, 10, day)) for day in range(26, 31))
    assert read.is_school_day(date(2026, 10, 23))
