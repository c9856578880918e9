"""Whether the files that something was made from are still the same, at the cost of a question each."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeAlias

FileMarks: TypeAlias = tuple[tuple[int, int] | None, ...]


def marks_of(paths: Iterable[str]) -> FileMarks:
    """When each file was written last, and its size; None for one that is not there."""
    return tuple(map(_mark_of, paths))


def _mark_of(path: str) -> tuple[int, int] | None:
    try:
        state = os.stat(path)  # noqa: PTH116 (a path object would take longer than the question)
    except FileNotFoundError:
        return None
    return state.st_mtime_ns, state.st_size
