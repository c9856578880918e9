"""A bounce is tied to the letter that it killed: not served, no deadline, and the office hears what to do."""

from __future__ import annotations

from tests.school import SchoolAtWork, mail

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}


def letter_sent(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT)
    school.works()
    school.press_send()
    school.works()


def test_a_letter_that_bounces_is_not_served_and_goes_by_post(school: SchoolAtWork) -> None:
    refused = [{"address": "*@parents.example", "status": "5.1.1"}]
    school.server.practice("PUT", "destinations", json=refused)
    letter_sent(school)
    school.works()

    case = school.the_case()
    assert "came back undelivered" in case["Letters"]
    assert case["Stage"] == "conversation"
    assert "postal address" in case["NextStep"]
    (told,) = [one for one in school.messages("office") if one["subject"].startswith("A letter came back")]
    assert "oakfield" not in told["body"]["content"].casefold()
    school.works()
    assert school.messages("headteacher", "drafts") == []

    school.staff_set(ParentEmail="", ParentAddress="14 Weir Street, Tillbrook")
    school.works()
    draft = school.the_draft()
    assert [to["emailAddress"]["address"] for to in draft["toRecipients"]] == [school.address("office")]
    school.works()
    assert len([one for one in school.messages("office") if "came back" in one["subject"]]) == 1


def test_a_delay_and_a_persons_answer_leave_the_letter_served(school: SchoolAtWork) -> None:
    letter_sent(school)
    (sent,) = school.letters_sent()
    answer = mail(
        "R Oakfield <r.oakfield@parents.example>",
        school.address("headteacher"),
        "Undeliverable: my patience",
        "5.1.1 I have had enough.",
        References=str(sent["Message-ID"]),
    )
    delay = mail(
        "Mail Delivery System <mailer-daemon@parents.example>",
        school.address("headteacher"),
        "Warning: message delayed 4 hours",
        "Your message is delayed and will be retried. 4.4.1",
        References=str(sent["Message-ID"]),
    )
    school.from_outside(answer, sender="r.oakfield@parents.example", to="headteacher")
    school.from_outside(delay, sender="mailer-daemon@parents.example", to="headteacher")
    school.server.forget_recorded()

    school.works()

    assert "sent 23 November 2026" in school.the_case()["Letters"]
    read = [entry["path"] for entry in school.server.recorded() if entry["path"].endswith("/$value")]
    assert len(read) == 1, "of the approver's mailbox only the mail system's own mail is read"
