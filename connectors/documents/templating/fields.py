"""The fields of a template as its fields.toml declares them: what they mean, a sample, what must be there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.errors import LetterTemplateError
from connectors.documents.templating.values import NotGiven

_KEYS = frozenset({"meaning", "sample", "required", "picture", "alternative"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field: its meaning in office words, a sample value, and whether a template cannot do without it.

    Attributes:
        sample: a value of the field's own kind; for a picture, its bytes.
        picture: True for a picture such as the logo.
        alternative: what a picture shows, for those who cannot see it.
    """

    name: str
    meaning: str
    sample: Any
    required: bool = True
    picture: bool = False
    alternative: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldList:
    """The fields of one template, in the order of the file."""

    template: str
    purpose: str = ""
    layout: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)

    def sample(self) -> dict[str, Any]:
        """A sample value for every field."""
        return {name: declared.sample for name, declared in self.fields.items()}

    def variants(self) -> Iterator[dict[str, Any]]:
        """Samples to try a template with: whole, without what is optional, and with each yes turned to no."""
        whole = self.sample()
        yield whole
        yield {name: value for name, value in whole.items() if self.fields[name].required}
        for name, value in whole.items():
            if isinstance(value, bool):
                yield {**whole, name: not value}

    def missing_in(self, given: Mapping[str, object]) -> list[str]:
        """Required fields that are absent or empty."""
        required = (name for name, declared in self.fields.items() if declared.required)
        return [name for name in required if is_blank(given.get(name))]

    def unknown_in(self, given: Mapping[str, object]) -> list[str]:
        """Given fields that the list does not have."""
        return [name for name in given if name not in self.fields]

    def complete(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Every field of the list: as given, or as one that was not given."""
        return {
            name: NotGiven(name=name) if is_blank(given.get(name)) and not declared.required else given[name]
            for name, declared in self.fields.items()
        }


def is_blank(value: object) -> bool:
    """Nothing, white space, or an empty list; 0 and False are values."""
    return value is None or (isinstance(value, str | bytes | list | tuple | dict) and not _stripped(value))


def _stripped(value: Any) -> object:  # noqa: ANN401 (a value of any kind)
    return value.strip() if isinstance(value, str) else value


def read_fields(template: str, *files: Path, shared: Path | None = None) -> FieldList:
    """Read the fields of a template; a later file (the school's own) adds to and replaces those before it.

    Args:
        template: the template's name, for messages.
        files: the template's own lists, of which one must exist.
        shared: the folder of the lists that templates share: fields.toml, or the one that a template names in `shares`.

    Raises:
        LetterTemplateError: if no file exists, or one is not as it should be; it names the entry.
    """
    present = [file for file in files if file.is_file()]
    if not present:
        raise LetterTemplateError(
            template=template, reason=f"there is no {files[0].name} that lists its fields; add one beside it"
        )
    lists = {file: _read_toml(template, file) for file in present}
    raw: dict[str, Any] = {}
    for entries in lists.values():
        raw |= entries
    fields: dict[str, Field] = {}
    for file, entries in (_shared_list(template, raw, shared) | lists).items():
        for name, entry in _table(template, "fields", entries.get("fields", {})).items():
            fields[name] = _read_field(template, name, _table(template, name, entry), file.parent)
    return FieldList(
        template=template,
        purpose=str(raw.get("purpose", "")),
        layout=str(raw.get("layout", "")),
        fields=fields,
    )


def _shared_list(template: str, raw: Mapping[str, Any], folder: Path | None) -> dict[Path, dict[str, Any]]:
    file = folder / str(raw.get("shares", "fields.toml")) if folder else None
    if file and file.is_file():
        return {file: _read_toml(template, file)}
    if file and "shares" in raw:
        reason = f"it shares the fields of {file.name}, which is not there; correct the name or add the file"
        raise LetterTemplateError(template=template, tag="shares", reason=reason)
    return {}


def _read_toml(template: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LetterTemplateError(
            template=template,
            reason=f"{file.name} cannot be read ({error}); mend it, or take the shipped one",
        ) from error


def _table(template: str, name: str, entry: object) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise LetterTemplateError(
            template=template, tag=name, reason="fields.toml must describe it in a section [fields.NAME]"
        )
    return entry


def _read_field(template: str, name: str, entry: dict[str, Any], folder: Path) -> Field:
    wrong = [f"{key} is not known" for key in entry if key not in _KEYS]
    if not name.isidentifier():
        wrong.append("a name has only letters, digits and underscores")
    if not isinstance(entry.get("meaning"), str):
        wrong.append("meaning is missing: say in a few words what it is")
    if "sample" not in entry:
        wrong.append("sample is missing: give an invented value")
    wrong += [f"{key} must be true or false" for key in ("required", "picture") if not _flag(entry, key)]
    if entry.get("picture") and not isinstance(entry.get("alternative"), str):
        wrong.append("alternative is missing: say what the picture shows")
    if wrong:
        raise LetterTemplateError(template=template, tag=name, reason=f"in fields.toml, {'; '.join(wrong)}")
    sample = entry["sample"]
    if entry.get("picture", False):
        sample = _read_picture(template, name, folder / str(sample))
    return Field(name=name, **{**entry, "sample": sample})


def _flag(entry: dict[str, Any], key: str) -> bool:
    return isinstance(entry.get(key, False), bool)


def _read_picture(template: str, name: str, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LetterTemplateError(
            template=template,
            tag=name,
            reason=f"its sample picture {file.name} is not there; add it or change fields.toml",
        ) from error
