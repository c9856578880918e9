"""Journey 1: a report is forwarded, and within one sweep the school can act on it."""

from __future__ import annotations

import hashlib
import json

from tests.school import SchoolAtWork, mail

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def test_a_forwarded_mail_becomes_one_case(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://m.facebook.com/groups/tillbrook/posts/12?fbclid=abc")

    school.works()

    case = school.the_case()
    assert case["Reference"] == "TIS-2026-0001"
    assert case["Stage"] == "new"
    assert case["Title"] == "Facebook post, reported 23 November 2026"
    assert case["Platform"] == "Facebook"
    assert "fbclid" not in case["Link"]


def test_the_original_is_sealed_with_every_attachment_and_a_manifest(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.", files=(("screenshot.png", "image/png", PICTURE),))

    school.works()

    sealed = school.files("sealed")
    manifest = json.loads(next(content for path, content in sealed.items() if path.endswith("manifest.json")))
    folder = next(path for path in sealed if path.endswith("manifest.json")).rpartition("/")[0]
    for entry in manifest["files"]:
        assert hashlib.sha256(sealed[f"{folder}/{entry['path']}"]).hexdigest() == entry["sha256"]
    assert PICTURE in sealed.values()
    assert {entry["path"] for entry in manifest["files"]} >= {"message.eml"}


def test_the_case_folder_shows_no_reporter(school: SchoolAtWork) -> None:
    school.teacher_forwards("Look what was posted.", files=(("screenshot.png", "image/png", PICTURE),))

    school.works()

    copies = school.files("casework")
    assert PICTURE in copies.values()
    for path, content in copies.items():
        for word in (b"teacher@tillbrook.example", b"robin@parents.example", b"Witness"):
            assert word.lower() not in content.lower(), path


def test_the_teacher_is_thanked_once_and_the_head_told_without_content(school: SchoolAtWork) -> None:
    school.teacher_forwards("Something about Year 2 that nobody should read twice.")

    school.works()
    school.works()

    thanks = school.messages("teacher")
    assert len(thanks) == 1
    assert "[TIS-2026-0001-" in thanks[0]["subject"]
    assert "Year 2" not in thanks[0]["body"]["content"]
    notes = [m for m in school.messages("headteacher") if "New case" in m["subject"]]
    assert len(notes) == 1
    assert "TIS-2026-0001" in notes[0]["subject"]
    assert "Year 2" not in notes[0]["body"]["content"]
    assert "teacher@" not in notes[0]["body"]["content"]


def test_a_report_about_the_head_goes_to_the_chair_alone(school: SchoolAtWork) -> None:
    school.teacher_forwards("They say the headteacher lied to the parents about the trip.")

    school.works()

    assert school.subjects("headteacher") == []
    assert any("TIS-2026-0001" in subject for subject in school.subjects("chair"))


def test_the_head_hears_of_it_once_a_person_has_set_another_target(school: SchoolAtWork) -> None:
    school.teacher_forwards("They say the headteacher lied to the parents about the trip.")
    school.works()

    school.staff_set(Target="staff")
    school.works()

    assert any("TIS-2026-0001" in subject for subject in school.subjects("headteacher"))


def test_a_threat_is_told_to_head_and_deputy_at_night(school: SchoolAtWork) -> None:
    school.at("2026-11-21T23:40:00+00:00")
    school.teacher_forwards("He wrote: I will be waiting for her on Monday and I will smash her face in.")

    school.works()

    for role in ("headteacher", "deputy"):
        urgent = school.messages(role)
        assert len(urgent) == 1, role
        assert "smash" not in urgent[0]["body"]["content"]
        assert "999" in urgent[0]["body"]["content"]


def test_an_outsider_is_answered_if_the_mail_is_genuine(school: SchoolAtWork) -> None:
    note = mail("robin@parents.example", school.address("reports"), "A post", "Please look at this post.")
    school.from_outside(note, sender="robin@parents.example")

    school.works()

    assert [entry["to"] for entry in school.server.outbox()] == [["robin@parents.example"]]


def test_a_forged_sender_is_not_answered_but_the_report_counts(school: SchoolAtWork) -> None:
    note = mail("robin@parents.example", school.address("reports"), "A post", "Please look at this post.")
    school.from_outside(note, sender="someone@elsewhere.example")

    school.works()

    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert school.server.outbox() == []


def test_an_automatic_reply_opens_no_case_and_is_not_answered(school: SchoolAtWork) -> None:
    away = mail(
        "robin@parents.example",
        school.address("reports"),
        "Automatic reply: A post",
        "I am away until Monday.",
        Auto_Submitted="auto-replied",
    )
    school.from_outside(away, sender="robin@parents.example")

    school.works()

    assert school.rows() == []
    assert school.server.outbox() == []


def test_the_same_mail_by_two_routes_is_one_case(school: SchoolAtWork) -> None:
    note = mail("robin@parents.example", school.address("reports"), "A post", "Please look at this post.")
    school.from_outside(note, sender="robin@parents.example")
    school.from_outside(note, sender="robin@parents.example")

    school.works()

    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert len(school.server.outbox()) == 1


def test_an_answer_to_the_acknowledgement_joins_the_case(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()

    school.reply("teacher", school.messages("teacher")[0], "Here is one more thing that I saw.")
    school.works()

    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert len(school.messages("teacher")) == 1


def test_a_tag_with_a_wrong_token_is_no_tag(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()

    school.send_mail("teacher", school.address("reports"), "Re: [TIS-2026-0001-aaaa]", "Another matter.")
    school.works()

    assert [row["Reference"] for row in school.rows()] == ["TIS-2026-0001", "TIS-2026-0002"]


def test_files_dropped_together_are_one_report(school: SchoolAtWork) -> None:
    school.put_file("drop", "Report drop/first.png", PICTURE)
    school.put_file("drop", "Report drop/second.png", PICTURE + b"2")

    school.works()

    case = school.the_case()
    assert case["Title"] == "Report with 2 images, reported 23 November 2026"
    assert PICTURE in school.files("sealed").values()
    assert school.files("drop", "Report drop").keys() == {
        "Report drop/Taken in/TIS-2026-0001/first.png",
        "Report drop/Taken in/TIS-2026-0001/second.png",
    }


def test_a_number_is_never_used_again(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    row = school.the_case()["item"]
    school.as_visitor(
        "DELETE", f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}/items/{row}"
    )

    school.teacher_forwards("Somebody wrote something else.")
    school.works()

    assert sorted(r["Reference"] for r in school.rows()) == ["TIS-2026-0001", "TIS-2026-0002"]
