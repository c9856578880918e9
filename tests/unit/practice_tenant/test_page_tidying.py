"""Mails are answered to all, deleted, marked and sorted, and a mailbox answers by itself while somebody is away."""

from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.practice_page import Page, inbox
from tests.unit.practice_tenant.mail_builders import deliver, get, listed, raw_mail

AWAY = {
    "status": "alwaysEnabled",
    "audience": "all",
    "internal": "I am on the trip.",
    "external": "The school is closed today.",
}


@pytest.fixture
def page(practice: PracticeServer) -> Page:
    return Page(practice).play("teacher")


@pytest.fixture
def mail(practice: PracticeServer) -> dict[str, Any]:
    raw = raw_mail(subject="A post", body="Good morning, see the picture.")
    return deliver(practice, raw, to="teacher")


def open_it(page: Page, practice: PracticeServer, folder: str = "inbox") -> Page:
    page.get(f"outlook/{practice.user('teacher')}/{folder}")
    return page.follow("A post")


def press(page: Page, what: str) -> Page:
    page.post(page.link_of_form(what), page.form(what))
    return page


def test_a_reply_to_all_goes_to_everybody_but_oneself(practice: PracticeServer, page: Page) -> None:
    sent = {
        "subject": "A post",
        "body": {"contentType": "text", "content": "Have you both seen it?"},
        "toRecipients": [
            {"emailAddress": {"address": practice.user(role)}} for role in ("teacher", "deputy")
        ],
        "ccRecipients": [{"emailAddress": {"address": practice.user("headteacher")}}],
    }
    practice.graph("POST", f"users/{practice.user('office')}/sendMail", json={"message": sent}, expect=202)
    open_it(page, practice).follow("Reply to all")
    form = page.form("/reply-all")
    assert form["to"] == practice.user("office")
    assert form["cc"] == f"{practice.user('deputy')}, {practice.user('headteacher')}"

    page.post(page.link_of_form("/reply-all"), form | {"body": "I have.", "action": "send"})

    for role in ("office", "deputy", "headteacher"):
        newest = inbox(practice, role)[0]
        assert newest["subject"] == "RE: A post"
        assert newest["bodyPreview"].startswith("I have.")
    assert [each["subject"] for each in inbox(practice, "teacher")] == ["A post"]


def test_a_deleted_mail_lies_in_deleted_items_and_deleted_there_it_is_gone(
    practice: PracticeServer, page: Page, mail: dict[str, Any]
) -> None:
    press(open_it(page, practice), "/delete")
    assert "Deleted. It lies in Deleted Items." in page.words
    assert [each["subject"] for each in listed(practice, "teacher", "deleteditems")] == ["A post"]

    press(open_it(page, practice, "deleteditems"), "/delete")
    assert "Deleted for good." in page.words
    assert listed(practice, "teacher", "deleteditems") == []


def test_a_mail_is_marked_as_unread(practice: PracticeServer, page: Page, mail: dict[str, Any]) -> None:
    press(open_it(page, practice), "/unread")

    assert get(practice, "teacher", mail["id"])["isRead"] is False


def test_categories_are_ticked_and_a_new_one_is_typed(
    practice: PracticeServer, page: Page, mail: dict[str, Any]
) -> None:
    categories = f"users/{practice.user('teacher')}/outlook/masterCategories"
    practice.graph("POST", categories, json={"displayName": "Trips", "color": "preset4"}, expect=201)
    open_it(page, practice)

    page.post(page.link_of_form("/categories"), {"category": ["Trips"], "new": "To be answered"})

    assert get(practice, "teacher", mail["id"])["categories"] == ["Trips", "To be answered"]
    page.post(page.link_of_form("/categories"), {"category": ["To be answered"], "new": ""})
    assert get(practice, "teacher", mail["id"])["categories"] == ["To be answered"]
    assert "Categories: To be answered." in page.words


def replies(page: Page, practice: PracticeServer, role: str = "teacher", **typed: str) -> Page:
    page.post(f"outlook/{practice.user(role)}/automatic-replies", AWAY | typed)
    return page


def test_whoever_writes_to_somebody_who_is_away_is_answered_once(
    practice: PracticeServer, page: Page
) -> None:
    assert "Automatic replies are on." in replies(page, practice).words

    deliver(practice, raw_mail(subject="A post"), to="teacher")
    deliver(practice, raw_mail(subject="Another post"), to="teacher")

    answers = practice.outbox()
    assert len(answers) == 1
    assert "The school is closed today." in answers[0]["raw"]


def test_replies_between_two_moments_begin_and_end_by_london_time(
    practice: PracticeServer, page: Page
) -> None:
    replies(page, practice, status="scheduled", start="2027-06-01T08:00", end="2027-06-02T08:00")

    path = f"users/{practice.user('teacher')}/mailboxSettings/automaticRepliesSetting"
    setting = practice.graph("GET", path, expect=200).json()
    assert setting["status"] == "scheduled"
    assert setting["scheduledStartDateTime"]["dateTime"].startswith("2027-06-01T07:00")
    page.get(f"outlook/{practice.user('teacher')}/automatic-replies")
    assert page.form("/automatic-replies")["start"] == "2027-06-01T08:00"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"status": "scheduled", "start": "2027-06-02T08:00", "end": "2027-06-01T08:00"}, "before the beg"),
        ({"status": "scheduled", "start": "", "end": ""}, "Give both moments"),
        ({"internal": " ", "external": ""}, "Write what the reply says"),
        ({"status": "sometimes"}, "Choose whether"),
    ],
)
def test_replies_that_could_not_work_are_not_saved_and_what_was_typed_is_kept(
    practice: PracticeServer, page: Page, typed: dict[str, str], words: str
) -> None:
    replies(page, practice, **{"internal": "I am on the trip.", **typed})

    assert page.answer.status_code == 400
    assert words in page.words
    path = f"users/{practice.user('teacher')}/mailboxSettings/automaticRepliesSetting"
    assert practice.graph("GET", path, expect=200).json()["status"] == "disabled"


def test_the_office_sets_the_replies_of_the_mailbox_that_it_looks_after(practice: PracticeServer) -> None:
    page = replies(Page(practice).play("office"), practice, role="reports")

    assert "Automatic replies are on." in page.words


def test_nobody_sets_the_replies_of_somebody_else(practice: PracticeServer, page: Page) -> None:
    assert replies(page, practice, role="headteacher").answer.status_code == 403
    assert "Look as Marion Aldwick" in page.words
