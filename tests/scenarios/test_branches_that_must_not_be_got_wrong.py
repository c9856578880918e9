"""An allegation against staff is first a matter of safety, and a threat finds somebody who reads it at any hour."""

from __future__ import annotations

from tests.school import SchoolAtWork

CHOICES = "Collection(Edm.String)"
PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "staff"}


def test_an_allegation_before_half_term_asks_for_safety_before_any_letter(school: SchoolAtWork) -> None:
    school.at("2026-10-23T17:40:00+00:00")  # a Friday, 18:40 at the school; half-term begins
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12: he hit my child")
    school.works()
    assert school.the_case()["Due"].startswith("2026-10-26")
    assert school.subjects("headteacher") == ["New case TIS-2026-0001: something to do by 26 October 2026"]

    categories = {"Categories@odata.type": CHOICES, "Categories": ["allegation about staff"]}
    letters = {"LettersWanted@odata.type": CHOICES, "LettersWanted": ["letter about a complaint in the post"]}
    school.staff_set(**PARENT, **categories, **letters)
    school.works()
    row = school.the_case()
    assert (row["Stage"], row["Due"][:10]) == ("safeguarding", "2026-10-26")
    assert "nobody writes to a parent" in row["NextStep"]
    assert school.messages("headteacher", "drafts") == []

    school.send_mail("safeguarding_lead", school.address("reports"), "TIS-2026-0001", "Safeguarding: yes")
    school.works()
    assert "LADO" in school.the_case()["NextStep"]
    assert school.messages("headteacher", "drafts") == []

    school.at("2026-10-26T09:00:00+00:00")
    school.send_mail(
        "safeguarding_lead", school.address("reports"), "TIS-2026-0001", "told the LADO this morning"
    )
    school.works()
    row = school.the_case()
    assert row["LadoToldOn"].startswith("2026-10-26")
    assert row["Stage"] == "awaiting approval"
    assert len(school.messages("headteacher", "drafts")) == 1


def test_a_threat_at_night_that_nobody_takes_up_is_told_to_a_third_person_once(school: SchoolAtWork) -> None:
    school.at("2026-11-21T23:40:00+00:00")
    school.teacher_forwards("On Facebook: I'll be waiting for her Monday and I will smash her face in")
    school.works()
    row = school.the_case()
    assert "(c) Police: to be decided, because its words may threaten violence" in row["Options"]
    assert "999" in row["NextStep"]

    school.at("2026-11-22T01:30:00+00:00")
    school.works()
    assert not school.subjects("safeguarding_lead")
    school.at("2026-11-22T01:45:00+00:00")
    school.works()
    school.works()
    assert school.subjects("safeguarding_lead") == ["URGENT: please read case TIS-2026-0001 now"]

    school.reply("headteacher", school.messages("headteacher")[0], "POLICE yes, he means the class teacher")
    school.works()
    assert "(c) Police: yes on 22 November 2026" in school.the_case()["Options"]
    assert school.left_the_school() == [], "the police are rung by a person"
