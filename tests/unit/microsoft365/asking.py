"""Everything that Casework asks Microsoft 365 for, area by area, so that its requests can be looked at."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from casework.errors import NotPermittedError, TurnLostError
from casework.ports import MailAttachment, NewMail
from casework.register_lists import CASES_LIST
from connectors.microsoft365 import first_requests
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.alarm_calendar import GraphAlarmCalendars
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.automatic_replies import GraphAutomaticReplies
from connectors.microsoft365.checks import Patients, run_checks
from connectors.microsoft365.conversations import GraphConversations
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.folder_access import GraphFolderAccess
from connectors.microsoft365.inbox import GraphInbox
from connectors.microsoft365.journal_shelf import GraphJournalShelf
from connectors.microsoft365.lists import GraphRegister, list_address
from connectors.microsoft365.outgoing import GraphOutgoing
from connectors.microsoft365.provisioning import Places, provision
from connectors.microsoft365.review_calendar import GraphCalendars
from connectors.microsoft365.sharing import GraphDirectory, GraphSharedWith
from tests.practice import PracticeServer
from tests.unit.microsoft365.conftest import casework_account, wishes

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)


def setup(practice: PracticeServer) -> None:
    """Furnish a fresh tenant, then mend what somebody took away from it."""
    made = provision(casework_account(practice), wishes(practice)).places
    columns = f"sites/{made.site_id}/lists/{made.cases_list}/columns"
    practice.graph("DELETE", f"{columns}/Stage", expect=204)
    practice.graph("PATCH", f"{columns}/Due", json={"indexed": False}, expect=200)
    provision(casework_account(practice), wishes(practice))


def doctor(practice: PracticeServer, places: Places) -> None:
    """Look at a school that works, with a row that was changed once."""
    account = casework_account(practice)
    register = _cases(account, places)
    row = register.add({"Title": "x", "Reference": "TIS-2026-0009"})
    register.update(row.item_id, {"Stage": "closed"}, etag=row.etag)
    patients = Patients(
        wishes=wishes(practice),
        mailboxes={"headteacher": practice.user("headteacher")},
        calendars={"office": practice.user("office")},
        outsiders=(practice.user("teacher"),),
    )
    assert not [check.name for check in run_checks(account, patients) if not check.ok]


def mail(practice: PracticeServer) -> None:
    account = casework_account(practice)
    practice.deliver(b"Subject: x\r\n\r\nx", sender="x@example.org", to=practice.user("reports"))
    inbox = GraphInbox(account, practice.user("reports"))
    first = inbox.changes(None)
    head = practice.user("headteacher")
    AskedAhead().ask(
        account.con, [first_requests.of_inbox(first.cursor), first_requests.of_drafts(account, head)]
    )
    read = {"isRead": True}
    user = f"users/{practice.user('reports')}"
    practice.graph("PATCH", f"{user}/messages/{first.messages[0].message_id}", json=read, expect=200)
    inbox.changes(first.cursor)
    inbox.everything_since(NOVEMBER)
    inbox.raw(first.messages[0].message_id)
    inbox.file_under(first.messages[0].message_id, "Casework/Processed")
    _letters(practice, GraphOutgoing(account, practice.user("headteacher")))
    _mail_in_a_mail(practice, GraphOutgoing(account, practice.user("headteacher")))


def conversations(practice: PracticeServer) -> None:
    """A letter that comes back, and what is read of it."""
    account = casework_account(practice)
    practice.deliver(b"Subject: y\r\n\r\ny", sender="postmaster@example.org", to=practice.user("reports"))
    user = f"users/{practice.user('reports')}"
    newest = practice.graph("GET", f"{user}/messages?$top=1&$orderby=receivedDateTime desc", expect=200)
    came_back = GraphConversations(account, practice.user("reports"))
    (found,) = came_back.from_systems(newest.json()["value"][0]["conversationId"])
    assert came_back.raw(found.message_id)


def be_late() -> None:
    raise TurnLostError("Another host has taken the school over.")


def calendar(practice: PracticeServer) -> None:
    reviews = GraphCalendars(casework_account(practice)).of(practice.user("office"))
    made = reviews.add(key="TIS/policy/1", day=date(2027, 1, 11), subject="Review", text="Read it.", once="1")
    reviews.move(made, day=date(2027, 1, 12), subject="Review it")
    (found,) = reviews.find("TIS/policy/1")
    assert found.day == date(2027, 1, 12)
    reviews.remove(found)
    with suppress(TurnLostError):
        reviews.add(
            key="TIS/policy/2",
            day=date(2027, 1, 11),
            subject="Review",
            text="Late",
            once="2",
            settled=be_late,
        )
    assert reviews.find("TIS/policy/2") == ()
    alarm = GraphAlarmCalendars(casework_account(practice)).of(practice.user("office"))
    alarm.add(key="TIS/alarm", at=NOVEMBER, subject="Casework has stopped", text="Start it again.")
    (entry,) = alarm.find("TIS/alarm")
    alarm.move(entry, at=NOVEMBER + timedelta(hours=1))
    (moved,) = alarm.find("TIS/alarm")
    alarm.remove(moved)


def absences(practice: PracticeServer) -> None:
    replies = GraphAutomaticReplies(casework_account(practice), zone="Europe/London")
    assert replies.away(practice.user("headteacher"), now=NOVEMBER) is None


def lists(practice: PracticeServer, places: Places) -> None:
    account = casework_account(practice)
    assert list_address(account, places.site_id, places.cases_list)
    register = _cases(account, places)
    row = register.add({"Title": "x", "Reference": "TIS-2026-0001", "Categories": ("other",)})
    register.update(row.item_id, {"Stage": "closed", "Continues": True}, etag=row.etag)
    register.read(row.item_id)
    register.find("Reference", "TIS-2026-0001")
    register.history(row.item_id)
    register.changes(register.changes(None).cursor)


def libraries(practice: PracticeServer, places: Places) -> None:
    library = GraphLibrary(casework_account(practice), places.casework_drive)
    file = library.write("a/b.txt", b"x")
    library.write("a/b.txt", b"y", replace=True)
    library.write("c/big.bin", bytes(5_000_000))
    library.move(file.file_id, "d/e/f.txt")
    library.read(file.file_id)
    library.content_at("c/big.bin")
    assert all(list(library.contents_at(["c/big.bin", "c/big.bin"])))
    library.as_pdf(file.file_id)
    _moved_folders(practice, places.casework_drive)
    shelf = GraphJournalShelf(casework_account(practice), places.casework_drive, "Backups")
    shelf.put("journal.copy", b"sealed")
    (copy,) = shelf.copies()
    shelf.discard(copy.file_id)


def sharing(practice: PracticeServer, places: Places) -> None:
    """Close a folder to one person, then to another, and look who may open a file and who still works there."""
    account = casework_account(practice)
    file = GraphLibrary(account, places.casework_drive).write("Mentors/plan.txt", b"x")
    assert GraphSharedWith(account, places.casework_drive).readers(file.file_id).names
    access = GraphFolderAccess(account, places.casework_drive)
    access.let_only("Mentors", [practice.user("office")])
    access.let_only("Mentors", [practice.user("teacher")])
    assert access.people("Mentors") == {practice.user("teacher")}
    with suppress(NotPermittedError):  # the directory is closed to Casework unless a school opens it
        GraphDirectory(account).is_active(practice.user("teacher"))


def _cases(account: SchoolAccount, places: Places) -> GraphRegister:
    return GraphRegister(account, site_id=places.site_id, list_id=places.cases_list, definition=CASES_LIST)


def _letters(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    letter = MailAttachment(name="letter.docx", content_type="application/msword", content=b"PK")
    scan = MailAttachment(name="scan.pdf", content_type="application/pdf", content=bytes(4_000_000))
    mail = NewMail(
        key="TIS/1",
        to=("a@example.org",),
        subject="x",
        html="<p>x</p>",
        reply_to=practice.user("reports"),
        attachments=(letter, scan),
    )
    draft = outgoing.save(mail)
    outgoing.read_back(draft.message_id)
    outgoing.ours()
    outgoing.ours(only_drafts=True)
    outgoing.send(draft.message_id)
    outgoing.find_sent(
        since=NOVEMBER,
        recipient="a@example.org",
        internet_message_id="<none@example.org>",
        attachment_sha256="0",
    )
    outgoing.discard(outgoing.save(mail).message_id)


def _mail_in_a_mail(practice: PracticeServer, outgoing: GraphOutgoing) -> None:
    """A person attached another mail to a draft: its content comes by a request of its own."""
    draft = outgoing.save(NewMail(key="TIS/2", to=("a@example.org",), subject="x", html="<p>x</p>"))
    attached = {
        "@odata.type": "#microsoft.graph.itemAttachment",
        "name": "y",
        "item": {"@odata.type": "#microsoft.graph.message", "subject": "y"},
    }
    address = f"users/{practice.user('headteacher')}/messages/{draft.message_id}/attachments"
    practice.graph("POST", address, json=attached, expect=201)
    assert outgoing.read_back(draft.message_id).attachments


def _moved_folders(practice: PracticeServer, drive: str) -> None:
    """Rename a folder that is watched, and put a file where nobody watches."""
    whole = GraphLibrary(casework_account(practice), drive)
    watched = GraphLibrary(casework_account(practice), drive, "a")
    watched.write("b/c.txt", b"x")
    cursor = watched.changes(None).cursor
    parent = whole.find("a/b")
    assert parent is not None
    practice.graph("PATCH", f"drives/{drive}/items/{parent.file_id}", json={"name": "d"}, expect=200)
    whole.write("d/e/g.txt", b"x")
    assert [file.path for file in watched.changes(cursor).files] == ["d/c.txt"]
