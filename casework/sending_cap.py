"""How many mails may leave in an hour: a guard against ourselves, whatever should go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MOST_AN_HOUR = 200
"""A hundred parents may report one post within an hour: each is thanked, and each report is told to the headteacher."""
MOST_ANSWERS = 10
ANSWERS_WITHIN = timedelta(hours=3)
"""So many answers to one address: then a machine is likely to be at the other end, and is answered no more."""

SPAN = timedelta(hours=1, minutes=5)
"""A mail counts from just before it is sent, and sending may take as long as a lease: so no hour ever holds more."""


def room_left(sent: Iterable[datetime], *, most: int, now: datetime) -> int:
    """How many mails may still leave now.

    Args:
        sent: when mails were sent, in any order.
        most: in an hour.
        now: this moment, aware.
    """
    return max(0, most - len(_counted(sent, now)))


def room_at(sent: Iterable[datetime], *, most: int, now: datetime) -> datetime:
    """When the next mail may leave; now, if there is room."""
    counted = _counted(sent, now)
    return counted[len(counted) - most] + SPAN if len(counted) >= most else now


def full_until(sent: Iterable[datetime], *, most: int) -> datetime | None:
    """When there was room again after the newest of these mails; None if there was room all the time."""
    moments = sorted(sent)
    if not moments:
        return None
    until = room_at(moments, most=most, now=moments[-1])
    return until if until > moments[-1] else None


def held_back_words(waiting: int, *, until: datetime | None, most: int, zone: ZoneInfo) -> str:
    """How many mails wait, until when, and what to look at."""
    count = "1 mail waits" if waiting == 1 else f"{waiting} mails wait"
    there = until.astimezone(zone) if until else None
    when = f"from {there:%H:%M} on {there:%A} {there.day} {there:%B} on" if there else "at the next sweep"
    return (
        f"{count}, because no more than {most} go in an hour. They go {when}, in their order; none is lost. "
        "If the school did not expect so many, please see in the case list where they come from."
    )


def _counted(sent: Iterable[datetime], now: datetime) -> list[datetime]:
    """Those of the last hour, oldest first; what lies far ahead was sent before the clock was moved back."""
    return sorted(at for at in sent if abs(now - at) < SPAN)
