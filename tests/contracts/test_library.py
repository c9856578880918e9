"""What every Library promises: in memory, in a dry run, on a disk, as a drive, and as one folder of a drive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from casework.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    CursorExpiredError,
    NotThereError,
    TemporaryConnectorError,
)
from casework.ports import Library
from connectors.folders import FolderLibrary
from connectors.memory import MemoryClock, MemoryLibrary
from connectors.memory.dry_run import DryLibrary
from connectors.microsoft365.files import GraphLibrary
from tests.contracts.conftest import MONDAY

OFFICE = "office@tillbrook.example"


class Staff(Protocol):
    """What people do to the files."""

    def put(self, path: str, content: bytes, *, by: str = "") -> object: ...

    def rename(self, file_id: str, path: str, *, by: str = "") -> None: ...

    def delete(self, file_id: str) -> None: ...

    def lock(self, file_id: str, *, locked: bool = True) -> None: ...

    def expire_cursors(self) -> None: ...


@dataclass
class Explorer:
    """Staff at a drive of the practice tenant."""

    practice: Any
    drive: str
    folder: str

    def put(self, path: str, content: bytes, *, by: str = "") -> None:
        token = (
            self.practice.practice("POST", "token", params={"user": by}).json()["access_token"]
            if by
            else None
        )
        whole = f"drives/{self.drive}/root:/{self.folder}{path}:/content"
        answer = self.practice.graph("PUT", whole, token=token, data=content)
        assert answer.status_code in (200, 201), answer.text

    def rename(self, file_id: str, path: str, *, by: str = "") -> None:
        above, _, name = path.rpartition("/")
        place = f"root:/{self.folder}{above}".rstrip("/") if self.folder or above else "root"
        parent = self.practice.graph("GET", f"drives/{self.drive}/{place}", expect=200).json()["id"]
        self.practice.graph(
            "PATCH",
            f"drives/{self.drive}/items/{file_id}",
            json={"name": name, "parentReference": {"id": parent}},
            expect=200,
        )

    def delete(self, file_id: str) -> None:
        self.practice.graph("DELETE", f"drives/{self.drive}/items/{file_id}", expect=204)

    def lock(self, file_id: str, *, locked: bool = True) -> None:
        self.practice.practice("PUT", "locks", json=[{"item": file_id}] if locked else [])

    def expire_cursors(self) -> None:
        self.practice.practice("POST", "resync", json={"drive": self.drive})


@dataclass
class FileManager:
    """Staff at the disk itself: they rename, delete and open files without Casework's knowing."""

    library: FolderLibrary
    folder: Path

    def put(self, path: str, content: bytes, *, by: str = "") -> None:
        self.library.put(path, content, by=by)

    def rename(self, file_id: str, path: str, *, by: str = "") -> None:
        self._path(file_id).rename(self.folder / path)

    def delete(self, file_id: str) -> None:
        self._path(file_id).unlink()

    def lock(self, file_id: str, *, locked: bool = True) -> None:
        beside = self._path(file_id)
        beside = beside.with_name(f"~${beside.name[2:]}")  # as Word does
        if locked:
            beside.write_bytes(b"")
        else:
            beside.unlink()

    def expire_cursors(self) -> None:
        self.library.expire_cursors()

    def _path(self, file_id: str) -> Path:
        return next(
            self.folder / file.path for file in self.library.changes(None).files if file.file_id == file_id
        )


