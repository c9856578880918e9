"""A case's folder opens to its people and nobody else; the headteacher opens none that may be about them."""

from __future__ import annotations

from tests.school import SchoolAtWork


def may_open(school: SchoolAtWork, role: str, reference: str) -> bool:
    path = f"drives/{school.places['drives']['casework']}/root:/{reference}/Evidence:/children"
    return school.server.graph("GET", path, token=school.server.user_token(role)).ok


def test_the_folder_opens_to_the_people_of_the_case(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this about the school.")
    school.works()

    opened = {role: may_open(school, role, "TIS-2026-0001") for role in school.server.facts["users"]}

    assert {role for role, opens in opened.items() if opens} == {
        "office",
        "headteacher",
        "deputy",
        "safeguarding_lead",
    }


def test_a_case_about_the_head_is_closed_to_the_head_and_its_row_tells_nothing(school: SchoolAtWork) -> None:
    school.teacher_forwards(
        "On https://www.facebook.com/groups/x/posts/1 they say the headteacher lied to us."
    )
    school.works()
    assert not may_open(school, "headteacher", "TIS-2026-0001")
    assert not may_open(school, "deputy", "TIS-2026-0001")
    assert may_open(school, "chair", "TIS-2026-0001")
    row = school.the_case()
    assert not row.get("Link")
    assert not row.get("Suggestions")
    assert not row.get("Platform")

    school.staff_set(Target="staff", Handler=school.address("teacher"))
    school.works()
    school.works()
    assert may_open(school, "headteacher", "TIS-2026-0001")
    assert may_open(school, "teacher", "TIS-2026-0001")
    assert not may_open(school, "chair", "TIS-2026-0001")
    assert school.the_case()["Platform"] == "Facebook"

    school.staff_set(Target="headteacher", Handler="")
    school.works()
    assert not may_open(school, "headteacher", "TIS-2026-0001")
    assert not may_open(school, "teacher", "TIS-2026-0001")


def test_a_tenant_that_lets_nobody_change_permissions_is_told_and_the_copies_are_there(
    school: SchoolAtWork,
) -> None:
    refused = {"method": "POST", "path": "*/invite", "fault": "403"}
    school.server.set_faults(refused)
    school.teacher_forwards("Somebody wrote this about the school.")
    school.works()

    assert "Manage access" in school.the_case()["CaseworkSays"]
    assert school.files("casework", "TIS-2026-0001")
