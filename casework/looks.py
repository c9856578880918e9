"""When each job has to look at a case again, so that a sweep costs what is due and not what is open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum, StrEnum

AT_ONCE = datetime.min.replace(tzinfo=UTC)
"""Before every moment."""


class Look(StrEnum):
    """What a case is looked at for; each has a moment of its own beside the case."""

    LETTERS = "letters"
    REMINDERS = "reminders"
    EVIDENCE = "evidence"
    CALENDAR = "calendar"


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What one look at one case came to.

    Attributes:
        changes: how much followed from it; after any the case is looked at again at the next sweep.
        again: the first moment, in UTC, at which something may follow although nothing is written about the case
            meanwhile; None if there is no such moment.
    """

    changes: int = 0
    again: datetime | None = None


def soonest(moments: Iterable[datetime | None]) -> datetime | None:
    """The first of these moments; None where there is none."""
    return min((moment for moment in moments if moment is not None), default=None)


def world_of(*facts: object) -> str:
    """Fingerprint of what all cases are looked at by, the same in every process: another one means looking at all.

    Args:
        facts: the school, its ladders, its procedures: values that never change, made of dataclasses, mappings,
            sets, sequences and plain values. Of the same ones it is reckoned once.
    """
    key = tuple(map(id, facts))
    known = _KNOWN.get(key)
    if known is None:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[key] = facts, _world(facts)
    return known[1]


MOST_KNOWN = 5_000
"""Four for each school that a host of a trust keeps ready, and some more."""

_KNOWN: dict[tuple[int, ...], tuple[tuple[object, ...], str]] = {}
"""Those of this process, found by their being the same objects, which are kept with them: every sweep asks for them."""


def _world(facts: tuple[object, ...]) -> str:
    return hashlib.sha256(repr([_plain(fact) for fact in facts]).encode()).hexdigest()[:24]


def _plain(value: object) -> object:
    """The value with everything in a fixed order, because sets have another one in every process."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return [
            type(value).__name__,
            *(_plain(getattr(value, one.name)) for one in fields(value) if one.compare),
        ]
    if isinstance(value, Mapping):
        return sorted(((repr(_plain(key)), _plain(one)) for key, one in value.items()), key=repr)
    if isinstance(value, frozenset | set):
        return sorted((_plain(one) for one in value), key=repr)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return repr(value)
