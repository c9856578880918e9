"""A dry run sees the world as it is, answers as if its own work were done, and leaves the world as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework.dry_run.acts import Act, WouldWrite
from casework.errors import AlreadyThereError, NotThereError
from casework.ports import NewMail
from casework.register_lists import CASES_LIST
from connectors.memory import (
    MemoryAlarmCalendars,
    MemoryCalendars,
    MemoryClock,
    MemoryFolderAccess,
    MemoryInbox,
    MemoryLibrary,
    MemoryMailService,
    MemoryRegister,
)
from connectors.memory.dry_run import (
    DryAlarmCalendars,
    DryCalendars,
    DryFolderAccess,
    DryInbox,
    DryLibrary,
    DryMailService,
    DryRegister,
)
from tests.contracts.conftest import MONDAY

CLOCK = MemoryClock(MONDAY)
HEAD = "head@tillbrook.example"
MAIL = NewMail(key="TIS/letter", to=("parent@parents.example",), subject="A letter", html="<p>Dear</p>")
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture
def told() -> list[WouldWrite]:
    return []


def test_a_file_that_would_be_replaced_reads_as_new_here_and_as_old_there(told: list[WouldWrite]) -> None:
    real = MemoryLibrary(CLOCK)
    old = real.put("Letters/letter.docx", b"old")
    dry = DryLibrary(real, CLOCK, name="Casework", tell=told.append)
    cursor = dry.changes(None).cursor

    with pytest.raises(AlreadyThereError):
        dry.write("Letters/letter.docx", b"new")
    new = dry.write("letters/LETTER.docx", b"new", replace=True)

    assert (new.file_id, new.path) == (old.file_id, old.path)
    assert (dry.read(old.file_id), real.read(old.file_id)) == (b"new", b"old")
    assert [file.content_tag for file in dry.changes(cursor).files] == [new.content_tag]
    assert [(one.act, one.place, one.what) for one in told] == [
        (Act.STORED, "Casework", "Letters/letter.docx")
    ]


def test_a_file_that_would_be_moved_is_gone_from_its_old_place_here_alone(told: list[WouldWrite]) -> None:
    real = MemoryLibrary(CLOCK)
    file = real.put("screenshot.png", b"picture")
    dry = DryLibrary(real, CLOCK, name="Report drop", tell=told.append)

    dry.move(file.file_id, "taken in/screenshot.png")

    assert dry.find("screenshot.png") is None
    moved = dry.find("taken in/screenshot.png")
    assert moved is not None
    assert (moved.file_id, dry.read(moved.file_id)) == (file.file_id, b"picture")
    assert real.find("screenshot.png") == file
    dry.write("screenshot.png", b"another")
    assert real.read(file.file_id) == b"picture"


def test_what_changes_outside_is_seen_by_a_token_of_before_the_dry_run(told: list[WouldWrite]) -> None:
    real = MemoryLibrary(CLOCK)
    real.put("old.docx", b"1")
    token = real.changes(None).cursor
    real.put("new.docx", b"2")
    dry = DryLibrary(real, CLOCK, name="Policies", tell=told.append)

    assert [file.path for file in dry.changes(token).files] == ["new.docx"]


def test_a_row_that_would_be_changed_keeps_what_staff_wrote_and_the_list_stays(
    told: list[WouldWrite],
) -> None:
    real = MemoryRegister(CLOCK, CASES_LIST)
    row = real.add({"Reference": "TIS-2026-0001", "Stage": "new", "Notes": "by hand"})
    dry = DryRegister(real, CLOCK, CASES_LIST, tell=told.append)

    etag = dry.update(row.item_id, {"Stage": "closed"}, etag=row.etag)

    changed = dry.read(row.item_id)
    assert changed.etag == etag
    assert (changed.fields["Stage"], changed.fields["Notes"]) == ("closed", "by hand")
    assert dry.find("Reference", "TIS-2026-0001") == changed
    assert real.read(row.item_id) == row
    with pytest.raises(AlreadyThereError):
        dry.add({"Reference": "TIS-2026-0001"})
    assert [(one.act, one.what, dict(one.fields)) for one in told] == [
        (Act.ROW_CHANGED, "TIS-2026-0001", {"Stage": "closed"})
    ]


def test_a_letter_in_the_heads_drafts_would_be_sent_and_still_lies_there(told: list[WouldWrite]) -> None:
    service = MemoryMailService(CLOCK)
    draft = service.outgoing(HEAD).save(MAIL)
    dry = DryMailService(service, CLOCK, tell=told.append).outgoing(HEAD.upper())

    dry.send(draft.message_id)

    sent = dry.find(MAIL.key)
    assert sent is not None
    assert (sent.is_draft, sent.sent_at, sent.message_id) == (False, MONDAY, draft.message_id)
    found = dry.find_sent(
        since=MONDAY,
        recipient=MAIL.to[0],
        internet_message_id=draft.internet_message_id,
        attachment_sha256="",
    )
    assert found
    assert service.mailbox(HEAD).sent_mails() == ()
    assert [(one.act, one.place, one.what) for one in told] == [(Act.SENT, HEAD, MAIL.key)]


def test_a_draft_that_would_be_thrown_away_still_lies_there(told: list[WouldWrite]) -> None:
    service = MemoryMailService(CLOCK)
    draft = service.outgoing(HEAD).save(MAIL)
    dry = DryMailService(service, CLOCK, tell=told.append).outgoing(HEAD)

    dry.discard(draft.message_id)
    dry.discard(draft.message_id)

    assert [mail.discarded for mail in dry.ours()] == [True]
    assert [mail.discarded for mail in service.outgoing(HEAD).ours()] == [False]
    assert [one.act for one in told] == [Act.DISCARDED]


def test_nobody_has_answered_a_letter_that_would_only_be_sent(told: list[WouldWrite]) -> None:
    dry = DryMailService(MemoryMailService(CLOCK), CLOCK, tell=told.append)
    letter = dry.outgoing(HEAD).save(MAIL)

    assert dry.conversations(HEAD).from_systems(letter.conversation_id) == ()


def test_a_message_that_would_be_filed_is_out_of_the_inbox_here_alone(told: list[WouldWrite]) -> None:
    real = MemoryInbox(CLOCK)
    number = real.receive(b"Subject: x\r\n\r\nx")
    dry = DryInbox(real, tell=told.append)

    dry.file_under(number, "Casework/Processed")
    dry.file_under(number, "Casework/Processed")

    assert dry.changes(None).messages == ()
    assert len(real.changes(None).messages) == 1
    assert [(one.act, one.place) for one in told] == [(Act.FILED, "Casework/Processed")]


def test_a_folder_that_would_be_closed_is_open_as_before(told: list[WouldWrite]) -> None:
    real = MemoryFolderAccess()
    real.let_only("TIS-2026-0001", ("office@tillbrook.example",))
    dry = DryFolderAccess(real, tell=told.append)

    assert dry.people("TIS-2026-0001") == {"office@tillbrook.example"}
    dry.let_only("TIS-2026-0001", (HEAD,))

    assert dry.people("TIS-2026-0001") == {HEAD}
    assert real.people("TIS-2026-0001") == {"office@tillbrook.example"}


def test_a_review_that_would_be_moved_stands_where_it_stood(told: list[WouldWrite]) -> None:
    real = MemoryCalendars()
    entry = real.of(HEAD).add(key="TIS/policy", day=date(2026, 12, 1), subject="Review", text="", once="1")
    dry = DryCalendars(real, tell=told.append).of(HEAD)

    assert dry.find("TIS/policy") == (entry,)
    dry.move(entry, day=date(2027, 1, 4), subject="Review")
    (moved,) = dry.find("TIS/policy")
    dry.remove(moved)

    assert moved.day == date(2027, 1, 4)
    assert dry.find("TIS/policy") == ()
    assert real.of(HEAD).find("TIS/policy") == (entry,)


def test_the_second_alarm_would_move_and_stays(told: list[WouldWrite]) -> None:
    real = MemoryAlarmCalendars()
    real.of(HEAD).add(key="TIS/alarm", at=MONDAY, subject="x", text="")
    dry = DryAlarmCalendars(real, tell=told.append).of(HEAD)

    (entry,) = dry.find("TIS/alarm")
    dry.move(entry, at=TEN)

    assert [one.at for one in dry.find("TIS/alarm")] == [TEN]
    assert [one.at for one in real.of(HEAD).find("TIS/alarm")] == [MONDAY]
    (moved,) = dry.find("TIS/alarm")
    dry.remove(moved)
    with pytest.raises(NotThereError):
        dry.move(moved, at=TEN)
    assert dry.find("TIS/alarm") == ()
