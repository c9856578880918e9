"""Journey 3: review dates come out of the documents themselves, and reminders stop when a document says later."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.policy_documents import DocumentText
from connectors.documents.policies import ApartDocumentReader
from tests.policy_files import policy
from tests.practice import SHARED
from tests.school import SchoolAtWork, words
from workflows.review_policies import reading

BEHAVIOUR = (
    ("Policy owner", "Headteacher"),
    ("Last reviewed", "October 2024"),
    ("Next review", "October 2026"),
)


@pytest.fixture
def library(school: SchoolAtWork) -> SchoolAtWork:
    school.put_file("policies", "Policies/Behaviour.docx", policy("Behaviour policy", *BEHAVIOUR))
    return school


def the_policy(school: SchoolAtWork) -> dict[str, object]:
    rows = school.rows("policies")
    assert len(rows) == 1, [row.get("Title") for row in rows]
    return rows[0]


def reminders(school: SchoolAtWork, role: str) -> list[str]:
    return [subject for subject in school.subjects(role) if "Behaviour policy" in subject]


def test_the_register_shows_what_the_document_says(library: SchoolAtWork) -> None:
    library.works()

    row = the_policy(library)
    assert row["Title"] == "Behaviour policy"
    assert row["Owner"] == "Headteacher"
    assert row["LastUpdate"] == "October 2024"
    assert row["NextReviewText"] == "October 2026"
    assert str(row["NextReview"]).startswith("2026-10-31")
    assert row["Status"] == "overdue"


def test_no_document_is_opened_again_until_it_changes(
    library: SchoolAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.put_file("policies", "Policies/Lettings.docx", policy("Lettings policy", *BEHAVIOUR))
    opened: list[str] = []
    read = ApartDocumentReader.read

    def counted(reader: ApartDocumentReader, content: bytes, *, name: str) -> DocumentText:
        opened.append(name)
        return read(reader, content, name=name)

    monkeypatch.setattr(ApartDocumentReader, "read", counted)
    library.server.forget_recorded()
    library.works()
    assert sorted(opened) == ["Behaviour.docx", "Lettings.docx"]
    assert len(downloads(library)) == len(opened)

    opened.clear()
    for moment in ("2026-11-23T10:00:00+00:00", "2026-11-24T09:00:00+00:00"):
        library.at(moment)
        library.restart()
        library.server.forget_recorded()
        library.works()
        assert downloads(library) == []
    assert opened == []

    later = (*BEHAVIOUR[:2], ("Next review", "October 2028"))
    library.put_file("policies", "Policies/Behaviour.docx", policy("Behaviour policy", *later))
    library.works()
    assert opened == ["Behaviour.docx"]
    assert len(downloads(library)) == 1


def test_a_document_too_large_to_read_is_named_and_not_fetched(
    library: SchoolAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_DOCUMENT", 1000)
    library.server.forget_recorded()
    library.works()
    assert downloads(library) == []
    assert "larger than 100 MB" in str(the_policy(library)["Findings"])


def downloads(school: SchoolAtWork) -> list[str]:
    """The policy documents that were fetched since the requests were last forgotten."""
    paths = [str(one["path"]) for one in school.server.recorded() if one["method"] == "GET"]
    return [
        path for path in paths if path.endswith("/content") and school.places["drives"]["policies"] in path
    ]


def test_the_owner_is_reminded_once_and_again_a_week_later(library: SchoolAtWork) -> None:
    library.works()
    library.works()
    assert len(reminders(library, "headteacher")) == 1

    library.at("2026-11-30T09:00:00+00:00")
    library.works()
    library.works()

    assert len(reminders(library, "headteacher")) == 2


def test_a_long_overdue_policy_is_told_to_the_clerk_and_the_chair(library: SchoolAtWork) -> None:
    library.at("2027-02-01T09:00:00+00:00")

    library.works()

    for role in ("headteacher", "clerk", "chair"):
        assert len(reminders(library, role)) == 1, role


def test_nothing_is_sent_at_night_or_in_the_holidays(library: SchoolAtWork) -> None:
    for moment in ("2026-11-23T06:00:00+00:00", "2026-11-28T10:00:00+00:00", "2026-12-23T10:00:00+00:00"):
        library.at(moment)
        library.works()

    assert reminders(library, "headteacher") == []
    assert the_policy(library)["Status"] == "overdue"


def test_a_newer_version_with_a_later_date_ends_the_reminders(library: SchoolAtWork) -> None:
    library.works()

    later = (BEHAVIOUR[0], ("Last reviewed", "November 2026"), ("Next review", "November 2028"))
    library.put_file("policies", "Policies/Behaviour.docx", policy("Behaviour policy", *later))
    library.at("2026-11-30T09:00:00+00:00")
    library.works()

    assert the_policy(library)["Status"] == "current"
    assert len(reminders(library, "headteacher")) == 1


def test_the_same_file_uploaded_again_ends_nothing(library: SchoolAtWork) -> None:
    library.works()

    library.put_file("policies", "Policies/Behaviour.docx", policy("Behaviour policy", *BEHAVIOUR))
    library.at("2026-11-30T09:00:00+00:00")
    library.works()

    assert the_policy(library)["Status"] == "overdue"
    assert len(reminders(library, "headteacher")) == 2


def test_a_policy_without_a_date_is_asked_about(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Uniform.docx", policy("Uniform policy", ("Owner", "Headteacher")))

    school.works()

    assert the_policy(school)["Status"] == "no date"
    assert any("Uniform policy" in subject for subject in school.subjects("headteacher"))


def test_a_damaged_document_stops_none_of_the_others(library: SchoolAtWork) -> None:
    library.put_file("policies", "Policies/Broken.docx", b"this is no Word file")

    library.works()

    by_title = {row["Title"]: row["Status"] for row in library.rows("policies")}
    assert by_title == {"Behaviour policy": "overdue", "Broken": "unreadable"}


def test_what_staff_wrote_in_the_register_stands(library: SchoolAtWork) -> None:
    library.works()
    item = the_policy(library)["item"]
    place = (
        f"sites/{library.places['site_id']}/lists/{library.places['lists']['policies']}/items/{item}/fields"
    )
    library.as_person(
        "office", "PATCH", place, json={"OwnerOverride": "SENDCo", "Notes": "With the governors."}
    )

    library.works()

    assert the_policy(library)["Notes"] == "With the governors."
    assert the_policy(library)["Owner"] == "SENDCo"


def test_a_dropped_report_is_no_policy(school: SchoolAtWork) -> None:
    school.put_file("drop", "Report drop/letter.docx", policy("A letter that a parent sent", *BEHAVIOUR))

    school.works()

    assert school.rows("policies") == []
    assert school.the_case()["Reference"] == "TIS-2026-0001"


def test_the_schools_real_policy_is_overdue_and_a_letter_that_quotes_it_warns(school: SchoolAtWork) -> None:
    document: Path = SHARED / "policies" / "parental-use-of-social-networking.docx"
    if not document.exists():
        pytest.skip("the school's published policy lies beside the repository, and is not here")
    school.put_file("policies", "Policies/Social networking.docx", document.read_bytes())
    school.works()

    row = the_policy(school)
    assert (row["Owner"], row["LastUpdate"], row["NextReviewText"]) == (
        "Headteacher",
        "September 2021",
        "September 2023",
    )
    assert row["Status"] == "overdue"
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(
        Parent="Mrs R Oakfield",
        ParentEmail="r.oakfield@parents.example",
        TalkedOn="2026-11-23T12:00:00Z",
        TalkOutcome="refused",
        Continues=True,
    )
    school.works()
    assert "1,150 days" in words(school.the_request())
