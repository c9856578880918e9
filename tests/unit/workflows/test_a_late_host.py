"""A host that stood still for longer than its turn lasts writes nothing old over what is so now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casework.errors import TurnLostError
from casework.register_lists import CASES_LIST, POLICIES_LIST
from casework.tags import TokenMaker
from connectors.journal import SqlJournal, open_journal
from connectors.memory import (
    MemoryClock,
    MemoryRegister,
)
from tests.invented import procedures, tillbrook
from tests.journals import CASE, CHAIN_KEY, MONDAY, case, policy
from workflows.review_policies.desk import PolicyDesk
from workflows.review_policies.rows import write_policy_register
from workflows.sync_register import write_register

NEVER_ASKED: Any = None


@pytest.fixture
def late(tmp_path: Path) -> Iterator[SqlJournal]:
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as journal:
        yield journal


@pytest.fixture
def other(late: SqlJournal, tmp_path: Path) -> Iterator[SqlJournal]:
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY) as journal:
        yield journal


class SlowRegister(MemoryRegister):
    """A list; something else happens right before the next writing, or right before the next reading, of a row."""

    before_update: Callable[[], None] | None = None
    before_read: Callable[[], None] | None = None

    def update(self, *given: Any, **named: Any) -> Any:
        if meanwhile := self.before_update:
            self.before_update = None
            meanwhile()
        return super().update(*given, **named)

    def read(self, item_id: str) -> Any:
        if meanwhile := self.before_read:
            self.before_read = None
            meanwhile()
        return super().read(item_id)


def take_turn(journal: SqlJournal) -> None:
    """A turn that is over at once, so that another may take it."""
    journal.holder = f"host {id(journal)}"
    assert journal.turns.take("TIS", holder=journal.holder, seconds=-1)


def write_cases(register: MemoryRegister, journal: SqlJournal) -> None:
    write_register(
        register=register, journal=journal, school=tillbrook(), procedures=procedures(), now=MONDAY
    )


def says(journal: SqlJournal, words: str) -> None:
    with journal.transaction() as transaction:
        transaction.cases.save(replace(transaction.cases.get(CASE) or case(), says=words))


@pytest.mark.parametrize("stands_still", ["before_update", "before_read"])
def test_the_row_of_a_case_says_what_is_so_now(
    late: SqlJournal, other: SqlJournal, stands_still: str
) -> None:
    register = SlowRegister(MemoryClock(MONDAY), CASES_LIST)
    says(late, "It was reported.")
    write_cases(register, late)
    says(late, "The letter was drafted.")

    def the_other_host_does_all() -> None:
        take_turn(other)
        says(other, "The letter was sent.")
        write_cases(register, other)

    take_turn(late)
    setattr(register, stands_still, the_other_host_does_all)
    with pytest.raises(TurnLostError):
        write_cases(register, late)

    row = register.find("Reference", CASE)
    assert row
    assert row.fields["CaseworkSays"] == "The letter was sent."


def desk_of(register: MemoryRegister, journal: SqlJournal) -> PolicyDesk:
    return PolicyDesk(
        library=NEVER_ASKED,
        reader=NEVER_ASKED,
        register=register,
        journal=journal,
        school=tillbrook(),
        tokens=TokenMaker(secret=CHAIN_KEY),
        now=MONDAY,
    )


@pytest.mark.parametrize("stands_still", ["before_update", "before_read"])
def test_the_row_of_a_policy_says_what_is_so_now(
    late: SqlJournal, other: SqlJournal, stands_still: str
) -> None:
    register = SlowRegister(MemoryClock(MONDAY), POLICIES_LIST)

    def write(journal: SqlJournal, path: str) -> None:
        with journal.transaction() as transaction:
            transaction.policies.save(
                replace(transaction.policies.get(policy().file_id) or policy(), path=path)
            )
        write_policy_register(desk_of(register, journal))

    def the_other_host_does_all() -> None:
        take_turn(other)
        write(other, "Policies/Third.docx")

    write(late, "Policies/First.docx")
    take_turn(late)
    setattr(register, stands_still, the_other_host_does_all)
    with pytest.raises(TurnLostError):
        write(late, "Policies/Second.docx")

    assert [row.fields["Document"] for row in register.changes(None).rows] == ["Policies/Third.docx"]


@pytest.mark.parametrize("stands_still", ["add", "settled"])
def test_a_policy_has_one_row_whichever_host_adds_it(
    late: SqlJournal, other: SqlJournal, stands_still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = MemoryRegister(MemoryClock(MONDAY), POLICIES_LIST)
    add = MemoryRegister.add
    awaited = [other]

    def write(journal: SqlJournal) -> None:
        with journal.transaction() as transaction:
            transaction.policies.save(policy())
        write_policy_register(desk_of(register, journal))

    def the_other_host_does_all() -> None:
        if awaited:
            journal = awaited.pop()
            take_turn(journal)
            write(journal)

    def add_late(self: MemoryRegister, fields: Any, *, settled: Callable[[], None], **named: Any) -> Any:
        def asleep() -> None:
            the_other_host_does_all()
            settled()

        if stands_still == "add":
            the_other_host_does_all()
        return add(self, fields, settled=asleep, **named)

    take_turn(late)
    monkeypatch.setattr(MemoryRegister, "add", add_late)
    with pytest.raises(TurnLostError):
        write(late)

    assert [row.fields["Document"] for row in register.changes(None).rows] == [policy().path]
