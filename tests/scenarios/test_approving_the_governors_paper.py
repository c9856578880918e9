"""The governors' termly paper is approved like any letter: what its approver read is what the clerk gets, once."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from casework.status import Status
from connectors.documents.letters import read_docx_text
from offices.status import status_of
from tests.remembering import Moments
from tests.scenarios.test_who_decides import go_away
from tests.school import SchoolAtWork, mail, words

LAST_DAY = "2026-12-18T09:00:00+00:00"
PAPER = "Governors/Governors' paper Autumn term 2026.docx"


def draft(school: SchoolAtWork) -> None:
    """A post was reported in the term, and on its last day the paper waits in the headteacher's Drafts."""
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.at(LAST_DAY)
    school.works()


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(draft)


def with_the_clerk(school: SchoolAtWork) -> list[dict[str, Any]]:
    """The papers that the governors' clerk has."""
    return [one for one in school.messages("clerk") if one["subject"].startswith("Governors' paper")]


def attached(school: SchoolAtWork, role: str, message: dict[str, Any]) -> bytes:
    path = f"users/{school.address(role)}/messages/{message['id']}/attachments"
    (only,) = school.as_visitor("GET", path).json()["value"]
    content = school.as_visitor("GET", f"{path}/{only['id']}/$value")
    return content.content


def told(school: SchoolAtWork, role: str, begins: str) -> list[str]:
    return [words(one) for one in school.messages(role) if one["subject"].startswith(begins)]


def status(school: SchoolAtWork) -> Status:
    return status_of(school.office.settings, journal=school.office.journal)


def edited(content: bytes, sentence: str = "The office adds this sentence.") -> bytes:
    document = Document(BytesIO(content))
    document.add_paragraph(sentence)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_on_the_last_day_of_term_the_head_is_asked_about_the_paper(drafted: SchoolAtWork) -> None:
    draft, request = drafted.the_draft(), drafted.the_request()

    assert [to["emailAddress"]["address"] for to in draft["toRecipients"]] == [drafted.address("clerk")]
    assert request["subject"].startswith("Please approve: [TIS-GOV-20261218-")
    assert "the governors' paper for the Autumn term 2026" in words(request)
    assert "By email, to the governors' clerk" in words(request)
    assert with_the_clerk(drafted) == []
    assert status(drafted)["letters_waiting"] == 1


def test_a_reply_of_one_line_sends_the_very_paper_to_the_clerk_once(drafted: SchoolAtWork) -> None:
    shown = attached(drafted, "headteacher", drafted.the_draft())

    drafted.reply("headteacher", drafted.the_request(), "Approved, many thanks\n\nA. Vale\nHeadteacher")
    drafted.works()
    drafted.works()

    (paper,) = with_the_clerk(drafted)
    assert attached(drafted, "clerk", paper) == shown
    assert "Where the posts stood" in read_docx_text(shown)
    assert drafted.messages("headteacher", "drafts") == []
    assert status(drafted)["letters_waiting"] == 0


def test_the_head_may_still_press_send_and_a_later_answer_is_told_so(drafted: SchoolAtWork) -> None:
    request = drafted.the_request()
    drafted.press_send()
    drafted.works()
    assert len(with_the_clerk(drafted)) == 1

    drafted.reply("headteacher", request, "APPROVE")
    drafted.works()

    assert len(with_the_clerk(drafted)) == 1
    (said,) = told(drafted, "headteacher", "Already decided: the governors' paper")
    assert "by sending the draft" in said


def test_an_answer_that_came_in_while_the_head_pressed_send_sends_no_second_paper(
    drafted: SchoolAtWork,
) -> None:
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.press_send()

    drafted.works()

    assert len(with_the_clerk(drafted)) == 1


def test_a_change_goes_to_the_office_and_the_head_sees_what_is_different(drafted: SchoolAtWork) -> None:
    first = drafted.the_request()
    drafted.reply("headteacher", first, "Please add a sentence about the training day")
    drafted.works()

    (task,) = told(drafted, "office", "Please change the governors' paper")
    assert "add a sentence about the training day" in task
    assert "in the folder Governors of the casework library" in task
    assert drafted.messages("headteacher", "drafts") == []
    assert drafted.the_request() == first  # nobody is asked about words that are still the same

    drafted.put_file("casework", PAPER, edited(drafted.files("casework")[PAPER]), by="office")
    drafted.works()

    second = drafted.the_request()
    assert "add a sentence about the training day" in words(second)
    assert "The office adds this sentence." in words(second)
    assert "<ins" in second["body"]["content"]
    drafted.reply("headteacher", second, "Lovely, approved, thanks")
    drafted.works()
    (paper,) = with_the_clerk(drafted)
    assert "The office adds this sentence." in read_docx_text(attached(drafted, "clerk", paper))


