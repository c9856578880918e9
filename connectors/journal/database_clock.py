"""The database's own clock: hosts' clocks may differ."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Float, and_, func, literal, or_, select

LONGEST_LEASE = 600.0
"""Seconds; no host takes anything for so long at once."""


def now_of(connection: Connection) -> ColumnElement[float]:
    """The database's clock, in seconds since 1970, as a part of a statement."""
    return clock_of(connection.dialect.name)


def clock_of(dialect: str) -> ColumnElement[float]:
    """The same for statements that are made once: the clock of this kind of database."""
    if dialect == "sqlite":
        return (func.julianday("now", type_=Float) - literal(2440587.5)) * literal(86400.0)
    return func.extract("epoch", func.clock_timestamp()).cast(Float)


def seconds_now(connection: Connection) -> float:
    """What it says now."""
    return float(connection.scalar(select(now_of(connection))) or 0.0)


def is_over(until: ColumnElement[float | None], now: ColumnElement[float]) -> ColumnElement[bool]:
    """A lease has run out; one that would last longer than any is from before the clock was set back.

    Should its holder be alive after all, it has lost it: it finds that out before it writes anything.
    """
    return and_(until.is_not(None), or_(until < now, until > now + LONGEST_LEASE))
