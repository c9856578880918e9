"""Word lists written as blocks of text, so that an office can read and mend them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FRAGMENT = re.compile(r"<([a-z_]+)>")


def words(block: str) -> tuple[str, ...]:
    """The words of the block, parted by spaces and line ends."""
    return tuple(block.split())


def phrases(block: str) -> tuple[str, ...]:
    """The phrases of the block: a line holds several, parted by " | "."""
    return tuple(
        phrase.strip() for line in block.splitlines() for phrase in line.split(" | ") if phrase.strip()
    )


def lines(block: str) -> tuple[str, ...]:
    """The lines of the block, each a pattern or several parted by "|"."""
    return tuple(line.strip().rstrip("|") for line in block.splitlines() if line.strip())


def any_of(
    block: str, *, before: str = "", after: str = "", fragments: Mapping[str, str] | None = None
) -> re.Pattern[str]:
    """A pattern that finds any line of the block, each a pattern itself, in capitals or not.

    Args:
        block: Patterns, one or several (parted by "|") a line; <name> stands for a fragment.
        before: Pattern that must stand before each.
        after: Pattern that must stand after each.
        fragments: Patterns by name.
    """
    joined = "|".join(lines(block))
    for _ in range(3):  # a fragment may use another one
        joined = _FRAGMENT.sub(lambda match: f"(?:{(fragments or {})[match[1]]})", joined)
    return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE)
