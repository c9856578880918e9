"""Where a message belongs: to its case with the reason, apart from it, or into the tray until the office files it."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

from tests.school import SchoolAtWork, mail, words

ROBIN = "robin@parents.example"
OAKFIELD = "r.oakfield@parents.example"
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"


def case_with_a_parent(school: SchoolAtWork) -> dict[str, Any]:
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(
        Parent="Mrs Rowan Oakfield", ParentEmail=OAKFIELD, Target="school", TalkedOn="2026-11-20T12:00:00Z"
    )
    school.works()
    return school.the_case()


def from_robin(school: SchoolAtWork, subject: str, text: str, **headers: str) -> EmailMessage:
    note = mail(ROBIN, school.address("reports"), subject, text, **headers)
    school.from_outside(note, sender=ROBIN)
    return note


def asked(school: SchoolAtWork, beginning: str) -> list[dict[str, Any]]:
    """The questions of that kind in the office's inbox."""
    return [one for one in school.messages("office") if one["subject"].startswith(beginning)]


def story(school: SchoolAtWork) -> str:
    """What happened, as `casework explain` tells it."""
    return "\n".join(school.office.news.tell())


def test_each_way_of_joining_is_written_on_the_case(school: SchoolAtWork) -> None:
    from_robin(school, "A post", POST)
    school.works()
    thanks = school.left_the_school()[-1]
    tag = re.search(r"\[TIS-2026-0001-[a-z2-7]{4}\]", str(thanks["Subject"]))
    assert tag

    from_robin(school, f"More about it {tag[0]}", "One more thing.")
    school.works()
    assert "tag in the subject" in school.the_case()["CaseworkSays"]
    from_robin(school, "More about it", f"Your number was {tag[0]}, I think.")
    school.works()
    assert "tag in the text" in school.the_case()["CaseworkSays"]
    from_robin(school, "Re: (no subject)", "And this.", References=str(thanks["Message-ID"]))
    school.works()
    assert "References" in school.the_case()["CaseworkSays"]
    assert len(school.left_the_school()) == 1


def test_what_the_subject_writes_is_kept_apart_and_nobody_is_answered(school: SchoolAtWork) -> None:
    case = case_with_a_parent(school)
    heard = len(school.messages("headteacher"))
    words = mail(
        f"R Oakfield <{OAKFIELD}>", school.address("reports"), "Your letter", "I will not take it down."
    )
    under_another = mail(
        "Rowan Oakfield <rowan@elsewhere.example>", school.address("reports"), "Still me", "Nor will I ever."
    )
    school.from_outside(words, sender=OAKFIELD)
    school.from_outside(under_another, sender="rowan@elsewhere.example")

    school.works()

    assert [row["Reference"] for row in school.rows()] == [case["Reference"]]
    assert school.server.outbox() == []
    assert len(school.messages("teacher")) == 1
    notes = school.messages("headteacher")[heard:]
    assert [note["subject"] for note in notes] == [
        "Case TIS-2026-0001: a letter to read by 24 November 2026"
    ] * 2
    assert "take it down" not in notes[0]["body"]["content"]
    kept = school.files("casework", "TIS-2026-0001/Subject correspondence")
    assert any(b"I will not take it down." in content for content in kept.values())
    assert not any(
        b"not take it down" in found for found in school.files("casework", "TIS-2026-0001/Evidence").values()
    )


def test_a_letters_reply_under_another_address_is_the_subjects_by_its_token(school: SchoolAtWork) -> None:
    case_with_a_parent(school)
    token = school.office.tokens.subject(school.the_case()["Reference"])
    reply = mail(
        "Somebody <new@elsewhere.example>",
        school.address("reports"),
        f"Re: letter [TIS-2026-0001-{token}]",
        "No.",
    )
    school.from_outside(reply, sender="new@elsewhere.example")

    school.works()

    assert "subject's token" in school.the_case()["CaseworkSays"]
    assert school.server.outbox() == []


