"""The invented school is what a visitor is promised: its mails are read as meant, its policies stand as told."""

from collections.abc import Iterator
from datetime import date
from email import message_from_string
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from casework.intake import read_report
from casework.policy_documents import PolicyFacts, read_policy
from casework.policy_register import review_status
from connectors.documents.messages import MimeMessageReader, load_platforms
from connectors.documents.policies import PolicyDocumentReader
from practice_tenant.invented_school.lettering import wrapped
from practice_tenant.invented_school.pictures import Post, screenshot
from tests.practice import PracticeServer
from tests.practice_page import Page, inbox

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeServer]:
    """A tenant with the invented school; these tests only look at it."""
    with PracticeServer(tmp_path_factory.mktemp("school"), with_school=True) as running:
        yield running


@pytest.fixture(scope="module")
def policies(school: PracticeServer) -> dict[str, PolicyFacts]:
    """What the policy reader finds in each document, by file name."""
    folder = f"drives/{school.facts['office_drive_id']}/root:/Policies:"
    names = [item["name"] for item in school.graph("GET", f"{folder}/children", expect=200).json()["value"]]
    reader = PolicyDocumentReader()
    found = {}
    for name in names:
        path = f"drives/{school.facts['office_drive_id']}/root:/Policies/{name}:/content"
        content = school.graph("GET", path, allow_redirects=True).content
        found[name] = read_policy(reader.read(content, name=name))
    return found


def test_it_begins_on_a_monday_morning_in_term(school: PracticeServer) -> None:
    assert school.practice("GET", "clock").json()["now"].startswith("2026-11-23T08:4")


def test_two_of_six_policies_are_overdue_one_is_due_soon_and_one_has_no_date(
    policies: dict[str, PolicyFacts],
) -> None:
    status = {name: review_status(facts.next_review, today=MONDAY).value for name, facts in policies.items()}

    assert status == {
        "Parental use of social media and the internet.docx": "overdue",
        "Attendance and punctuality.docx": "overdue",
        "Behaviour.docx": "due soon",
        "Visitors and volunteers.docx": "no date",
        "Safeguarding and child protection.docx": "current",
        "Complaints procedure.pdf": "current",
    }


def test_the_policy_on_social_media_is_the_headteachers_and_was_due_in_2023(
    policies: dict[str, PolicyFacts],
) -> None:
    facts = policies["Parental use of social media and the internet.docx"]

    assert facts.owner == "Headteacher"
    assert facts.last_update is not None
    assert facts.last_update.value == "2021-09"
    assert facts.next_review is not None
    assert facts.next_review.value == "2023-09"


def test_the_reports_are_read_as_reports_and_the_automatic_reply_as_one(school: PracticeServer) -> None:
    found = {}
    for mail in inbox(school, "reports"):
        raw = school.graph(
            "GET", f"users/{school.user('reports')}/messages/{mail['id']}/$value", expect=200
        ).content
        report = read_report(MimeMessageReader().read(raw, name="mail.eml"), platforms=load_platforms())
        found[mail["subject"]] = (report.kind.value, report.author.from_name)

    assert found == {
        "FW: Post about the trip": ("report", "Delphine Arkwell"),
        "Fwd: Have you seen this one": ("report", "Maud Ellery"),
        "Fwd: that group again": ("report", "Oswin Pell"),
        "FW: Video of the sports day": ("report", "Sefton Marsh"),
        "Automatic reply: Change of pick-up times": ("auto_reply", "Willow After-School Club"),
        "A post about the headteacher": ("report", "Oswin Pell"),
    }


def test_the_mails_arrived_on_the_days_before(school: PracticeServer) -> None:
    for role in school.facts["users"]:
        for mail in inbox(school, role):
            assert "2026-11-17T" <= mail["receivedDateTime"] <= "2026-11-23T08:40:00Z", mail["subject"]


