"""What is not known of a post is asked for, and a person says whether it is still up; both lanes of time are shown."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from offices.story import story_of
from tests.remembering import Moments
from tests.school import SchoolAtWork, mail, words

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"
PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
CASE = "TIS-2026-0001"
WITNESS = "robin@parents.example"


def report_two_pictures(school: SchoolAtWork) -> None:
    """A parent sends two pictures and not a word."""
    report = mail(WITNESS, school.address("reports"), "", "")
    for name in ("first.png", "second.png"):
        report.add_attachment(PICTURE + name.encode(), maintype="image", subtype="png", filename=name)
    school.from_outside(report, sender=WITNESS)
    school.works()


@pytest.fixture
def screenshot_only(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report_two_pictures)


def mails_to(school: SchoolAtWork, address: str) -> list[str]:
    """The words of each mail that left the school for this person, oldest first."""
    return [
        " ".join(str(one.get_body(("plain", "html")).get_content()).split())  # type: ignore[union-attr]  # every mail has one
        for one in school.left_the_school()
        if address in str(one["To"])
    ]


def asked_of_office(school: SchoolAtWork) -> list[dict[str, object]]:
    return [one for one in school.messages("office") if "missing in a report" in one["subject"]]


def story(school: SchoolAtWork) -> str:
    return "\n".join(story_of(school.office, CASE))


def test_pictures_without_a_word_are_a_case_and_the_sender_is_asked_where_they_are_from(
    screenshot_only: SchoolAtWork,
) -> None:
    assert screenshot_only.the_case()["Title"].startswith("Report with 2 images")
    (thanks,) = mails_to(screenshot_only, WITNESS)
    for ask in ("the address (link) of the post", "the name or account", "the day and time"):
        assert ask in thanks
    assert "screenshot of the whole page" not in thanks


def test_it_is_asked_once_more_after_two_school_days_and_then_of_the_office(
    screenshot_only: SchoolAtWork,
) -> None:
    seen = []
    for day in ("24", "25", "26", "27", "30"):
        screenshot_only.at(f"2026-11-{day}T10:00:00+00:00")
        screenshot_only.works()
        seen.append((len(mails_to(screenshot_only, WITNESS)), len(asked_of_office(screenshot_only))))

    assert seen == [(1, 0), (2, 0), (2, 0), (2, 1), (2, 1)]
    screenshot_only.at("2026-12-07T10:00:00+00:00")
    screenshot_only.works()
    assert (len(mails_to(screenshot_only, WITNESS)), len(asked_of_office(screenshot_only))) == (2, 1)


def test_an_answer_fills_the_columns_and_ends_the_asking(screenshot_only: SchoolAtWork) -> None:
    thanks = next(one for one in screenshot_only.left_the_school() if WITNESS in str(one["To"]))
    answer = mail(
        WITNESS,
        screenshot_only.address("reports"),
        f"Re: {thanks['Subject']}",
        "It is https://www.facebook.com/tillbrook.mum/posts/77?fbclid=xyz\nPosted Friday 20 November 2026, 20:15",
    )
    screenshot_only.from_outside(answer, sender=WITNESS)
    screenshot_only.works()

    row = screenshot_only.the_case()
    assert row["Link"] == "https://www.facebook.com/tillbrook.mum/posts/77"
    assert row["Handle"] == "tillbrook.mum"
    assert row["PostedAt"] == "20 November 2026, 20:15"
    screenshot_only.at("2026-11-30T10:00:00+00:00")
    screenshot_only.works()
    assert len(mails_to(screenshot_only, WITNESS)) == 1
    assert asked_of_office(screenshot_only) == []
    online = story(screenshot_only).partition("What the school did")[0]
    assert "Fri 20 Nov 2026        Posted, as a message says. (entered 3 days later)" in online


def test_a_forged_sender_is_asked_nothing_and_the_office_is(school: SchoolAtWork) -> None:
    report = mail(WITNESS, school.address("reports"), "A post", "Please look at this post.")
    school.from_outside(report, sender="someone@elsewhere.example")
    school.works()
    school.at("2026-11-25T10:00:00+00:00")
    school.works()

    assert mails_to(school, WITNESS) == []
    assert len(asked_of_office(school)) == 1
    assert "cannot be asked" in words(asked_of_office(school)[0])


def report_and_talk(school: SchoolAtWork) -> None:
    """The parent agreed on Thursday to remove the post; the office enters the talk on Monday."""
    school.teacher_forwards(POST, files=(("screenshot.png", "image/png", PICTURE),))
    school.works()
    school.staff_set(**PARENT, TalkedOn="2026-11-19T12:00:00Z", TalkOutcome="removed")
    school.works()


@pytest.fixture
def watching(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report_and_talk)


def questions(school: SchoolAtWork, role: str = "office") -> list[dict[str, object]]:
    return [one for one in school.messages(role) if "Is the post still up?" in one["subject"]]


def until_the_due_day(school: SchoolAtWork) -> None:
    """The mail of the day before has told the other news, so that the question comes alone."""
    due = date.fromisoformat(school.the_case()["Due"][:10])
    for day in (due - timedelta(days=1), due):
        school.at(f"{day}T10:00:00+00:00")
        school.works()


def test_a_talk_entered_days_later_says_so(watching: SchoolAtWork) -> None:
    assert "Thu 19 Nov 2026        Talk with the parent; outcome: removed. (entered 4 days later)" in story(
        watching
    )


def test_on_the_due_day_a_person_is_asked_and_answers_in_a_line(watching: SchoolAtWork) -> None:
    assert questions(watching) == []
    until_the_due_day(watching)
    (question,) = questions(watching)
    assert "Casework never looks itself" in words(question)

    watching.reply("office", question, "GONE")
    watching.works()

    row = watching.the_case()
    assert row["PostSeen"].startswith("Gone, seen on")
    assert "Outcome" in row["NextStep"]
    online = story(watching).partition("What the school did")[0]
    assert "The office looked: gone (entered by reply)." in online


def test_what_an_outsider_answers_decides_nothing(watching: SchoolAtWork) -> None:
    until_the_due_day(watching)
    subject = f"Re: {questions(watching)[0]['subject']}"
    watching.from_outside(mail(WITNESS, watching.address("reports"), subject, "GONE"), sender=WITNESS)
    watching.works()

    assert "PostSeen" not in watching.the_case()


def test_staff_may_enter_it_in_the_list_for_an_earlier_day(watching: SchoolAtWork) -> None:
    watching.staff_set(StillUp="still up", StillUpOn="2026-11-22T12:00:00Z")
    watching.works()

    assert watching.the_case()["PostSeen"] == "Still up, seen on 22 November 2026 by the office"
    assert "The office looked: still up (entered in the list). (entered 1 day later)" in story(watching)


def test_the_day_of_posting_that_staff_enter_is_shown_and_not_asked_for(watching: SchoolAtWork) -> None:
    watching.staff_set(PostedOn="2026-11-18T12:00:00Z")
    watching.works()

    told = story(watching)
    assert "Wed 18 Nov 2026        Posted, as staff say. (entered 5 days later)" in told
    assert "Not known of the post: handle." in told


def test_the_timeline_lies_in_the_cases_folder_and_names_nobody(watching: SchoolAtWork) -> None:
    paper = Document(BytesIO(watching.files("casework")[f"{CASE}/Timeline.docx"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    headings = [part.text for part in paper.paragraphs if part.style and part.style.name == "Heading 1"]

    assert headings == ["What happened online", "What the school did"]
    assert "entered 4 days later" in cells
    assert not any("Oakfield" in cell or "Witness" in cell for cell in cells)


def test_a_reason_locks_the_evidence_and_its_taking_away_unlocks_it(watching: SchoolAtWork) -> None:
    watching.staff_set(EvidenceLock="Solicitor's letter of 20 November")
    watching.works()
    assert "The evidence is locked; the list says why." in story(watching)
    assert "The evidence was locked by the office." in story(watching)
    assert "Solicitor" not in story(watching)

    watching.staff_set(EvidenceLock="")
    watching.works()

    pages = b"".join(watching.files("sealed", f"Cases/{CASE}/Custody").values()).decode()
    assert "reason: Solicitor's letter of 20 November" in pages
    assert pages.count('"locked"') == 1
    assert pages.count('"unlocked"') == 1
