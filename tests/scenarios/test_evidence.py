"""What was reported is sealed before it is read, listed with its hashes, and every act on it is in the custody record."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.remembering import Moments
from tests.school import SchoolAtWork

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"
CASE = "TIS-2026-0001"


def report(school: SchoolAtWork) -> None:
    """A teacher has forwarded a report with a screenshot."""
    school.teacher_forwards(POST, files=(("screenshot.png", "image/png", PICTURE),))
    school.works()


@pytest.fixture
def reported(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report)


def custody(school: SchoolAtWork, case: str = CASE) -> list[dict[str, str]]:
    """The entries of all pages, by heading."""
    entries = []
    for path, content in sorted(school.files("sealed", f"Cases/{case}/Custody").items()):
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert lines[0][0] == f"page {int(Path(path).stem)}"
        entries += [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]
    return entries


def saved(school: SchoolAtWork, drive: str, folder: Path) -> Path:
    """A library as somebody downloads it."""
    for path, content in school.files(drive).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def sha256sum(sums: Path, inside: Path) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("sha256sum")
    assert tool, "the tests need sha256sum of the coreutils"
    command = [tool, "-c", "--strict", str(sums)]
    return subprocess.run(command, cwd=inside, capture_output=True, text=True, check=False)


def test_the_usual_tool_checks_the_sealed_originals_and_the_copies(
    reported: SchoolAtWork, tmp_path: Path
) -> None:
    sealed = saved(reported, "sealed", tmp_path / "sealed")
    copies = saved(reported, "casework", tmp_path / "casework") / CASE

    originals = sha256sum(sealed / "Cases" / CASE / "SHA256SUMS", sealed)
    working = sha256sum(copies / "SHA256SUMS", copies)

    assert originals.returncode == 0, originals.stderr
    assert originals.stdout.count(": OK") == 3
    assert working.returncode == 0, working.stderr
    assert working.stdout.count(": OK") == 2

    next(copies.rglob("report.txt")).write_text("somebody wrote this instead")
    assert sha256sum(copies / "SHA256SUMS", copies).returncode == 1


def test_every_act_stands_in_the_custody_record_with_six_fields(reported: SchoolAtWork) -> None:
    entries = custody(reported)

    whats = [entry["what"] for entry in entries]
    assert [whats.count(what) for what in ("received", "sealed", "opened", "copied", "filed")] == [
        1,
        3,
        1,
        2,
        1,
    ]
    assert whats[0] == "received"
    assert entries[0]["who"] == reported.address("teacher")
    assert [entry["number"] for entry in entries] == [str(number) for number in range(1, len(entries) + 1)]
    for entry in entries:
        assert all(entry[field] for field in ("who", "what", "when", "how", "on what", "result")), entry


def test_a_later_message_is_a_new_page_and_the_old_one_stays(reported: SchoolAtWork) -> None:
    before = reported.files("sealed", f"Cases/{CASE}/Custody")
    reported.reply("teacher", reported.messages("teacher")[0], "Here is one more thing that I saw.")

    reported.works()

    after = reported.files("sealed", f"Cases/{CASE}/Custody")
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
    assert [entry["what"] for entry in custody(reported)].count("received") == 2


def test_a_file_that_may_show_the_reporter_is_in_the_custody_record_as_withheld(school: SchoolAtWork) -> None:
    signed = b"%PDF-1.4 signed by Robin Witness"
    school.teacher_forwards(POST, files=(("note.pdf", "application/pdf", signed),))

    school.works()

    withheld = [entry for entry in custody(school) if entry["what"] == "withheld"]
    assert len(withheld) == 1
    assert withheld[0]["on what"].endswith("/attachments/01-note.pdf")


def test_a_repeated_sweep_writes_no_page_twice(reported: SchoolAtWork) -> None:
    before = reported.files("sealed")

    reported.works()

    assert reported.files("sealed") == before


def test_dropped_files_have_a_custody_record_too(school: SchoolAtWork) -> None:
    school.put_file("drop", "Report drop/=first.png", PICTURE)

    school.works()

    entries = custody(school)
    assert entries[0]["who"] == school.address("office")
    assert entries[0]["how"] == "put into the drop folder"
    assert not any(cell.startswith("=") for entry in entries for cell in entry.values())
