"""Small types that several modules share."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

FieldValue: TypeAlias = str | bool | int | float | date | datetime | tuple[str, ...] | None
"""A list column's value: a date without time is a `date`, multi-choice a tuple; None empties the column."""
