"""What waits for somebody's morning mail: never claimed, never in the way, taken along once; on each database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from casework.cases import StaffColumns, Target
from casework.records import OutboxState
from connectors.journal import SqlJournal
from connectors.memory import MemoryClock
from tests.journals import CASE, MONDAY, SettableClock
from tests.mail_room import tools_in_memory
from tests.mornings import Mornings, said

LEASE = timedelta(minutes=5)
NAMED = StaffColumns(parent="Robin Ashdown", parent_email="r.ashdown@parents.example", target=Target.SCHOOL)
REPORTED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def gather(journal: SqlJournal, *keys: str, group: str = "") -> None:
    with journal.transaction() as records:
        for key in keys:
            assert records.outbox.plan(
                key=key,
                kind="remind",
                payload={"to": key},
                case=CASE,
                group=group,
                state=OutboxState.GATHERED,
            )


def gathered(journal: SqlJournal) -> list[str]:
    with journal.transaction() as records:
        return [effect.key for effect in records.outbox_view.gathered()]


def plan(journal: SqlJournal, key: str, group: str = "") -> None:
    with journal.transaction() as records:
        records.outbox.plan(key=key, kind="send mail", payload={}, case=CASE, group=group)


def claimed(journal: SqlJournal) -> list[str]:
    keys = []
    with journal.transaction() as records:
        while (effect := records.outbox.claim(lease=LEASE)) is not None:
            keys.append(effect.key)
    return keys


def test_a_gathered_reminder_is_never_claimed_however_long_it_waits(
    journal: SqlJournal, machine_clock: SettableClock
) -> None:
    gather(journal, "b", "a")
    plan(journal, "mail")

    assert claimed(journal) == ["mail"]
    machine_clock.pass_by(days=30)

    assert claimed(journal) == ["mail"]
    assert gathered(journal) == ["b", "a"]


def test_a_gathered_reminder_holds_up_nothing_of_its_group(journal: SqlJournal) -> None:
    gather(journal, "waits", group="case 7")
    plan(journal, "mail", group="case 7")

    assert claimed(journal) == ["mail"]


def test_a_gathered_reminder_is_no_unfinished_work_and_no_persons_trouble(journal: SqlJournal) -> None:
    gather(journal, "a")

    with journal.transaction() as records:
        assert records.outbox_view.unfinished() == ()
        assert records.outbox_view.needing_a_person() == ()
        assert records.outbox_view.release_claims() == 0
        assert not records.outbox_view.retry("a")
    assert gathered(journal) == ["a"]


def test_a_reminder_is_gathered_once_whatever_became_of_it(
    journal: SqlJournal, open_school: Callable[..., SqlJournal]
) -> None:
    gather(journal, "taken", "withdrawn")
    with journal.transaction() as records:
        records.outbox.finish("taken")
        assert records.outbox_view.cancel("withdrawn")

    with open_school().transaction() as records:
        for key in ("taken", "withdrawn"):
            assert not records.outbox.plan(
                key=key, kind="remind", payload={}, case=CASE, group="", state=OutboxState.GATHERED
            )
        assert records.outbox_view.keys_starting("") == {"taken", "withdrawn"}
    assert gathered(journal) == []


def test_what_one_school_gathered_is_not_another_schools(
    journal: SqlJournal, open_school: Callable[..., SqlJournal]
) -> None:
    gather(journal, "a")

    assert gathered(open_school("ELM")) == []
    assert gathered(journal) == ["a"]


def test_a_morning_mail_that_was_not_committed_takes_nothing_along(
    journal: SqlJournal, open_school: Callable[..., SqlJournal]
) -> None:
    """The power fails after the mail was planned and before the commit: both are as they were."""
    gather(journal, "a", "b")

    def a_morning_that_is_cut_short() -> None:
        with journal.transaction() as records:
            records.outbox.finish("a")
            records.outbox.plan(key="morning", kind="send mail", payload={}, case=None, group="")
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        a_morning_that_is_cut_short()

    assert gathered(open_school()) == ["a", "b"]
    assert claimed(journal) == []


def test_a_week_of_mornings_is_one_mail_a_person_a_day(journal: SqlJournal) -> None:
    """The whole way on each database: gathered, withdrawn when done, taken along in the morning, never twice."""
    clock = MemoryClock(MONDAY)
    mornings = Mornings(tools=tools_in_memory(journal, clock), clock=clock)
    for number in range(1, 4):
        mornings.opens(number, REPORTED, NAMED)
    mornings.at(date(2026, 11, 5))
    late = mornings.opens(4, REPORTED, NAMED)
    mornings.at(date(2026, 11, 5), 11)
    assert gathered(journal), "the fourth case's reminder waits for the morning"
    mornings.keeps(replace(late, staff=replace(NAMED, outcome="Removed."), closed_at=MONDAY))

    sent = mornings.through(date(2026, 11, 6), date(2026, 11, 13), hours=(8,))

    days = [(day, to) for day, to, _ in sent]
    assert len(days) == len(set(days))
    assert {to for _, to in days} == {"office", "headteacher"}
    assert not [mail for _, _, mail in sent if "TIS-2026-0004" in said(mail)]
