"""The database's own clock: hosts' clocks may differ."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Float, func, literal, select


def now_of(connection: Connection) -> ColumnElement[float]:
    """The database's clock, in seconds since 1970, as a part of a statement."""
    if connection.dialect.name == "sqlite":
        return (func.julianday("now", type_=Float) - literal(2440587.5)) * literal(86400.0)
    return func.extract("epoch", func.clock_timestamp()).cast(Float)


def seconds_now(connection: Connection) -> float:
    """What it says now."""
    return float(connection.scalar(select(now_of(connection))) or 0.0)
