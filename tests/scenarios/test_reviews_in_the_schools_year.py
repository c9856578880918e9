"""Reviews through the school's year: told in term, told to the next person in turn, ended by a later date alone."""

from __future__ import annotations

from tests.policy_files import dated
from tests.scenarios.test_the_register_of_policies import OVERDUE, about_policies, row_of
from tests.school import SchoolAtWork

LETTINGS = "Policies/Lettings.docx"


def sent(school: SchoolAtWork, role: str) -> int:
    return len(about_policies(school, role))


def on(school: SchoolAtWork, *days: str) -> None:
    for day in days:
        school.at(f"{day}T09:00:00+00:00")
        school.works()


def path_of(school: SchoolAtWork, path: str) -> str:
    return f"drives/{school.places['drives']['policies']}/root:/{path}"


def test_the_same_file_under_another_name_closes_nothing_and_is_not_told_twice(school: SchoolAtWork) -> None:
    content = dated("Lettings policy", owner="Deputy Headteacher", **OVERDUE)
    school.put_file("policies", LETTINGS, content)
    school.works()
    assert sent(school, "deputy") == 1

    school.put_file("policies", "Policies/Lettings REVIEWED 2026.docx", content)
    school.works()
    school.as_person("office", "DELETE", path_of(school, LETTINGS))
    school.works()

    assert row_of(school, "Lettings REVIEWED 2026.docx")["Status"] == "overdue"
    assert sent(school, "deputy") == 1

    on(school, "2026-11-30")
    assert sent(school, "deputy") == 2


def test_a_document_renamed_and_moved_goes_on_where_its_reminders_stood(school: SchoolAtWork) -> None:
    school.put_file("policies", LETTINGS, dated("Lettings policy", owner="Deputy Headteacher", **OVERDUE))
    school.works()

    school.put_file(
        "policies",
        "Policies/Archive/Old.docx",
        dated("Uniform policy", last="May 2026", following="May 2028"),
    )
    school.as_person("office", "PATCH", path_of(school, LETTINGS), json={"name": "Hiring the hall.docx"})
    school.works()

    assert row_of(school, "Hiring the hall.docx")["Status"] == "overdue"
    assert sent(school, "deputy") == 1


def test_a_review_that_came_late_counts_from_the_day_that_was_meant(school: SchoolAtWork) -> None:
    school.put_file(
        "policies", LETTINGS, dated("Lettings policy", last="September 2025", text="Reviewed annually.")
    )
    school.works()
    assert str(row_of(school, "Lettings.docx")["NextReview"])[:10] == "2026-09-30"

    school.put_file(
        "policies", LETTINGS, dated("Lettings policy", last="November 2026", text="Reviewed annually.")
    )
    school.works()

    row = row_of(school, "Lettings.docx")
    assert str(row["NextReview"])[:10] == "2027-09-30"
    assert row["Status"] == "current"


def test_headteacher_clerk_and_chair_hear_in_turn_of_a_review_that_nobody_does(school: SchoolAtWork) -> None:
    policy = dated(
        "Lettings policy", owner="Deputy Headteacher", last="October 2025", following="October 2026"
    )
    school.put_file("policies", LETTINGS, policy)
    heard: dict[str, str] = {}
    # 60 days over is 30 December: whoever is told from then on hears in the first digest of term.
    for day in ("2026-11-02", "2026-11-30", "2026-12-30", "2027-01-11", "2027-02-01"):
        on(school, day)
        for role in ("deputy", "clerk", "chair"):
            if sent(school, role):
                heard.setdefault(role, day)

    assert heard == {"deputy": "2026-11-02", "clerk": "2027-01-11", "chair": "2027-02-01"}


def test_nobody_is_mailed_between_the_terms_and_a_summer_s_review_is_asked_for_before_them(
    school: SchoolAtWork,
) -> None:
    policy = dated("Lettings policy", owner="Deputy Headteacher", last="August 2025", following="August 2027")
    school.put_file("policies", LETTINGS, policy)
    on(school, "2027-03-01", "2027-04-19", "2027-07-12")
    in_term = sent(school, "deputy")
    assert in_term == 2  # 90 days, and then 14 or fewer, before the last weeks of term; none in March

    on(school, "2027-07-27", "2027-08-09", "2027-08-31")
    assert sent(school, "deputy") == in_term
