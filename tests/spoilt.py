"""Entries of a file that people edit, with one of them spoilt: written otherwise, or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any


def around(entries: Any, path: tuple[Any, ...]) -> Any:
    """The table or list in which the last part of the path stands."""
    for part in path[:-1]:
        entries = entries[part]
    return entries


def spoilt(whole: dict[str, Any], path: tuple[Any, ...], values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """All entries once for each value that stands in the place of the right one, and once without that entry."""
    for value in values:
        entries = deepcopy(whole)
        around(entries, path)[path[-1]] = value
        yield entries
    entries = deepcopy(whole)
    del around(entries, path)[path[-1]]
    yield entries
