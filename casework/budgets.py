"""How much may be asked of a service in a while, when many ask: what is drawn in advance, and what a request costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

GRANT_LIFE = 2.0
"""Seconds within which what was drawn must be spent; what is left then is lost."""
SET_BACK = 10.0
"""Seconds; a clock that shows less than before by more was set back, and by less it is being adjusted."""
AT_ONCE = 0.1
"""The part of a budget that may be spent in one moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """At most `units` in any `seconds`, wherever one begins to count: services do not say where they begin."""

    units: int
    seconds: float

    @property
    def most_at_once(self) -> float:
        return max(1.0, self.units * AT_ONCE)

    @property
    def a_second(self) -> float:
        """What comes back in a second: so much that a full purse and a whole window together stay below `units`."""
        return max(0.0, self.units - self.most_at_once) / (self.seconds + GRANT_LIFE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Toll:
    """What one request counts for.

    Attributes:
        purse: what it comes out of, such as "files" or one mailbox; never a person's address.
        budgets: all that hold for the purse, each with another span.
    """

    purse: str
    units: int = 0
    budgets: tuple[Budget, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Purse:
    """What could be drawn at a moment (seconds of one and the same clock)."""

    level: float
    at: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A purse afterwards.

    Attributes:
        units: what may be spent within GRANT_LIFE; 0 if there was not enough.
        wait: seconds until there is enough; 0 if something was drawn.
    """

    purse: Purse
    units: int
    wait: float


def draw(budget: Budget, purse: Purse | None, *, now: float, least: int, most: int) -> Drawn:
    """Take between `least` and `most` units out of a purse; None is one that nobody has used yet, and full.

    A clock that goes backwards gives nothing; once it was set back, the purse fills again by the time that it shows now.
    A request dearer than the whole purse waits for a full one.
    """
    full = budget.most_at_once
    before = purse or Purse(level=full, at=now)
    if before.at > now + SET_BACK:
        before = Purse(level=before.level, at=now)
    level = min(full, before.level + max(0.0, now - before.at) * budget.a_second)
    at = max(now, before.at)
    least = min(least, floor(full))
    if level < least:
        wait = (least - level) / budget.a_second if budget.a_second else budget.seconds
        return Drawn(purse=Purse(level=level, at=at), units=0, wait=wait)
    units = min(most, floor(level))
    return Drawn(purse=Purse(level=level - units, at=at), units=units, wait=0.0)
