"""Settings are read as they are meant, and every mistake is told at once with what to write."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from casework.errors import SettingsError
from connectors.settings_file import Settings, read_settings

Entries = dict[str, dict[str, Any]]
Write = Callable[..., Path]


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    return caught.value.problems


def test_a_sound_file_is_read_with_the_usual_values(written: Write) -> None:
    settings = read_settings(written())
    assert settings.school.code == "TIS"
    assert settings.school.address == ("Mill Lane", "Tillbrook")
    assert settings.people["headteacher"].also_called == ("Mrs Vale",)
    assert settings.school.timezone == "Europe/London"
    assert (settings.hours.opens, settings.hours.closes) == (time(7, 30), time(17, 30))
    assert (settings.letters.removal_days, settings.letters.reply_days) == (10, 5)
    assert settings.microsoft365.graph_root == "https://graph.microsoft.com/"
    assert settings.policies.folder == "Policies"
    assert settings.drop is None
    assert settings.practice is None


def test_settings_cannot_be_changed_afterwards(written: Write) -> None:
    with pytest.raises(ValidationError):
        read_settings(written()).school.code = "XYZ"


def test_paths_are_seen_from_the_file(
    written: Write, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(folder)
    path = written().relative_to(folder)
    settings = read_settings(path)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert settings.path(settings.journal.file) == folder / "journal.sqlite"
    assert settings.path(settings.term_dates.file) == folder / "term-dates.toml"
    assert settings.path(folder / "key") == folder / "key"


def test_the_environment_does_not_change_what_the_file_says(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SCHOOL", "HOURS", "FILE", "PRACTICE", "JOURNAL"):
        monkeypatch.setenv(name, "spoilt")
    assert read_settings(written()).practice is None


def test_many_mistakes_are_told_at_once(written: Write) -> None:
    def spoil(entries: Entries) -> None:
        entries["school"] |= {"code": "tis", "timezone": "Europe/Londn", "adress": "Mill Lane"}
        entries["people"]["office"]["address"] = "office"
        entries["microsoft365"] |= {"graph_root": "http://graph.microsoft.com", "certificate": "c.pem"}
        entries["letters"] = {"removal_days": 0, "attach": "fax"}
        entries["wibble"] = {"a": 1}
        del entries["people"]["chair"], entries["policies"]

    found = "\n".join(problems(written(spoil)))
    for sentence in (
        '[school] code is not written as it should be; write it like "TIS".',
        "[school] timezone is not the name of a time zone; write Europe/London or UTC.",
        "[school] adress is not known; did you mean address?",
        "[people.office] address is not written as it should be",
        "[microsoft365] graph_root is not a secure address; it must begin with https://",
        "[microsoft365] has both secret and certificate; give one of them",
        "[microsoft365] certificate names a file that is not there",
        "[letters] removal_days is too small (from 1); write it like 10.",
        '[letters] attach is none of the choices; write one of "pdf", "word".',
        "[wibble] is not known; known here: school,",
        "[people.chair] is missing; add the section with name and address.",
        "[policies] is missing; add the section with drive.",
    ):
        assert sentence in found


def with_entry(section: str, name: str, value: object) -> Callable[[Entries], None]:
    def spoil(entries: Entries) -> None:
        entries.setdefault(section, {})[name] = value

    return spoil


@pytest.mark.parametrize(
    ("section", "name", "value", "told"),
    [
        ("school", "name", "  ", "is empty"),
        ("school", "name", 7, "must be text in quotation marks"),
        ("school", "address", "Mill Lane", "must be a list in square brackets"),
        ("school", "address", ["a", 3], "number 2 of the list"),
        ("school", "division", "Cornwall", '"Northern Ireland"'),
        ("school", "logo", "nowhere.png", "names a file that is not there"),
        ("school", "logo", "", "is empty"),
        ("school", "motto", ["a"], "must be text"),
        ("people", "head", {"name": "x", "address": "a@b.example"}, "did you mean headteacher?"),
        ("microsoft365", "site_zone", "Tillbrook", "not the name of a time zone"),
        ("microsoft365", "login_root", "https://", "not a secure address"),
        ("microsoft365", "ca_file", ["a"], "must be the name of a file"),
        ("hours", "opens", "7.30", 'write it like "07:30"'),
        ("hours", "opens", "25:00", 'write it like "07:30"'),
        ("hours", "closes", 17, 'write it like "07:30"'),
        ("hours", "closes", "07:00", "closes before it opens"),
        ("letters", "reply_days", "ten", "must be a whole number"),
        ("letters", "reply_days", 61, "is too large (up to 60)"),
        ("letters", "templates", "nowhere", "names a file that is not there"),
        ("drop", "folder", "Reports", "[drop] drive is missing"),
        ("practice", "clock_url", "http://127.0.0.1/", "not a secure address"),
    ],
)
def test_each_mistake_names_the_entry_and_what_to_write(
    written: Write, section: str, name: str, value: object, told: str
) -> None:
    found = problems(written(with_entry(section, name, value)))
    assert any(told in problem and f"[{section}" in problem for problem in found), found


def test_a_secret_in_the_file_is_refused_and_not_repeated(written: Write) -> None:
    def spoil(entries: Entries) -> None:
        entries["microsoft365"] |= {"secret": "hunter2", "client_secret": "hunter2"}
        entries["journal"] = {"url": "postgresql://casework:hunter2@server/casework"}

    found = "\n".join(problems(written(spoil)))
    assert "secret holds the secret itself" in found
    assert "client_secret is not known; a secret itself never stands in this file" in found
    assert "[journal] url holds a password" in found
    assert "hunter2" not in found


@pytest.mark.parametrize("pasted", ["-----BEGIN PRIVATE KEY-----\nhunter2", "hunter2"])
def test_a_pasted_certificate_is_refused_and_not_repeated(written: Write, pasted: str) -> None:
    def spoil(entries: Entries) -> None:
        entries["microsoft365"].pop("secret")
        entries["microsoft365"]["certificate"] = pasted

    found = problems(written(spoil))
    assert len(found) == 1
    assert "[microsoft365] certificate" in found[0]
    assert "hunter2" not in found[0]


@pytest.mark.parametrize("source", [{}, {"env": "A", "file": "b"}, {"value": "hunter2"}, {"command": []}])
def test_a_secret_has_one_source(written: Write, source: dict[str, object]) -> None:
    found = problems(written(with_entry("microsoft365", "secret", source)))
    assert any("[microsoft365" in problem and "secret" in problem for problem in found)
    assert "hunter2" not in "".join(found)


def test_without_secret_and_certificate_nobody_can_sign_in(written: Write) -> None:
    found = problems(written(lambda entries: entries["microsoft365"].pop("secret")))
    assert found == (
        "[microsoft365] has neither secret nor certificate; give one of them, so that Casework can sign in.",
    )


def test_the_reporting_mailbox_is_nobodys_own(written: Write) -> None:
    found = problems(written(with_entry("microsoft365", "reporting_mailbox", "Office@Tillbrook.example")))
    assert len(found) == 1
    assert "also the mailbox of [people.office]" in found[0]


def test_the_chair_is_not_the_headteacher(written: Write) -> None:
    chair = {"name": "Mrs A. Vale", "address": "head@tillbrook.example"}
    found = problems(written(with_entry("people", "chair", chair)))
    assert len(found) == 1
    assert "[people.chair] has the headteacher's address" in found[0]


def test_practice_never_mixes_with_a_real_tenant(written: Write) -> None:
    clock = "https://localhost:8443/practice/clock"
    found = problems(written(with_entry("practice", "clock_url", clock)))
    assert [problem.split(" is not")[0] for problem in found] == [
        "[microsoft365] graph_root",
        "[microsoft365] login_root",
    ]


def test_a_practice_tenant_on_this_machine_is_fine(written: Write) -> None:
    def practice(entries: Entries) -> None:
        roots = {"graph_root": "https://127.0.0.1:8443/", "login_root": "https://localhost:8443"}
        entries["microsoft365"] |= roots
        entries["practice"] = {"clock_url": "https://[::1]:8443/practice/clock"}

    assert read_settings(written(practice)).practice is not None


def test_a_missing_file_names_the_option_and_the_guide(folder: Path) -> None:
    found = problems(folder / "nowhere.toml")[0]
    assert "--settings" in found
    assert "set-up-a-school.md" in problems(folder / "nowhere.toml")[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[school\ncode = 1", "Line 1 cannot be read"),
        (b"[school]\ncode = 'TIS'\ncode = 'TIS'", "This entry stands in the file a second time"),
        ("[school]\nname = 'Añil'".encode("latin-1"), "not saved as UTF-8"),
        (b"", "[school] is missing; add the section with code, name, address, phone and email."),
        (b"file = 'other.toml'", "[file] is not known"),
        (b"school = 3\npeople = []", "[school] must be a section"),
        (b"[people]\noffice = 'office@tillbrook.example'", "[people.office] must be a section"),
    ],
)
def test_a_file_that_is_no_settings_file_says_what_is_wrong(folder: Path, content: bytes, told: str) -> None:
    path = folder / "settings.toml"
    path.write_bytes(content)
    assert any(told in problem for problem in problems(path))


def test_a_file_saved_by_notepad_is_read(written: Write) -> None:
    path = written()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert isinstance(read_settings(path), Settings)


def test_the_error_names_the_file(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml needs mending"):
        read_settings(folder / "nowhere.toml")


def test_reading_settings_loads_no_connector_and_no_second_settings_library() -> None:
    script = (
        "import sys, connectors.settings_file;"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'O365', 'msal', 'pydantic_settings')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
