"""Journey 2: a letter is drafted, the headteacher decides in Outlook, and what was approved is what leaves."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO

import pytest
from docx import Document

from connectors.documents.letters import read_docx_text
from tests.remembering import Moments
from tests.school import SchoolAtWork, mail, words

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
REFUSED = {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "refused", "Continues": True}


def report(school: SchoolAtWork) -> None:
    """A case is open and nothing more is known."""
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()


@pytest.fixture
def reported(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report)


def draft(school: SchoolAtWork) -> None:
    """Staff have named the parent, and the invitation waits in the headteacher's Drafts."""
    report(school)
    school.staff_set(**PARENT)
    school.works()


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(draft)


def approved_bytes(school: SchoolAtWork) -> str:
    """SHA-256 of the file that the draft carries."""
    draft = school.the_draft()
    content = school.as_visitor(
        "GET", f"users/{school.address('headteacher')}/messages/{draft['id']}/attachments"
    ).json()["value"]
    return hashlib.sha256(base64.b64decode(content[0]["contentBytes"])).hexdigest()


def sent_bytes(school: SchoolAtWork) -> list[str]:
    return [
        hashlib.sha256(part.get_payload(decode=True)).hexdigest()  # type: ignore[arg-type]  # decoded parts are bytes
        for letter in school.letters_sent()
        for part in letter.iter_attachments()
    ]


def edited(content: bytes) -> bytes:
    """The Word file with one more paragraph."""
    document = Document(BytesIO(content))
    document.add_paragraph("With best wishes for the week.")
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_naming_the_parent_drafts_the_invitation_and_asks_the_head(drafted: SchoolAtWork) -> None:
    draft = drafted.the_draft()

    assert [to["emailAddress"]["address"] for to in draft["toRecipients"]] == ["r.oakfield@parents.example"]
    assert draft["hasAttachments"]
    assert drafted.the_request()["subject"].startswith("Please approve: [TIS-2026-0001-")
    assert drafted.the_case()["Stage"] == "awaiting approval"
    assert drafted.left_the_school() == []


@pytest.mark.parametrize("client", ["graph", "desktop", "phone"])
def test_pressing_send_approves_and_the_register_shows_it(drafted: SchoolAtWork, client: str) -> None:
    approved = approved_bytes(drafted)

    drafted.press_send(on=client)
    drafted.works()

    assert sent_bytes(drafted) == [approved]
    assert "sent 23 November 2026 (approved by pressing Send)" in drafted.the_case()["Letters"]
    assert drafted.the_case()["Stage"] == "conversation"


def test_a_reply_of_approve_sends_the_very_draft(drafted: SchoolAtWork) -> None:
    approved = approved_bytes(drafted)

    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.works()

    assert sent_bytes(drafted) == [approved]
    assert "(approved by reply)" in drafted.the_case()["Letters"]
    assert drafted.messages("headteacher", "drafts") == []


def test_a_change_goes_to_the_office_and_the_head_sees_what_is_different(drafted: SchoolAtWork) -> None:
    first = drafted.the_request()
    drafted.reply("headteacher", first, "Please change the closing words, they are too formal")
    drafted.works()

    task = next(m for m in drafted.messages("office") if m["subject"].startswith("Please change a letter"))
    assert "they are too formal" in words(task)
    assert "version 2: being changed by the office" in drafted.the_case()["Letters"]
    assert drafted.messages("headteacher", "drafts") == []
    assert drafted.the_request() == first  # nobody is asked about words that are still the same

    drafted.reply("headteacher", first, "APPROVE")
    drafted.reply("headteacher", first, "APPROVE again")
    drafted.works()
    assert drafted.left_the_school() == []
    assert sum(subject.startswith("Already decided") for subject in drafted.subjects("headteacher")) == 1

    path, content = next((p, c) for p, c in drafted.files("casework").items() if p.endswith("version 2.docx"))
    drafted.put_file("casework", path, edited(content), by="office")
    drafted.works()

    second = drafted.the_request()
    assert "they are too formal" in words(second)
    assert "<ins" in second["body"]["content"]
    assert "With best wishes for the week." in words(second)
    drafted.reply("headteacher", second, "Lovely, approved, thanks")
    drafted.works()
    letter = next(drafted.letters_sent()[0].iter_attachments())
    assert "With best wishes for the week." in read_docx_text(letter.get_content())


