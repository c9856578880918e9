"""Somebody edits the term calendar while Casework is at work: a snow day, one that was none after all, a mistake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casework.calendar_changes import calendar_as_text
from offices.office import Office
from offices.status import status_of
from offices.story import story_of
from tests.remembering import Moments
from tests.scenarios.test_chasing import serve_the_request
from tests.school import SchoolAtWork, words
from workflows.calendar_changes import CALENDAR

SNOW = '\n[[closures]]\nday = 2026-11-06\nreason = "snow"\n'
MISTYPED = "\n[[closures]]\nday = 2026-13-06\n"


@pytest.fixture
def served(moments: Moments) -> SchoolAtWork:
    """What was asked for is due on Friday 6 November 2026."""
    return moments.come_to(serve_the_request)


def due(school: SchoolAtWork) -> str:
    return str(school.the_case()["Due"])[:10]


def last_morning(school: SchoolAtWork) -> str:
    return [words(one) for one in school.messages("office") if one["subject"].startswith("Casework on")][-1]


def test_a_snow_day_declared_this_morning_gives_the_next_school_day_and_nobody_is_written_to_today(
    served: SchoolAtWork, calendar: Path
) -> None:
    served.at("2026-11-06T07:00:00+00:00")
    served.works()
    before = served.subjects("office")

    calendar.write_text(calendar.read_text(encoding="utf-8") + SNOW, encoding="utf-8")
    for moment in ("2026-11-06T07:20:00+00:00", "2026-11-06T12:00:00+00:00"):
        served.at(moment)
        served.works()

    assert due(served) == "2026-11-09"
    assert served.subjects("office") == before
    served.at("2026-11-09T07:40:00+00:00")
    served.works()
    assert "due on Monday 9 November 2026, no longer on Friday 6 November 2026" in last_morning(served)
    assert "not counted: school closed: snow" in "\n".join(story_of(served.office, "TIS-2026-0001"))


def test_a_snow_day_that_is_taken_back_makes_nobody_late(served: SchoolAtWork, calendar: Path) -> None:
    """Whoever had time until today has it, although the calendar alone would have it that the day is long past."""
    text = calendar.read_text(encoding="utf-8")
    served.at("2026-11-06T07:00:00+00:00")
    calendar.write_text(text + SNOW, encoding="utf-8")
    served.works()
    served.at("2026-11-09T07:40:00+00:00")
    served.works()

    calendar.write_text(text, encoding="utf-8")
    served.at("2026-11-09T09:40:00+00:00")
    served.works()

    assert due(served) == "2026-11-09"
    assert "nobody has less than a day's notice" in "\n".join(story_of(served.office, "TIS-2026-0001"))
    served.at("2026-11-10T07:40:00+00:00")
    served.works()
    late = served.messages("office")[-1]
    assert late["subject"].startswith("Is the post still up?")
    assert "9 November 2026" in words(late), words(late)


def test_a_snow_day_that_is_taken_back_leaves_a_day_to_look_at_a_case_that_waits(
    served: SchoolAtWork, calendar: Path
) -> None:
    text = calendar.read_text(encoding="utf-8")
    served.at("2026-10-20T10:00:00+01:00")
    served.staff_set(WaitingFor="the police")
    served.works()
    calendar.write_text(text + SNOW, encoding="utf-8")
    served.works()
    assert due(served) == "2026-11-11"
    served.at("2026-11-11T07:40:00+00:00")
    served.works()

    calendar.write_text(text, encoding="utf-8")
    served.works()

    assert due(served) == "2026-11-11", "although the calendar alone would have it that it was yesterday"


def test_a_snow_day_that_is_taken_back_makes_no_case_late_that_waits_since_its_last_day(
    served: SchoolAtWork, calendar: Path
) -> None:
    text = calendar.read_text(encoding="utf-8")
    served.at("2026-11-06T07:00:00+00:00")
    calendar.write_text(text + SNOW, encoding="utf-8")
    served.works()
    served.at("2026-11-09T09:00:00+00:00")
    served.staff_set(WaitingFor="the police")
    served.works()

    calendar.write_text(text, encoding="utf-8")
    served.works()

    assert served.the_case()["NextStep"].startswith("Waiting for others since 9 November 2026")
    assert due(served) == "2026-11-23"


def test_a_mistyped_calendar_is_told_to_the_office_and_the_status_until_it_is_mended(
    served: SchoolAtWork, calendar: Path
) -> None:
    text = calendar.read_text(encoding="utf-8")
    calendar.write_text(text + MISTYPED, encoding="utf-8")
    served.at("2026-11-05T07:40:00+00:00")
    served.once()

    told = status_of(served.office.settings, journal=served.office.journal)["troubles"]
    assert any("The term calendar that was last read still counts;" in one for one in told)
    assert "The term calendar that was last read still counts;" in last_morning(served)
    assert due(served) == "2026-11-06"
    calendar.write_text(text + SNOW, encoding="utf-8")
    served.works()
    assert due(served) == "2026-11-09"
    assert not status_of(served.office.settings, journal=served.office.journal)["troubles"]


def test_a_calendar_that_has_ended_is_no_good_status(served: SchoolAtWork) -> None:
    ended = Office(served.office.settings.model_copy(update={"practice": None}))
    calendar = served.office.school.calendar
    terms = tuple(term for term in calendar.terms if term.ends.year == 2026 and term.ends.month < 11)
    short = replace(calendar, terms=terms, half_terms=(), inset_days=(), closures=())
    with served.office.journal.transaction() as transaction:
        transaction.cursors.put(CALENDAR, calendar_as_text(short))

    told = status_of(ended.settings, journal=served.office.journal)["troubles"]

    assert any("The term calendar ended" in one for one in told)
