"""Waiting for others: the days on which the clock of a case's step stands still, as the list tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.duties import Clock, Duty

LOOK_AGAIN = Duty(
    name="look whether it can go on",
    clock=Clock.SCHOOL_DAYS,
    amount=10,
    source="Casework's own habit: nothing that waits for others is forgotten",
)
"""What is due while a case waits, from the day on which staff last said so."""
_LINE = re.compile(
    r"(?:since )?(?P<since>\d{1,2} [A-Z][a-z]+ \d{4})(?: to (?P<until>\d{1,2} [A-Z][a-z]+ \d{4}))?$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Days on which a case waited for others.

    Attributes:
        since: the day on which staff said so; it is not counted itself.
        until: the day on which it went on, which counts again; None while it waits.
    """

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def line(self) -> str:
        """As the list shows it; `waits_shown` reads it again."""
        return f"{_said(self.since)} to {_said(self.until)}" if self.until else f"since {_said(self.since)}"


def stands_still(clock: Clock) -> bool:
    """True for the school's own clock: those of the law, of safeguarding and of other people run on."""
    return clock is Clock.SCHOOL_DAYS


def waiting_now(waits: Iterable[Wait]) -> Wait | None:
    """The wait that is not over."""
    return next((wait for wait in waits if wait.until is None), None)


def waiting_since(waits: Iterable[Wait]) -> date | None:
    """Since when a case has waited without a day between, however often staff have written what they heard."""
    since = None
    for wait in sorted(waits, key=lambda one: (one.since, one.until or date.max), reverse=True):
        if wait.until not in (None, since):
            break
        since = wait.since
    return since if waiting_now(waits) else None


def since_when(waits: tuple[Wait, ...]) -> str:
    """The same in words, with the day on which staff wrote last where that was a later one; empty if nothing waits."""
    first, last = waiting_since(waits), waiting_now(waits)
    if first is None or last is None:
        return ""
    return f"{_said(first)} (last noted on {_said(last.since)})" if last.since != first else _said(first)


def told_anew(waits: tuple[Wait, ...], words: str, *, on: date) -> tuple[Wait, ...]:
    """The waits after staff have written into "Waiting for", or emptied it.

    Other words than before are a wait that goes on: when to look again counts from that day.
    """
    over = tuple(replace(wait, until=on) if wait.until is None else wait for wait in waits)
    kept = tuple(wait for wait in over if wait.until is None or wait.since < wait.until)
    return (*kept, Wait(since=on)) if words else kept


def waits_line(waits: Iterable[Wait]) -> str:
    """What the list shows of them, a line each."""
    return "\n".join(wait.line for wait in waits)


def waits_shown(text: str) -> tuple[Wait, ...]:
    """The waits that `waits_line` has told; a line that somebody has changed beyond reading is left out."""
    found = (_LINE.match(line.strip()) for line in text.splitlines())
    return tuple(wait for match in found if match and (wait := _wait(match)))


def _wait(match: re.Match[str]) -> Wait | None:
    try:
        since = _day(match["since"])
        return Wait(since=since, until=_day(match["until"]) if match["until"] else None)
    except ValueError:
        return None


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