@pytest.fixture(params=["memory", "dry run", "disk", "drive", "folder"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Library, Staff]:
    if request.param == "disk":
        on_disk = FolderLibrary(tmp_path / "library")
        return on_disk, FileManager(on_disk, tmp_path / "library")
    if request.param == "memory":
        library = MemoryLibrary(MemoryClock(MONDAY))
        return library, library
    if request.param == "dry run":
        clock = MemoryClock(MONDAY)
        dry = DryLibrary(MemoryLibrary(clock), clock, name="Casework", tell=lambda _: None)
        return dry, dry
    places = request.getfixturevalue("places")
    account, practice = request.getfixturevalue("account"), request.getfixturevalue("practice")
    if request.param == "drive":
        drive = places.casework_drive
        return GraphLibrary(account, drive), Explorer(practice, drive, "")
    drive = places.policies_drive
    return GraphLibrary(account, drive, "Policies"), Explorer(practice, drive, "Policies/")


@pytest.fixture
def library(world: tuple[Library, Staff]) -> Library:
    return world[0]


@pytest.fixture
def staff(world: tuple[Library, Staff]) -> Staff:
    return world[1]


def test_a_file_reads_back_byte_for_byte(library: Library) -> None:
    content = bytes(range(256)) * 40
    file = library.write("TIS-2026-0001/original.eml", content)
    assert library.read(file.file_id) == content
    assert (file.path, file.size, file.name) == ("TIS-2026-0001/original.eml", len(content), "original.eml")


@pytest.mark.parametrize("name", ["letter.docx", "sums.txt"])
def test_a_file_into_which_nothing_was_written_is_known_to_hold_what_was_sent(
    library: Library, name: str
) -> None:
    content = bytes(range(256)) * 20
    assert library.write(f"a/{name}", content).as_sent
    assert library.write(f"a/{name}", content[1:], replace=True).as_sent


def test_an_empty_file_is_kept_too(library: Library) -> None:
    assert library.read(library.write("nothing.txt", b"").file_id) == b""


@pytest.mark.parametrize("name", ["Zoë's report & more.txt", "50% off + 1 = x;y,z.txt", "日本.txt"])
def test_awkward_names_are_kept(library: Library, name: str) -> None:
    file = library.write(f"Ordner mit Leerzeichen/{name}", b"x")
    found = library.find(f"Ordner mit Leerzeichen/{name}")
    assert found is not None
    assert (found.file_id, found.name) == (file.file_id, name)


def test_a_file_is_not_replaced_unless_asked(library: Library) -> None:
    file = library.write("letter.docx", b"first")
    with pytest.raises(AlreadyThereError):
        library.write("letter.docx", b"second")
    assert library.read(file.file_id) == b"first"


def test_replacing_keeps_the_file_and_changes_its_etag(library: Library) -> None:
    first = library.write("letter.docx", b"first")
    second = library.write("letter.docx", b"second", replace=True)
    assert second.file_id == first.file_id
    assert second.etag != first.etag
    assert second.content_tag != first.content_tag
    assert library.read(first.file_id) == b"second"


def test_a_file_is_replaced_only_if_it_is_the_one_that_was_seen(library: Library) -> None:
    seen = library.write("SHA256SUMS", b"first")
    newer = library.write("SHA256SUMS", b"second", replace=True, over=seen.etag)

    with pytest.raises(ChangedMeanwhileError):
        library.write("SHA256SUMS", b"of a host that was late", replace=True, over=seen.etag)

    assert library.read(newer.file_id) == b"second"
    with pytest.raises(NotThereError):
        library.write("another", b"", replace=True, over=seen.etag)


def test_a_big_file_is_replaced_only_if_it_is_the_one_that_was_seen(library: Library) -> None:
    seen = library.write("film.mp4", b"first")
    library.write("film.mp4", b"second", replace=True)

    with pytest.raises(ChangedMeanwhileError):
        library.write("film.mp4", b"x" * (5 * 1024 * 1024), replace=True, over=seen.etag)


def test_a_big_file_arrives_whole_with_its_folders(library: Library) -> None:
    content = bytes(index % 251 for index in range(6 * 1024 * 1024 + 123))
    file = library.write("a/b/film.mp4", content)
    assert library.read(file.file_id) == content
    with pytest.raises(AlreadyThereError):
        library.write("a/b/film.mp4", content)


def test_a_path_where_nothing_lies_finds_nothing(library: Library) -> None:
    assert library.find("no/such/file.txt") is None


def test_a_folder_is_found_as_such(library: Library) -> None:
    library.write("TIS-2026-0001/x.txt", b"x")
    found = library.find("TIS-2026-0001")
    assert found is not None
    assert found.is_folder


def test_what_lies_at_a_path_is_read_in_one_go(library: Library, staff: Staff) -> None:
    library.write("TIS-2026-0001/seal.json", b"first")
    file = library.write("TIS-2026-0001/seal.json", b"second", replace=True)

    held = [library.content_at(path) for path in ("TIS-2026-0001/seal.json", "TIS-2026-0001", "no/such.txt")]
    staff.rename(file.file_id, "TIS-2026-0001/moved.json")

    assert held == [b"second", None, None]
    assert library.content_at("TIS-2026-0001/seal.json") is None
    assert library.content_at("TIS-2026-0001/moved.json") == b"second"


def test_many_files_are_read_in_the_order_of_their_paths(library: Library) -> None:
    for number in range(25):
        library.write(f"kept/{number}.txt", str(number).encode())
    wanted = ["kept/3.txt", "no/such.txt", *(f"kept/{number}.txt" for number in range(25)), "kept"]

    held = list(library.contents_at(wanted))

    assert held == [b"3", None, *(str(number).encode() for number in range(25)), None]
    assert list(library.contents_at([])) == []
    assert list(library.contents_at(["kept/7.txt"])) == [b"7"]


def test_a_file_that_is_gone_says_so(library: Library, staff: Staff) -> None:
    file = library.write("x.txt", b"x")
    staff.delete(file.file_id)
    with pytest.raises(NotThereError):
        library.read(file.file_id)


def test_everything_is_reported_first_and_then_only_what_is_new(library: Library, staff: Staff) -> None:
    library.write("a/one.txt", b"1")
    first = library.changes(None)
    again = library.changes(first.cursor)
    staff.put("b/c/two.txt", b"2", by=OFFICE)
    later = library.changes(again.cursor)
    assert [file.path for file in first.files] == ["a/one.txt"]
    assert (again.files, again.removed) == ((), ())
    assert [(file.path, file.modified_by) for file in later.files] == [("b/c/two.txt", OFFICE)]


def test_folders_are_not_reported(library: Library) -> None:
    library.write("a/b/one.txt", b"1")
    assert not [file for file in library.changes(None).files if file.is_folder]


def test_a_new_version_is_reported_with_another_etag(library: Library, staff: Staff) -> None:
    before = library.write("policy.docx", b"old")
    cursor = library.changes(None).cursor
    staff.put("policy.docx", b"newer", by=OFFICE)
    (changed,) = library.changes(cursor).files
    assert changed.file_id == before.file_id
    assert changed.etag != before.etag
    assert library.read(changed.file_id) == b"newer"


def test_a_deleted_file_is_reported_as_removed(library: Library, staff: Staff) -> None:
    file = library.write("x.txt", b"x")
    cursor = library.changes(None).cursor
    staff.delete(file.file_id)
    changes = library.changes(cursor)
    assert (changes.files, changes.removed) == ((), (file.file_id,))


def test_a_renamed_file_keeps_its_id(library: Library, staff: Staff) -> None:
    file = library.write("draft.docx", b"x")
    cursor = library.changes(None).cursor
    staff.rename(file.file_id, "final.docx", by=OFFICE)
    assert [(one.file_id, one.path) for one in library.changes(cursor).files] == [
        (file.file_id, "final.docx")
    ]


def test_an_expired_cursor_says_so(library: Library, staff: Staff) -> None:
    library.write("x.txt", b"x")
    cursor = library.changes(None).cursor
    staff.expire_cursors()
    with pytest.raises(CursorExpiredError):
        library.changes(cursor)
    assert len(library.changes(None).files) == 1


def test_moving_makes_folders_and_doing_it_twice_does_it_once(library: Library) -> None:
    file = library.write("new.txt", b"x")
    library.move(file.file_id, "taken in/2026/old.txt")
    library.move(file.file_id, "taken in/2026/old.txt")
    found = library.find("taken in/2026/old.txt")
    assert found is not None
    assert found.file_id == file.file_id
    assert library.find("new.txt") is None


def test_moving_onto_another_file_is_refused(library: Library) -> None:
    library.write("kept.txt", b"kept")
    file = library.write("new.txt", b"x")
    with pytest.raises(AlreadyThereError):
        library.move(file.file_id, "kept.txt")
    assert library.read(file.file_id) == b"x"


def test_a_document_open_in_word_is_tried_again_later(library: Library, staff: Staff) -> None:
    file = library.write("letter.docx", b"first")
    staff.lock(file.file_id)
    with pytest.raises(TemporaryConnectorError) as caught:
        library.write("letter.docx", b"second", replace=True)
    assert caught.value.status == 423
    staff.lock(file.file_id, locked=False)
    library.write("letter.docx", b"second", replace=True)


def test_a_file_that_no_service_converts_gives_no_pdf(library: Library) -> None:
    assert library.as_pdf(library.write("sound.mp3", b"x").file_id) is None


def test_names_ignore_upper_and_lower_case(library: Library) -> None:
    file = library.write("Letter.docx", b"x")
    found = library.find("letter.DOCX")
    assert found is not None
    assert (found.file_id, found.name) == (file.file_id, "Letter.docx")
