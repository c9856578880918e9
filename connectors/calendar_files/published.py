"""The government's list of bank holidays, as gov.uk publishes it in bank-holidays.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from casework.errors import SettingsError

ADDRESS = "https://www.gov.uk/bank-holidays.json"
_DIVISIONS = {
    "England": "england-and-wales",
    "England and Wales": "england-and-wales",
    "Wales": "england-and-wales",
    "Scotland": "scotland",
    "Northern Ireland": "northern-ireland",
}
_FEWEST = 7


def read_published(file: Path, *, division: str) -> Mapping[date, str]:
    """The days of a division with their names.

    Raises:
        SettingsError: the file is not that list.
    """
    try:
        return published_in(file.read_bytes(), division=division)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SettingsError(file.name, [_NOT_THE_LIST]) from error


def published_in(content: bytes, *, division: str) -> Mapping[date, str]:
    """The same from what was fetched.

    Raises:
        ValueError, KeyError, TypeError, RecursionError: it is not that list.
    """
    events = json.loads(content)[_DIVISIONS[division]]["events"]
    found = {date.fromisoformat(event["date"]): str(event["title"]) for event in events}
    if len(found) < _FEWEST:
        raise ValueError("so few days are no list of bank holidays")
    return found


_NOT_THE_LIST = (
    f"It is not the government's list of bank holidays. Delete it, or save {ADDRESS} under this name; "
    "until then only the bank holidays that Casework knows by itself count."
)
