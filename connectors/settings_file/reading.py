"""Reading a settings file: every mistake at once, each with the entry, what is wrong and what to write."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casework.errors import SettingsError
from connectors.settings_file.cross_checks import cross_problems
from connectors.settings_file.models import Settings
from connectors.settings_file.sentences import sentence


def read_settings(path: Path) -> Settings:
    """Read and check a settings file.

    Raises:
        SettingsError: with every problem found; no problem repeats what an entry holds that might be secret.
    """
    path = path.absolute()
    entries = _entries(path)
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


def _entries(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        problem = "There is no such file. Name it with --settings; docs/how-to/set-up-a-school.md shows one."
    except OSError as error:
        problem = (
            f"It cannot be opened ({error.strerror}); check the rights of the account that runs Casework."
        )
    except UnicodeDecodeError:
        problem = "It is not saved as UTF-8; save it again with that encoding."
    except tomllib.TOMLDecodeError as error:
        problem = f"It is not readable as TOML: {error}. Mend that line first, then the rest can be checked."
    raise SettingsError(str(path), [problem])
