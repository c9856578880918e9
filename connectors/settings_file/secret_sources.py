"""Getting a secret from where the settings say it is, only when it is needed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from casework.errors import SettingsError
from connectors.settings_file.models import SecretSource

PATIENCE = 30
"""Seconds that a command may take to give the secret."""


def resolve_secret(source: SecretSource, *, beside: Path) -> str:
    """Return the secret.

    Args:
        source: where it is.
        beside: the settings file, from whose folder a relative key file is looked for.

    Raises:
        SettingsError: it is not there; names the source, never the secret.
    """
    if source.env:
        secret = os.environ.get(source.env, "")
        hint = f"The environment variable {source.env} is not set; set it for the account that runs Casework."
    elif source.command:
        secret = _from_command(source.command, beside)
        hint = f"The command {source.command[0]} gave nothing; run it by hand and see."
    else:
        secret, hint = _from_file(source.file or Path(), beside)
    if not secret.strip():
        raise SettingsError(beside.name, [f"[microsoft365] secret: {hint}"])
    return secret.strip()


def _from_command(command: tuple[str, ...], beside: Path) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        problem = f"The command {command[0]} failed ({type(error).__name__}); run it by hand and see."
        raise SettingsError(beside.name, [f"[microsoft365] secret: {problem}"]) from None
    return done.stdout


def _from_file(file: Path, beside: Path) -> tuple[str, str]:
    path = file if file.is_absolute() else beside.parent / file
    try:
        return path.read_text(encoding="utf-8"), f"The key file {file.name} is empty."
    except OSError as error:
        return "", f"The key file {file.name} cannot be read ({error.strerror})."
