"""Counters that only ever rise, so that a number is given once even if its case is deleted."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from connectors.journal.schema import counters
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_HERE = (counters.c.school == bindparam(SCHOOL), counters.c.name == bindparam("is_name"))
_VALUE = select(counters.c.value).where(*_HERE)
_BEGIN = insert(counters).values(
    school=bindparam(SCHOOL), name=bindparam("is_name"), value=bindparam("to_value")
)
_RAISE = update(counters).where(*_HERE).values(value=bindparam("to_value"))


def next_number(session: Session, name: str) -> int:
    """Raise the counter by one and return it; the first number is 1."""
    value = _value(session, name)
    number = (value or 0) + 1
    _write(session, name, number, begun=value is not None)
    return number


def raise_to(session: Session, name: str, number: int) -> None:
    """Make sure that numbers up to this one are never given."""
    value = _value(session, name)
    if value is None or value < number:
        _write(session, name, max(number, 0), begun=value is not None)


def _write(session: Session, name: str, number: int, *, begun: bool) -> None:
    here = {SCHOOL: session.school, "is_name": name, "to_value": number}
    session.driver.write(_RAISE if begun else _BEGIN, here)


def _value(session: Session, name: str) -> int | None:
    rows = session.driver.rows(_VALUE, {SCHOOL: session.school, "is_name": name})
    return rows[0][0] if rows else None
