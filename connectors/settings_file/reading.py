"""Reading a settings file: every mistake at once, each with the entry, what is wrong and what to write."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casework.errors import SettingsError
from connectors.settings_file.models import Settings


def read_settings(path: Path) -> Settings:
    """Read and check a settings file.

    Raises:
        SettingsError: with every problem found, in the order of the file.
    """
    name = path.name
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(
            name, [f"There is no such file. Make one with: casework setup --settings {name}"]
        ) from None
    except OSError as error:
        raise SettingsError(
            name, [f"It cannot be opened ({error.strerror}); check its permissions."]
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(name, [f"It is not readable as TOML: {error}. Mend that line first."]) from error
    try:
        return Settings(**entries, file=path.resolve())
    except ValidationError as error:
        problems = [_sentence(detail) for detail in error.errors(include_url=False, include_input=False)]
        raise SettingsError(name, list(dict.fromkeys(problems))) from None


def _sentence(detail: ErrorDetails) -> str:
    entry = _entry(detail["loc"])
    if detail["type"] == "missing":
        return f"{entry} is missing; add it."
    if detail["type"] == "extra_forbidden":
        return f"{entry} is not known{_nearest(detail['loc'])}."
    reason = detail["msg"].removeprefix("Value error, ")
    reason = reason[0].lower() + reason[1:]
    if detail["type"] == "string_pattern_mismatch":
        reason = _PATTERNS.get(str(detail["loc"][-1]), reason)
    return f"{entry}: {reason}."


_PATTERNS = {
    "code": "write two to six capital letters, such as TIS",
    "address": "write an e-mail address, such as office@school.example",
    "reporting_mailbox": "write an e-mail address, such as reports@school.example",
}


def _entry(location: tuple[int | str, ...]) -> str:
    """Such as "[people.office] address"."""
    parts = [str(part) for part in location if part != "[key]"]
    if not parts:
        return "The file"
    if len(parts) == 1:
        return f"[{parts[0]}]"
    return f"[{'.'.join(parts[:-1])}] {parts[-1]}"


def _nearest(location: tuple[int | str, ...]) -> str:
    model: Any = Settings
    for part in location[:-1]:
        field = (
            model.model_fields.get(str(part))
            if isinstance(model, type) and issubclass(model, BaseModel)
            else None
        )
        model = _model_of(field.annotation) if field else None
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return "; remove it"
    known = [name for name in model.model_fields if name != "file" or model is not Settings]
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known are: {', '.join(known)}"


def _model_of(annotation: Any) -> Any:  # noqa: ANN401 - a type, of any shape
    arguments = getattr(annotation, "__args__", ())
    models = [
        kind for kind in (annotation, *arguments) if isinstance(kind, type) and issubclass(kind, BaseModel)
    ]
    return models[0] if models else None
