"""Somebody has the Word file open: the approved letter waits, the case says so, one mail does, and then it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from casework.cases import Decision, StaffColumns
from casework.errors import TemporaryConnectorError
from casework.intents import PrepareDraft, SendLetter
from casework.letters import Letter, LetterKind, LetterState, letter_key
from connectors.journal import open_journal
from connectors.memory import MemoryClock, MemoryLibrary
from tests.journals import CASE, CHAIN_KEY, MONDAY, SettableClock, case
from workflows.carry_out import Tools, carry_out
from workflows.planning import plan

HEAD = "headteacher@tillbrook.example"
KEY = letter_key("TIS", CASE, LetterKind.INVITATION, 1)


class LibraryWithWord(MemoryLibrary):
    is_open = False

    def read(self, file_id: str) -> bytes:
        if self.is_open:
            raise TemporaryConnectorError("Somebody has it open.", status=423)
        return super().read(file_id)


@pytest.fixture
def at_work(tools: Tools, clock: MemoryClock, tmp_path: Path) -> Iterator[tuple[Tools, SettableClock]]:
    """The invitation is approved, and about to be sent."""
    machine = SettableClock(MONDAY)
    with open_journal(
        tmp_path / "open.sqlite", school="TIS", chain_key=CHAIN_KEY, machine_clock=machine
    ) as journal:
        school = replace(tools.school, address_lines=("Mill Lane", "Tillbrook"))
        tools = replace(tools, journal=journal, casework=LibraryWithWord(clock), school=school)
        staff = StaffColumns(parent="Mrs R Oakfield", parent_email="r.oakfield@homes.example")
        letter = Letter(
            key=KEY,
            case=CASE,
            kind=LetterKind.INVITATION,
            version=1,
            state=LetterState.DRAFTING,
            token="k3f9",
            subject_token="m2ab",
            approver=HEAD,
            recipient="r.oakfield@homes.example",
            word_path=f"{CASE}/Letters/invitation, version 1.docx",
        )
        with journal.transaction() as transaction:
            transaction.cases.save(replace(case(), staff=staff))
            transaction.letters.save(letter)
            plan(transaction, PrepareDraft(key=f"{KEY}/draft", letter=KEY, case=CASE))
        carry_out(tools)
        with journal.transaction() as transaction:
            drafted = transaction.letters.get(KEY)
            assert drafted
            transaction.letters.save(replace(drafted, state=LetterState.APPROVED, decision=Decision.APPROVE))
            plan(transaction, SendLetter(key=f"{KEY}/send", letter=KEY, case=CASE))
        yield tools, machine


def subjects(tools: Tools) -> list[str]:
    return [mail.subject for mail in tools.mail.outgoing(tools.school.reporting_mailbox).sent_mails()]  # type: ignore[attr-defined]  # memory's own


def state_of(tools: Tools) -> tuple[LetterState, str]:
    with tools.journal.transaction() as transaction:
        letter, its_case = transaction.letters.get(KEY), transaction.cases.get(CASE)
    assert letter
    assert its_case
    return letter.state, its_case.problem


def test_the_letter_waits_says_so_once_and_goes_when_the_file_is_closed(
    at_work: tuple[Tools, SettableClock],
) -> None:
    tools, machine = at_work
    library = tools.casework
    assert isinstance(library, LibraryWithWord)
    library.is_open = True

    carry_out(tools)
    state, problem = state_of(tools)
    assert state is LetterState.APPROVED
    assert problem.startswith("Locked:")
    assert not any("waits for its Word file" in subject for subject in subjects(tools))

    for minutes in (31, 40, 50):
        machine.pass_by(minutes=15)
        carry_out(replace(tools, now=MONDAY + timedelta(minutes=minutes)))
    assert sum("waits for its Word file" in subject for subject in subjects(tools)) == 1

    library.is_open = False
    machine.pass_by(minutes=15)
    carry_out(replace(tools, now=MONDAY + timedelta(minutes=55)))
    assert state_of(tools) == (LetterState.SENT, "")


def test_an_edit_that_nobody_has_noticed_yet_keeps_the_approved_letter_back(
    at_work: tuple[Tools, SettableClock],
) -> None:
    tools, _ = at_work
    file = tools.casework.find(f"{CASE}/Letters/invitation, version 1.docx")
    assert file
    tools.casework.write(file.path, tools.casework.read(file.file_id) + b" ", replace=True)

    carry_out(tools)

    assert state_of(tools)[0] is LetterState.WAITING
