"""Procedures from templates/procedures: every mistake of a file reported at once, with what may be written instead."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from casework.errors import SettingsError
from casework.procedures import Procedure
from connectors.procedure_files.parts import Reading

__all__ = ["procedure_from_text", "read_procedure", "read_procedures"]


def read_procedures(shipped: Path, own: Path | None = None) -> tuple[Procedure, ...]:
    """Read all procedures of a folder; a school's own file counts instead of the shipped one of the same name.

    Raises:
        SettingsError: names the file, the step, the word that is not known, and the words that are.
    """
    files = {path.name: path for path in sorted(shipped.glob("*.toml"))}
    if own is not None and own.is_dir():
        files |= {path.name: path for path in sorted(own.glob("*.toml"))}
    return tuple(read_procedure(files[name]) for name in sorted(files))


def read_procedure(path: Path) -> Procedure:
    """Read one procedure.

    Raises:
        SettingsError: names each part that is missing, unknown or incomplete, and what to write.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"It cannot be read: {error}. Mend it, or take the shipped one."
        raise SettingsError(path.name, [problem]) from error
    return procedure_from_text(text, name=path.name)


def procedure_from_text(text: str, *, name: str) -> Procedure:
    """Read a procedure from the text of its file, today's or one that was kept.

    Raises:
        SettingsError: as `read_procedure`.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = f"It cannot be read: {error}. Mend it, or take the shipped one."
        raise SettingsError(name, [problem]) from error
    fingerprint = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:24]
    reading = Reading()
    procedure = reading.procedure(
        raw, fallback=name.removesuffix(".toml"), fingerprint=fingerprint, text=text
    )
    if reading.problems:
        raise SettingsError(name, reading.problems)
    return procedure
