"""The page's Outlook: reading what others sent, and writing as the person who is played."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from practice_tenant.invented_school.portable_document import plain_pdf
from practice_tenant.page.places import Places
from tests.practice import PracticeServer
from tests.practice_page import Page, inbox
from tests.unit.practice_tenant.mail_builders import deliver, draft, file_attachment, get, listed, raw_mail

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.fixture
def page(practice: PracticeServer) -> Page:
    return Page(practice)


def mail_from_a_parent(practice: PracticeServer, to: str = "teacher") -> dict[str, Any]:
    raw = raw_mail(subject="Thought you should see this", body="Good morning, see the picture.")
    return deliver(practice, raw, to=to)


def html_mail(html: str) -> bytes:
    return raw_mail(body=html).replace(b"text/plain", b"text/html")


def open_mail(page: Page, practice: PracticeServer, role: str, words: str) -> Page:
    page.play(role).get(f"outlook/{practice.user(role)}/inbox")
    return page.follow(words)


def test_reading_a_mail_marks_it_as_read(practice: PracticeServer, page: Page) -> None:
    message = mail_from_a_parent(practice)

    open_mail(page, practice, "teacher", "Thought you should see this")

    assert "Good morning, see the picture." in page.words
    assert get(practice, "teacher", message["id"])["isRead"] is True


def test_a_person_opens_no_mailbox_of_somebody_else(practice: PracticeServer, page: Page) -> None:
    message = mail_from_a_parent(practice, to="headteacher")
    page.play("teacher")

    assert page.get(f"outlook/{practice.user('headteacher')}/inbox").status_code == 403
    assert "Not for the person you play" in page.words
    for ending in ("", "/reply", "/forward", "/edit"):
        address = f"outlook/{practice.user('headteacher')}/mail/{message['id']}{ending}"
        assert page.get(address).status_code == 403


def test_the_office_looks_after_the_reporting_mailbox(practice: PracticeServer, page: Page) -> None:
    mail_from_a_parent(practice, to="reports")

    page.play("office").get("outlook")
    assert "Social Media Reports" in page.words
    page.get(f"outlook/{practice.user('reports')}/inbox")
    assert "Thought you should see this" in page.words


def test_a_forwarded_report_arrives_with_the_note_the_quotation_and_every_attachment(
    practice: PracticeServer, page: Page
) -> None:
    message = mail_from_a_parent(practice)
    path = f"users/{practice.user('teacher')}/messages/{message['id']}/attachments"
    practice.graph(
        "POST", path, json=file_attachment("post.png", PICTURE, contentType="image/png"), expect=201
    )
    open_mail(page, practice, "teacher", "Thought you should see this").follow("Forward")
    assert "Goes along: post.png" in page.words

    form = page.form("/forward") | {
        "to": practice.user("reports"),
        "body": "Please see below.",
        "action": "send",
    }
    page.post(page.link_of_form("/forward"), form, files={"files": ("second.png", PICTURE[:40], "image/png")})

    assert "Sent. A copy lies in Sent Items." in page.words
    (arrived,) = inbox(practice, "reports")
    assert arrived["subject"] == "FW: Thought you should see this"
    assert arrived["from"]["emailAddress"]["address"] == practice.user("teacher")
    assert "Please see below." in arrived["body"]["content"]
    assert "Good morning, see the picture." in arrived["body"]["content"]
    assert sorted(file["name"] for file in arrived["attachments"]) == ["post.png", "second.png"]


def test_a_reply_goes_to_whom_the_mail_asks_to_answer(practice: PracticeServer, page: Page) -> None:
    deliver(practice, raw_mail(subject="Question", more="Reply-To: desk@example.org\r\n"), to="office")

    open_mail(page, practice, "office", "Question").follow("Reply")
    page.post(
        page.link_of_form("/reply"),
        page.form("/reply") | {"body": "Yes.", "action": "send"},
        files={"x": b""},
    )

    (left,) = practice.outbox()
    assert left["to"] == ["desk@example.org"]
    assert "In-Reply-To:" in left["raw"]


def test_the_button_of_a_request_mail_fills_in_the_answer(practice: PracticeServer, page: Page) -> None:
    subject = "Re%3A%20Please%20approve%3A%20%5BTIS-2026-0001-k3f9%5D"
    link = f"mailto:reports@tillbrook.example?subject={subject}&amp;body=APPROVE"
    deliver(practice, html_mail(f'<p><a href="{link}">APPROVE</a></p>'), to="headteacher")
    open_mail(page, practice, "headteacher", "A post")
    start = page.frame().index('href="') + len('href="')
    address = page.frame()[start:].partition('"')[0].replace("&amp;", "&")

    page.get(address)
    page.post(
        f"outlook/{practice.user('headteacher')}/compose",
        page.form("/compose") | {"action": "send"},
        files={"x": b""},
    )

    (arrived,) = inbox(practice, "reports")
    assert arrived["subject"] == "Re: Please approve: [TIS-2026-0001-k3f9]"
    assert "APPROVE" in arrived["bodyPreview"]


def test_a_plus_sign_in_a_mailto_address_stays_one() -> None:
    compose = Places(mailbox="office@tillbrook.example").on_page(
        "mailto:ann+school@example.org?cc=b+c@example.org"
    )

    assert parse_qs(urlsplit(compose).query) == {"to": ["ann+school@example.org"], "cc": ["b+c@example.org"]}


@pytest.mark.parametrize(
    ("html", "gone"),
    [
        ("<script>steal()</script>words", "steal"),
        ('<img src="https://evil.example/pixel.png" alt="">words', "evil.example"),
        ('<p onclick="steal()">words</p>', "steal"),
        ('<a href="javascript:steal()">words</a>', 'href="javascript'),
        ('<a href="https://evil.example/">words</a>', 'href="https'),
        ('<div style="background-color:url(https://evil.example/x)">words</div>', "evil.example"),
        ('<link rel="stylesheet" href="https://evil.example/x.css">words', "evil.example"),
        ('<form action="https://evil.example/"><input name="a"></form>words', "evil.example"),
        ('<iframe src="https://evil.example/"></iframe>words', "evil.example"),
        ('<svg><a href="https://evil.example/"><text>x</text></a></svg>words', "evil.example"),
        ('<base href="https://evil.example/">words', "evil.example"),
        ("<style>@import url(https://evil.example/x.css)</style>words", "evil.example"),
        ('<p style="position:fixed;top:0">words</p>', "position"),
    ],
)  # fmt: skip
def test_nothing_in_a_mail_can_act_or_fetch(
    practice: PracticeServer, page: Page, html: str, gone: str
) -> None:
    deliver(practice, html_mail(html), to="office")

    open_mail(page, practice, "office", "A post")

    assert "words" in page.frame()
    assert gone not in page.frame()
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page.frame()
    assert 'sandbox="allow-same-origin allow-top-navigation-by-user-activation"' in page.text


def test_a_draft_goes_as_it_lies_there(practice: PracticeServer, page: Page) -> None:
    draft(practice, attachments=[file_attachment("letter.pdf", b"%PDF-1.4", contentType="application/pdf")])
    page.play("headteacher").get(f"outlook/{practice.user('headteacher')}/drafts")
    page.follow("An invitation")
    assert "letter.pdf" in page.words

    page.post(page.link_of_form("/send"))

    (left,) = practice.outbox()
    assert left["to"] == ["parent@example.net"]
    page.get("outside/0")
    assert "letter.pdf" in page.words
    assert page.get("outside/0/file/0").content == b"%PDF-1.4"


def test_the_words_of_an_attached_letter_can_be_read_at_once(practice: PracticeServer, page: Page) -> None:
    letter = plain_pdf("A letter", ("Dear parent, please come and see us.",))
    made = draft(practice, attachments=[file_attachment("letter.pdf", letter)])

    page.play("headteacher").get(f"outlook/{practice.user('headteacher')}/mail/{made['id']}")

    assert "Dear parent, please come and see us." in page.words


def test_changing_the_subject_of_a_draft_leaves_its_words_and_their_look(
    practice: PracticeServer, page: Page
) -> None:
    made = draft(practice, body={"contentType": "HTML", "content": "<p>Dear <b>parent</b></p>"})
    before = get(practice, "headteacher", made["id"])["body"]["content"]
    page.play("headteacher").get(f"outlook/{practice.user('headteacher')}/mail/{made['id']}/edit")

    page.post(
        page.link_of_form("/edit"),
        page.form("/edit") | {"subject": "Another subject", "action": "save"},
        files={"x": b""},
    )

    changed = get(practice, "headteacher", made["id"])
    assert changed["subject"] == "Another subject"
    assert changed["body"]["content"] == before


def test_changing_the_words_of_a_draft_keeps_what_it_quotes(practice: PracticeServer, page: Page) -> None:
    message = mail_from_a_parent(practice)
    open_mail(page, practice, "teacher", "Thought you should see this").follow("Forward")
    page.post(
        page.link_of_form("/forward"),
        page.form("/forward") | {"body": "First words.", "action": "save"},
        files={"x": b""},
    )
    page.follow("Change")

    page.post(
        page.link_of_form("/edit"),
        page.form("/edit") | {"body": "Better words.", "action": "save"},
        files={"x": b""},
    )

    (kept,) = listed(practice, "teacher", "drafts")
    assert "Better words." in kept["body"]["content"]
    assert "First words." not in kept["body"]["content"]
    assert "Good morning, see the picture." in kept["body"]["content"]
    assert message["subject"] in kept["subject"]


def test_an_attachment_is_taken_out_of_a_draft(practice: PracticeServer, page: Page) -> None:
    made = draft(practice, attachments=[file_attachment("old.pdf", b"1"), file_attachment("new.pdf", b"2")])
    page.play("headteacher").get(f"outlook/{practice.user('headteacher')}/mail/{made['id']}/edit")
    files = practice.graph(
        "GET", f"users/{practice.user('headteacher')}/messages/{made['id']}/attachments"
    ).json()["value"]
    old = next(file["id"] for file in files if file["name"] == "old.pdf")

    page.post(
        page.link_of_form("/edit"), page.form("/edit") | {"remove": old, "action": "save"}, files={"x": b""}
    )

    assert "new.pdf" in page.words
    assert "old.pdf" not in page.words


def test_a_mail_to_nobody_stays_a_draft_and_says_why(practice: PracticeServer, page: Page) -> None:
    page.play("teacher").get(f"outlook/{practice.user('teacher')}/compose")

    page.post(
        page.link_of_form("/compose"),
        page.form("/compose") | {"subject": "Hello", "body": "?", "action": "send"},
        files={"x": b""},
    )

    assert "Not sent, kept in Drafts" in page.words
    assert page.form("/edit")["subject"] == "Hello"
    assert practice.outbox() == []


def test_a_colleague_may_be_named_instead_of_addressed(practice: PracticeServer, page: Page) -> None:
    page.play("teacher").get(f"outlook/{practice.user('teacher')}/compose")

    form = page.form("/compose") | {
        "to": "Marion Aldwick; office@tillbrook.example",
        "subject": "Hi",
        "action": "send",
    }
    page.post(page.link_of_form("/compose"), form, files={"x": b""})

    assert [mail["subject"] for mail in inbox(practice, "headteacher")] == ["Hi"]
    assert [mail["subject"] for mail in inbox(practice, "office")] == ["Hi"]


def test_a_large_picture_arrives_whole(practice: PracticeServer, page: Page) -> None:
    large = b"\x89PNG\r\n\x1a\n" + bytes(range(251)) * 30_000
    page.play("teacher").get(f"outlook/{practice.user('teacher')}/compose")

    form = page.form("/compose") | {"to": practice.user("reports"), "subject": "Large", "action": "send"}
    page.post(page.link_of_form("/compose"), form, files={"files": ("large.png", large, "image/png")})

    (arrived,) = listed(practice, "reports", "inbox")
    path = f"users/{practice.user('reports')}/messages/{arrived['id']}/attachments"
    (file,) = practice.graph("GET", path, headers={"Prefer": 'IdType="ImmutableId"'}, expect=200).json()[
        "value"
    ]
    assert practice.graph("GET", f"{path}/{file['id']}/$value").content == large


def test_a_mail_moved_to_the_archive_lies_there(practice: PracticeServer, page: Page) -> None:
    mail_from_a_parent(practice)
    open_mail(page, practice, "teacher", "Thought you should see this")

    page.post(page.link_of_form("/move"), page.form("/move"))

    assert "Moved to Archive." in page.words
    assert [mail["subject"] for mail in listed(practice, "teacher", "archive")] == [
        "Thought you should see this"
    ]


def test_a_mail_that_was_attached_opens_with_its_own_attachments(
    practice: PracticeServer, page: Page
) -> None:
    raw = (
        b"From: Ann <ann@example.org>\r\nTo: reports@tillbrook.example\r\nSubject: See attached\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere.\r\n'
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ben <ben@example.org>\r\nSubject: Inner mail\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="c"\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\n'
        b"Inner words.\r\n--c\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=n.txt\r\n\r\n"
        b"noted\r\n--c--\r\n--b--\r\n"
    )
    deliver(practice, raw, to="teacher")

    open_mail(page, practice, "teacher", "See attached").follow("Inner mail")

    assert "Inner words." in page.words
    assert page.get(page.link("n.txt")).content.strip() == b"noted"
