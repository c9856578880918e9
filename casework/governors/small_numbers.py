"""Small numbers hidden, so that no reader can tell who is meant: not from a number, and not from a sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
FEWER = f"fewer than {LEAST}"
NOT_SHOWN = "not shown"
AT_LEAST = f"{LEAST} or more"
_OPEN_TO_DOUBT = 3
"""How many values a hidden number must be able to have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What may be shown of a table of counts.

    Attributes:
        cells: by name: a number, "fewer than 5", or "not shown" where showing it would give another away.
        total: the same of their sum.
    """

    cells: Mapping[str, str]
    total: str


def publish(counts: Mapping[str, int], *, hides_total: bool = False) -> Published:
    """Hide every count under five, nought too, and as many others as it takes that no sum reveals one.

    Args:
        counts: by name; each thing is counted in one cell only.
        hides_total: True if another table with the same total had to hide it.
    """
    total = sum(counts.values())
    small = {name for name, count in counts.items() if count < LEAST}
    others = sorted((name for name in counts if name not in small), key=lambda name: (counts[name], name))
    covers: list[str] = []
    says_total = total >= LEAST and not hides_total
    if hides_total and others:
        covers.append(others.pop(0))  # or this table's own cells would add up to the hidden total
    while says_total and small and not _leaves_doubt(counts, small, covers, total):
        if not others:
            says_total = False
            break
        covers.append(others.pop(0))
    hidden = {**dict.fromkeys(small, FEWER), **dict.fromkeys(covers, NOT_SHOWN)}
    cells = {name: hidden.get(name, str(count)) for name, count in counts.items()}
    return Published(cells=cells, total=str(total) if says_total else FEWER if total < LEAST else AT_LEAST)


def published_together(*tables: Mapping[str, int]) -> tuple[Published, ...]:
    """Publish several tables of the same things: if one must hide the total, none of them says it."""
    first = tuple(publish(table) for table in tables)
    totals = {sum(table.values()): one.total for table, one in zip(tables, first, strict=True)}
    hidden = {number for number, said in totals.items() if not said.isdigit()}
    hidden |= {
        sum(table.values()) for table, one in zip(tables, first, strict=True) if not one.total.isdigit()
    }
    return tuple(publish(table, hides_total=sum(table.values()) in hidden) for table in tables)


def _leaves_doubt(counts: Mapping[str, int], small: set[str], covers: list[str], total: int) -> bool:
    """Say whether each hidden number could be several things, for somebody who knows the total and the rule.

    Who reads a row knows that it counts something, so that nothing hidden is nought unless the table names it anyway;
    and that of the larger numbers the smallest are left out, so that none of those is above the least that is shown.
    """
    shown = [count for name, count in counts.items() if name not in small and name not in covers]
    rest, others = total - sum(shown), len(small) - 1
    fewest = 0 if any(counts[name] == 0 for name in small) else 1
    largest_cover = min(shown, default=rest)
    least = max(fewest, rest - largest_cover * len(covers) - (LEAST - 1) * others)
    most = min(LEAST - 1, rest - LEAST * len(covers) - fewest * others)
    return most - least + 1 >= _OPEN_TO_DOUBT
