"""Several people report one post: linked by a person, never by itself, and let go again; rows under people's hands."""

from __future__ import annotations

from typing import Any

from tests.school import SchoolAtWork, mail

POST = "https://www.facebook.com/groups/tillbrook/posts/12"
PARENTS = ("robin@parents.example", "ashley@parents.example", "kim@parents.example")


def three_reports(school: SchoolAtWork) -> None:
    """The same post, by addresses that a phone, a browser and an advertisement leave behind."""
    for parent, link in zip(
        PARENTS, (POST, POST.replace("www.", "m."), f"{POST}?fbclid=abc123&utm_source=x"), strict=True
    ):
        note = mail(
            parent, school.address("reports"), "Look at this", f"Have you seen {link} ? From {parent}"
        )
        school.from_outside(note, sender=parent)
    school.works()


def rows(school: SchoolAtWork) -> dict[str, dict[str, Any]]:
    return {str(row["Reference"]): row for row in school.rows()}


def offers(school: SchoolAtWork) -> list[dict[str, Any]]:
    return [one for one in school.messages("office") if one["subject"].startswith("The same post?")]


def test_one_linked_group_is_offered_and_a_person_links_and_lets_go(school: SchoolAtWork) -> None:
    three_reports(school)
    first, second, third = sorted(rows(school))
    (offer,) = offers(school)
    assert all(reference in offer["subject"] for reference in (first, second, third))
    assert "the same link" in offer["body"]["content"]
    assert rows(school)[first]["LooksLike"] == f"{second} (the same link); {third} (the same link)"
    assert not any(row.get("LinkedCases") for row in rows(school).values())
    thanks = school.left_the_school()
    assert sorted(str(one["To"]) for one in thanks) == sorted(PARENTS)
    assert not any(second in one.as_string() for one in thanks if str(one["To"]) != PARENTS[1])

    school.reply("office", offer, "Yes, link them please.")
    school.works()
    school.works()
    linked = rows(school)
    assert linked[first]["LinkedCases"] == f"{second}, {third}"
    assert linked[third]["ReporterLabel"] == "Reporter A (3 reporters)"
    assert not linked[second].get("LooksLike")
    assert len(offers(school)) == 1

    school.staff_set(item=linked[third]["item"], LinkedCases="")
    school.works()
    apart = rows(school)
    assert not apart[third].get("LinkedCases")
    assert apart[first]["LinkedCases"] == second
    assert apart[first]["ReporterLabel"] == "Reporter A (2 reporters)"
    assert apart[third]["ReporterLabel"] == "Reporter A"
    assert len(offers(school)) == 1


def test_what_a_person_keeps_apart_is_not_offered_again_and_typing_numbers_links(
    school: SchoolAtWork,
) -> None:
    three_reports(school)
    first, second, third = sorted(rows(school))
    school.reply("office", offers(school)[0], "Keep them apart.")
    school.works()
    assert not any(row.get("LooksLike") or row.get("LinkedCases") for row in rows(school).values())

    school.staff_set(item=rows(school)[second]["item"], LinkedCases="tis 2026 1 and TIS-2026-0099")
    school.works()
    school.works()

    assert rows(school)[first]["LinkedCases"] == second
    assert rows(school)[second]["LinkedCases"] == first
    assert "no such case" in rows(school)[second]["CaseworkSays"]
    assert not rows(school)[third].get("LinkedCases")


def test_a_number_that_cannot_be_read_links_nothing_and_lets_nothing_go(school: SchoolAtWork) -> None:
    three_reports(school)
    first, second, _ = sorted(rows(school))
    school.staff_set(item=rows(school)[first]["item"], LinkedCases=second)
    school.works()

    school.staff_set(item=rows(school)[first]["item"], LinkedCases="3")
    school.works()

    assert rows(school)[first]["LinkedCases"] == second
    assert "holds no whole number of a case" in rows(school)[first]["CaseworkSays"]


def test_a_post_that_half_the_school_reports_is_one_group_in_the_list(school: SchoolAtWork) -> None:
    reports = 20
    for number in range(reports):
        school.teacher_forwards(f"{number}. https://www.facebook.com/groups/tillbrook/posts/{number}")
    school.works()
    numbers = sorted(rows(school))
    school.staff_set(item=rows(school)[numbers[0]]["item"], LinkedCases=" ".join(numbers[1:]))

    school.works()

    assert all(row["LinkedCases"].count("TIS-2026-") == reports - 1 for row in rows(school).values())


def test_an_assessment_without_an_answer_is_taken_back_and_with_one_it_stands(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()

    school.staff_set(Assessed=True)
    school.works()
    assert school.the_case()["Assessed"] is False
    assert "four considerations" in school.the_case()["CaseworkSays"]
    school.staff_set(
        Assessed=True,
        HarmsLearning="yes",
        **{"Categories@odata.type": "Collection(Edm.String)"},
        Categories=["other"],
    )
    school.works()
    assert "Other, namely" in school.the_case()["CaseworkSays"]
    school.staff_set(Assessed=True, OtherCategory="A rumour about the school's kitchen", Audience="private")
    school.works()

    assert school.the_case()["Assessed"] is True
    assert school.the_case()["HarmsLearning"] == "yes"
    assert "Staff have assessed" in school.the_case()["CaseworkSays"]


def test_a_deleted_row_is_put_back_whole_and_closed_only_if_the_office_says_so(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    school.staff_set(Notes="Rang the office.", HarmsPeople="yes")
    school.works()
    place = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/items"
    school.as_person("office", "DELETE", f"{place}/{school.the_case()['item']}")

    school.works()
    back = school.the_case()
    assert (back["Reference"], back["Notes"], back["HarmsPeople"]) == (
        "TIS-2026-0001",
        "Rang the office.",
        "yes",
    )
    (question,) = [one for one in school.messages("office") if one["subject"].startswith("A row was deleted")]
    school.reply("office", question, "CLOSE")
    school.works()
    school.works()

    assert school.the_case()["Stage"] == "closed"
    assert "confirmed that by reply" in school.the_case()["Outcome"]


def test_earlier_cases_of_the_same_parent_stand_on_the_later_one(school: SchoolAtWork) -> None:
    for number in (1, 2):
        school.teacher_forwards(f"Matter {number}, quite another one.")
    school.works()
    first, second = sorted(rows(school))
    school.staff_set(item=rows(school)[first]["item"], Parent="Mr Rowan Oakfield")
    school.works()

    school.staff_set(item=rows(school)[second]["item"], Parent="OAKFIELD, Rowan (Mr)")
    school.works()

    assert rows(school)[second]["EarlierCases"] == first
    assert not rows(school)[first].get("EarlierCases")
