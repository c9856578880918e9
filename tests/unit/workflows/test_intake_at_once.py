"""Messages are fetched and sealed a few at a time, and become cases in the order in which they came."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from casework.errors import NotPermittedError, SignInError, TemporaryConnectorError
from connectors.folders import FolderInbox, FolderLibrary
from workflows.open_cases import IntakeDesk, open_cases

AT_ONCE = 3
PATIENCE = 30


def report(number: int) -> bytes:
    return (
        f"Message-ID: <{number}@parents.example>\r\nFrom: parent{number}@parents.example\r\n"
        f"Subject: look at this, number {number}\r\n\r\nSomebody wrote this about the school: {number}.\r\n"
    ).encode()


class Turnstile(FolderInbox):
    """Gives out no message before `together` of them are asked for at once; counts how many ever were.

    Args:
        folder: of the mailbox.
        together: 1 lets each pass by itself.
    """

    def __init__(self, folder: Path, *, together: int = 1) -> None:
        super().__init__(folder)
        self.most = 0
        self.asked: list[str] = []
        self.troubles: dict[int, Exception] = {}
        self._inside = 0
        self._lock = threading.Lock()
        self._gate = threading.Barrier(together)

    def raw(self, message_id: str) -> bytes:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
            self.asked.append(message_id)
            trouble = self.troubles.get(len(self.asked))
        self._gate.wait(PATIENCE)
        try:
            if trouble:
                raise trouble
            return super().raw(message_id)
        finally:
            with self._lock:
                self._inside -= 1


@pytest.fixture
def desk(desk: IntakeDesk, tmp_path: Path) -> IntakeDesk:
    return replace(desk, sealed=FolderLibrary(tmp_path / "sealed"), at_once=AT_ONCE)


def subjects_in_order(desk: IntakeDesk) -> list[str]:
    """Who reported, in the order of the cases' numbers."""
    with desk.journal.transaction() as transaction:
        cases = sorted(case.reference for case in transaction.cases.all())
        return [transaction.sightings.of_case(case)[0].sender for case in cases]


def test_three_are_fetched_at_once_and_never_more(desk: IntakeDesk, tmp_path: Path) -> None:
    inbox = Turnstile(tmp_path / "mail", together=AT_ONCE)
    for number in range(9):
        inbox.receive(report(number))

    open_cases(inbox=inbox, drop=None, desk=desk)

    assert inbox.most == AT_ONCE
    assert len(inbox.asked) == 9


def test_cases_are_numbered_in_the_order_of_arrival(desk: IntakeDesk, tmp_path: Path) -> None:
    inbox = Turnstile(tmp_path / "mail", together=AT_ONCE)
    for number in range(9):
        inbox.receive(report(number))

    open_cases(inbox=inbox, drop=None, desk=desk)

    assert subjects_in_order(desk) == [f"parent{number}@parents.example" for number in range(9)]


def test_one_that_cannot_be_fetched_yet_holds_up_none_of_the_others(desk: IntakeDesk, tmp_path: Path) -> None:
    inbox = Turnstile(tmp_path / "mail")
    for number in range(6):
        inbox.receive(report(number))
    inbox.troubles = {2: TemporaryConnectorError("The service is busy.")}

    first = open_cases(inbox=inbox, drop=None, desk=desk)
    second = open_cases(inbox=inbox, drop=None, desk=desk)

    assert (first.changes, len(first.problems)) == (5, 1)
    assert (second.changes, second.problems) == (1, ())
    assert len(subjects_in_order(desk)) == 6


@pytest.mark.parametrize("trouble", [SignInError("The secret has run out.")], ids=["sign-in"])
def test_a_fault_of_the_place_begins_no_more_of_them(
    desk: IntakeDesk, tmp_path: Path, trouble: Exception
) -> None:
    inbox = Turnstile(tmp_path / "mail")
    for number in range(60):
        inbox.receive(report(number))
    inbox.troubles = {1: trouble}

    with pytest.raises(SignInError):
        open_cases(inbox=inbox, drop=None, desk=desk)

    assert len(inbox.asked) < 60
    inbox.troubles = {}
    assert open_cases(inbox=inbox, drop=None, desk=desk).problems == ()
    assert len(subjects_in_order(desk)) == 60


def test_a_locked_message_is_set_aside_by_itself(desk: IntakeDesk, tmp_path: Path) -> None:
    inbox = Turnstile(tmp_path / "mail")
    for number in range(4):
        inbox.receive(report(number))
    inbox.troubles = {1: NotPermittedError("This message is locked.", status=403)}

    told = open_cases(inbox=inbox, drop=None, desk=desk)

    assert told.changes == 3
    assert "tried again at the next sweep" in told.problems[0]


def test_the_same_mail_twice_in_one_sweep_is_sealed_once_and_is_one_case(
    desk: IntakeDesk, tmp_path: Path
) -> None:
    inbox = Turnstile(tmp_path / "mail", together=2)
    desk = replace(desk, at_once=2)
    inbox.receive(report(1))
    inbox.receive(report(1))

    open_cases(inbox=inbox, drop=None, desk=desk)

    assert len(subjects_in_order(desk)) == 1
    assert len(list((tmp_path / "sealed").rglob("message.eml"))) == 1
