"""Attempts to have a letter sent that its approver did not approve, by mistake or on purpose."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from tests.remembering import Moments
from tests.school import SchoolAtWork, mail, words

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@homes.example", "Target": "school"}
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"


def draft(school: SchoolAtWork) -> None:
    """The invitation waits in the headteacher's Drafts."""
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(**PARENT)
    school.works()


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(draft)


def test_a_decision_set_before_there_is_a_letter_approves_nothing(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()

    school.staff_set(by="headteacher", Decision="approve", **PARENT)
    school.works()
    school.works()

    assert school.left_the_school() == []
    assert school.the_case()["Stage"] == "awaiting approval"


def test_a_decision_on_the_first_version_does_not_approve_the_second(drafted: SchoolAtWork) -> None:
    drafted.staff_set(by="headteacher", Decision="approve", Parent="Ms R Oakfield")

    drafted.works()
    drafted.works()

    assert drafted.left_the_school() == []
    assert "version 2: waiting for approval" in drafted.the_case()["Letters"]


def test_an_answer_to_two_requests_at_once_approves_neither(drafted: SchoolAtWork) -> None:
    drafted.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/13")
    drafted.works()
    second = next(row["item"] for row in drafted.rows() if row["Reference"].endswith("2"))
    drafted.staff_set(item=second, **{**PARENT, "ParentEmail": "b.thornley@homes.example"})
    drafted.works()
    asked = [subject for subject in drafted.subjects("headteacher") if subject.startswith("Please approve:")]

    drafted.send_mail("headteacher", drafted.address("reports"), f"Re: {' '.join(asked)}", "APPROVE")
    drafted.works()

    assert len(asked) == 2
    assert drafted.left_the_school() == []


def test_the_office_cannot_approve_by_forwarding_the_request(drafted: SchoolAtWork) -> None:
    subject = f"FW: {drafted.the_request()['subject']}"
    drafted.send_mail("office", drafted.address("reports"), subject, "APPROVE\n\nas Mrs Aldwick asked me to")

    drafted.works()

    assert drafted.left_the_school() == []
    assert any("nothing was sent" in words(message) for message in drafted.messages("headteacher"))


def test_an_automatic_reply_that_says_approve_decides_nothing_and_is_not_answered(
    drafted: SchoolAtWork,
) -> None:
    away = {
        "status": "alwaysEnabled",
        "internalReplyMessage": "APPROVE whatever comes, I am away",
        "externalReplyMessage": "",
        "externalAudience": "none",
    }
    mailbox = f"users/{drafted.address('headteacher')}"
    drafted.as_person(
        "headteacher", "PATCH", f"{mailbox}/mailboxSettings", json={"automaticRepliesSetting": away}
    )
    drafted.send_mail(
        "reports", drafted.address("headteacher"), drafted.the_request()["subject"], "Still there?"
    )
    before = drafted.subjects("headteacher")
    assert any(subject.startswith("Automatic reply:") for subject in drafted.subjects("reports"))

    drafted.works()

    assert drafted.left_the_school() == []
    assert drafted.subjects("headteacher") == before
    assert drafted.the_case()["Stage"] == "awaiting approval"


def test_the_parent_approves_nothing_by_answering_the_letter(drafted: SchoolAtWork) -> None:
    drafted.press_send()
    drafted.works()
    drafted.staff_set(TalkedOn="2026-11-23T12:00:00Z", TalkOutcome="refused", Continues=True)
    drafted.works()
    letter = drafted.letters_sent()[0]

    answer = mail(PARENT["ParentEmail"], drafted.address("reports"), f"Re: {letter['Subject']}", "APPROVE")
    drafted.from_outside(answer, sender=PARENT["ParentEmail"])
    drafted.works()

    assert len(drafted.left_the_school()) == 1
    assert drafted.the_case()["Stage"] == "awaiting approval"


@pytest.mark.parametrize(
    "header", ["X-MS-Exchange-Organization-AuthAs", "Authentication-Results", "X-Casework-Key"]
)
def test_headers_that_a_sender_adds_prove_nothing(drafted: SchoolAtWork, header: str) -> None:
    value = {"Authentication-Results": "spf=pass dkim=pass dmarc=pass"}.get(header, "Internal")
    forged = mail(
        f"Mrs M Aldwick <{drafted.address('headteacher')}>",
        drafted.address("reports"),
        f"Re: {drafted.the_request()['subject']}",
        "APPROVE",
    )
    forged[header] = value

    drafted.from_outside(forged, sender="somebody@elsewhere.example")
    drafted.works()

    assert drafted.left_the_school() == []


def test_the_office_edits_after_the_heads_own_edit_and_the_head_is_asked(drafted: SchoolAtWork) -> None:
    """The head edited and approved; the draft could not be made at once; meanwhile the office edited too."""
    _edit_the_word_file(drafted, "From the head.", by="headteacher")
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.server.set_faults(_refuses("POST", "*/messages"))
    drafted.once()
    drafted.server.set_faults()

    _edit_the_word_file(drafted, "From the office.", by="office")
    drafted.until_settled()

    assert drafted.letters_sent() == []
    assert drafted.the_case()["Stage"] == "awaiting approval"


def test_an_approved_letter_does_not_go_to_an_address_that_staff_took_back(drafted: SchoolAtWork) -> None:
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.server.set_faults(_refuses("POST", "*/send"))
    drafted.once()
    drafted.server.set_faults()
    assert drafted.letters_sent() == []

    drafted.staff_set(ParentEmail="b.thornley@homes.example")
    drafted.until_settled()

    assert drafted.letters_sent() == []
    to = drafted.the_draft()["toRecipients"]
    assert [person["emailAddress"]["address"] for person in to] == ["b.thornley@homes.example"]


def test_a_corrected_word_file_is_drafted_after_all(drafted: SchoolAtWork) -> None:
    """The office wrote the reporter's name into the letter; nobody sees it, and the correction is taken up."""
    _edit_the_word_file(drafted, "Robin Witness told us.", by="office")
    drafted.once()
    assert drafted.messages("headteacher", "drafts") == []
    assert "could not be drafted" in drafted.the_case()["NextStep"]

    _edit_the_word_file(drafted, "", by="office", instead_of="Robin Witness told us.")
    drafted.works()

    assert drafted.the_draft()["hasAttachments"]


WRONG_ADDRESSES = (
    "office@tillbrook.example",
    "reports@tillbrook.example",
    "a@homes.example; b@homes.example",
    "a@homes.example\nb@homes.example",
    "Mrs Oakfield <a@homes.example>",
    "a@homes",
    "ask the office",
)


@pytest.mark.parametrize("written", WRONG_ADDRESSES)
def test_a_letter_goes_to_one_address_outside_the_school_or_is_not_drafted(
    school: SchoolAtWork, written: str
) -> None:
    school.teacher_forwards(POST)
    school.works()

    school.staff_set(**{**PARENT, "ParentEmail": written})
    school.works()

    assert school.messages("headteacher", "drafts") == []
    assert "e-mail address" in school.the_case()["NextStep"]


def test_marks_that_nobody_sees_do_not_spoil_an_address(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()

    school.staff_set(**{**PARENT, "ParentEmail": "\u200br.oakfield@homes.example\u00a0"})
    school.works()

    to = school.the_draft()["toRecipients"]
    assert [person["emailAddress"]["address"] for person in to] == ["r.oakfield@homes.example"]


def test_the_office_may_report_and_still_stand_on_the_letter(school: SchoolAtWork) -> None:
    school.send_mail("office", school.address("reports"), "A post", POST)
    school.works()

    school.staff_set(**PARENT)
    school.works()

    assert school.the_draft()["hasAttachments"]


def _refuses(method: str, path: str) -> dict[str, Any]:
    return {"method": method, "path": path, "fault": "503", "times": 50}


def _edit_the_word_file(school: SchoolAtWork, words: str, *, by: str, instead_of: str = "") -> None:
    path, content = next((p, c) for p, c in school.files("casework").items() if p.endswith(".docx"))
    document = Document(BytesIO(content))
    if instead_of:
        for paragraph in document.paragraphs:
            paragraph.text = paragraph.text.replace(instead_of, words)
    else:
        document.add_paragraph(words)
    saved = BytesIO()
    document.save(saved)
    school.put_file("casework", path, saved.getvalue(), by=by)
