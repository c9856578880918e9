"""Reading single values out of a row of a list: as a person sees them, and nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from casework.values import FieldValue

_Choice = TypeVar("_Choice", bound=StrEnum)

_UNSEEN = dict.fromkeys(
    [0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x7F]
    + [code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)]
) | {0xA0: " ", 0x0B: " ", 0x0C: " "}


def text_in(fields: Mapping[str, FieldValue], name: str) -> str:
    """What a reader sees: marks that nobody sees, pasted along from a web page, spoil addresses and turn names round."""
    value = fields.get(name)
    return value.translate(_UNSEEN).strip() if isinstance(value, str) else ""


def several_in(fields: Mapping[str, FieldValue], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    return tuple(sorted(value)) if isinstance(value, tuple) else ()


def day_in(fields: Mapping[str, FieldValue], name: str) -> date | None:
    value = fields.get(name)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def choice_in(fields: Mapping[str, FieldValue], name: str, choices: type[_Choice]) -> _Choice | None:
    """The choice; None for a value that is not one of them."""
    value = text_in(fields, name).casefold()
    return next((choice for choice in choices if choice.value == value), None)


def ticked_in(fields: Mapping[str, FieldValue], name: str) -> bool:
    return fields.get(name) is True
