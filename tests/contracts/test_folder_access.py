"""What every FolderAccess promises: a folder opens to the people named, to nobody else, and again to others."""

from __future__ import annotations

import time

import pytest

from casework.errors import TemporaryConnectorError
from casework.folder_access import FolderAccess
from connectors.memory import MemoryFolderAccess
from connectors.memory.dry_run import DryFolderAccess
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.folder_access import GraphFolderAccess
from connectors.microsoft365.provisioning import Places
from tests.practice import PracticeServer

OFFICE, HEAD, CHAIR = (f"{role}@tillbrook.example" for role in ("office", "head", "chair"))


@pytest.fixture(params=["memory", "dry run", "graph"])
def access(request: pytest.FixtureRequest) -> FolderAccess:
    if request.param == "memory":
        return MemoryFolderAccess()
    if request.param == "dry run":
        return DryFolderAccess(MemoryFolderAccess(), tell=lambda _: None)
    account: SchoolAccount = request.getfixturevalue("account")
    places: Places = request.getfixturevalue("places")
    return GraphFolderAccess(account, places.casework_drive)


@pytest.fixture
def people(request: pytest.FixtureRequest, access: FolderAccess) -> tuple[str, str, str]:
    """Office, headteacher and chair, by addresses that the directory knows."""
    if isinstance(access, MemoryFolderAccess):
        return OFFICE, HEAD, CHAIR
    practice: PracticeServer = request.getfixturevalue("practice")
    return practice.user("office"), practice.user("headteacher"), practice.user("chair")


def test_a_folder_opens_to_the_people_named(access: FolderAccess, people: tuple[str, str, str]) -> None:
    office, head, _ = people
    access.let_only("TIS-2026-0007", (head, office.upper()))
    access.let_only("TIS-2026-0007", (office, head))

    assert access.people("TIS-2026-0007") == {office, head}


def test_the_address_of_a_folder_is_told_when_it_is_made(
    practice: PracticeServer, account: SchoolAccount, places: Places
) -> None:
    access, head = GraphFolderAccess(account, places.casework_drive), practice.user("headteacher")
    library = GraphLibrary(account, places.casework_drive)
    made = access.let_only("Older cases/TIS-2026-0007", (head,))
    again = access.let_only("Older cases/TIS-2026-0007", (head,))

    folder = library.find("Older cases/TIS-2026-0007")
    assert folder
    assert (made, again) == (folder.web_url, "")
    assert access.people("Older cases/TIS-2026-0007") == {head}
    assert access.people("Older cases") is None


def test_a_folder_that_stood_open_is_closed(
    practice: PracticeServer, account: SchoolAccount, places: Places
) -> None:
    access, head = GraphFolderAccess(account, places.casework_drive), practice.user("headteacher")
    GraphLibrary(account, places.casework_drive).ensure_folder("TIS-2026-0008")
    assert access.people("TIS-2026-0008") is None
    assert access.let_only("TIS-2026-0008", (head,)) == ""
    assert access.people("TIS-2026-0008") == {head}


def test_whoever_is_no_longer_named_is_taken_out(access: FolderAccess, people: tuple[str, str, str]) -> None:
    office, head, chair = people
    access.let_only("TIS-2026-0007", (office, head))

    access.let_only("TIS-2026-0007", (office, chair))

    assert access.people("TIS-2026-0007") == {office, chair}


def test_a_folder_that_is_not_to_be_seen_yet_is_closed_later_and_not_given_up(
    practice: PracticeServer, account: SchoolAccount, places: Places
) -> None:
    """A new folder may be known to one server and not yet to the next: that is no reason to leave it open."""
    access = GraphFolderAccess(account, places.casework_drive)
    head = practice.user("headteacher")
    practice.practice("PUT", "delays", json={"new_items": 1})
    try:
        with pytest.raises(TemporaryConnectorError):
            access.let_only("TIS-2026-0009", (head,))
        time.sleep(1.1)
        access.let_only("TIS-2026-0009", (head,))
    finally:
        practice.practice("PUT", "delays", json={"new_items": 0})

    assert access.people("TIS-2026-0009") == {head}
