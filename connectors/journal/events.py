"""The chained event log of one school: references and facts, never a name, an address or a text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from casework.cases import CaseReference
from casework.errors import JournalError
from casework.records import BrokenLink, Event, Events, Json
from connectors.journal.chain import Entry, first_broken, link
from connectors.journal.columns import json_text, moment_from, moment_text
from connectors.journal.driver import Row as DriverRow
from connectors.journal.schema import events, schools
from connectors.journal.session import Session

LONGEST_FIELD = 200
MOST_READ = 4_000
"""Entries that are kept in memory as they were read; none of them names anybody."""

_Value = TypeVar("_Value")

_WHAT = re.compile(r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")

_INSERT = insert(events).values(
    {name: bindparam(f"to_{name}") for name in ("school", "number", "at", "what", "case", "fields", "chain")}
)
_HEAD = select(schools.c.head_number, schools.c.head_chain).where(schools.c.code == bindparam("of_code"))
_SET_HEAD = (
    update(schools)
    .where(schools.c.code == bindparam("of_code"))
    .values(head_number=bindparam("to_number"), head_chain=bindparam("to_chain"))
)
_OF_SCHOOL = events.c.school == bindparam("of_school")
_NEWEST = select(events).where(_OF_SCHOOL).order_by(events.c.number.desc()).limit(1)
_OF_CASE = select(events).where(_OF_SCHOOL, events.c.case == bindparam("is_case")).order_by(events.c.number)
_SINCE = select(events).where(_OF_SCHOOL, events.c.at >= bindparam("is_at")).order_by(events.c.number)
_AFTER = select(events).where(_OF_SCHOOL, events.c.number > bindparam("is_number")).order_by(events.c.number)


class SqlEvents(Events):
    def __init__(self, session: Session) -> None:
        self._session = session
        self._newest: tuple[int, str] | None = None
        self._waiting: list[dict[str, Json]] = []
        session.before_commit.append(self.write_what_waits)

    def append(self, what: str, *, at: datetime, case: CaseReference | None = None, **fields: Json) -> Event:
        """Add an entry to the log.

        Raises:
            ValueError: `what` is not noun.past, or a field is no short fact.
        """
        if not _WHAT.match(what):
            raise ValueError(f"An event is named noun.past, such as case.opened; {what!r} is not.")
        number, previous = self._head()
        kept = {name: _fact(name, value) for name, value in fields.items()}
        entry = Entry(
            number=number + 1, at=moment_text(at), what=what, case=case, fields=json_text(kept), chain=""
        )
        chain = link(self._session.chain_key, school=self._session.school, entry=entry, previous=previous)
        self._store(entry, chain)
        if case:
            self._session.written_about.add(case)
        return _event(entry, chain)

    def of_case(self, case: CaseReference) -> tuple[Event, ...]:
        return self._asked(_OF_CASE, is_case=case)

    def since(self, moment: datetime) -> tuple[Event, ...]:
        return self._asked(_SINCE, is_at=moment_text(moment))

    def after(self, number: int) -> tuple[Event, ...]:
        return self._asked(_AFTER, is_number=number)

    def head(self) -> Event | None:
        self.write_what_waits()
        rows = self._session.driver.rows(_NEWEST, {"of_school": self._session.school})
        return _event_of(rows[0]) if rows else None

    def _asked(self, query: Select[Any], **values: str | int) -> tuple[Event, ...]:
        self.write_what_waits()
        rows = self._session.driver.rows(query, {"of_school": self._session.school, **values})
        return tuple(_event_of(row) for row in rows)

    def first_broken_link(self) -> BrokenLink | None:
        self.write_what_waits()
        # Not by an index: a damaged index must neither hide nor replace what stands in the table itself.
        query = select(events).where(events.c.school + "" == self._session.school)
        query = query.order_by(events.c.number + 0)
        with _any_bytes_as_text(self._session.connection):
            rows = self._session.connection.execute(query)
            return first_broken(
                (_entry(row) for row in rows),
                key=self._session.chain_key,
                school=self._session.school,
                head=self._head(),
            )

    def _head(self) -> tuple[int, str]:
        """Number and link of the newest; no other transaction of the school can add one meanwhile."""
        if self._newest is None:
            ((number, chain),) = self._session.driver.rows(_HEAD, {"of_code": self._session.school})
            self._newest = number, chain
        return self._newest

    def _store(self, entry: Entry, chain: str) -> None:
        self._newest = entry.number, chain
        self._waiting.append(
            {
                "to_school": self._session.school,
                "to_number": entry.number,
                "to_at": entry.at,
                "to_what": entry.what,
                "to_case": entry.case,
                "to_fields": entry.fields,
                "to_chain": chain,
            }
        )

    def write_what_waits(self) -> None:
        if not self._waiting:
            return
        number, chain = self._head()
        self._session.driver.write_all(_INSERT, self._waiting)
        self._waiting.clear()
        head = {"of_code": self._session.school, "to_number": number, "to_chain": chain}
        self._session.driver.write(_SET_HEAD, head)


def _fact(name: str, value: Json) -> Json:
    """The value as the log may keep it: the log is never erased, so no address gets into it."""
    if isinstance(value, list):
        return [_scalar(name, item) for item in value]
    return _scalar(name, value)


def _scalar(name: str, value: Json) -> Json:
    if isinstance(value, str):
        if len(value) > LONGEST_FIELD:
            raise ValueError(f"The field {name} is too long for an event; log a reference and not a text.")
        return _ADDRESS.sub("(address)", str(value))
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise ValueError(f"The field {name} must be a short text, a number, or a list of them.")


class _Row(NamedTuple):
    """A row of the table as the driver hands it over, in the order of its columns."""

    school: Any
    number: Any
    at: Any
    what: Any
    case: Any
    fields: Any
    chain: Any


@lru_cache(maxsize=MOST_READ)
def _event_of(row: DriverRow) -> Event:
    """The entry of a row: the same for the same row, which a sweep asks for again and again."""
    named = _Row(*row)
    return _event(_entry(named), named.chain)


def _entry(row: Row[Any] | _Row) -> Entry:
    number = row.number if isinstance(row.number, int) else -1
    case = None if row.case is None else _text(row.case)
    return Entry(
        number=number,
        at=_text(row.at),
        what=_text(row.what),
        case=case,
        fields=_text(row.fields),
        chain=_text(row.chain),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else f"not text: {value!r}"


def _event(entry: Entry, chain: str) -> Event:
    case = None if entry.case is None else CaseReference(entry.case)
    return Event(
        number=entry.number,
        at=_readable(entry, moment_from, entry.at),
        what=entry.what,
        case=case,
        fields=_readable(entry, json.loads, entry.fields),
        chain=chain,
    )


def _readable(entry: Entry, read: Callable[[str], _Value], text: str) -> _Value:
    try:
        return read(text)
    except ValueError as error:
        raise JournalError(
            f"Entry {entry.number} of the event log is damaged. Run `casework verify` to see what changed."
        ) from error


@contextmanager
def _any_bytes_as_text(connection: Connection) -> Iterator[None]:
    """Let SQLite hand over text that is no longer UTF-8, so that its place in the chain can be named."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    usual = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = usual
