"""The kinds of entries: words, addresses, files, zones, each refusing what cannot be meant."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


def _is_a_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("is not the name of a time zone; write Europe/London or UTC") from error
    return value


def _is_https(value: str) -> str:
    if not value.startswith("https://") or not urlsplit(value).hostname:
        raise ValueError("is not a secure address; it must begin with https://")
    return value


def _is_a_name(value: object) -> object:
    """A path, and not the content of the file pasted in its place."""
    if not isinstance(value, str | Path):
        raise ValueError('must be the name of a file in quotation marks, such as "school.toml"')  # noqa: TRY004
    if not str(value).strip():
        raise ValueError("is empty; write the file's name or leave the entry out")
    if is_content(str(value)):
        raise ValueError("holds the content of a file; save that as a file and write its name")
    return value


def _is_a_time(value: object) -> object:
    if isinstance(value, time) or (isinstance(value, str) and _TIME.match(value.strip())):
        return value
    raise ValueError('is not a time of day; write it like "07:30"')


def _is_a_number(value: object) -> object:
    """Python takes true for 1, which nobody means who writes days or hours."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "must be a whole number")
    return value


def is_content(text: str) -> bool:
    """True for the content of a key or certificate where its file's name should be."""
    return "\n" in text or "-----BEGIN" in text


Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MailAddress: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$")
]
FileName: TypeAlias = Annotated[Path, BeforeValidator(_is_a_name)]
Zone: TypeAlias = Annotated[str, AfterValidator(_is_a_zone)]
TimeOfDay: TypeAlias = Annotated[time, BeforeValidator(_is_a_time)]
WholeNumber: TypeAlias = Annotated[int, BeforeValidator(_is_a_number)]
HttpsAddressOrNone: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True), AfterValidator(lambda value: value and _is_https(value))
]
HttpsAddress: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_is_https)]
