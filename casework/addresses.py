"""Addresses as people type them into a column: one that mail can go to, or none; and every one that stands there."""

from __future__ import annotations

import re

_ANY = re.compile(r"[^\s<>()\[\]\"',;:|]+@[^\s<>()\[\]\"',;:|]+")
_ONE = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
LONGEST = 254


def is_one_address(text: str) -> bool:
    """True for a bare address and nothing beside it: no second one, no name, no line break."""
    return len(text) <= LONGEST and _ONE.fullmatch(text) is not None and ".." not in text


def addresses_in(text: str) -> frozenset[str]:
    """Every address in the text, in lower case, however it is written around."""
    return frozenset(found.strip(".").casefold() for found in _ANY.findall(text))
