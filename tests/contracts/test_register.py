"""What every Register promises: in memory, in a dry run and as a SharePoint list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

import pytest

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    CursorExpiredError,
    NotThereError,
    TurnLostError,
)
from casework.ports import Register
from casework.register_lists import CASES_LIST, POLICIES_LIST, Column, ColumnKind
from casework.values import FieldValue
from connectors.memory import MemoryClock, MemoryListShapes, MemoryRegister
from connectors.memory.dry_run import DryRegister
from connectors.microsoft365.list_values import to_graph
from connectors.microsoft365.lists import GraphRegister
from connectors.microsoft365.provisioning import GraphListShapes
from tests.contracts.conftest import MONDAY

ROW: Mapping[str, FieldValue] = {
    "Title": "Facebook post, reported 23 November 2026",
    "Reference": "TIS-2026-0001",
    "Stage": "new",
    "Due": date(2026, 11, 30),
    "ReportedAt": datetime(2026, 11, 23, 8, 15, 30, tzinfo=UTC),
    "Letters": "one\ntwo",
}


class Staff(Protocol):
    """What a person does to the list in the browser."""

    def edit(self, item_id: str, fields: Mapping[str, FieldValue], *, by: str) -> object: ...

    def delete(self, item_id: str) -> None: ...

    def expire_cursors(self) -> None: ...

    def delete_column(self, name: str) -> None: ...


@dataclass
class Browser:
    """Staff at the practice tenant's list, each with a token of their own."""

    practice: Any
    site: str
    number: str

    @property
    def path(self) -> str:
        return f"sites/{self.site}/lists/{self.number}"

    def edit(self, item_id: str, fields: Mapping[str, FieldValue], *, by: str) -> None:
        answer = self.practice.practice("POST", "token", params={"user": by}).json()
        self.practice.graph(
            "PATCH",
            f"{self.path}/items/{item_id}/fields",
            token=answer["access_token"],
            json=to_graph(fields, CASES_LIST),
            expect=200,
        )

    def delete(self, item_id: str) -> None:
        self.practice.graph("DELETE", f"{self.path}/items/{item_id}", expect=204)

    def delete_column(self, name: str) -> None:
        columns = self.practice.graph("GET", f"{self.path}/columns").json()["value"]
        number = next(column["id"] for column in columns if column["name"] == name)
        self.practice.graph("DELETE", f"{self.path}/columns/{number}", expect=204)

    def expire_cursors(self) -> None:
        self.practice.practice("POST", "resync", json={"list": self.number})


@pytest.fixture(params=["memory", "dry run", "graph"])
def world(request: pytest.FixtureRequest) -> tuple[Register, Staff]:
    if request.param == "memory":
        register = MemoryRegister(MemoryClock(MONDAY), CASES_LIST)
        return register, register
    if request.param == "dry run":
        clock = MemoryClock(MONDAY)
        dry = DryRegister(MemoryRegister(clock, CASES_LIST), clock, CASES_LIST, tell=lambda _: None)
        return dry, dry
    places = request.getfixturevalue("places")
    graph = GraphRegister(
        request.getfixturevalue("account"),
        site_id=places.site_id,
        list_id=places.cases_list,
        definition=CASES_LIST,
    )
    browser = Browser(request.getfixturevalue("practice"), places.site_id, places.cases_list)
    return graph, browser


@pytest.fixture
def register(world: tuple[Register, Staff]) -> Register:
    return world[0]


@pytest.fixture
def staff(world: tuple[Register, Staff]) -> Staff:
    return world[1]


def test_a_row_reads_back_as_it_was_written(register: Register) -> None:
    row = register.read(register.add(ROW).item_id)
    assert {name: row.fields[name] for name in ROW} == ROW


def test_columns_that_nobody_filled_in_are_there_and_empty(register: Register) -> None:
    row = register.add({"Title": "x", "Reference": "TIS-2026-0001"})
    assert set(row.fields) == {column.name for column in CASES_LIST.columns}
    assert row.fields["Parent"] is None
    assert row.fields["Categories"] is None


VALUES: Mapping[ColumnKind, FieldValue] = {
    ColumnKind.TEXT: "Zoë O'Brien & sons <x>",
    ColumnKind.LONG_TEXT: "First line\nSecond line",
    ColumnKind.DATE: date(2027, 7, 2),
    ColumnKind.MOMENT: datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    ColumnKind.YES_NO: True,
}


