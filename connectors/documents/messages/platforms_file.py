"""The list of platforms that staff edit, templates/platforms.toml, as a value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from casework.errors import SettingsError
from casework.intake import Platform, Platforms
from casework.intake.platforms import PostedRule

FILE = "platforms.toml"
MOST_BITS = 64
_LISTS = frozenset({"hosts", "short_hosts", "words", "exact_words", "tracking", "post"})
_TEXTS = frozenset({"name", "handle", "group"})
_POSTED = frozenset({"posted_bits", "posted_since", "posted_unit"})
_OF_PACKS = frozenset({"report"})  # how to complain to it, which letters read
_UNITS = {"thousandths": timedelta(milliseconds=1), "seconds": timedelta(seconds=1)}


def load_platforms(path: Path | None = None) -> Platforms:
    """Read the list.

    Args:
        path: The school's own file; without one, the file that comes with Casework.

    Raises:
        SettingsError: the file is no TOML or an entry is wrong; names every mistake.
    """
    name = str(path) if path else FILE
    try:
        text = path.read_text("utf-8") if path else files("templates").joinpath(FILE).read_text("utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(name, [f"It cannot be read ({error}). Restore it or mend the line."]) from error
    problems = _problems(data)
    if problems:
        raise SettingsError(name, problems)
    return Platforms(
        known=tuple(_platform(entry) for entry in data.get("platform", [])),
        tracking=_lower(data.get("tracking", [])),
        ignored_hosts=_lower(data.get("ignored_hosts", [])),
    )


def _platform(entry: Mapping[str, Any]) -> Platform:
    return Platform(
        name=entry["name"],
        hosts=tuple(name.casefold() for name in entry.get("hosts", [])),
        short_hosts=tuple(sorted(_lower(entry.get("short_hosts", [])))),
        words=tuple(entry.get("words", [])),
        exact_words=tuple(entry.get("exact_words", [])),
        handle=entry.get("handle", ""),
        group=entry.get("group", ""),
        tracking=_lower(entry.get("tracking", [])),
        post=tuple(entry.get("post", [])),
        posted=_posted(entry),
    )


def _posted(entry: Mapping[str, Any]) -> PostedRule | None:
    if "posted_bits" not in entry:
        return None
    unit = _UNITS[entry.get("posted_unit", "thousandths")]
    return PostedRule(bits=entry["posted_bits"], since=entry["posted_since"], unit=unit)


def _lower(names: list[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _problems(data: Mapping[str, Any]) -> list[str]:
    problems = []
    for at, entry in enumerate(data.get("platform", []), start=1):
        called = entry.get("name") or f"platform number {at}"
        if not isinstance(entry.get("name"), str):
            problems.append(f'{called} has no name. Write name = "Its name".')
        problems += [
            f"{called}: {key} is no entry that Casework knows. Remove it."
            for key in entry
            if key not in _LISTS | _TEXTS | _POSTED | _OF_PACKS
        ]
        problems += [
            f'{called}: {key} must be a list, such as ["one", "two"].'
            for key in _LISTS & entry.keys()
            if not (isinstance(entry[key], list) and all(isinstance(item, str) for item in entry[key]))
        ]
        patterns = [(key, entry.get(key, "")) for key in ("handle", "group")]
        patterns += [("post", pattern) for pattern in entry.get("post", [])]
        problems += [problem for key, one in patterns if (problem := _pattern_problem(called, key, one))]
        problems += _posted_problems(called, entry)
    return problems


def _posted_problems(called: str, entry: Mapping[str, Any]) -> list[str]:
    if not _POSTED & entry.keys():
        return []
    since, bits = entry.get("posted_since"), entry.get("posted_bits")
    sound = isinstance(since, datetime) and since.tzinfo and isinstance(bits, int) and 0 <= bits < MOST_BITS
    if sound and entry.get("posted_unit", "thousandths") in _UNITS:
        return []
    example = (
        'posted_bits = 22, posted_since = 2010-11-04T01:42:54Z, posted_unit = "thousandths" or "seconds"'
    )
    return [
        f"{called}: how the time is read from a post's number is not said as in {example}. Mend or remove it."
    ]


def _pattern_problem(called: str, key: str, pattern: object) -> str:
    try:
        groups = re.compile(str(pattern)).groups if pattern else 1
    except (re.error, TypeError) as error:
        return f"{called}: {key} is no valid pattern ({error}). Mend it or remove it."
    return "" if groups else f"{called}: {key} needs one bracket around the part to take."
