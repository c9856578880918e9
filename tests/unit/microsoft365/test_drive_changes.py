"""A drive's changes as paths, when people rename, move and delete whole folders."""

from __future__ import annotations

import pytest

from casework.errors import CursorExpiredError, NotThereError
from casework.ports import LibraryChanges
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.provisioning import Places
from tests.practice import PracticeServer


class Office:
    """The office's OneDrive, as its people use it."""

    def __init__(self, practice: PracticeServer, drive: str) -> None:
        self._practice = practice
        self._drive = f"drives/{drive}"

    def put(self, path: str, content: bytes = b"x") -> None:
        answer = self._practice.graph("PUT", f"{self._drive}/root:/{path}:/content", data=content)
        assert answer.ok

    def move(self, path: str, *, to: str) -> None:
        above, _, name = to.rpartition("/")
        place = f"root:/{above}" if above else "root"
        parent = self._practice.graph("GET", f"{self._drive}/{place}", expect=200).json()["id"]
        change = {"name": name, "parentReference": {"id": parent}}
        self._practice.graph("PATCH", f"{self._drive}/root:/{path}", json=change, expect=200)

    def delete(self, path: str) -> str:
        """Put it into the recycle bin; returns its id."""
        number = str(self._practice.graph("GET", f"{self._drive}/root:/{path}", expect=200).json()["id"])
        self._practice.graph("DELETE", f"{self._drive}/root:/{path}", expect=204)
        return number

    def restore(self, number: str) -> None:
        self._practice.graph("POST", f"{self._drive}/items/{number}/restore", json={}, expect=200)


@pytest.fixture
def office(practice: PracticeServer, places: Places) -> Office:
    return Office(practice, places.policies_drive)


@pytest.fixture
def policies(casework: SchoolAccount, places: Places) -> GraphLibrary:
    return GraphLibrary(casework, places.policies_drive, "Policies")


def paths(changes: LibraryChanges) -> set[str]:
    return {file.path for file in changes.files}


def test_an_idle_sweep_is_one_request(
    practice: PracticeServer, office: Office, policies: GraphLibrary
) -> None:
    office.put("Policies/a/b/one.docx")
    cursor = policies.changes(None).cursor
    practice.forget_recorded()
    again = policies.changes(cursor)
    assert len(practice.recorded()) == 1
    assert (again.files, again.removed) == ((), ())


def test_what_lies_outside_the_folder_is_not_reported(office: Office, policies: GraphLibrary) -> None:
    office.put("Private/diary.docx")
    office.put("Policies 2020/old.docx")
    office.put("Policies/one.docx")
    first = policies.changes(None)
    office.put("Private/more.docx")
    assert paths(first) == {"one.docx"}
    assert paths(policies.changes(first.cursor)) == set()


def test_a_file_deep_in_known_folders_needs_no_further_request(
    practice: PracticeServer, office: Office, policies: GraphLibrary
) -> None:
    office.put("Policies/a/b/one.docx")
    cursor = policies.changes(None).cursor
    office.put("Policies/a/b/two.docx")
    practice.forget_recorded()
    assert paths(policies.changes(cursor)) == {"a/b/two.docx"}
    assert len(practice.recorded()) == 1


def test_new_folders_of_which_every_file_is_reported_need_no_further_request(
    practice: PracticeServer, office: Office, policies: GraphLibrary
) -> None:
    office.put("Policies/one.docx")
    cursor = policies.changes(None).cursor
    office.put("Policies/a/b/two.docx")
    office.put("Policies/a/three.docx")
    practice.forget_recorded()

    changes = policies.changes(cursor)

    assert paths(changes) == {"a/b/two.docx", "a/three.docx"}
    assert len(practice.recorded()) == 1
    office.put("Policies/a/b/four.docx")
    assert paths(policies.changes(changes.cursor)) == {"a/b/four.docx"}


def test_a_folder_that_is_put_back_from_the_recycle_bin_brings_its_files(
    office: Office, policies: GraphLibrary
) -> None:
    for name in ("one", "two"):
        office.put(f"Policies/a/b/{name}.docx")
    first = policies.changes(None)
    folder = office.delete("Policies/a")
    gone = policies.changes(first.cursor)
    office.restore(folder)
    office.put("Policies/a/b/three.docx")

    back = policies.changes(gone.cursor)

    assert paths(back) == {"a/b/one.docx", "a/b/two.docx", "a/b/three.docx"}


