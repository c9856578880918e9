"""Mistakes in settings as sentences: the entry, what is wrong with it, and what to write."""

from __future__ import annotations

import difflib
from types import MappingProxyType

from pydantic_core import ErrorDetails

from connectors.settings_file.describing import Entry, choices_of, entry_at, required_in
from connectors.settings_file.toml_writing import toml_value

Location = tuple[int | str, ...]

_REASONS = MappingProxyType(
    {
        "string_type": "must be text in quotation marks",
        "string_too_short": "is empty",
        "string_pattern_mismatch": "is not written as it should be",
        "int_type": "must be a whole number",
        "int_parsing": "must be a whole number",
        "int_from_float": "must be a whole number",
        "greater_than_equal": "is too small",
        "less_than_equal": "is too large",
        "time_type": "must be a time of day",
        "time_parsing": "is not a time of day",
        "bool_type": "must be true or false",
        "bool_parsing": "must be true or false",
        "date_type": "must be a day",
        "date_parsing": "is not a day of the calendar",
        "date_from_datetime_parsing": "is not a day of the calendar",
        "date_from_datetime_inexact": "must be a day without an hour",
        "tuple_type": "must be a list in square brackets",
        "too_short": "is empty",
        "model_type": "must be a section with entries of its own",
        "model_attributes_type": "must be a section with entries of its own",
        "dict_type": "must be a section with entries of its own",
    }
)
_A_SLIP = 0.9
"""How like a known name one must be to be a slip of the keyboard, and not a secret under a name of its own."""
_SECRET_WORDS = ("secret", "password", "passwd", "token", "api_key")


def sentence(detail: ErrorDetails) -> str:
    """One mistake that pydantic found, in words."""
    location = tuple(part for part in detail["loc"] if part != "[key]")
    entry, name = entry_at(location), entry_name(location)
    kind = detail["type"]
    if kind == "extra_forbidden" or (kind == "literal_error" and "[key]" in detail["loc"]):
        return f"{name} is not known{_instead(str(location[-1]), entry)}"
    if kind == "missing":
        return f"{name} is missing; {_what_to_add(entry)}."
    if kind == "literal_error" and entry.field is not None:
        choices = ", ".join(toml_value(choice) for choice in choices_of(entry.field))
        return f"{name} is none of the choices; write one of {choices}."
    if kind == "value_error":
        return f"{name} {detail['ctx']['error']}."
    reason = _REASONS.get(kind, detail["msg"][:1].lower() + detail["msg"][1:])
    return f"{name} {reason}{_limits(detail)}; {_what_to_write(entry, _otherwise(location, kind))}."


def entry_name(location: Location) -> str:
    """Such as "[people.office] address"; a whole section is only its brackets."""
    *section, last = location or ("the file",)
    if len(location) < 2:  # noqa: PLR2004 - a section by itself
        return f"[{last}]" if location else "The file"
    if section[0] == "people" and len(location) == 2:  # noqa: PLR2004 - a person by role
        return f"[people.{last}]"
    if isinstance(last, int):
        return f"{entry_name(tuple(section))}, number {last + 1} of the list,"
    if isinstance(section[-1], int):
        return f"{entry_name(tuple(section))} {last}"
    return f"[{'.'.join(str(part) for part in section)}] {last}"


def _what_to_write(entry: Entry, otherwise: str) -> str:
    return otherwise if entry.example is None else f"write it like {toml_value(entry.example)}"


def _otherwise(location: Location, kind: str) -> str:
    """What to write where no example stands: a list, an entry of one, or a whole section."""
    if kind == "tuple_type":
        return 'write it like ["first", "second"]'
    if location and isinstance(location[-1], int):
        return "correct that one, or take it out"
    section = ".".join(str(part) for part in location)
    return f"write the line [{section}], and its entries below that line"


def _limits(detail: ErrorDetails) -> str:
    limits = detail.get("ctx", {})
    return (
        f" (from {limits['ge']})" if "ge" in limits else f" (up to {limits['le']})" if "le" in limits else ""
    )


def _what_to_add(entry: Entry) -> str:
    needed = required_in(entry.field)
    if not needed:
        return _what_to_write(entry, "add it")
    *first, last = needed
    return f"add the section with {', '.join(first)} and {last}" if first else f"add the section with {last}"


def _instead(name: str, entry: Entry) -> str:
    cleaned = name.lower().replace("-", "_")
    if any(word in cleaned for word in _SECRET_WORDS):
        slips = difflib.get_close_matches(cleaned, entry.known, n=1, cutoff=_A_SLIP)
        meant = f"; did you mean {slips[0]}?" if slips else "."
        return f"; a secret itself never stands in this file, only where it comes from (secret = ...){meant}"
    begun = [known for known in entry.known if known.startswith(cleaned)]
    near = begun or difflib.get_close_matches(cleaned, entry.known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known here: {', '.join(entry.known)}."
