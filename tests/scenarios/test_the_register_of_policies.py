"""One policy, many documents: copies, answers, digests, and a folder that is suddenly empty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line.app import app
from tests.policy_files import dated
from tests.school import SchoolAtWork, mail, words

OVERDUE = {"last": "October 2024", "following": "October 2026"}
CURRENT = {"last": "November 2026", "following": "November 2028"}


def row_of(school: SchoolAtWork, document: str) -> dict[str, Any]:
    return next(row for row in school.rows("policies") if row["Document"].endswith(document))


def about_policies(school: SchoolAtWork, role: str) -> list[dict[str, Any]]:
    marks = ("-P-", "Policy reviews", "about a policy", "Noted as reviewed", "policies folder")
    return [one for one in school.messages(role) if any(mark in one["subject"] for mark in marks)]


def policies_list(school: SchoolAtWork) -> str:
    return f"sites/{school.places['site_id']}/lists/{school.places['lists']['policies']}/items"


def staff_set(school: SchoolAtWork, document: str, **columns: Any) -> None:
    place = f"{policies_list(school)}/{row_of(school, document)['item']}/fields"
    school.as_person("office", "PATCH", place, json=columns)


def delete_file(school: SchoolAtWork, path: str) -> None:
    school.as_person("office", "DELETE", f"drives/{school.places['drives']['policies']}/root:/{path}")


def test_many_policies_are_told_in_one_mail_and_only_on_mondays(school: SchoolAtWork) -> None:
    for name in ("Behaviour", "Uniform", "Attendance", "Lettings"):
        school.put_file(
            "policies", f"Policies/{name}.docx", dated(f"{name} policy", **OVERDUE, text=name * 9)
        )
    school.works()
    (digest,) = about_policies(school, "headteacher")
    assert digest["subject"] == "Policy reviews: 4 overdue"
    for name in ("Behaviour", "Uniform", "Attendance", "Lettings"):
        assert f"{name} policy: was due by Saturday 31 October 2026, 23 days ago" in words(digest)

    for day in ("24", "25", "26", "27"):
        school.at(f"2026-11-{day}T09:00:00+00:00")
        school.works()
    assert len(about_policies(school, "headteacher")) == 1

    school.at("2026-12-02T09:00:00+00:00")  # the PC was off on Monday and Tuesday
    school.works()
    assert len(about_policies(school, "headteacher")) == 2


def test_an_older_copy_is_found_and_the_policy_is_reminded_of_once(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **OVERDUE))
    school.put_file(
        "policies",
        "Policies/Old/Behaviour policy FINAL (2).docx",
        dated("Behaviour Policy 2022", last="October 2022", following="October 2024"),
    )

    school.works()

    assert row_of(school, "Behaviour.docx")["Status"] == "overdue"
    assert 'Another copy, "Behaviour policy FINAL (2).docx"' in row_of(school, "Behaviour.docx")["Findings"]
    assert row_of(school, "FINAL (2).docx")["Status"] == "other copy"
    assert "Behaviour.docx" in row_of(school, "FINAL (2).docx")["Findings"]
    (reminder,) = about_policies(school, "headteacher")
    assert reminder["subject"].startswith("Review overdue: Behaviour policy [TIS-P-")


def test_a_newer_version_under_another_name_closes_the_review(school: SchoolAtWork) -> None:
    school.put_file(
        "policies", "Policies/Social media.docx", dated("Parental use of social media", **OVERDUE)
    )
    school.works()
    school.put_file(
        "policies",
        "Policies/Social Media policy v3 FINAL.docx",
        dated("Parental use of social media", **CURRENT),
    )
    school.at("2026-11-30T09:00:00+00:00")
    school.works()

    assert row_of(school, "v3 FINAL.docx")["Status"] == "current"
    assert row_of(school, "Social media.docx")["Status"] == "other copy"
    assert len(about_policies(school, "headteacher")) == 1


def test_reviewed_by_answer_is_noted_but_only_the_document_closes_it(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **OVERDUE))
    school.works()
    (reminder,) = about_policies(school, "headteacher")

    school.reply("headteacher", reminder, "REVIEWED\n\nKind regards")
    school.works()

    assert "has been reviewed" in row_of(school, "Behaviour.docx")["Findings"]
    assert row_of(school, "Behaviour.docx")["Status"] == "overdue"
    assert school.rows() == []
    answer = about_policies(school, "headteacher")[-1]
    assert answer["subject"] == "Noted as reviewed, please change the document: Behaviour policy"
    assert "still says October 2026" in words(answer)

    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **CURRENT))
    school.works()
    assert row_of(school, "Behaviour.docx")["Status"] == "current"
    assert "has been reviewed" not in (row_of(school, "Behaviour.docx").get("Findings") or "")


def test_an_unclear_answer_is_asked_back_and_one_from_outside_notes_nothing(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **OVERDUE))
    school.works()
    (reminder,) = about_policies(school, "headteacher")

    school.reply("headteacher", reminder, "Not reviewed yet, sorry.")
    head = school.address("headteacher")
    school.from_outside(
        mail(f"Marion Aldwick <{head}>", school.address("reports"), f"Re: {reminder['subject']}", "REVIEWED"),
        sender="nobody@outside.example",
    )
    school.works()

    assert "not understood" in about_policies(school, "headteacher")[-1]["subject"]
    assert "has been reviewed" not in (row_of(school, "Behaviour.docx").get("Findings") or "")
    assert len(school.subjects("reports", folder=_needs_a_person(school))) == 1
    assert school.rows() == []


def _needs_a_person(school: SchoolAtWork) -> str:
    base = f"users/{school.address('reports')}/mailFolders"
    top = next(
        f
        for f in school.as_visitor("GET", f"{base}?$top=50").json()["value"]
        if f["displayName"] == "Casework"
    )
    below = school.as_visitor("GET", f"{base}/{top['id']}/childFolders").json()["value"]
    return str(next(f for f in below if f["displayName"] == "Needs a person")["id"])


def test_a_document_that_is_gone_is_asked_about_until_somebody_says_retired(school: SchoolAtWork) -> None:
    for name in ("Behaviour", "Uniform"):
        school.put_file(
            "policies", f"Policies/{name}.docx", dated(f"{name} policy", **CURRENT, text=name * 9)
        )
    school.works()
    assert about_policies(school, "headteacher") == []

    delete_file(school, "Policies/Uniform.docx")
    school.works()
    assert "no longer in the library" in row_of(school, "Uniform.docx")["Findings"]
    (question,) = about_policies(school, "headteacher")
    assert question["subject"].startswith("Policy document gone: Uniform policy")

    school.reply("headteacher", question, "RETIRED")
    school.works()
    school.at("2026-11-30T09:00:00+00:00")
    school.works()
    assert row_of(school, "Uniform.docx")["Findings"].startswith("Retired")
    assert len(about_policies(school, "headteacher")) == 1


def test_a_folder_that_is_suddenly_empty_stops_everything_until_a_person_says_so(
    school: SchoolAtWork,
) -> None:
    for name in ("Behaviour", "Uniform", "Attendance"):
        school.put_file(
            "policies", f"Policies/{name}.docx", dated(f"{name} policy", **CURRENT, text=name * 9)
        )
    school.works()

    delete_file(school, "Policies")
    school.once()
    school.once()

    assert {row["Status"] for row in school.rows("policies")} == {"current"}
    (asked,) = about_policies(school, "headteacher")
    assert asked["subject"].startswith("The policies folder is empty [TIS-P-")

    school.reply("headteacher", asked, "EMPTIED")
    school.once()
    school.once()
    assert all(row["Findings"].startswith("Retired") for row in school.rows("policies"))


def test_a_folder_that_comes_back_changes_nothing(school: SchoolAtWork) -> None:
    for name in ("Lettings", "Visitors"):
        school.put_file(
            "policies", f"Policies/{name}.docx", dated(f"{name} policy", **CURRENT, text=name * 9)
        )
    school.works()
    delete_file(school, "Policies")
    school.once()

    for name in ("Lettings", "Visitors"):
        school.put_file(
            "policies", f"Policies/{name}.docx", dated(f"{name} policy", **CURRENT, text=name * 9)
        )
    school.once()
    school.works()

    rows = school.rows("policies")
    assert [(row["Title"], row["Status"]) for row in rows] == [
        ("Lettings policy", "current"),
        ("Visitors policy", "current"),
    ]
    assert not any(row.get("Findings") for row in rows)


def test_a_date_written_into_the_list_is_a_finding_not_a_review(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **OVERDUE))
    school.works()

    staff_set(school, "Behaviour.docx", NextReview="2028-10-31T12:00:00Z")
    school.works()

    row = row_of(school, "Behaviour.docx")
    assert row["NextReview"].startswith("2026-10-31")
    assert row["Status"] == "overdue"
    assert "Somebody wrote 31 October 2028 into the list" in row["Findings"]


def test_a_document_that_was_only_moved_is_not_opened_again(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **CURRENT))
    school.works()
    drive = school.places["drives"]["policies"]
    school.server.forget_recorded()

    school.as_person(
        "office",
        "PATCH",
        f"drives/{drive}/root:/Policies/Behaviour.docx",
        json={"name": "Behaviour policy 2026.docx"},
    )
    school.works()

    (row,) = school.rows("policies")
    assert row["Document"].endswith("Behaviour policy 2026.docx")
    assert not [
        one for one in school.server.recorded() if "/content" in one["path"] or "download" in one["path"]
    ]


@pytest.mark.parametrize("owner", ["SENDCo", "Mrs T. Oak", "someone@elsewhere.example"])
def test_an_owner_whom_nobody_can_reach_is_a_finding_and_the_policy_manager_hears(
    school: SchoolAtWork, owner: str
) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", owner=owner, **OVERDUE))

    school.works()

    assert "so the headteacher is reminded" in row_of(school, "Behaviour.docx")["Findings"]
    assert len(about_policies(school, "headteacher")) == 1
    assert not school.left_the_school()


def test_one_screen_shows_every_policy_and_what_would_be_sent(
    school: SchoolAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **OVERDUE))
    school.put_file(
        "policies", "Policies/Uniform.docx", dated("Uniform policy", **CURRENT, text="Uniform " * 9)
    )
    school.once("open_cases")
    school.at("2026-11-23T06:00:00+00:00")  # before school: everything is read, nothing may go out yet
    school.works()

    shown = json.loads(casework(school, capsys, "policies", "--json"))
    assert [(line["title"], line["light"], line["statutory"]) for line in shown["policies"]] == [
        ("Behaviour policy", "red", True),
        ("Uniform policy", "green", True),
    ]
    assert "Accessibility plan" in shown["missing"]
    screen = casework(school, capsys, "policies")
    assert "RED" in screen
    assert "1 red, 0 amber, 1 green on 23 November 2026." in screen
    found = [f"- {line['title']}: {one}" for line in shown["policies"] for one in line["findings"]]
    assert [line for line in screen.splitlines() if line.startswith("- ")] == found != []
    assert "Review overdue: Behaviour policy" in casework(school, capsys, "policies", "--dry-run", code=3)
    picture = tmp_path / "spread.svg"
    casework(school, capsys, "policies", "--picture", str(picture))
    assert "Summer 2028" in picture.read_text()
    assert about_policies(school, "headteacher") == []

    school.at("2026-11-23T09:00:00+00:00")
    school.works()
    assert "Nothing would be sent now." in casework(school, capsys, "policies", "--dry-run")
    assert "Policy reviews/Reviews by term.svg" in school.files("casework")


def casework(school: SchoolAtWork, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """What a command prints."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        app(["--settings", str(school.settings), *words])
    assert ended.value.code == code
    return capsys.readouterr().out


