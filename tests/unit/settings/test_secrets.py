"""A secret is fetched when it is needed, from where the settings say, and never told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from casework.errors import SettingsError
from connectors.settings_file import SecretSource, resolve_secret, secret_sources

LINE = "import sys; sys.stdout.write({!r})"


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def command(line: str) -> SecretSource:
    return SecretSource(command=(sys.executable, "-c", line))


def trouble(source: SecretSource, settings_file: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        resolve_secret(source, beside=settings_file)
    assert caught.value.__cause__ is None
    (problem,) = caught.value.problems
    assert problem.startswith("[microsoft365] secret: ")
    return problem


def test_a_secret_comes_from_the_environment(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_SECRET", " hunter2\n")
    assert resolve_secret(SecretSource(env="CASEWORK_SECRET"), beside=settings_file) == "hunter2"
    monkeypatch.delenv("CASEWORK_SECRET")
    assert "CASEWORK_SECRET is empty or not set" in trouble(
        SecretSource(env="CASEWORK_SECRET"), settings_file
    )


def test_a_secret_comes_from_a_command_in_the_folder_of_the_settings(settings_file: Path) -> None:
    (settings_file.parent / "kept").write_text("hunter2\r\n")
    assert resolve_secret(command("print(open('kept').read())"), beside=settings_file) == "hunter2"


def test_a_secret_comes_from_a_key_file_beside_the_settings(settings_file: Path) -> None:
    key = settings_file.parent / "secret.key"
    key.write_bytes(b"\xef\xbb\xbfhunter2\r\n")
    assert resolve_secret(SecretSource(file=Path("secret.key")), beside=settings_file) == "hunter2"
    assert resolve_secret(SecretSource(file=key), beside=Path("elsewhere.toml")) == "hunter2"


def test_a_key_file_that_is_missing_empty_or_not_text_is_named(settings_file: Path) -> None:
    source, key = SecretSource(file=Path("secret.key")), settings_file.parent / "secret.key"
    assert "cannot be read" in trouble(source, settings_file)
    key.write_bytes(b"\n")
    assert "is empty" in trouble(source, settings_file)
    key.write_bytes(b"\xff\xfe\x00")
    assert "holds no text" in trouble(source, settings_file)


def test_a_command_that_fails_is_named_without_what_it_said(settings_file: Path) -> None:
    told = trouble(command("import sys; sys.stderr.write('hunter2'); sys.exit(3)"), settings_file)
    assert "exit code 3" in told
    assert "hunter2" not in told
    assert "cannot be started" in trouble(SecretSource(command=("no-such-program",)), settings_file)
    assert "is empty" in trouble(command(LINE.format("")), settings_file)
    assert "several lines" in trouble(command(LINE.format("welcome\nhunter2\n")), settings_file)


def test_a_command_that_asks_somebody_is_given_up(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_sources, "PATIENCE", 1)
    assert "no answer in 1 seconds" in trouble(command("import time; time.sleep(20)"), settings_file)
    assert "exit code 1" in trouble(command("input()"), settings_file)
