"""What goes wrong at a school: each time a plain sentence with the next step, the other work done, nothing lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result
from docx import Document
from typer.testing import CliRunner

from command_line.app import app
from connectors.practice_child import PracticeChild
from offices.practice_school import practice_school, set_up
from tests.account import account_of
from tests.journal_stores import JOURNAL
from tests.killing import KILLED, Moment, sweeps
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

POLICY = "Acceptable Use Policy.txt"
WORDS = b"Acceptable Use Policy\n\nOwner: Headteacher\nLast reviewed: March 2026\nNext review: March 2027\n"


def once(school: SchoolAtWork, settings: Path | None = None) -> Result:
    """What somebody sees who types `casework once`."""
    school.office.journal.close()
    return CliRunner().invoke(app, ["--settings", str(settings or school.settings), "once"])


def other_settings(school: SchoolAtWork, *changes: tuple[str, str]) -> Path:
    """The school's settings with some words exchanged."""
    text = school.settings.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = school.settings.with_name("other.toml")
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unreachable_tenant_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    with practice_school(tmp_path, now=MONDAY) as practice:
        server = PracticeServer(tmp_path)
        server.facts = practice.child.facts
        school = SchoolAtWork(server, practice.settings_file, practice.tenant)
        school.teacher_forwards("Somebody wrote this.")
        port = urlsplit(practice.tenant["graph_root"]).port or 0
        practice.child.stop()

        without = once(school)
        assert without.exit_code == 1
        assert "cannot be reached" in without.stderr
        assert "Start it (uv run schedule.py" in without.stderr
        with PracticeChild.start(tmp_path, port=port):
            assert once(school).exit_code == 0
            assert school.the_case()["Reference"] == "TIS-2026-0001"
            assert len(school.messages("teacher")) == 1


