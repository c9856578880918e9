"""What every Inbox promises: in memory, as a folder of a disk, and as a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from casework.errors import CursorExpiredError, NotThereError
from casework.ports import Inbox
from connectors.folders import FolderInbox
from connectors.memory import MemoryClock, MemoryInbox
from connectors.memory.dry_run import DryInbox
from connectors.microsoft365.inbox import GraphInbox
from tests.contracts.conftest import MONDAY
from tests.practice import PracticeServer

PROCESSED = "Casework/Processed"


def raw_mail(number: int = 1) -> bytes:
    return (
        f"Message-ID: <report-{number}@tillbrook.example>\r\n"
        "From: A. Teacher <teacher@tillbrook.example>\r\n"
        "To: reports@tillbrook.example\r\n"
        "Subject: =?utf-8?q?caf=C3=A9?=\r\n"
        "Date: Mon, 23 Nov 2026 08:59:00 +0000\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "\r\n"
        "Hello.\r\n"
    ).encode()


class World(Protocol):
    """What happens to the mailbox from outside."""

    def receive(self, raw: bytes) -> object: ...

    def remove(self, message_id: str) -> None: ...

    def folder_of(self, message_id: str) -> str: ...

    def expired(self, cursor: str) -> str: ...

    def advance(self, by: timedelta) -> None: ...


@dataclass
class MemoryWorld:
    inbox: MemoryInbox
    clock: MemoryClock

    def receive(self, raw: bytes) -> None:
        self.inbox.receive(raw)

    def remove(self, message_id: str) -> None:
        self.inbox.remove(message_id)

    def folder_of(self, message_id: str) -> str:
        return self.inbox.folder_of(message_id)

    def expired(self, cursor: str) -> str:
        self.inbox.expire_cursors()
        return cursor

    def advance(self, by: timedelta) -> None:
        self.clock.advance(by)


@dataclass
class DryWorld(MemoryWorld):
    """Where a message would lie is known to the dry run alone."""

    dry: DryInbox

    def folder_of(self, message_id: str) -> str:
        return self.dry.folder_of(message_id) or super().folder_of(message_id)


@dataclass
class FolderWorld:
    """The disk that mail is delivered to."""

    inbox: FolderInbox
    folder: Path
    clock: MemoryClock

    def receive(self, raw: bytes) -> None:
        self.inbox.receive(raw, received_at=self.clock.now())

    def remove(self, message_id: str) -> None:
        (self.folder / self.folder_of(message_id) / message_id).unlink()

    def folder_of(self, message_id: str) -> str:
        return self.inbox.folder_of(message_id)

    def expired(self, cursor: str) -> str:
        return f"of another kind of mailbox: {cursor}"

    def advance(self, by: timedelta) -> None:
        self.clock.advance(by)


@dataclass
class PracticeWorld:
    practice: PracticeServer

    def receive(self, raw: bytes) -> None:
        self.practice.deliver(raw, sender="someone@example.org", to=self.practice.user("reports"))

    def remove(self, message_id: str) -> None:
        path = f"{self._messages}/{message_id}/permanentDelete"
        self.practice.graph("POST", path, headers=self._immutable, expect=204)

    def folder_of(self, message_id: str) -> str:
        mailbox = f"users/{self.practice.user('reports')}"
        message = self.practice.graph(
            "GET", f"{self._messages}/{message_id}", headers=self._immutable, expect=200
        )
        folder, names = message.json()["parentFolderId"], list[str]()
        while True:
            facts = self.practice.graph("GET", f"{mailbox}/mailFolders/{folder}").json()
            if facts.get("error") or facts["displayName"] in ("Top of Information Store", ""):
                return "/".join(reversed(names))
            names.append(facts["displayName"])
            folder = facts["parentFolderId"]

    def expired(self, cursor: str) -> str:
        # a token that the service no longer knows is answered as one that ran out
        return f"{cursor.partition('=')[0]}=forgotten"

    def advance(self, by: timedelta) -> None:
        self.practice.set_clock(MONDAY + by)

    @property
    def _messages(self) -> str:
        return f"users/{self.practice.user('reports')}/messages"

    @property
    def _immutable(self) -> dict[str, str]:
        return {"Prefer": 'IdType="ImmutableId"'}


@pytest.fixture(params=["memory", "dry run", "folder", "graph"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Inbox, World]:
    if request.param == "folder":
        on_disk = FolderInbox(tmp_path / "mailbox")
        return on_disk, FolderWorld(on_disk, tmp_path / "mailbox", MemoryClock(MONDAY))
    if request.param == "memory":
        clock = MemoryClock(MONDAY)
        memory = MemoryInbox(clock)
        return memory, MemoryWorld(memory, clock)
    if request.param == "dry run":
        clock = MemoryClock(MONDAY)
        memory = MemoryInbox(clock)
        dry = DryInbox(memory, tell=lambda _: None)
        return dry, DryWorld(memory, clock, dry)
    practice = request.getfixturevalue("practice")
    account = request.getfixturevalue("account")
    return GraphInbox(account, practice.user("reports")), PracticeWorld(practice)


@pytest.fixture
def inbox(both: tuple[Inbox, World]) -> Inbox:
    return both[0]


@pytest.fixture
def world(both: tuple[Inbox, World]) -> World:
    return both[1]


def test_an_empty_inbox_has_nothing_new(inbox: Inbox) -> None:
    assert inbox.changes(inbox.changes(None).cursor).messages == ()


def test_a_new_message_is_reported_once(inbox: Inbox, world: World) -> None:
    start = inbox.changes(None).cursor
    world.receive(raw_mail())
    first = inbox.changes(start)
    assert [seen.internet_message_id for seen in first.messages] == ["<report-1@tillbrook.example>"]
    assert abs(first.messages[0].received_at - MONDAY) < timedelta(minutes=1)
    assert inbox.changes(first.cursor).messages == ()


def test_a_sweep_that_is_repeated_sees_the_same_again(inbox: Inbox, world: World) -> None:
    start = inbox.changes(None).cursor
    world.receive(raw_mail())
    assert inbox.changes(start).messages == inbox.changes(start).messages


def test_what_lay_there_before_is_reported_without_a_cursor(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail(1))
    world.receive(raw_mail(2))
    seen = {message.internet_message_id for message in inbox.changes(None).messages}
    assert seen == {"<report-1@tillbrook.example>", "<report-2@tillbrook.example>"}


def test_the_message_is_given_byte_for_byte(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail())
    (seen,) = inbox.changes(None).messages
    raw = inbox.raw(seen.message_id)
    # a service puts its transport headers before what it received, and changes nothing of it
    assert raw.endswith(raw_mail())
    assert raw == inbox.raw(seen.message_id)


def test_filing_moves_the_message_out_of_the_inbox_and_keeps_its_id(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail())
    (seen,) = inbox.changes(None).messages
    inbox.file_under(seen.message_id, PROCESSED)
    assert world.folder_of(seen.message_id) == PROCESSED
    assert inbox.raw(seen.message_id).endswith(raw_mail())
    assert inbox.everything_since(MONDAY - timedelta(days=1)) == ()


def test_filing_twice_does_it_once(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail())
    (seen,) = inbox.changes(None).messages
    inbox.file_under(seen.message_id, PROCESSED)
    inbox.file_under(seen.message_id, PROCESSED)
    assert world.folder_of(seen.message_id) == PROCESSED


def test_a_message_filed_away_is_not_reported_as_anything(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail())
    first = inbox.changes(None)
    inbox.file_under(first.messages[0].message_id, PROCESSED)
    assert inbox.changes(first.cursor).messages == ()


def test_a_message_that_is_gone_says_so(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail())
    (seen,) = inbox.changes(None).messages
    world.remove(seen.message_id)
    with pytest.raises(NotThereError):
        inbox.raw(seen.message_id)


def test_the_full_list_begins_at_the_moment_asked_for(inbox: Inbox, world: World) -> None:
    world.receive(raw_mail(1))
    world.advance(timedelta(hours=2))
    world.receive(raw_mail(2))
    late = inbox.everything_since(MONDAY + timedelta(hours=1))
    assert [seen.internet_message_id for seen in late] == ["<report-2@tillbrook.example>"]
    assert len(inbox.everything_since(MONDAY - timedelta(hours=1))) == 2


def test_an_expired_cursor_says_so_and_nothing_is_lost(inbox: Inbox, world: World) -> None:
    cursor = inbox.changes(None).cursor
    world.receive(raw_mail())
    with pytest.raises(CursorExpiredError):
        inbox.changes(world.expired(cursor))
    assert len(inbox.changes(None).messages) == 1