def test_the_office_may_ask_the_head_to_look_at_the_paper_again_as_it_is(drafted: SchoolAtWork) -> None:
    drafted.reply("headteacher", drafted.the_request(), "CHANGE the number of cases, I counted six")
    drafted.works()
    task = next(m for m in drafted.messages("office") if m["subject"].startswith("Please change"))

    drafted.reply("office", task, "AS IT IS, because fewer than five are never shown")
    drafted.works()

    again = words(drafted.the_request())
    assert "fewer than five are never shown" in again
    assert "The words of the paper are the same as in version 1." in again
    drafted.reply("headteacher", drafted.the_request(), "OK to send")
    drafted.works()
    assert len(with_the_clerk(drafted)) == 1


def test_a_rejected_paper_is_taken_back_and_the_office_is_told_why(drafted: SchoolAtWork) -> None:
    drafted.reply("headteacher", drafted.the_request(), "REJECT the governors do without it this term")
    drafted.works()

    (said,) = told(drafted, "office", "Not to be sent: the governors' paper")
    assert "the governors do without it this term" in said
    assert "casework governors-paper --draft" in said
    assert told(drafted, "headteacher", "Withdrawn: the governors' paper")
    assert drafted.messages("headteacher", "drafts") == []

    drafted.at("2027-01-06T09:00:00+00:00")
    drafted.works()
    assert drafted.messages("headteacher", "drafts") == []
    assert with_the_clerk(drafted) == []
    assert status(drafted)["letters_waiting"] == 0


@pytest.mark.parametrize(
    "said", ["Approved, but please take the second chart out", "Looks fine, did Jo see it?"]
)
def test_an_approval_with_a_condition_is_asked_back(drafted: SchoolAtWork, said: str) -> None:
    drafted.reply("headteacher", drafted.the_request(), said)
    drafted.works()

    assert with_the_clerk(drafted) == []
    (asked,) = told(drafted, "headteacher", "What did you decide?")
    assert "an approval takes no conditions" in asked


def test_a_paper_that_was_changed_in_drafts_is_asked_about_again(drafted: SchoolAtWork) -> None:
    draft, request = drafted.the_draft(), drafted.the_request()
    drafted.as_person(
        "headteacher",
        "PATCH",
        f"users/{drafted.address('headteacher')}/messages/{draft['id']}",
        json={"subject": f"{draft['subject']} (confidential)"},
    )
    drafted.at("2026-12-18T09:30:00+00:00")
    drafted.reply("headteacher", request, "APPROVE")
    drafted.works()

    assert with_the_clerk(drafted) == []
    again = drafted.the_request()
    assert "the subject" in words(again)
    drafted.reply("headteacher", request, "APPROVE")  # the answer to the old request decides nothing any more
    drafted.works()
    assert with_the_clerk(drafted) == []

    drafted.reply("headteacher", again, "APPROVE")
    drafted.works()
    (paper,) = with_the_clerk(drafted)
    assert paper["subject"].endswith("(confidential)")


def forged(school: SchoolAtWork) -> EmailMessage:
    subject = f"Re: {school.the_request()['subject']}"
    return mail(f"Mrs Vale <{school.address('headteacher')}>", school.address("reports"), subject, "APPROVE")


def test_an_answer_from_outside_in_the_heads_name_decides_nothing(drafted: SchoolAtWork) -> None:
    drafted.from_outside(forged(drafted), sender="somebody@elsewhere.example")
    drafted.works()

    assert with_the_clerk(drafted) == []
    assert len(drafted.messages("headteacher", "drafts")) == 1
    (said,) = told(drafted, "headteacher", "An answer in your name was not accepted")
    assert "could not be proven" in said
    assert len(drafted.rows()) == 1  # it is no report either


@pytest.mark.parametrize("somebody", ["teacher", "office", "deputy", "clerk"])
def test_a_request_that_was_passed_on_is_nobody_elses_to_answer(drafted: SchoolAtWork, somebody: str) -> None:
    subject = f"Re: {drafted.the_request()['subject']}"
    drafted.send_mail(somebody, drafted.address("reports"), subject, "APPROVE")
    drafted.works()

    assert with_the_clerk(drafted) == []
    assert len(drafted.rows()) == 1


