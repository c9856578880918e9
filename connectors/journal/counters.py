"""Counters that only ever rise, so that a number is given once even if its case is deleted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, insert, select, update

from connectors.journal.schema import counters
from connectors.journal.session import Session


def next_number(session: Session, name: str) -> int:
    """Raise the counter by one and return it; the first number is 1."""
    number = (_value(session, name) or 0) + 1
    raise_to(session, name, number)
    return number


def raise_to(session: Session, name: str, number: int) -> None:
    """Make sure that numbers up to this one are never given."""
    value = _value(session, name)
    if value is None:
        row = insert(counters).values(school=session.school, name=name, value=max(number, 0))
        session.connection.execute(row)
    elif value < number:
        session.connection.execute(update(counters).where(_here(session, name)).values(value=number))


def _value(session: Session, name: str) -> int | None:
    return session.connection.scalar(select(counters.c.value).where(_here(session, name)))


def _here(session: Session, name: str) -> ColumnElement[bool]:
    return and_(counters.c.school == session.school, counters.c.name == name)
