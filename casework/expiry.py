"""When a secret or a certificate runs out: told at 60, 30, 14, 7 days and 1 day, once each."""

from __future__ import annotations

from datetime import date

RUNGS = (60, 30, 14, 7, 1)
"""Days before the last day."""


def rung_due(expires: date, today: date) -> int | None:
    """The rung that is reached by today, also where the days of an earlier one were missed; None before the first."""
    left = (expires - today).days
    return min((rung for rung in RUNGS if left <= rung), default=None)


def is_soon(expires: date, today: date) -> bool:
    """True within the last month, and after it has run out."""
    return (expires - today).days <= RUNGS[1]
