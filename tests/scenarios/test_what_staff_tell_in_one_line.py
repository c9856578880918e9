"""Staff answer Casework's mails with one line, decide the policy's actions in the list, and nothing happens by itself."""

from __future__ import annotations

from typing import Any

from offices.story import story_of
from tests.school import SchoolAtWork, words

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "staff"}


def newest(school: SchoolAtWork, role: str, beginning: str) -> dict[str, Any]:
    found = [one for one in school.messages(role) if str(one["subject"]).startswith(beginning)]
    assert found, school.subjects(role)
    return found[-1]


def test_a_case_is_told_on_line_by_line_and_every_decision_is_a_persons(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12: a lot of fuss")
    school.works()
    school.staff_set(**PARENT)
    school.works()

    note = newest(school, "headteacher", "New case TIS-2026-0001")
    school.reply("headteacher", note, "talked to her on Friday")
    school.works()
    asked = newest(school, "headteacher", "One more word, please: case TIS-2026-0001")
    assert "What came of the talk" in words(asked)
    assert "TalkedOn" not in school.the_case()

    school.reply("headteacher", asked, "talked to her on Friday, she refused to take it down")
    school.works()
    row = school.the_case()
    assert (row["TalkedOn"][:10], row["TalkOutcome"], row["Stage"]) == ("2026-11-20", "refused", "watching")
    echoed = newest(school, "headteacher", "Noted: case TIS-2026-0001")
    assert "Friday 20 November 2026" in words(echoed)
    assert not row.get("Options"), "refusing alone opens nothing"

    school.reply("headteacher", echoed, "CONTINUES")
    school.works()
    row = school.the_case()
    assert row["Continues"] is True
    assert "(d) Block: not in this case" in row["Options"]
    assert "(e) Host: to be decided" in row["Options"]

    school.reply("headteacher", echoed, "Block yes because he insults others there")
    school.reply("headteacher", echoed, "HOST yes, it names one of our children")
    school.works()
    row = school.the_case()
    assert "(e) Host: yes on 23 November 2026. It names one of our children" in row["Options"]
    assert (row["HostDecision"], row["HostWhy"]) == ("yes", "it names one of our children")
    assert "(d) Block: not in this case" in row["Options"]
    assert "BlockDecision" not in row
    refused = newest(school, "headteacher", "One more word, please: case TIS-2026-0001")
    assert "the school's own" in words(refused)
    assert school.left_the_school() == [], "the host is asked by a person, never by Casework"

    story = "\n".join(story_of(school.office, "TIS-2026-0001"))
    assert "(e) host: yes, decided by the headteacher (by reply)" in story
    assert "Procedure: Posts by parents, version " in story
    assert "Why: The policy, (e): complain to the host" in story


def test_a_line_from_somebody_who_is_not_of_the_case_changes_nothing(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT)
    school.works()

    school.send_mail(
        "teacher", school.address("reports"), "Re: New case TIS-2026-0001", "TALKED 20 Nov refused"
    )
    school.works()

    assert "TalkedOn" not in school.the_case()


def test_a_case_closed_by_one_line_is_closed_as_in_the_list_and_told_next_morning(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.send_mail(
        "office", school.address("reports"), "About case TIS-2026-0001", "CLOSE settled in a talk"
    )
    school.works()

    assert school.the_case()["Stage"] == "closed"
    assert 'set "Is the post still up"' in school.the_case()["CaseworkSays"]
    assert school.subjects("teacher")[-1] == "Your report of 23 November 2026 (TIS-2026-0001)"
    story = "\n".join(story_of(school.office, "TIS-2026-0001"))
    assert 'Told by reply, by the office: "Outcome".' in story
    assert "Mail sent to whoever answered: what was told stands in the list." in story

    school.at("2026-11-30T08:00:00+00:00")
    school.works()
    morning = words(newest(school, "office", "Casework on Monday 30 November"))
    assert "TIS-2026-0001: the case was closed on 23 November 2026." in morning
    assert "1 case was closed." in morning
