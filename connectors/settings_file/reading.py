"""Reading a settings file: every mistake at once, each with the entry, what is wrong and what to write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casework.errors import SettingsError
from connectors.settings_file.cross_checks import cross_problems
from connectors.settings_file.models import Settings
from connectors.settings_file.sentences import sentence
from connectors.settings_file.unreadable import unreadable

SHARED = "trust.toml"
"""What every school of a folder has unless its own file says otherwise."""
_A_FOLDER = (
    "It is a folder. A folder of schools is for run --engine, setup, doctor and status; everything else is asked of one "
    "school: name its file, such as oakfield.toml."
)


def read_settings(path: Path) -> Settings:
    """Read and check a settings file; one beside a `trust.toml` has what stands there as well.

    Raises:
        SettingsError: with every problem found; no problem repeats what an entry holds that might be secret.
    """
    path = path.absolute()
    entries = entries_of(path)
    shared = path.with_name(SHARED)
    if shared.exists():
        entries = in_a_trust(entries, entries_of(shared), path.stem)
    return settings_from(entries, path)


def settings_from(entries: Mapping[str, Any], path: Path) -> Settings:
    """Check what a settings file says.

    Raises:
        SettingsError: as for `read_settings`.
    """
    problems: list[str] = []
    if "file" in entries:
        problems.append("[file] is not known; entries belong into sections such as [school].")
    settings: Settings | None = None
    try:
        settings = Settings.model_validate({**entries, "file": path})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems += [sentence(detail) for detail in details]
    problems += cross_problems(entries, path.parent)
    if settings is None or problems:
        raise SettingsError(str(path), list(dict.fromkeys(problems)))
    return settings


def entries_of(path: Path) -> dict[str, Any]:
    """The entries of a file as they stand there.

    Raises:
        SettingsError: it is not there, or cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError:
        problem = (
            "There is no such file. Name it with --settings (to try things out, that of the practice school: "
            "practice-state/settings.toml); docs/how-to/set-up-a-school.md shows one."
        )
    except OSError as error:
        problem = (
            _A_FOLDER
            if path.is_dir()
            else f"It cannot be opened ({error.strerror}); check the rights of the account that runs Casework."
        )
    except RecursionError:
        problem = "Brackets stand inside brackets by the thousand: this is no settings file. Take it out of the folder."
    except UnicodeDecodeError:
        problem = "It is not saved as UTF-8. Open it in Notepad, choose Save as, set Encoding to UTF-8, and save it."
    except tomllib.TOMLDecodeError as error:
        problem = unreadable(text, str(error))
    raise SettingsError(str(path), [problem])


def in_a_trust(own: Mapping[str, Any], shared: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a school's file says, over what all share; its journal and its key are its own in any case."""
    files = {"journal": {"file": f"{name}.sqlite", "key": f"{name}.key"}}
    return _joined(_joined(files, shared), own)


def _joined(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The school's own entries over those that all share, section by section."""
    joined = dict(shared)
    for name, value in own.items():
        below = joined.get(name)
        both = isinstance(value, dict) and isinstance(below, dict)
        joined[name] = _joined(below, value) if both and below is not None else value
    return joined
