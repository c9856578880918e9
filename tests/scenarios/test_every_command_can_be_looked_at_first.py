"""Each command of Casework is typed once: with --dry-run, or because it only looks; nothing is changed anywhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from command_line.app import app
from offices.backups import back_up, copy_away
from tests.commands import CASE, DRY, WRITES_NOTHING
from tests.journal_rows import rows_of
from tests.remembering import Moments
from tests.scenarios.test_seeing_it_before_it_is_done import everything, wrote
from tests.school import SchoolAtWork, mail
from workflows.keep_house import note_backup

SOMETHING = 3
PARENT = {"Parent": "Robin Ashdown", "ParentEmail": "robin.ashdown@parents.example", "Target": "school"}


def a_case_is_backed_up_and_then_goes_on(school: SchoolAtWork) -> None:
    """A reporter who is not to be named, a backup of that morning, and since then a letter that waits."""
    report = mail(
        "Robin Quillfeather <robin@parents.example>",
        school.address("reports"),
        "A post",
        "Please don't tell anyone it was me. https://www.facebook.com/tillbrook/posts/1",
    )
    school.from_outside(report, sender="robin@parents.example")
    school.until_settled()
    now = school.office.clock.now()
    back_up(school.office, now)
    note_backup(school.office.journal, now)
    copy_away(school.office, now)
    school.staff_set(**PARENT)
    school.until_settled()
    school.teacher_forwards("Look at this, too: https://www.facebook.com/tillbrook/posts/2")


@pytest.fixture
def school_at_work(moments: Moments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SchoolAtWork:
    """Somebody sits at the PC, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "a mail.txt").write_text("From: A <a@b.example>\nSubject: Hello\n\nLook at this.\n")
    (tmp_path / "a policy.txt").write_text("Behaviour policy\n\nNext review: September 2027\n")
    school = moments.come_to(a_case_is_backed_up_and_then_goes_on)
    school.office.journal.close()
    return school


def on_this_machine(school: SchoolAtWork, own: Path) -> dict[str, str]:
    """Every file of the school and of whoever types, by its content; the journal by its rows."""
    state = school.settings.parent
    ours = ("tenant.", "practice.log", "checkpoint", "journal.sqlite-", "journal.lock")
    files = [
        file
        for folder in (state, own)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(ours)
    ]
    return {
        str(file): str(rows_of(f"sqlite:///{file}"))
        if file.name == "journal.sqlite"
        else hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def types(school: SchoolAtWork, words: tuple[str, ...]) -> str:
    """What the command says; practice does not want a school's settings beside it."""
    settings = [] if words[0] == "practice" else ["--settings", str(school.settings)]
    result = CliRunner().invoke(app, [*settings, *words])
    assert result.exit_code in (0, 1, SOMETHING), result.output
    assert not result.exception or isinstance(result.exception, SystemExit), result.output
    return result.output


@pytest.mark.parametrize("command", sorted({**DRY, **WRITES_NOTHING}))
def test_nothing_is_changed_at_microsoft_365_in_the_journal_or_on_the_machine(
    school_at_work: SchoolAtWork, tmp_path: Path, command: str
) -> None:
    words = (*DRY[command], "--dry-run") if command in DRY else WRITES_NOTHING[command]
    was, here = everything(school_at_work), on_this_machine(school_at_work, tmp_path)
    school_at_work.server.forget_recorded()

    said = types(school_at_work, words)

    assert said
    assert wrote(school_at_work) == []
    assert everything(school_at_work) == was
    assert on_this_machine(school_at_work, tmp_path) == here


def test_a_backup_is_tried_on_a_copy_and_what_would_follow_is_told(school_at_work: SchoolAtWork) -> None:
    said = types(school_at_work, ("restore", "latest", "--dry-run"))

    assert "Sound: journal-2026-11-23" in said
    assert "Found: 1 case in the list" in said
    assert "the journal was not touched" in said


def test_a_damaged_backup_is_found_out_without_touching_the_journal(
    school_at_work: SchoolAtWork, tmp_path: Path
) -> None:
    [good] = (school_at_work.settings.parent / "backups").glob("*.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(good.read_bytes()[:-8192] + bytes(8192))
    here = on_this_machine(school_at_work, tmp_path)

    said = types(school_at_work, ("restore", str(broken), "--dry-run"))

    assert "The backup broken.sqlite cannot be used: it is damaged. Take an older one" in said
    assert on_this_machine(school_at_work, tmp_path) == here


def test_a_pack_lists_what_would_be_in_it(school_at_work: SchoolAtWork) -> None:
    said = types(school_at_work, ("export", CASE, "--for", "police", "--dry-run"))

    assert f"- would write {CASE} for police 2026-11-23.zip" in said
    assert "- would put Files/" in said
    assert "Nothing of it was done." in said


def test_the_vault_stays_closed(school_at_work: SchoolAtWork) -> None:
    said = types(school_at_work, ("reporter", CASE, "--why", "the police asked", "--dry-run"))

    assert f"- would show who reported {CASE}" in said
    assert "robin" not in said.casefold()


def test_tonights_backup_is_named_with_where_it_goes(school_at_work: SchoolAtWork) -> None:
    said = types(school_at_work, ("backup", "--dry-run"))

    assert "- would replace " in said
    assert "journal-2026-11-23.sqlite" in said
    assert (
        '- would put a sealed copy into the casework library, in the folder "Backups of the journal"' in said
    )


def test_the_service_shows_the_file_and_each_command_that_the_machine_would_be_told(
    school_at_work: SchoolAtWork, tmp_path: Path
) -> None:
    said = types(school_at_work, ("service", "install", "--user", "--dry-run"))

    assert f"- would write {tmp_path}/config/systemd/user/casework.service" in said
    assert "- would run: systemctl --user enable --now casework" in said
