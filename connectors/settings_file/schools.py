"""The settings of many schools: a folder with a file for each, and what they all share in trust.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.errors import SettingsError
from connectors.settings_file.models import Settings
from connectors.settings_file.reading import SHARED, entries_of, in_a_trust, settings_from

NO_SCHOOL = (
    "No school has a settings file there. Put one in for each school; if there were some, see whether the folder is "
    "mounted."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolFile:
    """One school of a trust, as its file has it.

    Attributes:
        name: of the file without its ending: by it the school is known even where the file cannot be read.
        stamp: differs whenever the file, or what is shared, has changed.
        problem: why the school cannot be worked for; empty if it can.
        is_school: False for a file of another kind, such as term dates: it has no section of settings.
    """

    name: str
    path: Path
    stamp: tuple[int, ...]
    settings: Settings | None = None
    problem: str = ""
    is_school: bool = True


class SchoolFolder:
    """The schools in a folder. A file that is added, changed, renamed or deleted counts at the next look.

    So a school is paused by renaming its file, to `oakfield.toml.paused` for example.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._known: dict[str, SchoolFile] = {}

    def look(self) -> tuple[SchoolFile, ...]:
        """Every school, in the order of the files' names; only what has changed is read again.

        Raises:
            SettingsError: the folder cannot be read, or what all schools share is wrong.
        """
        shared, shared_stamp = self._shared()
        found: dict[str, SchoolFile] = {}
        for path in self._files():
            stamp = (*_stamp(path), *shared_stamp)
            known = self._known.get(path.stem)
            found[path.stem] = known if known and known.stamp == stamp else _read(path, shared, stamp)
        self._known = found
        return _each_code_once(tuple(one for one in found.values() if one.is_school))

    def look_for_some(self) -> tuple[SchoolFile, ...]:
        """The same, where none at all would be a mistake: somebody asks how they are.

        Raises:
            SettingsError: as for `look`, or there is no school.
        """
        found = self.look()
        if not found:
            raise SettingsError(str(self._folder), [NO_SCHOOL])
        return found

    def _files(self) -> list[Path]:
        try:
            names = sorted(path for path in self._folder.iterdir() if path.suffix == ".toml")
        except OSError as error:
            problem = f"The folder of schools cannot be read ({error.strerror}). Name it with --settings."
            raise SettingsError(str(self._folder), [problem]) from error
        return [path for path in names if path.name != SHARED]

    def _shared(self) -> tuple[Mapping[str, Any], tuple[int, ...]]:
        path = self._folder / SHARED
        return (entries_of(path), _stamp(path)) if path.exists() else ({}, ())


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        seen = path.stat()
    except OSError:
        return (0,)
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def _read(path: Path, shared: Mapping[str, Any], stamp: tuple[int, ...]) -> SchoolFile:
    try:
        entries = entries_of(path)
        if not entries.keys() & Settings.model_fields.keys():
            return SchoolFile(name=path.stem, path=path, stamp=stamp, is_school=False)
        settings = settings_from(in_a_trust(entries, shared, path.stem), path)
    except SettingsError as error:
        return SchoolFile(name=path.stem, path=path, stamp=stamp, problem=str(error))
    return SchoolFile(name=path.stem, path=path, stamp=stamp, settings=settings)


def _each_code_once(schools: tuple[SchoolFile, ...]) -> tuple[SchoolFile, ...]:
    """Two schools of one code would share case numbers and journal rows: neither is worked for."""
    by_code: dict[str, list[str]] = {}
    for one in schools:
        if one.settings:
            by_code.setdefault(one.settings.school.code, []).append(one.path.name)
    return tuple(_refused(one, by_code) for one in schools)


def _refused(one: SchoolFile, by_code: Mapping[str, list[str]]) -> SchoolFile:
    names = by_code[one.settings.school.code] if one.settings else []
    if len(names) < 2:  # noqa: PLR2004 - itself and another
        return one
    problem = (
        f"{one.path}: [school] code is the same in {' and '.join(names)}. "
        "Give each school a code of its own; a code that has cases already must stay."
    )
    return SchoolFile(name=one.name, path=one.path, stamp=one.stamp, problem=problem)
