"""What every ReviewCalendar promises: in memory, in a dry run and in Outlook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from casework.errors import ChangedMeanwhileError, NotThereError, TurnLostError
from casework.policy_ports import CalendarEntry, ReviewCalendar
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


def enter(
    calendar: ReviewCalendar, *, once: str = "1", settled: Callable[[], None] = lambda: None
) -> CalendarEntry:
    return calendar.add(
        key=KEY, day=DAY, subject="Review: Behaviour policy", text="See it.", once=once, settled=settled
    )


def another_host_is_at_work() -> None:
    raise TurnLostError("Another host has taken the school over.")


def test_an_entry_is_found_again_by_its_key(calendar: ReviewCalendar) -> None:
    assert calendar.find(KEY) == ()

    made = enter(calendar)

    (found,) = calendar.find(KEY)
    assert found == made
    assert found.etag == made.etag != ""
    assert (made.day, made.subject) == (DAY, "Review: Behaviour policy")
    assert calendar.find(KEY[:-1]) == ()


def test_all_entries_of_ours_are_found_and_no_other(calendar: ReviewCalendar) -> None:
    assert calendar.ours() == ()
    first = enter(calendar)
    second = calendar.add(key=f"{KEY}/2", day=DAY, subject="TIS-2026-0001: the talk", text="", once="2")

    assert sorted(calendar.ours(), key=lambda one: one.key) == [first, second]

    calendar.move(first, day=DAY.replace(day=30), subject=first.subject)
    calendar.remove(second)
    assert [one.day.day for one in calendar.ours()] == [30]


def test_the_same_request_twice_makes_one_entry_and_another_request_one_more(
    calendar: ReviewCalendar,
) -> None:
    first, second = enter(calendar), enter(calendar)
    assert first.entry_id == second.entry_id

    other = enter(calendar, once="2")

    assert {entry.entry_id for entry in calendar.find(KEY)} == {first.entry_id, other.entry_id}


def test_a_host_that_is_late_takes_its_entry_back(calendar: ReviewCalendar) -> None:
    with pytest.raises(TurnLostError):
        enter(calendar, settled=another_host_is_at_work)

    assert calendar.find(KEY) == ()


def test_a_host_that_is_late_takes_back_nothing_that_was_there_before(calendar: ReviewCalendar) -> None:
    made = enter(calendar)

    with pytest.raises(TurnLostError):
        enter(calendar, settled=another_host_is_at_work)

    assert calendar.find(KEY) == (made,)


def test_a_host_that_is_late_leaves_what_the_other_has_made_its_own(calendar: ReviewCalendar) -> None:
    def the_other_takes_it_over() -> None:
        (entry,) = calendar.find(KEY)
        calendar.move(entry, day=entry.day, subject=entry.subject)
        another_host_is_at_work()

    with pytest.raises(TurnLostError):
        enter(calendar, settled=the_other_takes_it_over)

    assert [entry.day for entry in calendar.find(KEY)] == [DAY]


def test_a_moved_entry_is_the_same_on_another_day(calendar: ReviewCalendar) -> None:
    made = enter(calendar)

    calendar.move(made, day=date(2029, 1, 31), subject="Review: Behaviour")

    (found,) = calendar.find(KEY)
    assert (found.entry_id, found.day, found.subject) == (
        made.entry_id,
        date(2029, 1, 31),
        "Review: Behaviour",
    )


def test_removing_twice_removes_once_and_what_is_gone_cannot_be_moved(calendar: ReviewCalendar) -> None:
    made = enter(calendar)
    calendar.remove(made)
    calendar.remove(made)
    assert calendar.find(KEY) == ()
    with pytest.raises(NotThereError):
        calendar.move(made, day=DAY, subject="Review")


def test_what_somebody_moved_meanwhile_is_neither_moved_nor_removed(calendar: ReviewCalendar) -> None:
    made = enter(calendar)
    calendar.move(made, day=date(2029, 1, 31), subject="Review: Behaviour")

    with pytest.raises(ChangedMeanwhileError):
        calendar.move(made, day=date(2027, 4, 30), subject="Review")
    with pytest.raises(ChangedMeanwhileError):
        calendar.remove(made)

    (found,) = calendar.find(KEY)
    assert found.day == date(2029, 1, 31)
