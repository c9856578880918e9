"""A parent's export of a WhatsApp group: sealed whole, and in the case's folder only what was reported."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from tests.remembering import Moments
from tests.school import SchoolAtWork

CHAT = """\
[21/11/2026, 19:41:00] Amy Birch: Did anybody keep the letter?
[21/11/2026, 19:42:00] Dan Oak: the new teacher is a complete waste of space
\u200e[21/11/2026, 19:42:30] Dan Oak: \u200e<attached: 00000002-PHOTO-2026-11-21-19-42-30.jpg>
[21/11/2026, 19:44:00] Lena Ash: My daughter Ivy was upset by this
\u200e[21/11/2026, 19:45:00] Lena Ash: \u200e<attached: 00000003-PHOTO-2026-11-21-19-45-00.jpg>
"""
TOLD = 'Delphine exported this for me. Please see "the new teacher is a complete waste of space", and the picture.'
PICTURE, ANOTHER = b"\xff\xd8\xff the picture", b"\xff\xd8\xff a family's picture"


def _export() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        archive.writestr("00000002-PHOTO-2026-11-21-19-42-30.jpg", PICTURE)
        archive.writestr("00000003-PHOTO-2026-11-21-19-45-00.jpg", ANOTHER)
    return packed.getvalue()


EXPORT = _export()


def report(school: SchoolAtWork, by: str) -> None:
    if by == "mail":
        school.teacher_forwards(TOLD, files=(("WhatsApp Chat - Year 2.zip", "application/zip", EXPORT),))
    else:
        school.put_file("drop", "Report drop/note.txt", TOLD.encode())
        school.put_file("drop", "Report drop/WhatsApp Chat - Year 2.zip", EXPORT)
    school.works()


@pytest.fixture(params=["mail", "drop folder"])
def reported(request: pytest.FixtureRequest, moments: Moments) -> SchoolAtWork:
    return moments.come_to(report, request.param)


def test_a_chat_is_a_whatsapp_case_with_its_export_sealed_byte_for_byte(reported: SchoolAtWork) -> None:
    row = reported.the_case()
    assert row["Platform"] == "WhatsApp"
    assert row["GroupName"] == "Year 2"
    assert "The report repeats these messages." in row["CaseworkSays"]
    assert EXPORT in reported.files("sealed").values()


def test_the_case_folder_holds_what_was_reported_and_no_other_familys_matter(reported: SchoolAtWork) -> None:
    copies = reported.files("casework")
    table = next(content for path, content in copies.items() if path.endswith(".docx") and "chat" in path)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(table)).tables[0].rows]
    assert [
        "21 November 2026, 19:42",
        "Dan Oak",
        "REPORTED: the new teacher is a complete waste of space",
    ] in rows
    everything = str(rows)
    assert "Amy Birch" not in everything
    assert "Lena Ash" not in everything
    assert not any(b"Delphine" in content for content in copies.values())
    assert PICTURE in copies.values()
    assert ANOTHER not in copies.values()
    assert not any(content.startswith(b"PK") and b"_chat.txt" in content for content in copies.values())