def test_a_wrong_secret_says_where_to_get_the_right_one(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    (school.settings.parent / "wrong.key").write_text("not-the-secret", encoding="ascii")

    wrong = once(school, other_settings(school, ("casework-secret.key", "wrong.key")))

    assert wrong.exit_code == 1
    assert "The client secret is wrong. Copy its value" in wrong.stderr
    assert "not-the-secret" not in wrong.output
    assert wrong.stderr.count("Could not do its work") == 1
    assert once(school).exit_code == 0
    assert school.the_case()["Reference"] == "TIS-2026-0001"


def test_a_missing_column_stops_nothing_and_is_filled_once_it_is_back(school: SchoolAtWork) -> None:
    cases = f"sites/{school.places['site_id']}/lists/{school.places['lists']['cases']}"
    columns = school.as_visitor("GET", f"{cases}/columns").json()["value"]
    column = next(column["id"] for column in columns if column["name"] == "NextStep")
    school.as_visitor("DELETE", f"{cases}/columns/{column}")
    school.teacher_forwards("Somebody wrote this.")

    assert once(school).exit_code == 0

    assert school.the_case()["Stage"] == "new"
    assert "NextStep" not in school.the_case()
    assert len(school.messages("teacher")) == 1
    assert any(path.endswith("message.eml") for path in school.files("sealed"))
    school.restart()
    set_up(school.office)
    assert once(school).exit_code == 0
    assert school.the_case()["NextStep"].startswith("Look at the report")
    assert len(school.messages("teacher")) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes: the journal and what it has not folded into itself yet have room, and little else."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, leave = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
    begin = [mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(begin, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator on Linux may make a small disk")
    yield disk
    subprocess.run([leave, "--lazy", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_report_is_taken_in_once_there_is_room(
    school: SchoolAtWork, small_disk: Path
) -> None:
    school.office.journal.close()
    for name in JOURNAL:
        if (school.settings.parent / name).exists():
            shutil.copy(school.settings.parent / name, small_disk / name)
    settings = other_settings(school, ('"journal.sqlite"', f'"{(small_disk / "journal.sqlite").as_posix()}"'))
    filling = small_disk / "holiday pictures"
    _fill(filling)
    school.teacher_forwards("Somebody wrote this.")

    full = once(school, settings)

    assert full.exit_code == 1
    assert "the disk is full. Free some space" in full.stderr
    assert len(school.messages("reports")) == 1
    assert school.messages("teacher") == []
    filling.unlink()
    assert once(school, settings).exit_code == 0
    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert len(school.messages("teacher")) == 1


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filling:
        try:
            while True:
                filling.write(bytes(1024))
        except OSError:
            return


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe\x00 no mail at all \x80\x81" * 50,
        b"From: robin@parents.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: im",
        b"From: =?utf-8?B?!!!?=\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xc3\x28",
    ],
    ids=["no mail", "cut off", "broken words"],
)
def test_a_broken_mail_stops_none_of_the_others(school: SchoolAtWork, raw: bytes) -> None:
    school.from_outside(raw, sender="robin@parents.example")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")

    result = once(school)

    assert result.exit_code == 0
    assert "Facebook post, reported 23 November 2026" in [row["Title"] for row in school.rows()]
    sealed = school.files("sealed")
    assert len([path for path in sealed if path.endswith("message.eml")]) == 2
    assert school.subjects("reports") == []


def test_a_file_that_is_no_word_document_is_listed_as_unreadable(school: SchoolAtWork) -> None:
    school.put_file("policies", "Behaviour Policy.docx", b"This was never a Word document.")
    school.put_file("policies", POLICY, WORDS)

    result = once(school)

    assert result.exit_code == 0
    rows = {row["Document"]: row for row in school.rows("policies")}
    assert rows["Behaviour Policy.docx"]["Status"] == "unreadable"
    assert rows["Behaviour Policy.docx"]["Findings"]
    assert rows[POLICY]["Status"] == "current"


def test_a_calendar_that_ends_next_week_is_told_and_no_date_is_invented(school: SchoolAtWork) -> None:
    short = (school.settings.parent / "term-dates.toml").read_text(encoding="utf-8")
    begin = short.index("[[terms]]", short.index('"Autumn, second half"'))
    short = short[:begin].replace("ends = 2026-12-18", "ends = 2026-11-30").replace(", 2027-01-04", "")
    (school.settings.parent / "short.toml").write_text(short, encoding="utf-8")
    settings = other_settings(school, ("term-dates.toml", "short.toml"))
    school.teacher_forwards("Somebody wrote this.")
    once(school, settings)
    school.staff_set(Parent="Mrs R Oakfield", ParentEmail="r.oakfield@parents.example", Target="school")
    school.staff_set(TalkedOn="2026-11-23T12:00:00Z", TalkOutcome="removed")

    result = once(school, settings)

    assert result.exit_code == 0
    assert school.the_case()["Stage"] == "watching"
    assert not school.the_case().get("Due")
    digest = next(m for m in school.messages("office") if m["subject"].startswith("Casework on Monday"))
    assert "term calendar" in digest["body"]["content"]


def test_an_original_that_was_changed_after_sealing_goes_to_a_person(
    school: SchoolAtWork, tmp_path: Path
) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.office.journal.close()
    assert sweeps(school.settings, tmp_path / "ledger", dies=Moment(number=3, after=True)) == KILLED
    [path] = [path for path in school.files("sealed") if path.endswith("message.eml")]
    school.put_file("sealed", path, b"Something else.", by="visitor")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")

    results = [once(school) for _ in range(3)]

    assert "changed in the library" in results[0].stderr
    assert "version history" in results[0].stderr
    assert [row["Title"] for row in school.rows()] == ["Facebook post, reported 23 November 2026"]
    assert [result.exit_code for result in results] == [0, 0, 0]
    assert "is set aside in Casework/Needs a person" in results[2].stderr
    assert school.subjects("reports") == []
    report = account_of(school)["mailbox of reports"]
    assert any(line.startswith("Casework/Needs a person | mail | FW: look at this") for line in report)


def test_a_letter_that_a_person_has_mended_in_word_is_drafted_at_last(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(Parent="Robin Witness", ParentEmail="r.oakfield@parents.example", Target="school")
    assert school.once().problems
    path = "TIS-2026-0001/Letters/invitation, version 1.docx"
    mended = Document(BytesIO(school.files("casework")[path]))
    for paragraph in mended.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("Robin Witness", "Mrs R Oakfield").replace("Witness", "Oakfield")
    saved = BytesIO()
    mended.save(saved)
    school.put_file("casework", path, saved.getvalue())

    school.at("2026-11-24T09:30:00+00:00")
    school.works()

    assert len(school.messages("headteacher", "drafts")) == 1
    assert "who reported" not in school.the_case()["CaseworkSays"]