def test_renaming_a_folder_reports_its_files_under_their_new_paths(
    office: Office, policies: GraphLibrary
) -> None:
    office.put("Policies/2025/a/one.docx")
    office.put("Policies/2025/two.docx")
    office.put("Policies/other.docx")
    first = policies.changes(None)
    office.move("Policies/2025", to="Policies/2026")
    second = policies.changes(first.cursor)
    assert paths(second) == {"2026/a/one.docx", "2026/two.docx"}
    assert second.removed == ()
    office.put("Policies/2026/a/three.docx")
    assert paths(policies.changes(second.cursor)) == {"2026/a/three.docx"}


def test_a_folder_moved_in_brings_its_files(office: Office, policies: GraphLibrary) -> None:
    office.put("Drafts/new/one.docx")
    first = policies.changes(None)
    office.move("Drafts/new", to="Policies/new")
    assert paths(policies.changes(first.cursor)) == {"new/one.docx"}


def test_a_folder_moved_out_takes_its_files_away(office: Office, policies: GraphLibrary) -> None:
    office.put("Archive/x.docx")
    office.put("Policies/old/one.docx")
    first = policies.changes(None)
    office.move("Policies/old", to="Archive/old")
    changes = policies.changes(first.cursor)
    assert changes.files == ()
    assert set(changes.removed) >= {file.file_id for file in first.files}


def test_a_file_moved_out_is_removed_and_comes_back_with_its_id(
    office: Office, policies: GraphLibrary
) -> None:
    office.put("Policies/one.docx")
    first = policies.changes(None)
    office.move("Policies/one.docx", to="one.docx")
    out = policies.changes(first.cursor)
    office.move("one.docx", to="Policies/one.docx")
    back = policies.changes(out.cursor)
    assert out.removed == (first.files[0].file_id,)
    assert [file.file_id for file in back.files] == [first.files[0].file_id]


def test_a_deleted_folder_removes_its_files(office: Office, policies: GraphLibrary) -> None:
    office.put("Policies/old/one.docx")
    first = policies.changes(None)
    office.delete("Policies/old")
    assert first.files[0].file_id in policies.changes(first.cursor).removed


def test_a_watched_folder_that_is_renamed_loses_nothing_and_says_so(
    office: Office, policies: GraphLibrary
) -> None:
    office.put("Policies/one.docx")
    first = policies.changes(None)
    office.move("Policies", to="Our policies")
    with pytest.raises(NotThereError, match=r'folder "Policies".*settings'):
        policies.changes(first.cursor)
    office.move("Our policies", to="Policies")
    again = policies.changes(first.cursor)
    assert again.removed == ()


def test_a_watched_folder_that_never_was_says_so(casework: SchoolAccount, places: Places) -> None:
    with pytest.raises(NotThereError, match="casework setup"):
        GraphLibrary(casework, places.policies_drive, "No such folder").changes(None)


def test_a_cursor_that_is_none_means_reading_everything_once(policies: GraphLibrary) -> None:
    with pytest.raises(CursorExpiredError):
        policies.changes("something else")


def test_a_folder_within_a_folder_can_be_watched(
    office: Office, casework: SchoolAccount, places: Places
) -> None:
    office.put("School/Policies/Staff/one.docx")
    nested = GraphLibrary(casework, places.policies_drive, "School/Policies")
    first = nested.changes(None)
    office.put("School/Policies/two.docx")
    office.put("School/three.docx")
    assert paths(first) == {"Staff/one.docx"}
    assert paths(nested.changes(first.cursor)) == {"two.docx"}
    found = nested.find("Staff/one.docx")
    assert found is not None
    assert found.path == "Staff/one.docx"


def test_many_files_come_over_all_pages(
    office: Office, policies: GraphLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.microsoft365.files._PAGE", "2")
    for number in range(5):
        office.put(f"Policies/{number}/x.docx")
    assert len(policies.changes(None).files) == 5