def test_a_number_without_its_token_waits_in_the_tray_until_the_office_files_it(school: SchoolAtWork) -> None:
    from_robin(school, "A post", POST)
    school.works()
    from_robin(school, "About TIS-2026-0001", "I have seen it again, on Saturday.")
    school.works()

    (question,) = asked(school, "Please file a message")
    assert "TIS-2026-0001" in question["body"]["content"]
    assert "Saturday" not in question["body"]["content"]
    assert school.subjects("reports") == []
    assert len(school.left_the_school()) == 1

    school.at("2026-11-24T08:00:00+00:00")
    school.works()
    school.works()
    assert sum("Messages to file" in words(one) for one in asked(school, "Casework on")) == 1
    school.reply("office", question, "Please file this with tis 2026/1, thanks.\n\nJ Lindley\nOffice")
    school.works()

    assert "filed by the office" in school.the_case()["CaseworkSays"]
    assert asked(school, "Done: your answer")
    assert any(
        b"on Saturday" in found for found in school.files("casework", "TIS-2026-0001/Evidence").values()
    )
    school.at("2026-11-25T08:00:00+00:00")
    school.works()
    assert sum("Messages to file" in words(one) for one in asked(school, "Casework on")) == 1
    assert asked(school, "Still to file") == []

    school.reply("office", question, "NEW")
    school.works()
    assert asked(school, "Answered before")
    assert len(school.rows()) == 1


def test_an_answer_is_carried_out_although_the_original_could_not_be_read_at_first(
    school: SchoolAtWork,
) -> None:
    """The library is busy when the office's answer comes: the answer waits, and is not lost."""
    from_robin(school, "About TIS-2026-0004", "I have seen it again, on Saturday.")
    school.works()
    (question,) = asked(school, "Please file a message")
    school.reply("office", question, "NEW")
    school.office.account.con._sleep = lambda seconds: None
    school.server.set_faults(
        {"method": "GET", "path": f"/v1.0/drives/{school.places['drives']['sealed']}/*", "fault": "503"}
    )

    report = school.once()

    assert any("answer of staff could not be carried out yet" in one for one in report.problems)
    assert school.rows() == []
    school.server.set_faults()
    school.until_settled()
    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert len(asked(school, "Done: your answer")) == 1


def test_new_and_not_ours_are_understood_and_what_is_unclear_is_asked_back(school: SchoolAtWork) -> None:
    for number in (1, 2):
        from_robin(school, f"TIS-2026-000{number}?", f"Is this the place to write to, number {number}?")
    school.works()
    first, second = asked(school, "Please file a message")

    school.reply("office", first, "Not sure. What do you think?")
    school.works()
    assert len(asked(school, "Please answer once more")) == 1
    assert school.rows() == []

    school.reply("office", first, "open a new one please")
    school.reply("office", second, "That is not ours.")
    school.works()
    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert len(school.left_the_school()) == 1
    assert len(asked(school, "Done: your answer")) == 2


def test_only_staff_inside_the_school_file_anything(school: SchoolAtWork) -> None:
    from_robin(school, "TIS-2026-0001?", "Is this the place to write to?")
    school.works()
    (question,) = asked(school, "Please file a message")
    forged = mail(
        f"Office <{school.address('office')}>", school.address("reports"), f"Re: {question['subject']}", "NEW"
    )
    school.from_outside(forged, sender="somebody@elsewhere.example")

    school.works()

    assert school.rows() == []
    assert asked(school, "An answer that was not yours?")


def test_a_late_answer_opens_a_new_case_that_names_the_old_one_and_an_early_one_reopens(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards(POST)
    school.works()
    thanks = school.messages("teacher")[0]
    school.staff_set(Outcome="It was removed by itself.")
    school.works()
    assert school.the_case()["Stage"] == "closed"
    assert school.the_case()["ClosedBy"] == school.address("office")

    school.at("2026-12-10T10:00:00+00:00")
    school.reply("teacher", thanks, "It is there again.")
    school.works()
    again = school.the_case()
    assert (again["Stage"], again.get("Outcome", "")) == ("new", "")
    assert again["Due"].startswith("2026-12-11")
    assert again["LastOutcome"] == (
        "Closed on 23 November 2026: It was removed by itself. Opened again on 10 December 2026."
    )

    school.staff_set(Outcome="It was removed once more.")
    school.works()
    school.at("2027-03-10T10:00:00+00:00")
    school.reply("teacher", thanks, "Now there is another.")
    school.works()
    rows = {row["Reference"]: row for row in school.rows()}
    assert rows["TIS-2026-0001"]["Stage"] == "closed"
    assert rows["TIS-2027-0001"]["EarlierCases"] == "TIS-2026-0001"


def test_a_burst_of_reports_in_one_minute_and_their_redeliveries_lose_nothing(school: SchoolAtWork) -> None:
    for number in range(12):
        note = mail(
            f"p{number}@parents.example",
            school.address("reports"),
            "A post",
            f"{POST}{number} number {number}",
        )
        for _ in range(2):
            school.from_outside(note, sender=f"p{number}@parents.example")

    school.works()

    assert len(school.rows()) == 12
    assert len(school.server.outbox()) == 12
    assert school.subjects("reports") == []
