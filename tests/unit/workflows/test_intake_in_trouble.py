"""A message's own fault sets that message aside; a fault of the place sets nothing aside and is mended first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.errors import (
    CaseworkError,
    JournalError,
    NotPermittedError,
    NotThereError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from casework.messages import ReceivedMessage
from casework.ports import LibraryFile
from casework.records import SightingState
from connectors.documents.messages import MimeMessageReader
from connectors.memory import MemoryClock, MemoryInbox, MemoryLibrary
from workflows.open_cases import IntakeDesk, open_cases
from workflows.seen import leave, what_needs_a_person

GOOD = b"From: teacher@tillbrook.example\r\nSubject: FW: a post\r\n\r\nSomebody wrote this.\r\n"
ODD = b"From: robin@parents.example\r\nSubject: odd\r\n\r\nNo reader has seen the like.\r\n"


class TroubledLibrary(MemoryLibrary):
    """Refuses to be written to, as long as `trouble` says why."""

    trouble: Exception | None = None

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        if self.trouble:
            raise self.trouble
        return super().write(path, content, replace=replace, over=over)


class StumblingReader(MimeMessageReader):
    """Stumbles over one message."""

    def read(self, content: bytes, *, name: str = "message.eml") -> ReceivedMessage:
        if content == ODD:
            raise ZeroDivisionError("quoted words of the message")
        return super().read(content, name=name)


@pytest.fixture
def inbox(clock: MemoryClock) -> MemoryInbox:
    return MemoryInbox(clock)


@pytest.mark.parametrize(
    "trouble",
    [
        NotPermittedError("Casework may not use a library.", status=403),
        NotThereError("The library is gone.", status=404),
        PermanentConnectorError("There is no room left.", status=507),
        JournalError("The disk is full."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_fault_of_the_place_fails_the_job_and_the_report_waits(
    desk: IntakeDesk, inbox: MemoryInbox, clock: MemoryClock, trouble: CaseworkError
) -> None:
    sealed = TroubledLibrary(clock)
    sealed.trouble = trouble
    desk = replace(desk, sealed=sealed)
    number = inbox.receive(GOOD)

    for _ in range(4):
        clock.advance(timedelta(minutes=1))
        with pytest.raises(type(trouble)):
            open_cases(inbox=inbox, drop=None, desk=replace(desk, now=clock.now()))

    sealed.trouble = None
    open_cases(inbox=inbox, drop=None, desk=desk)
    with desk.journal.transaction() as transaction:
        assert [case.reference for case in transaction.cases.all()] == ["TIS-2026-0001"]
        assert transaction.sightings.get(f"mail/{number}").state is SightingState.DONE


def test_a_passing_fault_leaves_the_message_for_the_next_sweep(
    desk: IntakeDesk, inbox: MemoryInbox, clock: MemoryClock
) -> None:
    sealed = TroubledLibrary(clock)
    sealed.trouble = TemporaryConnectorError("The service is busy.")
    desk = replace(desk, sealed=sealed)
    inbox.receive(GOOD)

    reports = [open_cases(inbox=inbox, drop=None, desk=desk) for _ in range(5)]
    sealed.trouble = None
    open_cases(inbox=inbox, drop=None, desk=desk)

    assert all("The service is busy." in report.problems[0] for report in reports)
    with desk.journal.transaction() as transaction:
        assert len(transaction.cases.all()) == 1


def test_a_message_that_cannot_be_read_is_tried_on_three_sweeps_and_stops_no_other(
    desk: IntakeDesk, inbox: MemoryInbox, clock: MemoryClock
) -> None:
    desk = replace(desk, reader=StumblingReader())
    odd = inbox.receive(ODD)
    inbox.receive(GOOD)

    states = []
    for _ in range(4):
        clock.advance(timedelta(minutes=1))
        for _ in range(2):  # a sweep goes round more than once; that is one try all the same
            report = open_cases(inbox=inbox, drop=None, desk=replace(desk, now=clock.now()))
            assert "quoted words" not in str(report.problems)
        with desk.journal.transaction() as transaction:
            states.append(transaction.sightings.get(f"mail/{odd}").state)
            assert len(transaction.cases.all()) == 1

    assert states == [SightingState.SEALED, SightingState.SEALED, *[SightingState.NEEDS_A_PERSON] * 2]


def test_a_message_that_somebody_deleted_meanwhile_is_no_trouble(
    desk: IntakeDesk, inbox: MemoryInbox
) -> None:
    inbox.remove(inbox.receive(ODD))
    inbox.receive(GOOD)

    report = open_cases(inbox=inbox, drop=None, desk=desk)

    assert report.problems == ()
    assert report.changes == 1


def test_a_file_that_vanishes_from_the_drop_folder_takes_no_other_with_it(
    desk: IntakeDesk, inbox: MemoryInbox, clock: MemoryClock
) -> None:
    class Vanishing(MemoryLibrary):
        def read(self, file_id: str) -> bytes:
            if file_id == self.gone:
                self.delete(file_id)
                self.gone = ""
            return super().read(file_id)

    drop = Vanishing(clock)
    drop.put("kept.png", b"one picture")
    drop.gone = drop.put("withdrawn.png", b"another").file_id

    for _ in range(2):
        open_cases(inbox=inbox, drop=drop, desk=desk)

    with desk.journal.transaction() as transaction:
        assert [case.reference for case in transaction.cases.all()] == ["TIS-2026-0001"]


def test_a_message_that_a_person_leaves_needs_nobody_and_is_read_when_it_is_put_back(
    desk: IntakeDesk, inbox: MemoryInbox, clock: MemoryClock
) -> None:
    stumbling = replace(desk, reader=StumblingReader())
    number = inbox.receive(ODD)
    for _ in range(3):
        clock.advance(timedelta(minutes=1))
        open_cases(inbox=inbox, drop=None, desk=replace(stumbling, now=clock.now()))
    [stuck] = what_needs_a_person(desk.journal)
    with desk.journal.transaction() as transaction:
        for effect in transaction.outbox_view.unfinished():
            transaction.outbox.finish(effect.key)

    leave(desk.journal, [stuck.mark], now=clock.now())
    open_cases(inbox=MemoryInbox(clock), drop=None, desk=replace(desk, now=clock.now()))
    assert what_needs_a_person(desk.journal) == ()

    open_cases(inbox=inbox, drop=None, desk=replace(desk, now=clock.now()))  # it lies in the Inbox again
    with desk.journal.transaction() as transaction:
        sighting = transaction.sightings.get(f"mail/{number}")
        assert sighting is not None
        assert sighting.case == "TIS-2026-0001"
