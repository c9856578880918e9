"""Effects that fail: what time or one hand mends is tried on for as long as it takes; the rest goes to a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.errors import (
    ConnectorError,
    JournalError,
    NotPermittedError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from casework.intents import SendMail
from casework.mails import acknowledgement
from casework.ports import FoundMail, MailService, NewMail, Outgoing
from casework.records import OutboxState, PlannedEffect
from connectors.journal import open_journal
from connectors.memory import MemoryClock, MemoryListShapes, MemoryOutgoing
from tests.invented import procedures
from tests.journals import CASE, CHAIN_KEY, MONDAY, SettableClock, case
from workflows.carry_out import Tools, carry_out
from workflows.planning import plan
from workflows.report_day import report_day
from workflows.seen import leave, what_needs_a_person

WEEKEND = timedelta(hours=64)


class BrokenOutgoing(MemoryOutgoing):
    trouble: Exception | None = None
    tries: int = 0

    def save(self, mail: NewMail, **more: Any) -> FoundMail:
        self.tries += 1
        if self.trouble and "teacher@" in str(mail.to):
            raise self.trouble
        return super().save(mail, **more)


class OneMailbox(MailService):
    def __init__(self, outgoing: BrokenOutgoing) -> None:
        self._outgoing = outgoing

    def outgoing(self, address: str) -> Outgoing:
        return self._outgoing


@dataclass(frozen=True, kw_only=True, slots=True)
class MailRoom:
    """A mail room whose machine's clock a test moves."""

    tools: Tools
    machine: SettableClock
    mailbox: BrokenOutgoing

    def plans(self, to: str = "teacher@tillbrook.example", *, in_hours: bool = False) -> SendMail:
        tools = self.tools
        key = f"TIS/acknowledgement/{to}"
        mail = acknowledgement(CASE, to=to, key=key, school=tools.school, tokens=tools.tokens, now=tools.now)
        mail = replace(mail, in_hours=in_hours)
        with tools.journal.transaction() as transaction:
            plan(transaction, mail)
        return mail

    def works_through(self, time: timedelta) -> None:
        """A sweep every quarter of an hour."""
        for _ in range(time // timedelta(minutes=15)):
            self.machine.pass_by(minutes=15)
            carry_out(self.tools)

    def effect(self, mail: SendMail) -> PlannedEffect:
        with self.tools.journal.transaction() as transaction:
            effect = transaction.outbox.get(mail.key)
        assert effect
        return effect

    def sent(self) -> list[str]:
        return [to for mail in self.mailbox.sent_mails() for to in mail.to]


@pytest.fixture
def room(tools: Tools, clock: MemoryClock, tmp_path: Path) -> Iterator[MailRoom]:
    machine = SettableClock(MONDAY)
    mailbox = BrokenOutgoing(clock, "reports@tillbrook.example")
    with open_journal(
        tmp_path / "outbox.sqlite", school="TIS", chain_key=CHAIN_KEY, machine_clock=machine
    ) as journal:
        with journal.transaction() as transaction:
            transaction.cases.save(case())
        yield MailRoom(
            tools=replace(tools, journal=journal, mail=OneMailbox(mailbox)), machine=machine, mailbox=mailbox
        )


@pytest.mark.parametrize(
    "trouble",
    [
        TemporaryConnectorError("The network is down."),
        NotPermittedError("Casework may not use a mailbox.", status=403),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_fails_over_a_weekend_is_done_on_monday(room: MailRoom, trouble: ConnectorError) -> None:
    room.mailbox.trouble = trouble
    mail = room.plans()

    room.works_through(WEEKEND)
    assert room.effect(mail).state is OutboxState.PLANNED
    room.mailbox.trouble = None
    room.works_through(timedelta(minutes=15))

    assert room.sent() == ["teacher@tillbrook.example"]


def test_the_office_reads_in_the_digest_what_has_failed_for_hours(room: MailRoom) -> None:
    room.mailbox.trouble = TemporaryConnectorError("The network is down.")
    room.plans()
    room.works_through(timedelta(hours=6))

    report_day(
        journal=room.tools.journal,
        school=room.tools.school,
        procedures=procedures(),
        lists=MemoryListShapes(),
        now=room.tools.now,
    )

    with room.tools.journal.transaction() as transaction:
        [digest] = [e for e in transaction.outbox_view.unfinished() if e.payload.get("role") == "office"]
    assert "The network is down." in str(digest.payload["fields"])


def test_a_fault_that_nobody_knows_is_tried_three_times_and_then_goes_to_a_person(room: MailRoom) -> None:
    room.mailbox.trouble = ZeroDivisionError()
    mail = room.plans()

    room.works_through(timedelta(hours=1))

    assert room.mailbox.tries == 3
    assert room.effect(mail).state is OutboxState.NEEDS_A_PERSON


def test_what_a_person_has_seen_and_leaves_is_told_no_more_and_never_sent(room: MailRoom) -> None:
    room.mailbox.trouble = PermanentConnectorError("The address does not exist.")
    mail = room.plans()
    room.works_through(timedelta(minutes=15))
    journal = room.tools.journal
    [stuck] = what_needs_a_person(journal)
    assert (stuck.what, stuck.problem, stuck.case) == (
        "the mail acknowledgement to the reporter",
        "The address does not exist.",
        CASE,
    )

    assert leave(journal, ["other"], now=room.tools.now) == ()
    assert leave(journal, [stuck.mark], now=room.tools.now) == (stuck,)
    room.mailbox.trouble = None
    room.works_through(timedelta(hours=30))

    assert what_needs_a_person(journal) == ()
    assert room.effect(mail).state is OutboxState.CANCELLED
    assert room.sent() == []
    with journal.transaction() as transaction:
        assert transaction.events.after(0)[-1].what == "item.left"
        left = transaction.cases.get(CASE)
    assert left is not None
    assert left.problem == "", "the case's row does not ask for help any more"


def test_a_reminder_that_waits_for_school_hours_is_no_trouble(room: MailRoom) -> None:
    ten_hours_later = MONDAY + timedelta(hours=10)
    evening = replace(room.tools, now=ten_hours_later, clock=MemoryClock(ten_hours_later))
    mail = room.plans(in_hours=True)

    report = carry_out(evening)

    assert report.problems == ()
    assert room.effect(mail).state is OutboxState.PLANNED
    room.works_through(WEEKEND)
    assert room.sent() == ["teacher@tillbrook.example"]


def test_a_full_disk_gives_nothing_up(room: MailRoom) -> None:
    room.mailbox.trouble = JournalError("The journal cannot be used: the disk is full.")
    mail = room.plans()

    with pytest.raises(JournalError):
        carry_out(room.tools)
    room.mailbox.trouble = None
    with room.tools.journal.transaction() as transaction:
        transaction.outbox_view.release_claims()
    carry_out(room.tools)

    assert room.effect(mail).state is OutboxState.DONE


def test_what_trying_cannot_mend_goes_to_a_person_and_holds_nothing_up(room: MailRoom) -> None:
    room.mailbox.trouble = PermanentConnectorError("Exchange does not accept an address of the mail.")
    mail = room.plans()
    room.plans("robin@parents.example")

    report = carry_out(room.tools)

    assert room.effect(mail).state is OutboxState.NEEDS_A_PERSON
    assert report.problems == (
        "send mail (TIS-2026-0007) needs a person: Exchange does not accept an address of the mail.",
    )
    assert room.sent() == ["robin@parents.example"]
    with room.tools.journal.transaction() as transaction:
        kept = transaction.cases.get(CASE)
    assert kept
    assert "does not accept an address" in kept.problem


def test_a_fault_of_our_own_is_tried_some_times_and_told_by_its_kind_alone(room: MailRoom) -> None:
    room.mailbox.trouble = ZeroDivisionError("words of a mail")
    mail = room.plans()

    room.works_through(timedelta(hours=3))

    assert room.effect(mail).state is OutboxState.NEEDS_A_PERSON
    assert room.effect(mail).problem == "ZeroDivisionError"
