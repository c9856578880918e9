"""Of files and folders the tenant reads again the rows that may have changed, and no other ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from practice_tenant.clock import PracticeClock
from practice_tenant.database import Database
from practice_tenant.drives.schema import SCHEMA
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Identity, Item

OFFICE: Identity = {"user": {"id": "1", "displayName": "Mrs J Lindley"}}
NAMES = ("Cases", "Letters", "2026-0001", "report.txt", "second.txt", "Closed")


class Library:
    """A case's folder with its report, and a second folder; `looked` counts the rows that had to be looked up."""

    def __init__(self, database: Database) -> None:
        self.store = DriveStore(database, PracticeClock(database))
        self.drive = self.store.add_drive(
            OFFICE,
            site_id="s",
            list_id="l",
            kind="documentLibrary",
            owner_id=None,
            name="Casework",
            web_url="w",
        )
        self.root = self.store.root(self.drive)
        self.cases = self.store.add_folder(self.root, "Cases", OFFICE)
        self.letters = self.store.add_folder(self.root, "Letters", OFFICE)
        self.case = self.store.add_folder(self.cases, "2026-0001", OFFICE)
        self.report = self.store.add_file(self.case, "report.txt", b"what was said", OFFICE)

    def seen(self) -> list[Any]:
        """All that can be asked of the items, by id, by name and upwards."""
        made = (self.root, self.cases, self.letters, self.case, self.report)
        by_id = [self.store.item(self.drive.id, each.id) for each in made]
        by_name = [self.store.child_named(folder, name) for folder, name in product(made, NAMES)]
        sizes = [self.store.size(folder) for folder in (self.root, self.cases, self.letters, self.case)]
        above = [self.store.ancestors(each) for each in (*by_id, *by_name) if each is not None]
        return [self.store.root(self.drive), by_id, by_name, above, sizes]

    def seen_anew(self) -> list[Any]:
        self.store.database.apply("")  # a new schema, after which nothing counts as known
        return self.seen()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = Database(tmp_path / "library.sqlite")
    database.apply(SCHEMA)
    with database.transaction():
        made = Library(database)
    yield made
    database.close()


def _delete_and_restore(library: Library) -> Item:
    library.store.delete(library.case)
    library.seen()
    gone = library.store.recycled_item(library.drive.id, library.case.id)
    assert gone is not None
    return library.store.restore(gone, library.letters, "Closed", OFFICE)


WRITES: dict[str, Callable[[Library], object]] = {
    "a second file": lambda school: school.store.add_file(school.case, "second.txt", b"more", OFFICE),
    "a new version": lambda school: school.store.replace_content(school.report, b"said again", OFFICE),
    "a folder": lambda school: school.store.add_folder(school.letters, "Closed", OFFICE),
    "another name": lambda school: school.store.change(school.report, OFFICE, name="second.txt"),
    "a folder's other name": lambda school: school.store.change(school.cases, OFFICE, name="Closed"),
    "another place": lambda school: school.store.change(school.case, OFFICE, parent_id=school.letters.id),
    "a description": lambda school: school.store.change(school.report, OFFICE, description="A report"),
    "rights of its own": lambda school: school.store.set_own_permissions(school.report),
    "the bin": lambda school: school.store.delete(school.cases),
    "the bin and back": _delete_and_restore,
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_whatever_is_written_the_library_looks_as_to_somebody_who_never_saw_it(
    library: Library, write: Callable[[Library], object]
) -> None:
    before = library.seen()

    write(library)

    after = library.seen()
    assert after != before
    assert after == library.seen_anew()


def test_a_new_file_has_nobody_look_again_at_the_folders_above_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.seen()
    looked: list[str] = []
    one = library.store.database.one
    monkeypatch.setattr(
        library.store.database,
        "one",
        lambda sql, *more, **parts: (looked.append(sql), one(sql, *more, **parts))[1],
    )

    library.store.add_file(library.case, "second.txt", b"more", OFFICE)
    looked.clear()
    library.store.ancestors(library.report)
    library.store.root(library.drive)
    library.store.child_named(library.cases, "2026-0001")

    assert looked == []
