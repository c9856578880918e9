"""Deadlines stand in people's Outlook calendars, move, go, and are known again after the journal was lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from offices.rebuilding import Rebuilt, confirm, rebuild
from schedule import TIMETABLE
from tests.journal_stores import JOURNAL
from tests.remembering import Moments
from tests.school import SchoolAtWork

FIRST, SECOND = "TIS-2026-0001", "TIS-2026-0002"


def _two_cases(school: SchoolAtWork) -> None:
    """On Monday 2 November two reports came, each with an invitation to talk that is to be decided on."""
    school.at("2026-11-02T09:00:00+00:00")
    for number in (1, 2):
        school.teacher_forwards(f"Seen on https://www.facebook.com/groups/tillbrook/posts/{number}")
        school.works()
    school.works()


@pytest.fixture
def two_cases(school: SchoolAtWork, moments: Moments) -> Iterator[SchoolAtWork]:
    text = school.settings.read_text(encoding="utf-8")
    wanted = text.replace("[term_dates]", "[term_dates]\nin_outlook = true")
    school.settings.write_text(wanted, encoding="utf-8")
    try:
        school.restart()
        yield moments.come_to(_two_cases)
    finally:
        school.settings.write_text(text, encoding="utf-8")
        school.restart()


def _in_calendar(school: SchoolAtWork, role: str = "office") -> list[tuple[str, str]]:
    found = school.as_visitor("GET", f"users/{school.address(role)}/calendar/events?$top=50").json()["value"]
    return sorted(
        (event["subject"], event["start"]["dateTime"][:10])
        for event in found
        if event["subject"].startswith("TIS-")
    )


def _of(reference: str, school: SchoolAtWork) -> list[tuple[str, str]]:
    return [entry for entry in _in_calendar(school) if entry[0].startswith(reference)]


def _item(school: SchoolAtWork, reference: str) -> str:
    return next(str(row["item"]) for row in school.rows() if row["Reference"] == reference)


def _talked(school: SchoolAtWork, reference: str) -> None:
    school.staff_set(item=_item(school, reference), TalkedOn="2026-11-03T12:00:00Z", TalkOutcome="no reply")


def _lose_the_journal(school: SchoolAtWork) -> None:
    school.office.close_journal()
    for name in JOURNAL:
        (school.settings.parent / name).unlink(missing_ok=True)
    school.restart()


def _rebuild(school: SchoolAtWork) -> Rebuilt:
    found = rebuild(school.office, TIMETABLE)
    confirm(school.office)
    school.works()
    school.works()
    return found


def test_an_entry_says_number_and_step_and_goes_when_the_case_is_closed(two_cases: SchoolAtWork) -> None:
    before = _of(FIRST, two_cases)
    assert before
    assert all(subject.startswith(f"{FIRST}: ") for subject, _ in before)

    two_cases.staff_set(item=_item(two_cases, FIRST), Outcome="Removed.")
    two_cases.works()

    assert _of(FIRST, two_cases) == []
    assert _of(SECOND, two_cases)


def test_entries_of_a_lost_journal_move_and_go_as_if_it_had_not_been_lost(two_cases: SchoolAtWork) -> None:
    """While it is lost one case is closed and the other goes on: an entry that nobody knows would stand for ever."""
    was = _of(SECOND, two_cases)
    _lose_the_journal(two_cases)
    two_cases.at("2026-11-04T09:00:00+00:00")
    two_cases.staff_set(item=_item(two_cases, FIRST), Outcome="Removed.")
    _talked(two_cases, SECOND)

    rebuilt = _rebuild(two_cases)

    assert not any("calendar" in gap for gap in rebuilt.regained.gaps)
    assert _of(FIRST, two_cases) == []
    assert _of(SECOND, two_cases) != was
    assert [day for _, day in _of(SECOND, two_cases)] == [
        row["Due"][:10] for row in two_cases.rows() if row["Reference"] == SECOND
    ]


def test_a_calendar_that_cannot_be_read_is_told_and_the_rest_is_rebuilt(two_cases: SchoolAtWork) -> None:
    _lose_the_journal(two_cases)
    two_cases.server.set_faults({"method": "GET", "path": "*/calendar/events*", "fault": "503", "times": 4})

    rebuilt = rebuild(two_cases.office, TIMETABLE)

    assert rebuilt.regained.cases == 2
    (told,) = [gap for gap in rebuilt.regained.gaps if "calendar" in gap]
    assert "could not be read" in told
    assert "delete such entries by hand" in told
