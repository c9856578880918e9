"""Files that hold secrets or people and that other accounts of this machine can open."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connectors.settings_file import Settings

_OTHERS = 0o077
"""The rights of group and of everybody in a file's mode."""


def private_files(settings: Settings) -> list[Path]:
    """The school's files that nobody else should open: settings, journal, key, certificate, file of the secret."""
    signing_in, secret = settings.microsoft365, settings.microsoft365.secret
    named = [
        settings.file,
        None if settings.journal.url else settings.path(settings.journal.file),
        settings.path(settings.journal.key),
        settings.path(signing_in.certificate) if signing_in.certificate else None,
        settings.path(secret.file) if secret and secret.file else None,
    ]
    return [file for file in named if file]


def open_files(settings: Settings) -> list[Path]:
    """Those of the school's files that others can open.

    Windows keeps rights on the folder, not on the file: there, none is ever named.
    """
    return open_among(private_files(settings))


def open_among(files: Iterable[Path]) -> list[Path]:
    """Those of these files that others can open; those that are not there are nobody's."""
    if sys.platform == "win32":
        return []
    return [file for file in files if file.exists() and file.stat().st_mode & _OTHERS]


def how_to_close(files: Iterable[Path]) -> str:
    """The command that lets only the files' owner open them."""
    return "chmod 600 " + " ".join(shlex.quote(str(file)) for file in files)


def open_to_others(files: Iterable[Path]) -> list[str]:
    """A sentence with what to do, where others can open some of these."""
    bare = open_among(files)
    if not bare:
        return []
    names = ", ".join(one.name for one in bare)
    return [f"Other accounts of this machine can open {names}. Run: {how_to_close(bare)}"]