def test_the_office_may_ask_the_head_to_look_again_as_it_is(drafted: SchoolAtWork) -> None:
    drafted.reply("headteacher", drafted.the_request(), "REJECT too formal")
    drafted.works()
    task = next(m for m in drafted.messages("office") if m["subject"].startswith("Please change a letter"))

    drafted.reply("office", task, "AS IT IS, because the policy asks for these words")
    drafted.works()

    assert "the policy asks for these words" in words(drafted.the_request())
    assert "version 2: waiting for approval" in drafted.the_case()["Letters"]


def test_the_decision_column_of_the_head_decides_and_is_emptied(drafted: SchoolAtWork) -> None:
    drafted.staff_set(by="headteacher", Decision="approve")
    drafted.works()

    assert len(drafted.letters_sent()) == 1
    assert "(approved in the Decision column)" in drafted.the_case()["Letters"]
    assert not drafted.the_case().get("Decision")


def test_the_decision_column_of_anybody_else_decides_nothing(drafted: SchoolAtWork) -> None:
    drafted.staff_set(by="office", Decision="approve")
    drafted.works()

    assert drafted.left_the_school() == []
    assert drafted.the_case()["Stage"] == "awaiting approval"
    assert not drafted.the_case().get("Decision")


def test_the_first_decision_stands_and_the_second_is_told_so(drafted: SchoolAtWork) -> None:
    request = drafted.the_request()
    drafted.press_send()
    drafted.works()

    drafted.reply("headteacher", request, "REJECT no")
    drafted.works()

    assert len(drafted.letters_sent()) == 1
    assert "sent 23 November 2026" in drafted.the_case()["Letters"]
    assert any("lready" in subject for subject in drafted.subjects("headteacher"))


def test_an_approval_from_outside_decides_nothing_and_the_head_is_told(drafted: SchoolAtWork) -> None:
    subject = f"Re: {drafted.the_request()['subject']}"
    forged = mail(
        f"Mrs Aldwick <{drafted.address('headteacher')}>", drafted.address("reports"), subject, "APPROVE"
    )
    before = len(drafted.messages("headteacher"))
    drafted.from_outside(forged, sender="somebody@elsewhere.example")

    drafted.works()

    assert drafted.left_the_school() == []
    assert len(drafted.messages("headteacher")) == before + 1
    assert drafted.the_case()["Stage"] == "awaiting approval"


def test_another_member_of_staff_cannot_approve(drafted: SchoolAtWork) -> None:
    subject = f"Re: {drafted.the_request()['subject']}"
    drafted.send_mail("teacher", drafted.address("reports"), subject, "APPROVE")

    drafted.works()

    assert drafted.left_the_school() == []


def test_an_unclear_answer_is_asked_back(drafted: SchoolAtWork) -> None:
    drafted.reply("headteacher", drafted.the_request(), "Hmm, what did the parent say before?")
    before = len(drafted.messages("headteacher"))

    drafted.works()

    assert drafted.left_the_school() == []
    assert len(drafted.messages("headteacher")) == before + 1


def test_a_draft_that_was_changed_is_asked_about_again(drafted: SchoolAtWork) -> None:
    draft = drafted.the_draft()
    drafted.as_person(
        "headteacher",
        "PATCH",
        f"users/{drafted.address('headteacher')}/messages/{draft['id']}",
        json={"subject": f"{draft['subject']} (private)"},
    )
    drafted.at("2026-11-23T09:30:00+00:00")
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")

    drafted.works()

    assert drafted.left_the_school() == []
    assert "the subject" in words(drafted.the_request())


def test_a_late_answer_to_the_first_request_does_not_approve_the_changed_draft(drafted: SchoolAtWork) -> None:
    draft, first = drafted.the_draft(), drafted.the_request()
    mailbox = f"users/{drafted.address('headteacher')}"
    drafted.as_person(
        "headteacher",
        "PATCH",
        f"{mailbox}/messages/{draft['id']}",
        json={"subject": f"{draft['subject']} (2)"},
    )
    drafted.at("2026-11-23T09:30:00+00:00")
    drafted.reply("headteacher", first, "APPROVE")
    drafted.works()

    drafted.reply("headteacher", first, "APPROVE")
    drafted.works()
    assert drafted.left_the_school() == []

    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.works()
    assert len(drafted.letters_sent()) == 1


