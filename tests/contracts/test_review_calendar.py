"""What every ReviewCalendar promises: in memory, in a dry run and in Outlook."""

from __future__ import annotations

from datetime import date

import pytest

from casework.errors import ChangedMeanwhileError, NotThereError
from casework.policy_ports import ReviewCalendar
from connectors.memory.calendar import MemoryCalendars
from connectors.memory.dry_run import DryCalendars
from connectors.microsoft365.review_calendar import GraphCalendars
from tests.practice import PracticeServer

KEY = "TIS/policy/0123456789abcdef/review"
DAY = date(2027, 3, 31)  # summer time has begun three days before: midnight is not midnight in UTC


@pytest.fixture(params=["memory", "dry run", "graph"])
def calendar(request: pytest.FixtureRequest) -> ReviewCalendar:
    if request.param == "memory":
        return MemoryCalendars().of("head@tillbrook.example")
    if request.param == "dry run":
        return DryCalendars(MemoryCalendars(), tell=lambda _: None).of("head@tillbrook.example")
    practice: PracticeServer = request.getfixturevalue("practice")
    allow_calendar(practice, practice.user("headteacher"))
    return GraphCalendars(request.getfixturevalue("account")).of(practice.user("headteacher"))


def allow_calendar(practice: PracticeServer, address: str) -> None:
    """What an administrator grants where reviews go into a calendar."""
    grant = {"holder": "casework", "kind": "mailbox", "resource": address, "role": "Calendars.ReadWrite"}
    practice.practice("POST", "permissions", json=grant)


def test_an_entry_is_found_again_by_its_key(calendar: ReviewCalendar) -> None:
    assert calendar.find(KEY) is None

    made = calendar.add(key=KEY, day=DAY, subject="Review: Behaviour policy", text="See the document.")

    found = calendar.find(KEY)
    assert found == made
    assert found
    assert found.etag == made.etag != ""
    assert (made.day, made.subject) == (DAY, "Review: Behaviour policy")
    assert calendar.find(KEY[:-1]) is None


def test_adding_twice_adds_once(calendar: ReviewCalendar) -> None:
    first = calendar.add(key=KEY, day=DAY, subject="Review: Behaviour policy", text="")
    second = calendar.add(key=KEY, day=DAY, subject="Review: Behaviour policy", text="")
    assert first.entry_id == second.entry_id
    calendar.remove(first)
    assert calendar.find(KEY) is None


def test_a_moved_entry_is_the_same_on_another_day(calendar: ReviewCalendar) -> None:
    made = calendar.add(key=KEY, day=DAY, subject="Review: Behaviour policy", text="")

    calendar.move(made, day=date(2029, 1, 31), subject="Review: Behaviour")

    found = calendar.find(KEY)
    assert found is not None
    assert (found.entry_id, found.day, found.subject) == (
        made.entry_id,
        date(2029, 1, 31),
        "Review: Behaviour",
    )


def test_removing_twice_removes_once_and_what_is_gone_cannot_be_moved(calendar: ReviewCalendar) -> None:
    made = calendar.add(key=KEY, day=DAY, subject="Review: Behaviour policy", text="")
    calendar.remove(made)
    calendar.remove(made)
    with pytest.raises(NotThereError):
        calendar.move(made, day=DAY, subject="Review")


def test_what_somebody_moved_meanwhile_is_neither_moved_nor_removed(calendar: ReviewCalendar) -> None:
    made = calendar.add(key=KEY, day=DAY, subject="Review: Behaviour policy", text="")
    calendar.move(made, day=date(2029, 1, 31), subject="Review: Behaviour")

    with pytest.raises(ChangedMeanwhileError):
        calendar.move(made, day=date(2027, 4, 30), subject="Review")
    with pytest.raises(ChangedMeanwhileError):
        calendar.remove(made)

    found = calendar.find(KEY)
    assert found is not None
    assert found.day == date(2029, 1, 31)