@pytest.mark.parametrize("column", [column for column in CASES_LIST.columns if not column.unique])
def test_every_column_takes_its_kind_of_value_and_is_emptied_again(
    register: Register, column: Column
) -> None:
    value = VALUES.get(column.kind, column.choices[:2])
    value = column.choices[0] if column.kind is ColumnKind.CHOICE else value
    row = register.add({"Title": "x", "Reference": "TIS-2026-0001", column.name: value})
    assert register.read(row.item_id).fields[column.name] == value
    if column.name != "Title":
        register.update(row.item_id, {column.name: None}, etag=row.etag)
        assert register.read(row.item_id).fields[column.name] in (None, False)


def test_a_second_row_with_the_same_reference_is_refused(register: Register) -> None:
    register.add(ROW)
    with pytest.raises(AlreadyThereError):
        register.add({**ROW, "Title": "another"})
    assert len(register.changes(None).rows) == 1


def test_a_row_is_found_by_its_reference(register: Register) -> None:
    register.add({**ROW, "Reference": "TIS-2026-0002"})
    wanted = register.add(ROW)
    found = register.find("Reference", "TIS-2026-0001")
    assert found is not None
    assert found.item_id == wanted.item_id
    assert register.find("Reference", "TIS-2026-0099") is None


def test_an_update_changes_only_what_it_names(register: Register) -> None:
    row = register.add(ROW)
    etag = register.update(row.item_id, {"Stage": "conversation", "Due": None}, etag=row.etag)
    after = register.read(row.item_id)
    assert after.fields["Stage"] == "conversation"
    assert after.fields["Due"] is None
    assert after.fields["Letters"] == "one\ntwo"
    assert etag == after.etag != row.etag


def test_what_an_update_answers_is_good_for_the_next_one(register: Register) -> None:
    row = register.add(ROW)
    once = register.update(row.item_id, {"Stage": "conversation"}, etag=row.etag)
    register.update(row.item_id, {"Stage": "closed"}, etag=once)
    assert register.read(row.item_id).fields["Stage"] == "closed"


def test_a_change_names_the_version_that_may_be_written_over(register: Register, staff: Staff) -> None:
    row = register.add(ROW)
    cursor = register.changes(None).cursor
    staff.edit(row.item_id, {"Parent": "A. Parent"}, by="office@tillbrook.example")
    (told,) = register.changes(cursor).rows
    register.update(row.item_id, {"Stage": "conversation"}, etag=told.etag)
    after = register.read(row.item_id)
    assert (after.fields["Parent"], after.fields["Stage"]) == ("A. Parent", "conversation")


def test_an_edit_made_meanwhile_is_not_overwritten(register: Register, staff: Staff) -> None:
    row = register.add(ROW)
    staff.edit(row.item_id, {"Parent": "A. Parent"}, by="office@tillbrook.example")
    with pytest.raises(ChangedMeanwhileError):
        register.update(row.item_id, {"Stage": "conversation"}, etag=row.etag)
    assert register.read(row.item_id).fields["Stage"] == "new"


def test_an_update_after_reading_again_goes_through(register: Register, staff: Staff) -> None:
    row = register.add(ROW)
    staff.edit(row.item_id, {"Parent": "A. Parent"}, by="office@tillbrook.example")
    again = register.read(row.item_id)
    register.update(row.item_id, {"Stage": "conversation"}, etag=again.etag)
    after = register.read(row.item_id)
    assert (after.fields["Parent"], after.fields["Stage"]) == ("A. Parent", "conversation")


def test_changes_name_who_made_the_last_one(register: Register, staff: Staff) -> None:
    ours, theirs = register.add(ROW), register.add({**ROW, "Reference": "TIS-2026-0002"})
    staff.edit(theirs.item_id, {"Continues": True}, by="Office@tillbrook.example")
    who = {row.item_id: row.modified_by for row in register.changes(None).rows}
    assert who == {ours.item_id: "", theirs.item_id: "office@tillbrook.example"}


def test_nothing_new_is_nothing_reported(register: Register) -> None:
    register.add(ROW)
    first = register.changes(None)
    again = register.changes(first.cursor)
    assert len(first.rows) == 1
    assert (again.rows, again.removed) == ((), ())


