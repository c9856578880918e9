"""O365 and MSAL, unchanged, work against the mailboxes over HTTPS."""

from io import BytesIO
from typing import Any

import pytest
import requests

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, raw_mail
from tests.unit.practice_tenant.o365_account import o365_account


@pytest.fixture
def account(practice: PracticeServer) -> Any:
    return o365_account(practice, "casework")


def test_o365_reads_a_folder_and_the_mime_of_a_mail(practice: PracticeServer, account: Any) -> None:
    raw = raw_mail(subject="Posted on a wall")
    deliver(practice, raw)
    mailbox = account.mailbox(resource=practice.user("reports"))
    (message,) = mailbox.inbox_folder().get_messages(limit=5, download_attachments=True)
    assert message.subject == "Posted on a wall"
    assert message.sender.address == "ann@example.org"
    assert message.get_mime_content().endswith(raw)
    query = mailbox.new_query().equals("subject", "Posted on a wall")
    assert len(list(mailbox.get_messages(query=query))) == 1


def test_o365_reads_more_than_one_page(practice: PracticeServer, account: Any) -> None:
    for number in range(12):
        deliver(practice, raw_mail(subject=f"{number}"))
    folder = account.mailbox(resource=practice.user("reports")).inbox_folder()
    subjects = {message.subject for message in folder.get_messages(limit=None, batch=5)}
    assert subjects == {str(number) for number in range(12)}


@pytest.mark.parametrize("size", [1000, 5_000_000])
def test_o365_makes_a_draft_with_a_letter_and_sends_it(
    practice: PracticeServer, account: Any, size: int
) -> None:
    letter = bytes(size)
    message = account.new_message(resource=practice.user("headteacher"))
    message.to.add("parent@example.net")
    message.subject, message.body = "An invitation", "<p>Dear parent</p>"
    assert message.save_draft()
    message.attachments.add([(BytesIO(letter), "letter.docx")])
    assert message.save_draft()
    drafts = account.mailbox(resource=practice.user("headteacher")).drafts_folder()
    (draft,) = drafts.get_messages()
    draft.attachments.download_attachments()
    assert [(each.name, each.size) for each in draft.attachments] == [("letter.docx", size)]
    assert draft.send()
    (entry,) = practice.outbox()
    assert entry["to"] == ["parent@example.net"]


def test_o365_marks_files_and_answers(practice: PracticeServer, account: Any) -> None:
    deliver(practice)
    mailbox = account.mailbox(resource=practice.user("reports"))
    (message,) = mailbox.inbox_folder().get_messages()
    message.mark_as_read()
    message.add_category("Case opened")
    message.save_message()
    reply = message.reply(to_all=False)
    reply.body = "Thank you"
    assert reply.send()
    done = mailbox.inbox_folder().create_child_folder("Done")
    assert message.move(done)
    (moved,) = done.get_messages()
    assert (moved.is_read, moved.categories) == (True, ["Case opened"])
    assert practice.outbox()[0]["to"] == ["ann@example.org"]


def test_o365_keeps_a_list_of_categories(practice: PracticeServer, account: Any) -> None:
    categories = account.outlook_categories(resource=practice.user("headteacher"))
    categories.create_category("Casework", color="red")
    assert [each.name for each in categories.get_categories()] == ["Casework"]


def test_o365_is_kept_out_of_a_mailbox_without_a_grant(practice: PracticeServer, account: Any) -> None:
    folder = account.mailbox(resource=practice.user("teacher")).inbox_folder()
    with pytest.raises(requests.HTTPError) as refusal:
        list(folder.get_messages())
    assert refusal.value.response.json()["error"]["code"] == "ErrorAccessDenied"
