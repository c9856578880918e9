"""Files that hold secrets or people and that other accounts of this machine can open."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from connectors.settings_file import Settings

_OTHERS = 0o077
"""The rights of group and of everybody in a file's mode."""


def open_files(settings: Settings) -> list[Path]:
    """Those of the school's files that others can open: settings, journal, key, certificate, file of the secret.

    Windows keeps rights on the folder, not on the file: there, none is ever named.
    """
    if sys.platform == "win32":
        return []
    signing_in, secret = settings.microsoft365, settings.microsoft365.secret
    named = [
        settings.file,
        None if settings.journal.url else settings.path(settings.journal.file),
        settings.path(settings.journal.key),
        settings.path(signing_in.certificate) if signing_in.certificate else None,
        settings.path(secret.file) if secret and secret.file else None,
    ]
    return [file for file in named if file and file.exists() and file.stat().st_mode & _OTHERS]


def how_to_close(files: Iterable[Path]) -> str:
    """The command that lets only the files' owner open them."""
    return "chmod 600 " + " ".join(shlex.quote(str(file)) for file in files)
