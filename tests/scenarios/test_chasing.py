"""Deadlines are chased in school days, each reminder once, and never at night; the day is told in one digest."""

from __future__ import annotations

import pytest

from offices.status import status_of
from offices.story import story_of
from tests.remembering import Moments
from tests.school import SchoolAtWork, words

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
REFUSED = {"TalkedOn": "2026-10-15T12:00:00Z", "TalkOutcome": "refused", "Continues": True}


def serve_the_request(school: SchoolAtWork) -> None:
    """The written request left on Friday 16 October 2026; half-term is 26 to 30 October."""
    school.at("2026-10-16T09:00:00+01:00")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT, **REFUSED)
    school.works()
    school.press_send()
    school.works()


@pytest.fixture
def served(moments: Moments) -> SchoolAtWork:
    return moments.come_to(serve_the_request)


MORNINGS = ("Casework on", "Overdue:", "Due on", "Is the post", "Please step in", "Still waiting")


def mornings(school: SchoolAtWork, role: str) -> list[str]:
    """What a person's morning mails say, one string a mail."""
    return [
        f"{message['subject']} {words(message)}"
        for message in school.messages(role)
        if message["subject"].startswith(MORNINGS)
    ]


def test_ten_school_days_over_half_term_end_on_the_sixth_of_november(served: SchoolAtWork) -> None:
    assert served.the_case()["Due"].startswith("2026-11-06")


def test_explain_counts_each_day_and_says_why_one_is_skipped(served: SchoolAtWork) -> None:
    story = "\n".join(story_of(served.office, "TIS-2026-0001"))

    assert "Letter sent (approved by pressing Send)" in story
    assert "Friday 6 November 2026" in story
    assert story.count("half-term") >= 5
    assert "Oakfield" not in story


def test_nobody_is_chased_in_half_term_and_the_office_is_on_the_monday_after(served: SchoolAtWork) -> None:
    before = mornings(served, "office")
    for day in range(26, 31):
        served.at(f"2026-10-{day}T09:00:00+00:00")
        served.works()
    assert mornings(served, "office") == before

    served.at("2026-11-09T07:31:00+00:00")
    served.works()
    served.works()

    after = mornings(served, "office")
    assert len(after) == len(before) + 1
    assert "Was due on Friday 6 November 2026" in after[-1]
    assert "It is still up" in after[-1]


def test_nothing_goes_out_before_half_past_seven(served: SchoolAtWork) -> None:
    before = served.subjects("office")
    served.at("2026-11-09T07:29:00+00:00")
    served.works()

    assert served.subjects("office") == before


def test_after_days_of_darkness_each_person_has_one_mail_and_not_a_storm(served: SchoolAtWork) -> None:
    before = {role: len(mornings(served, role)) for role in ("office", "headteacher")}
    served.at("2026-11-20T09:00:00+00:00")

    served.works()
    served.works()

    assert len(mornings(served, "office")) == before["office"] + 1
    assert len(mornings(served, "headteacher")) == before["headteacher"] + 1
    assert "Please step in" in mornings(served, "headteacher")[-1]


def test_reminders_stop_at_once_when_the_case_is_closed(served: SchoolAtWork) -> None:
    served.staff_set(Outcome="The post was removed; seen by the office on 5 November.")
    served.works()
    served.at("2026-11-12T09:00:00+00:00")
    served.works()
    served.at("2026-11-13T09:00:00+00:00")

    served.works()

    assert not any("Was due" in said for said in mornings(served, "office"))
    assert "13 November" not in " ".join(mornings(served, "office"))
    assert served.the_case()["Stage"] == "closed"


def test_the_approver_is_reminded_after_one_school_day_and_the_office_told_after_five(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT)
    school.works()

    school.at("2026-11-24T09:00:00+00:00")
    school.works()
    assert "It lies in your Drafts" in mornings(school, "headteacher")[-1]
    assert "APPROVE" in mornings(school, "headteacher")[-1]
    assert not any("step in" in said for said in mornings(school, "office"))
    school.at("2026-11-30T09:00:00+00:00")
    school.works()

    assert len(mornings(school, "headteacher")) == 3
    assert "Please speak with the headteacher" in mornings(school, "office")[-1]


def test_the_digest_comes_once_on_a_school_morning_and_shows_no_content(school: SchoolAtWork) -> None:
    school.teacher_forwards("They wrote that the kitchen is filthy: https://www.facebook.com/posts/9")
    school.works()
    school.at("2026-11-24T07:45:00+00:00")

    school.works()
    school.works()

    digests = [m for m in school.messages("office") if m["subject"].startswith("Casework on")]
    digests = [m for m in digests if "24 November" in m["subject"]]
    assert len(digests) == 1
    assert "TIS-2026-0001" in words(digests[0])
    assert "kitchen" not in words(digests[0])


def test_the_heads_digest_never_speaks_of_a_case_about_the_head(school: SchoolAtWork) -> None:
    school.teacher_forwards("They say the headteacher lied about the trip.")
    school.works()
    school.at("2026-11-24T07:45:00+00:00")

    school.works()

    assert not any("TIS-2026-0001" in words(message) for message in school.messages("headteacher"))


def test_status_counts_without_naming_anybody(served: SchoolAtWork) -> None:
    status = status_of(served.office.settings, journal=served.office.journal)

    assert status["open_cases"] == 1
    assert status["needs_a_person"] == 0
    assert "Oakfield" not in str(status)


def test_a_half_finished_week_leaves_a_log_that_holds(served: SchoolAtWork) -> None:
    assert served.office.journal.verify().holds


def test_at_the_end_of_term_the_governors_paper_waits_for_the_head_and_goes_when_she_presses_send(
    served: SchoolAtWork,
) -> None:
    served.at("2026-12-18T09:00:00+00:00")
    served.works()
    served.works()

    draft = served.the_draft()
    assert draft["subject"].startswith("Governors' paper")
    assert "the governors' paper" in words(served.the_request())
    assert [path for path in served.files("casework", "Governors") if path.endswith(".docx")]
    assert not [subject for subject in served.subjects("clerk") if "Governors" in subject]

    served.press_send()
    served.at("2027-01-05T09:00:00+00:00")
    served.works()

    assert [subject for subject in served.subjects("clerk") if "Governors' paper" in subject]
    assert served.messages("headteacher", "drafts") == []


def test_a_headteacher_who_is_late_is_not_asked_to_speak_with_herself_but_the_deputy_is(
    school: SchoolAtWork,
) -> None:
    """The PC was off for a week: nobody was reminded meanwhile, and nobody reads that reminders were not enough."""
    school.teacher_forwards("He writes that he will bring a knife and hurt Mr Smith on Monday.")
    school.works()
    school.at("2026-12-01T09:00:00+00:00")

    school.works()
    school.works()

    to_deputy, to_head = mornings(school, "deputy")[-1], mornings(school, "headteacher")[-1]
    assert (
        "This was due on Tuesday 24 November 2026, and is not done. Please speak with the headteacher"
        in to_deputy
    )
    assert "not been enough" not in to_deputy
    assert "Overdue" in to_head
    assert "speak with the headteacher" not in to_head


def test_what_is_due_longest_stands_first_in_a_part_of_the_morning_mail(served: SchoolAtWork) -> None:
    served.teacher_forwards("He writes that he will bring a knife and hurt Mr Smith on Monday.")
    served.works()
    served.at("2026-11-13T10:05:00+00:00")

    served.works()
    served.works()

    said = mornings(served, "office")[-1]
    overdue = said.partition("Overdue")[2]
    assert overdue.index("TIS-2026-0002") < overdue.index("TIS-2026-0001")
