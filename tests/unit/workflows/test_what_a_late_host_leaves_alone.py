"""A host that stood still for longer than its turn lasts leaves calendars, files and folders as they are by then."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from casework.errors import PermanentConnectorError, TemporaryConnectorError, TurnLostError
from casework.intents import Intent, KeepReviewEntry, LimitFolder, StorePaper
from casework.school import Role
from connectors.journal import SqlJournal
from connectors.journal.schema import outbox
from connectors.memory import (
    MemoryAlarmCalendar,
    MemoryAlarmCalendars,
    MemoryCalendars,
    MemoryClock,
    MemoryFolderAccess,
    MemoryLibrary,
    MemoryReviewCalendar,
)
from tests.invented import tillbrook
from tests.journals import CASE, MONDAY, case
from tests.mail_room import tools_in_memory
from tests.unit.workflows.test_a_late_host import late as late  # noqa: PLC0414 - a fixture
from tests.unit.workflows.test_a_late_host import other as other  # noqa: PLC0414 - a fixture
from tests.unit.workflows.test_a_late_host import take_turn
from workflows.carry_out import Tools, carry_out
from workflows.case_calendar import FEED_FILE
from workflows.heartbeat import FILE as HEARTBEAT_FILE
from workflows.heartbeat import show_heartbeat
from workflows.last_seen import LastSeen
from workflows.planning import plan
from workflows.second_alarm import push_alarm

HEAD = "head@tillbrook.example"


@pytest.fixture
def tools(late: SqlJournal) -> Tools:
    return replace(
        tools_in_memory(late, MemoryClock(MONDAY)),
        calendars=MemoryCalendars(),
        school=replace(tillbrook(), second_alarm=True),
    )


def does(tools: Tools, journal: SqlJournal, *intents: Intent, seen: LastSeen | None = None) -> None:
    """Ask for this and carry out all there is to do, as a host does that has just taken the school over.

    It has just been started too, and so has `seen` nothing yet, unless something is given.
    """
    with journal.transaction() as transaction:
        transaction.outbox_view.release_claims()
        plan(transaction, *intents)
    carry_out(replace(tools, journal=journal, seen=seen or LastSeen()))


def entry_on(day: str) -> KeepReviewEntry:
    return KeepReviewEntry(key=day, entry="review", address=HEAD, day=day, subject="Review")


def days_in_the_calendar(tools: Tools) -> list[date]:
    assert tools.calendars
    return [entry.day for entry in tools.calendars.of(HEAD).find("review")]


def late_before(
    monkeypatch: pytest.MonkeyPatch, kind: type, name: str, meanwhile: Callable[[], None]
) -> None:
    """Let this happen right before the next call of a method."""
    act = getattr(kind, name)
    awaited = [meanwhile]

    def act_late(*given: Any, **named: Any) -> Any:
        if awaited:
            awaited.pop()()
        return act(*given, **named)

    monkeypatch.setattr(kind, name, act_late)


@pytest.mark.parametrize("stands_still", ["find", "move"])
def test_a_review_stays_on_the_day_that_it_has_now(
    tools: Tools, late: SqlJournal, other: SqlJournal, stands_still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_other_host_does_all() -> None:
        take_turn(other)
        does(tools, other, entry_on("2026-12-03"))

    does(tools, late, entry_on("2026-12-01"))
    take_turn(late)
    late_before(monkeypatch, MemoryReviewCalendar, stands_still, the_other_host_does_all)
    with pytest.raises(TurnLostError):
        does(tools, late, entry_on("2026-12-02"))

    assert days_in_the_calendar(tools) == [date(2026, 12, 3)]


@pytest.mark.parametrize("meanwhile", ["2026-12-03", "2026-12-02", ""])
def test_a_review_is_entered_once_or_not_at_all_if_it_is_over_by_then(
    tools: Tools, late: SqlJournal, other: SqlJournal, meanwhile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_other_host_does_all() -> None:
        take_turn(other)
        does(tools, other, replace(entry_on(meanwhile), key="later"))

    take_turn(late)
    late_before(monkeypatch, MemoryReviewCalendar, "add", the_other_host_does_all)
    with pytest.raises(TurnLostError):
        does(tools, late, entry_on("2026-12-02"))

    assert days_in_the_calendar(tools) == [date.fromisoformat(day) for day in (meanwhile,) if day]


def test_an_entry_that_the_other_host_found_and_goes_by_is_not_taken_back(
    tools: Tools, late: SqlJournal, other: SqlJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = MemoryReviewCalendar.add

    def made_and_then_asleep(
        calendar: MemoryReviewCalendar, *, settled: Callable[[], None], **named: Any
    ) -> Any:
        def asleep() -> None:
            take_turn(other)
            does(tools, other)
            settled()

        return add(calendar, settled=asleep, **named)

    take_turn(late)
    monkeypatch.setattr(MemoryReviewCalendar, "add", made_and_then_asleep)
    with pytest.raises(TurnLostError):
        does(tools, late, entry_on("2026-12-02"))

    assert days_in_the_calendar(tools) == [date(2026, 12, 2)]


def test_an_entry_of_a_host_that_died_right_after_it_is_taken_away(
    tools: Tools, late: SqlJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    does(tools, late, entry_on("2026-12-03"))
    assert tools.calendars
    tools.calendars.of(HEAD).add(
        key="review", day=date(2026, 12, 1), subject="Review", text="", once="of the dead host"
    )

    does(tools, late, entry_on("2026-12-04"))
    assert days_in_the_calendar(tools) == [date(2026, 12, 4)]

    tools.calendars.of(HEAD).add(
        key="review", day=date(2026, 12, 1), subject="Review", text="", once="of another dead host"
    )
    does(tools, late, replace(entry_on(""), key="over"))
    assert days_in_the_calendar(tools) == []


def test_what_a_person_had_to_see_to_moves_no_review_back(
    tools: Tools, late: SqlJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_refused(*_: object, **__: object) -> None:
        raise PermanentConnectorError("The mailbox has no calendar.")

    with monkeypatch.context() as refusing:
        refusing.setattr(MemoryReviewCalendar, "add", is_refused)
        does(tools, late, entry_on("2026-12-01"))
    does(tools, late, entry_on("2026-12-03"))

    with late.transaction() as transaction:
        (stuck,) = transaction.outbox_view.needing_a_person()
        transaction.outbox_view.retry(stuck.key)
    carry_out(tools)

    assert days_in_the_calendar(tools) == [date(2026, 12, 3)]


def feed(text: str) -> StorePaper:
    return StorePaper(key=text, path=FEED_FILE, text=text)


def feed_as_it_is(tools: Tools) -> bytes:
    there = tools.casework.find(FEED_FILE)
    assert there
    return tools.casework.read(there.file_id)


@pytest.mark.parametrize("stands_still", ["find", "write"])
def test_the_calendar_feed_says_what_is_so_now(
    tools: Tools, late: SqlJournal, other: SqlJournal, stands_still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_other_host_does_all() -> None:
        take_turn(other)
        does(tools, other, feed("of Wednesday"))

    does(tools, late, feed("of Monday"))
    take_turn(late)
    late_before(monkeypatch, MemoryLibrary, stands_still, the_other_host_does_all)
    with pytest.raises(TurnLostError):
        does(tools, late, feed("of Tuesday"))

    assert feed_as_it_is(tools) == b"of Wednesday"


def test_the_calendar_feed_says_what_is_so_now_though_the_late_host_knew_its_version(
    tools: Tools, late: SqlJournal, other: SqlJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = LastSeen()

    def the_other_host_does_all() -> None:
        take_turn(other)
        does(tools, other, feed("of Wednesday"))

    does(tools, late, feed("of Monday"), seen=seen)
    assert seen.of(tools.casework, FEED_FILE)
    take_turn(late)
    late_before(monkeypatch, MemoryLibrary, "write", the_other_host_does_all)
    with pytest.raises(TurnLostError):
        does(tools, late, feed("of Tuesday"), seen=seen)

    assert feed_as_it_is(tools) == b"of Wednesday"


def test_a_feed_that_had_to_wait_is_written_before_a_newer_one(
    tools: Tools, late: SqlJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    does(tools, late, feed("of Monday"))

    def is_open(*_: object, **__: object) -> None:
        raise TemporaryConnectorError("Somebody has it open.", retry_after=600)

    with monkeypatch.context() as busy:
        busy.setattr(MemoryLibrary, "write", is_open)
        does(tools, late, feed("of Tuesday"))
    does(tools, late, feed("of Wednesday"))
    with late.transaction() as transaction:
        transaction.connection.execute(update(outbox).values(ready_at=None))
    carry_out(tools)

    assert feed_as_it_is(tools) == b"of Wednesday"


def test_a_case_that_is_about_the_head_by_then_stays_closed_to_the_head(
    tools: Tools, late: SqlJournal, other: SqlJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def let_in(journal: SqlJournal, *people: str) -> None:
        with journal.transaction() as transaction:
            transaction.cases.save(case(access=people))
        does(tools, journal, LimitFolder(key=" ".join(people), people=people, case=CASE))

    def the_other_host_closes_it_to_the_head() -> None:
        take_turn(other)
        let_in(other, "chair@tillbrook.example")

    take_turn(late)
    late_before(monkeypatch, MemoryFolderAccess, "let_only", the_other_host_closes_it_to_the_head)
    with pytest.raises(TurnLostError):
        let_in(late, HEAD, "office@tillbrook.example")

    assert tools.folders.people(CASE) == {"chair@tillbrook.example"}


@pytest.mark.parametrize("stands_still", ["find", "write"])
def test_the_file_that_says_when_casework_was_at_work_tells_the_latest_hour(
    tools: Tools, late: SqlJournal, other: SqlJournal, stands_still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beat(journal: SqlJournal, hour: int) -> None:
        show_heartbeat(
            library=tools.casework,
            journal=journal,
            school=tools.school,
            now=MONDAY.replace(hour=hour),
            tell_silence=False,
        )

    def the_other_host_does_all() -> None:
        take_turn(other)
        beat(other, 15)

    beat(late, 9)
    take_turn(late)
    late_before(monkeypatch, MemoryLibrary, stands_still, the_other_host_does_all)
    with pytest.raises(TurnLostError):
        beat(late, 10)

    there = tools.casework.find(HEARTBEAT_FILE)
    assert there
    assert "Monday 23 November 2026 at 15:00" in tools.casework.read(there.file_id).decode()


@pytest.mark.parametrize("stands_still", ["find", "move"])
def test_the_second_alarm_is_pushed_back_by_nobody(
    tools: Tools, late: SqlJournal, other: SqlJournal, stands_still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendars = MemoryAlarmCalendars()

    def push(journal: SqlJournal, hour: int) -> None:
        now = MONDAY.replace(hour=hour)
        push_alarm(calendars=calendars, journal=journal, school=tools.school, now=now)

    def the_other_host_does_all() -> None:
        take_turn(other)
        push(other, 13)

    push(late, 9)
    take_turn(late)
    late_before(monkeypatch, MemoryAlarmCalendar, stands_still, the_other_host_does_all)
    with suppress(TurnLostError):
        push(late, 10)

    office = calendars.of(tools.school.person(Role.OFFICE).address)
    assert [entry.at.hour for entry in office.find("TIS/second alarm")] == [16]
