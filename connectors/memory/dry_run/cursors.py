"""The change token of a thing that lies partly outside and partly in memory."""

from __future__ import annotations

_AND = " and in memory "
"""No change token of a service holds a blank."""


def joined(outside: str, inside: str) -> str:
    return f"{outside}{_AND}{inside}"


def parted(cursor: str | None) -> tuple[str | None, str | None]:
    """The token of what lies outside, and of what lies in memory; a token from before the dry run has no second part."""
    if cursor is None:
        return None, None
    outside, _, inside = cursor.partition(_AND)
    return outside, inside or None