def test_an_answer_with_a_wrong_token_opens_no_case_and_sends_nothing(drafted: SchoolAtWork) -> None:
    subject = "Re: Please approve: [TIS-GOV-20261218-zzzz]"
    drafted.send_mail("headteacher", drafted.address("reports"), subject, "APPROVE")
    drafted.works()

    assert with_the_clerk(drafted) == []
    assert len(drafted.rows()) == 1


def test_an_answer_that_names_a_letter_and_the_paper_decides_on_neither(drafted: SchoolAtWork) -> None:
    drafted.staff_set(Parent="Mrs R Oakfield", ParentEmail="r.oakfield@homes.example", Target="school")
    drafted.works()
    requests = [m["subject"] for m in drafted.messages("headteacher") if "Please approve" in m["subject"]]
    assert len(requests) == 2

    drafted.send_mail("headteacher", drafted.address("reports"), " and ".join(requests), "APPROVE")
    drafted.works()

    assert with_the_clerk(drafted) == []
    assert drafted.letters_sent() == []
    assert "more than one request" in told(drafted, "headteacher", "What did you decide?")[0]


def test_the_deputy_stands_in_for_a_head_who_is_away(drafted: SchoolAtWork) -> None:
    go_away(drafted, "headteacher", "2027-01-20T08:00:00")
    drafted.at("2026-12-18T10:00:00+00:00")
    drafted.works()

    assert drafted.messages("headteacher", "drafts") == []
    assert "20 January 2027" in words(drafted.the_request("deputy"))
    drafted.reply("deputy", drafted.the_request("deputy"), "Fine by me, please send")
    drafted.works()

    assert len(with_the_clerk(drafted)) == 1
    assert drafted.messages("deputy", "drafts") == []


def test_a_paper_that_waits_is_in_the_morning_mail_and_the_deputy_may_decide_after_three_school_days(
    drafted: SchoolAtWork,
) -> None:
    drafted.at("2027-01-05T09:00:00+00:00")
    drafted.works()
    morning = drafted.messages("headteacher")[-1]
    assert "Governors' paper" in words(morning)
    assert "has waited since Friday 18 December 2026" in words(morning)

    for day in ("06", "07"):
        drafted.at(f"2027-01-{day}T09:00:00+00:00")
        drafted.works()
    offer = drafted.the_request("deputy")
    assert "Where the posts stood" in words(offer)
    assert "in the folder Governors of the casework library" in words(offer)
    drafted.reply("deputy", offer, "Approve")
    drafted.works()

    assert len(with_the_clerk(drafted)) == 1
    assert told(drafted, "headteacher", "Decided: the governors' paper")
    drafted.at("2027-01-14T09:00:00+00:00")
    drafted.works()
    assert told(drafted, "office", "Please step in") == []


def test_a_paper_that_nobody_decides_on_is_told_to_the_office(drafted: SchoolAtWork) -> None:
    for day in ("2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-11", "2027-01-12"):
        drafted.at(f"{day}T09:00:00+00:00")
        drafted.works()

    said = " ".join(words(one) for one in drafted.messages("office"))
    assert "The governors' paper for the Autumn term 2026, version 1, has waited" in said


def test_a_draft_that_vanished_asks_the_head_who_may_have_it_made_again(drafted: SchoolAtWork) -> None:
    draft = drafted.the_draft()
    mailbox = f"users/{drafted.address('headteacher')}"
    drafted.as_person("headteacher", "DELETE", f"{mailbox}/messages/{draft['id']}")
    for _ in range(3):
        drafted.works()
    missing = next(
        m for m in drafted.messages("headteacher") if m["subject"].startswith("Where is the draft")
    )
    assert "Outcome" not in words(missing)

    drafted.reply("headteacher", missing, "CHANGE again")
    drafted.works()

    assert len(drafted.messages("headteacher", "drafts")) == 1
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.works()
    assert len(with_the_clerk(drafted)) == 1


def test_a_name_that_an_edit_brings_into_the_paper_is_pointed_out_before_it_is_approved(
    drafted: SchoolAtWork,
) -> None:
    drafted.staff_set(Parent="Robin Oakfield", Target="school")
    drafted.works()
    content = edited(drafted.files("casework")[PAPER], "One of them was by Robin Oakfield.")
    drafted.put_file("casework", PAPER, content, by="office")
    drafted.works()

    assert "The paper should name nobody" in words(drafted.the_request())


def test_an_empty_term_gets_no_paper(school: SchoolAtWork) -> None:
    school.at(LAST_DAY)
    school.works()

    assert school.messages("headteacher", "drafts") == []