def test_a_row_changed_twice_is_reported_once_as_it_is_now(register: Register, staff: Staff) -> None:
    row = register.add(ROW)
    cursor = register.changes(None).cursor
    staff.edit(row.item_id, {"Parent": "A. Parent"}, by="office@tillbrook.example")
    staff.edit(row.item_id, {"TalkOutcome": "refused"}, by="head@tillbrook.example")
    (changed,) = register.changes(cursor).rows
    assert (changed.fields["Parent"], changed.fields["TalkOutcome"]) == ("A. Parent", "refused")


def test_a_deleted_row_is_reported_as_removed(register: Register, staff: Staff) -> None:
    row = register.add(ROW)
    cursor = register.changes(None).cursor
    staff.delete(row.item_id)
    changes = register.changes(cursor)
    assert (changes.rows, changes.removed) == ((), (row.item_id,))
    with pytest.raises(NotThereError):
        register.read(row.item_id)
    with pytest.raises(NotThereError):
        register.update(row.item_id, {"Stage": "closed"}, etag=row.etag)


def test_an_expired_cursor_says_so(register: Register, staff: Staff) -> None:
    register.add(ROW)
    cursor = register.changes(None).cursor
    staff.expire_cursors()
    with pytest.raises(CursorExpiredError):
        register.changes(cursor)
    assert len(register.changes(None).rows) == 1


def test_the_history_tells_who_set_what_newest_first(register: Register, staff: Staff) -> None:
    row = register.add(ROW)
    staff.edit(row.item_id, {"Decision": "approve"}, by="head@tillbrook.example")
    staff.edit(row.item_id, {"DecisionNote": "as talked about"}, by="office@tillbrook.example")
    history = register.history(row.item_id)
    assert [(one.modified_by, one.fields["Decision"]) for one in history] == [
        ("office@tillbrook.example", "approve"),
        ("head@tillbrook.example", "approve"),
        ("", None),
    ]


def test_a_deleted_column_is_named_and_everything_else_is_still_written(
    register: Register, staff: Staff
) -> None:
    assert register.missing_columns() == frozenset()
    row = register.add(ROW)
    staff.delete_column("Due")
    assert register.missing_columns() == {"Due"}
    again = register.read(row.item_id)
    register.update(row.item_id, {"Stage": "closed", "Due": date(2026, 12, 1)}, etag=again.etag)
    after = register.read(row.item_id)
    assert (after.fields["Stage"], after.fields["Due"]) == ("closed", None)
    added = register.add({**ROW, "Reference": "TIS-2026-0002"})
    assert (added.fields["Stage"], added.fields["Due"]) == ("new", None)


def test_many_rows_come_over_all_pages(register: Register) -> None:
    for number in range(1, 8):
        register.add({**ROW, "Reference": f"TIS-2026-{number:04d}"})
    assert len(register.changes(None).rows) == 7


def test_lists_as_they_were_made_have_changed_in_nothing(request: pytest.FixtureRequest) -> None:
    places = request.getfixturevalue("places")
    lists = {"Cases": (places.cases_list, CASES_LIST), "Policies": (places.policies_list, POLICIES_LIST)}
    graph = GraphListShapes(request.getfixturevalue("account"), site_id=places.site_id, lists=lists)
    assert graph.changes() == MemoryListShapes().changes() == ()


def another_host_is_at_work() -> None:
    raise TurnLostError("Another host has taken the school over.")


def test_a_host_that_is_late_takes_its_row_back(world: tuple[Register, Staff]) -> None:
    register, _ = world
    with pytest.raises(TurnLostError):
        register.add(ROW, settled=another_host_is_at_work)

    assert register.find("Reference", "TIS-2026-0001") is None


def test_a_host_that_is_late_leaves_a_row_that_the_other_goes_by(world: tuple[Register, Staff]) -> None:
    register, _ = world

    def the_other_writes_to_it() -> None:
        row = register.find("Reference", "TIS-2026-0001")
        assert row
        register.update(row.item_id, {"Stage": "new"}, etag=row.etag)
        another_host_is_at_work()

    with pytest.raises(TurnLostError):
        register.add(ROW, settled=the_other_writes_to_it)

    assert register.find("Reference", "TIS-2026-0001")
