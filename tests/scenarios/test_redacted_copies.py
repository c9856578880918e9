"""Redacted copies lie beside the working copies; what a machine cannot redact a person does, and the record says who."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from tests.remembering import Moments
from tests.scenarios.test_evidence import custody
from tests.school import SchoolAtWork

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12\nJo Marsh hit Ellis Marsh, they say."
CASE = "TIS-2026-0001"


def note() -> bytes:
    document = Document()
    document.add_paragraph("A note by Jo Marsh.")
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def report_and_redact(school: SchoolAtWork) -> None:
    """A report with a picture and a Word file; the office then lists a name to withhold."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    school.teacher_forwards(
        POST, files=(("screenshot.png", "image/png", PICTURE), ("note.docx", word, note()))
    )
    school.works()
    school.staff_set(Withhold="Jo Marsh; Ellis")
    school.works()


@pytest.fixture
def redacted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report_and_redact)


def redacted_files(school: SchoolAtWork) -> dict[str, bytes]:
    copies = school.files("casework", f"{CASE}/Evidence")
    return {path.rpartition("/")[2]: content for path, content in copies.items() if "/Redacted 2026" in path}


def test_the_names_are_withheld_in_the_copies_and_nowhere_else(redacted: SchoolAtWork) -> None:
    made = redacted_files(redacted)

    assert b"[name withheld] hit [name withheld]" in made["report.txt"]
    assert Document(BytesIO(made["02-note.docx"])).paragraphs[0].text == "A note by [name withheld]."
    working = [content for path, content in redacted.files("casework").items() if path.endswith("report.txt")]
    assert any(b"Jo Marsh hit Ellis Marsh" in content for content in working)
    assert any(
        b"Jo Marsh" in content for path, content in redacted.files("sealed").items() if path.endswith(".eml")
    )


def test_a_picture_is_left_to_a_person_and_the_folder_says_so(redacted: SchoolAtWork) -> None:
    told = redacted_files(redacted)["Read me first.txt"].decode()

    assert "01-screenshot.png" in told
    assert "A person must do it" in told
    assert "Marsh" not in told


def test_who_withheld_what_stands_in_the_custody_record_and_not_in_the_log(redacted: SchoolAtWork) -> None:
    entries = [entry for entry in custody(redacted) if entry["what"] == "redacted"]

    assert {entry["who"] for entry in entries} == {redacted.address("office")}
    assert all("Jo Marsh; Ellis" in entry["how"] for entry in entries)
    with redacted.office.journal.transaction() as transaction:
        assert "Marsh" not in str(transaction.events.after(0))


def test_a_picture_that_a_person_redacted_is_entered(redacted: SchoolAtWork) -> None:
    place = f"{CASE}/Evidence/Redacted by hand/01-screenshot.png"
    redacted.put_file("casework", place, PICTURE + b"black bars", by="deputy")

    redacted.works()

    entry = custody(redacted)[-1]
    assert (entry["what"], entry["who"]) == ("redacted", redacted.address("deputy"))
    assert entry["on what"] == place
    sums = redacted.files("casework")[f"{CASE}/SHA256SUMS"].decode()
    assert "Evidence/Redacted by hand/01-screenshot.png" in sums


def test_under_a_lock_a_redacted_picture_is_not_exchanged_unseen(redacted: SchoolAtWork) -> None:
    place = f"{CASE}/Evidence/Redacted by hand/01-screenshot.png"
    redacted.put_file("casework", place, PICTURE + b"black bars")
    redacted.works()
    redacted.staff_set(EvidenceLock="Police")
    redacted.works()

    redacted.put_file("casework", place, PICTURE)
    redacted.at("2026-11-24T10:00:00+00:00")
    redacted.once()

    told = [mail["subject"] for mail in redacted.messages("office")]
    assert f"Evidence needs to be put right: case {CASE}" in told


def test_names_may_be_listed_by_reply(redacted: SchoolAtWork) -> None:
    tag = f"[{CASE}-{redacted.office.tokens.staff(CASE)}]"  # type: ignore[arg-type]  # a case reference
    redacted.send_mail("office", redacted.address("reports"), f"Re: {tag}", "WITHHOLD Robin Post; trip")
    redacted.works()

    folders = {
        path.split("/")[2]
        for path in redacted.files("casework", f"{CASE}/Evidence")
        if "/Redacted 2026" in path
    }
    assert len(folders) == 2
