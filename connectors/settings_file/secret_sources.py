"""Getting a secret from where the settings say it is, only when it is needed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from casework.errors import SettingsError
from connectors.settings_file.sections import SecretSource

PATIENCE = 30
"""Seconds that a command may take to give the secret."""


def resolve_secret(source: SecretSource, *, beside: Path) -> str:
    """Return the secret.

    Args:
        source: where it is.
        beside: the settings file, in whose folder a relative key file lies and a command runs.

    Raises:
        SettingsError: it is not there; names the source, never the secret.
    """
    try:
        return _found(source, beside.absolute().parent)
    except _NoSecretError as error:
        raise SettingsError(str(beside), [f"[microsoft365] secret: {error}"]) from None


class _NoSecretError(Exception):
    """Says what is the matter with the source, and what to do."""


def _found(source: SecretSource, folder: Path) -> str:
    if source.env:
        secret, name = os.environ.get(source.env, ""), f"The environment variable {source.env}"
        advice = "set it for the account that runs Casework"
    elif source.command:
        secret, name = _from_command(source.command, folder), f"The command {source.command[0]}"
        advice = "run it by hand and see what it prints"
    else:
        file = source.file or Path()
        secret, name = _from_file(folder / file), f"The key file {file}"
        advice = "write the secret into it, as its only line"
    kept = secret.strip()
    if not kept:
        raise _NoSecretError(f"{name} is empty or not set; {advice}.")
    if "\n" in kept:
        raise _NoSecretError(f"{name} gave several lines where the secret alone should stand; {advice}.")
    return kept


def _from_command(command: tuple[str, ...], folder: Path) -> str:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            cwd=folder,
        )
    except subprocess.TimeoutExpired:
        raise _NoSecretError(
            f"The command {command[0]} gave no answer in {PATIENCE} seconds; "
            "choose one that asks nobody, or use a key file."
        ) from None
    except subprocess.CalledProcessError as error:
        raise _NoSecretError(
            f"The command {command[0]} failed (exit code {error.returncode}); run it by hand and see why."
        ) from None
    except OSError as error:
        raise _NoSecretError(
            f"The command {command[0]} cannot be started ({error.strerror}); check its name and that it is installed."
        ) from None
    return done.stdout.decode("utf-8", "replace")


def _from_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _NoSecretError(
            f"The key file {path} cannot be read ({error.strerror}); "
            "put it there and let the account that runs Casework read it."
        ) from None
    except UnicodeDecodeError:
        raise _NoSecretError(
            f"The key file {path} holds no text; write the secret into it, as its only line."
        ) from None