def test_the_heads_own_edit_before_pressing_send_is_what_was_approved(drafted: SchoolAtWork) -> None:
    draft = drafted.the_draft()
    drafted.as_person(
        "headteacher",
        "PATCH",
        f"users/{drafted.address('headteacher')}/messages/{draft['id']}",
        json={
            "subject": f"{draft['subject']} - with kind regards",
            "body": {"contentType": "text", "content": "Here is our letter. Please stop your lies."},
        },
    )
    drafted.press_send()

    drafted.works()

    assert drafted.letters_sent()[0]["Subject"].endswith("with kind regards")
    assert "changed the subject" in drafted.the_case()["Letters"]
    for role in ("headteacher", "office"):  # what was wrong in the changed mail is told, without its words
        told = [mail for mail in drafted.messages(role) if "look today" in mail["subject"]]
        assert len(told) == 1
        assert "It accuses" in told[0]["body"]["content"]
        assert "your lies" not in told[0]["body"]["content"]


def test_a_draft_that_vanished_asks_the_head_after_two_sweeps(drafted: SchoolAtWork) -> None:
    draft = drafted.the_draft()
    drafted.as_person(
        "headteacher", "DELETE", f"users/{drafted.address('headteacher')}/messages/{draft['id']}"
    )
    before = len(drafted.messages("headteacher"))

    drafted.works()
    assert len(drafted.messages("headteacher")) == before
    drafted.works()
    drafted.works()

    assert len(drafted.messages("headteacher")) == before + 1
    assert drafted.left_the_school() == []


def test_logging_the_talk_withdraws_the_unsent_invitation(drafted: SchoolAtWork) -> None:
    drafted.staff_set(TalkedOn="2026-11-23T12:00:00Z", TalkOutcome="removed")

    drafted.works()

    assert drafted.messages("headteacher", "drafts") == []
    assert drafted.the_case()["Stage"] == "watching"


def test_refused_and_continued_drafts_the_written_request(reported: SchoolAtWork) -> None:
    reported.staff_set(**PARENT, **REFUSED)

    reported.works()

    assert "Removal request, version 1" in reported.the_case()["Letters"]


def test_refused_alone_drafts_nothing(reported: SchoolAtWork) -> None:
    reported.staff_set(**PARENT, **{**REFUSED, "Continues": False})

    reported.works()

    assert reported.messages("headteacher", "drafts") == []
    assert reported.the_case()["Stage"] == "watching"


def test_the_deadline_runs_in_school_days_from_service(reported: SchoolAtWork) -> None:
    reported.staff_set(**PARENT, **REFUSED)
    reported.works()

    reported.press_send()
    reported.works()

    assert reported.the_case()["Stage"] == "awaiting removal"
    assert reported.the_case()["Due"].startswith("2026-12-07")


def test_a_case_about_the_head_is_decided_by_the_chair(reported: SchoolAtWork) -> None:
    reported.staff_set(**{**PARENT, "Target": "headteacher"})

    reported.works()

    assert reported.messages("headteacher", "drafts") == []
    assert len(reported.messages("chair", "drafts")) == 1


def test_a_letter_by_post_goes_to_the_office_to_print(reported: SchoolAtWork) -> None:
    reported.staff_set(Parent="Mrs R Oakfield", ParentAddress="14 Weir Street, Tillbrook", Target="school")

    reported.works()

    draft = reported.the_draft()
    assert [to["emailAddress"]["address"] for to in draft["toRecipients"]] == [reported.address("office")]
    assert "rint and post" in draft["subject"]


def test_a_missing_address_is_asked_for_in_the_register(reported: SchoolAtWork) -> None:
    reported.staff_set(Parent="Mrs R Oakfield")

    reported.works()

    assert "e-mail address" in reported.the_case()["NextStep"]
    assert reported.messages("headteacher", "drafts") == []


def test_a_letter_that_names_the_reporter_is_not_drafted(reported: SchoolAtWork) -> None:
    reported.staff_set(Parent="Robin Witness", ParentEmail="r.oakfield@parents.example")

    report = reported.once()

    assert reported.messages("headteacher", "drafts") == []
    assert any("needs a person" in problem for problem in report.problems)
    assert not any("Robin" in problem for problem in report.problems)
    assert "who reported" in reported.the_case()["CaseworkSays"]


def test_a_mistyped_parent_is_corrected_by_a_new_version(drafted: SchoolAtWork) -> None:
    drafted.staff_set(Parent="Ms R Oakfield")

    drafted.works()

    assert len(drafted.messages("headteacher", "drafts")) == 1
    assert "version 2: waiting for approval" in drafted.the_case()["Letters"]
