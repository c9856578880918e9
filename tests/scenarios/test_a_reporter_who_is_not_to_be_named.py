"""A reporter who asks not to be named is kept in a vault apart from the case, and whoever opens it is in the log."""

from __future__ import annotations

from typer.testing import CliRunner

from command_line.app import app
from tests.school import SchoolAtWork, mail


def test_the_name_lies_in_the_vault_alone_and_opening_it_is_logged(school: SchoolAtWork) -> None:
    note = mail(
        "Robin Quillfeather <robin@parents.example>",
        school.address("reports"),
        "A post",
        "Please don't tell anyone it was me. Robin Quillfeather",
    )
    school.from_outside(note, sender="robin@parents.example")
    school.works()
    school.works()

    case = school.the_case()
    assert case["ReporterProtected"] is True
    assert case["ReporterLabel"] == "Reporter A, not to be named"
    assert "quillfeather" not in str(case).casefold()
    for path, content in school.files("casework").items():
        assert b"quillfeather" not in content.lower(), path
    sealed = school.files("sealed")
    assert b"Robin Quillfeather <robin@parents.example>" in sealed["Vault/TIS-2026-0001.txt"]
    vault = f"drives/{school.places['drives']['sealed']}/root:/Vault/TIS-2026-0001.txt"
    opens = {
        role: school.server.graph("GET", vault, token=school.server.user_token(role)).ok
        for role in ("office", "headteacher", "safeguarding_lead")
    }
    assert opens == {"office": False, "headteacher": False, "safeguarding_lead": True}

    assert_no_file_of_the_journal_names(school, b"quillfeather", b"robin@parents")

    command = ["--settings", str(school.settings), "reporter", "TIS-2026-0001"]
    assert CliRunner().invoke(app, command).exit_code == 2
    shown = CliRunner().invoke(app, [*command, "--why", "the police asked"])
    assert "robin@parents.example" in shown.output
    story = CliRunner().invoke(app, ["--settings", str(school.settings), "explain", "TIS-2026-0001"])
    assert "The vault was opened" in story.output
    assert "quillfeather" not in story.output.casefold()


def assert_no_file_of_the_journal_names(school: SchoolAtWork, *words: bytes) -> None:
    """Neither journal, write-ahead log nor backup shows who reported, whoever carries the file away."""
    places = school.settings.parent
    files = [*places.glob("*journal*"), *places.glob("backups/*")]
    kept = [file for file in files if file.is_file()]
    assert any("backups" in str(file) for file in kept)
    for file in kept:
        content = file.read_bytes().lower()
        assert [word for word in words if word in content] == [], file.name


def test_staff_switch_the_protection_on_by_hand(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    assert not school.the_case().get("ReporterProtected")

    school.staff_set(ReporterProtected=True)
    school.works()
    school.works()

    assert "not to be named" in school.the_case()["ReporterLabel"]
    assert "Vault/TIS-2026-0001.txt" in school.files("sealed")


def test_the_log_says_that_the_name_is_kept_although_the_answer_to_writing_it_was_lost(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    school.staff_set(ReporterProtected=True)
    school.server.set_faults({"method": "PUT", "path": "*/Vault/*", "fault": "lost"})
    school.office.account.con._sleep = lambda seconds: None  # how long is waited is the matter of other tests
    school.once()
    assert "Vault/TIS-2026-0001.txt" in school.files("sealed")

    school.server.set_faults()
    school.until_settled()

    with school.office.journal.transaction() as transaction:
        kept = [event for event in transaction.events.after(0) if event.what == "vault.kept"]
    assert len(kept) == 1