def test_a_request_for_a_policy_becomes_a_draft_for_the_office_and_no_case(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Social.docx", dated("Parental use of social media", **OVERDUE))
    school.works()
    school.from_outside(
        mail(
            "Robin Witness <robin@parents.example>",
            school.address("reports"),
            "A question",
            "Hello, please may I have your social media policy? Thank you, Robin",
        ),
        sender="robin@parents.example",
    )
    school.works()
    school.works()

    (draft,) = school.messages("reports", "drafts")
    assert draft["toRecipients"][0]["emailAddress"]["address"] == "robin@parents.example"
    assert draft["subject"] == "The policy that you asked for: Parental use of social media"
    assert draft["hasAttachments"]
    assert school.rows() == []
    assert school.left_the_school() == []
    (told,) = [
        one for one in school.messages("office") if one["subject"] == "A copy of a policy was asked for"
    ]
    assert "Robin" not in words(told)
    with school.office.journal.transaction() as transaction:
        assert any(event.what == "policy.copy_asked_for" for event in transaction.events.after(0))


def reviews_in_calendar(school: SchoolAtWork, role: str) -> list[tuple[str, str]]:
    found = school.as_visitor("GET", f"users/{school.address(role)}/calendar/events?$top=50").json()["value"]
    return sorted((event["start"]["dateTime"][:10], event["subject"]) for event in found)


def test_a_review_stands_in_the_calendar_moves_with_its_date_and_goes_with_its_policy(
    school: SchoolAtWork,
) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **OVERDUE))
    school.put_file(
        "policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT, text="Letting " * 9)
    )
    school.works()
    school.works()
    behaviour, lettings = "Policy review due: Behaviour policy", "Policy review due: Lettings policy"
    assert reviews_in_calendar(school, "headteacher") == [("2026-10-31", behaviour), ("2028-11-30", lettings)]

    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **CURRENT))
    school.works()
    assert reviews_in_calendar(school, "headteacher") == [("2028-11-30", behaviour), ("2028-11-30", lettings)]

    delete_file(school, "Policies/Lettings.docx")
    school.works()
    assert reviews_in_calendar(school, "headteacher") == [("2028-11-30", behaviour)]


def test_a_lost_answer_or_a_repetition_leaves_one_entry(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **CURRENT))
    school.server.set_faults({"method": "POST", "path": "*/calendar/events", "fault": "lost", "times": 1})
    school.once()
    school.server.set_faults()
    school.until_settled()
    assert len(reviews_in_calendar(school, "headteacher")) == 1
