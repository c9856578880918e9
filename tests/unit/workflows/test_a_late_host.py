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
from workflows.last_seen import LastSeen
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
        awaited, self.before_read = self.before_read, None  # the list itself reads the row in memory
        try:
            return super().update(*given, **named)
        finally:
            self.before_read = awaited

    def read(self, item_id: str) -> Any:
        if meanwhile := self.before_read:
            self.before_read = None
            meanwhile()
        return super().read(item_id)


def take_turn(journal: SqlJournal) -> None:
    """A turn that is over at once, so that another may take it."""
    journal.holder = f"host {id(journal)}"
    assert journal.turns.take("TIS", holder=journal.holder, seconds=-1)


def write_cases(register: MemoryRegister, journal: SqlJournal, seen: LastSeen | None = None) -> None:
    write_register(
        register=register,
        journal=journal,
        school=tillbrook(),
        procedures=procedures(),
        now=MONDAY,
        seen=seen,
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


def test_the_row_of_a_case_says_what_is_so_now_though_the_late_host_knew_its_version(
    late: SqlJournal, other: SqlJournal
) -> None:
    register, seen = SlowRegister(MemoryClock(MONDAY), CASES_LIST), LastSeen()
    says(late, "It was reported.")
    write_cases(register, late, seen)
    says(late, "The letter was drafted.")

    def the_other_host_does_all() -> None:
        take_turn(other)
        says(other, "The letter was sent.")
        write_cases(register, other)

    take_turn(late)
    register.before_update = the_other_host_does_all
    with pytest.raises(TurnLostError):
        write_cases(register, late, seen)

    row = register.find("Reference", CASE)
    assert row
    assert row.fields["CaseworkSays"] == "The letter was sent."


def test_a_row_whose_version_is_known_is_written_without_being_read(late: SqlJournal) -> None:
    register, seen = SlowRegister(MemoryClock(MONDAY), CASES_LIST), LastSeen()
    says(late, "It was reported.")
    write_cases(register, late, seen)
    register.before_read = pytest.fail
    for words in ("The letter was drafted.", "The letter was sent."):
        says(late, words)
        write_cases(register, late, seen)

    assert register.changes(None).rows[0].fields["CaseworkSays"] == "The letter was sent."


def test_what_staff_have_written_since_stays_although_another_version_was_known(late: SqlJournal) -> None:
    register, seen = SlowRegister(MemoryClock(MONDAY), CASES_LIST), LastSeen()
    says(late, "It was reported.")
    write_cases(register, late, seen)
    (row,) = register.changes(None).rows
    register.edit(row.item_id, {"Parent": "Mrs R Oakfield"}, by="office@tillbrook.example")
    says(late, "The letter was drafted.")
    write_cases(register, late, seen)

    fields = register.read(row.item_id).fields
    assert (fields["Parent"], fields["CaseworkSays"]) == ("Mrs R Oakfield", "The letter was drafted.")


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
