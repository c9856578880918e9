"""Duties: what has to be done, which clock counts the time for it, and where that rule comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Clock(StrEnum):
    """What a duty counts."""

    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    CALENDAR_MONTHS = "calendar months"
    HOURS = "hours without weekends and bank holidays"
    YEARS = "years"


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Something that has to be done in time.

    Attributes:
        name: what is to be done, in the words of the office; it is part of keys and must stay.
        clock: what is counted.
        amount: how many, 1 or more.
        source: where the rule comes from: a law, a guidance, the school's policy, the office's own habit.
        counts_inset_days: True if INSET days count as school days, as for matters between staff.
        rolls_forward: True if a last day at a weekend or bank holiday moves to the next working day. Left
            out, months do, as in requests for one's data, and nothing else does.
    """

    name: str
    clock: Clock
    amount: int
    source: str
    counts_inset_days: bool = False
    rolls_forward: bool | None = None

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"The duty {self.name!r} has {self.amount} {self.clock.value}; give 1 or more.")

    @property
    def rolls(self) -> bool:
        return self.clock is Clock.CALENDAR_MONTHS if self.rolls_forward is None else self.rolls_forward