def test_inline_pictures_do_not_count_as_attachments(school: PracticeServer) -> None:
    by_subject = {mail["subject"]: mail for mail in inbox(school, "reports")}

    for subject in ("FW: Post about the trip", "Fwd: Have you seen this one"):
        assert by_subject[subject]["hasAttachments"] is False
        (picture,) = by_subject[subject]["attachments"]
        assert picture["isInline"] is True
        assert f"cid:{picture['contentId']}" in by_subject[subject]["body"]["content"]


def test_a_colleagues_forward_is_internal_and_a_parents_mail_is_checked(school: PracticeServer) -> None:
    headers = {mail["subject"]: headers_of(school, mail) for mail in inbox(school, "reports")}

    assert headers["FW: Post about the trip"]["X-MS-Exchange-Organization-AuthAs"] == "Internal"
    assert "dmarc=pass" in headers["A post about the headteacher"]["Authentication-Results"]


def test_nobodys_mailbox_is_empty(school: PracticeServer) -> None:
    assert all(inbox(school, role) for role in school.facts["users"])


def test_the_teacher_finds_the_report_to_forward_unread(school: PracticeServer) -> None:
    newest = inbox(school, "teacher")[0]

    assert newest["subject"] == "Thought you should see this"
    assert newest["isRead"] is False
    assert [file["contentType"] for file in newest["attachments"]] == ["image/png"]


def test_everybody_in_it_is_invented(school: PracticeServer) -> None:
    """No address but those that the world keeps for examples (RFC 2606)."""
    for role in school.facts["users"]:
        for mail in inbox(school, role):
            address = mail["from"]["emailAddress"]["address"]
            assert address.endswith((".example", "example.net", "example.org")), address


def test_a_folder_that_was_worked_in_is_never_filled(tmp_path: Path) -> None:
    with PracticeServer(tmp_path) as plain:
        raw = b"From: a@example.org\r\nTo: office@tillbrook.example\r\nSubject: Mine\r\n\r\nWords.\r\n"
        plain.deliver(raw, sender="a@example.org", to=plain.user("office"))
    with PracticeServer(tmp_path, with_school=True) as again:
        assert [mail["subject"] for mail in inbox(again, "office")] == ["Mine"]


def test_a_reset_returns_to_the_filled_school(tmp_path: Path) -> None:
    with PracticeServer(tmp_path, with_school=True) as running:
        running.deliver(b"Subject: More\r\n\r\n", sender="a@example.org", to=running.user("teacher"))
        running.reset()
        assert inbox(running, "teacher")[0]["subject"] == "Thought you should see this"


def test_the_checklist_begins_with_nothing_ticked(school: PracticeServer) -> None:
    page = Page(school)
    page.get("")
    steps = [
        item.get("class")
        for item in lxml.html.fromstring(page.text).iter("li")
        if item.find("span[@class='tick']") is not None
    ]

    assert steps[0] == "next"
    assert set(steps[1:]) == {"open"}


def test_a_word_document_shows_the_words_in_its_text_box_and_its_date_picker(school: PracticeServer) -> None:
    page, drive = Page(school).play("office"), school.facts["office_drive_id"]

    page.get(f"library/{drive}?path=Policies/Attendance and punctuality.docx")
    assert "Next review: March 2026" in page.words
    page.get(f"library/{drive}?path=Policies/Behaviour.docx")
    assert "Next review date: 11 December 2026" in page.words
    page.get(f"library/{drive}?path=Policies/Complaints procedure.pdf")
    assert "Next review: July 2028" in page.words


def test_a_screenshot_is_a_png_of_the_size_it_tells() -> None:
    picture = screenshot(Post(place="A group", author="Kes", when="yesterday", words="What a shambles."))

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture.endswith(b"IEND\xaeB`\x82")
    assert int.from_bytes(picture[16:20]) == 560


def test_long_words_are_wrapped_between_words() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("extraordinary", 5) == ["extraordinary"]


def headers_of(school: PracticeServer, mail: dict[str, Any]) -> Any:
    raw = school.graph("GET", f"users/{school.user('reports')}/messages/{mail['id']}/$value", expect=200).text
    return message_from_string(raw)
