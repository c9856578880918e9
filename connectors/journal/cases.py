"""The cases of one school in the journal, and the numbers that no second case ever gets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, literal_column, select, update

from casework.cases import Case, CaseReference, numbered_reference
from casework.looks import AT_ONCE, Look
from casework.marks import WAITS, MarkKind, subject_marks
from casework.records import Cases
from casework.waiting import waiting_now
from connectors.journal import schema
from connectors.journal.columns import moment_from, moment_text
from connectors.journal.counters import next_number, raise_to
from connectors.journal.counts import SqlCounts
from connectors.journal.marks import SqlMarks
from connectors.journal.record_table import RecordTable
from connectors.journal.session import Session
from connectors.journal.statements import SCHOOL

_CASES = schema.cases.c
_OF_SCHOOL = _CASES.school == bindparam(SCHOOL)
_HERE = (_OF_SCHOOL, _CASES.reference == bindparam("is_reference"))
_STALE = update(schema.cases).where(*_HERE).values(stale=bindparam("to_stale"))
_BY_REPORT = (_CASES.reported_at, _CASES.number)
_OPEN = select(schema.cases).where(_OF_SCHOOL, _CASES.closed_at.is_(None)).order_by(*_BY_REPORT)
_STALE_CASES = (
    select(schema.cases).where(_OF_SCHOOL, _CASES.stale == literal_column("1")).order_by(*_BY_REPORT)
)
_REPORTED_BEFORE: Select[Any] = (
    select(literal_column("1")).where(_OF_SCHOOL, _CASES.reported_at < bindparam("is_moment")).limit(1)
)
_NOW = dict.fromkeys(schema.LOOKS.values(), "")
_NEVER = "9999"
"""Behind every moment, as text."""
_LOOK_NOW = update(schema.cases).where(*_HERE).values(_NOW)
_DUE = {
    look: select(schema.cases).where(_OF_SCHOOL, _CASES[name] <= bindparam("is_now")).order_by(*_BY_REPORT)
    for look, name in schema.LOOKS.items()
}
_SOONEST = {look: select(func.min(_CASES[name])).where(_OF_SCHOOL) for look, name in schema.LOOKS.items()}
_NEXT = {
    look: select(func.min(_CASES[name])).where(_OF_SCHOOL, _CASES[name] > bindparam("after"))
    for look, name in schema.LOOKS.items()
}
_LOOK_AGAIN = {
    look: update(schema.cases).where(*_HERE).values({name: bindparam("to_moment")})
    for look, name in schema.LOOKS.items()
}
_LOOK_AT_OPEN = {
    look: update(schema.cases).where(_OF_SCHOOL, _CASES.closed_at.is_(None)).values({name: literal("")})
    for look, name in schema.LOOKS.items()
}
_LOOKS = {
    look: select(_CASES.reference, _CASES[name])
    .where(_OF_SCHOOL, _CASES.closed_at.is_(None), _CASES.reference > bindparam("after"))
    .order_by(_CASES.reference)
    .limit(bindparam("most"))
    for look, name in schema.LOOKS.items()
}


def _waits(case: Case) -> bool:
    """True for an open case that waits for others."""
    return case.is_open and waiting_now(case.waits) is not None


class SqlCases(Cases):
    def __init__(self, session: Session, marks: SqlMarks) -> None:
        self._session = session
        self._marks = marks
        self._table = schema.cases.c
        session.before_commit.append(self._look_now)  # before the cases: what they write is looked at anyhow
        self._records = RecordTable(
            session, schema.cases, Case, key="reference", on_saving={"stale": 1, **_NOW}
        )

    def next_reference(self, school: str, year: int) -> CaseReference:
        return numbered_reference(school, year, next_number(self._session, _counter(school, year)))

    def get(self, reference: CaseReference) -> Case | None:
        return self._records.get(reference)

    def by_item(self, item_id: str) -> Case | None:
        return self._records.first(self._table.item_id == item_id)

    def save(self, case: Case) -> None:
        """Add or replace by reference; the case is found by its parent from now on."""
        known = self._records.known(case.reference)
        self._records.save(case)
        if known is None or known.staff != case.staff:
            subjects = self._marks.exchange(case.reference, MarkKind.SUBJECT, subject_marks(case.staff))
            self._session.written_about.update(self._marks.shared(MarkKind.REPORTER, subjects))
        if known is None or _waits(known) != _waits(case):
            self._marks.exchange(case.reference, MarkKind.WAITING, [WAITS] if _waits(case) else [])

    def open(self) -> tuple[Case, ...]:
        return self._records.asked(_OPEN)

    def number_open(self) -> int:
        return SqlCounts(self._session).open_cases()

    def all(self) -> tuple[Case, ...]:
        return self._records.where(by=("reported_at",))

    def any_reported_before(self, moment: datetime) -> bool:
        self._records.write_what_waits()
        here = {SCHOOL: self._session.school, "is_moment": moment_text(moment)}
        return bool(self._session.driver.rows(_REPORTED_BEFORE, here))

    def stale(self) -> tuple[Case, ...]:
        return self._records.asked(_STALE_CASES)

    def to_look_at(self, look: Look, now: datetime) -> tuple[Case, ...]:
        soonest = self._soonest(look)
        if soonest is None or soonest > moment_text(now):
            return ()
        self._session.driver.go_and_see()
        return self._records.asked(_DUE[look], is_now=moment_text(now))

    def next_look(self, look: Look, *, after: datetime) -> datetime | None:
        soonest = self._soonest(look)
        if soonest is not None and soonest <= moment_text(after):
            here = {SCHOOL: self._session.school, "after": moment_text(after)}
            ((soonest,),) = self._session.driver.rows(_NEXT[look], here)
        return None if soonest is None else _moment(soonest)

    def _soonest(self, look: Look) -> str | None:
        self._look_now()
        self._records.write_what_waits()
        # asked without the moment, because that answer stays the same from one idle sweep to the next
        ((soonest,),) = self._session.driver.rows(_SOONEST[look], {SCHOOL: self._session.school})
        return None if soonest is None else str(soonest)

    def look_again(self, reference: CaseReference, look: Look, at: datetime | None) -> None:
        self._look_now()
        self._records.write_what_waits()
        moment = _NEVER if at is None else moment_text(at)
        here = {SCHOOL: self._session.school, "is_reference": reference}
        self._session.driver.write(_LOOK_AGAIN[look], {**here, "to_moment": moment})

    def look_at_open(self, look: Look) -> None:
        self._records.write_what_waits()
        self._session.driver.write(_LOOK_AT_OPEN[look], {SCHOOL: self._session.school})

    def looks(self, look: Look, *, after: str, most: int) -> tuple[tuple[Case, datetime | None], ...]:
        self._look_now()
        self._records.write_what_waits()
        here = {SCHOOL: self._session.school, "after": after, "most": most}
        rows = self._session.driver.rows(_LOOKS[look], here)
        found = ((self.get(CaseReference(reference)), moment) for reference, moment in rows)
        return tuple((case, _moment(moment)) for case, moment in found if case)

    def _look_now(self) -> None:
        """Let the cases that something was written about be looked at; one that is about to be written is anyhow."""
        about = self._session.written_about
        left = [reference for reference in about if not self._records.waits(reference)]
        about.clear()
        here = {SCHOOL: self._session.school}
        if left:
            self._session.driver.write_all(_LOOK_NOW, [{**here, "is_reference": one} for one in left])

    def row_stands(self, reference: CaseReference) -> None:
        self.mark_stale(reference, stale=False)

    def mark_stale(self, reference: CaseReference, *, stale: bool = True) -> None:
        """Note that the row of a case may not show what is known, or that it does."""
        self._records.write_what_waits()
        here = {SCHOOL: self._session.school, "is_reference": reference}
        self._session.driver.write(_STALE, {**here, "to_stale": int(stale)})

    def reserve(self, school: str, year: int, number: int) -> None:
        raise_to(self._session, _counter(school, year), number)


def _moment(text: str) -> datetime | None:
    """A look's moment as the journal keeps it: empty for now, which is before every other."""
    if text == _NEVER:
        return None
    return moment_from(text) if text else AT_ONCE


def _counter(school: str, year: int) -> str:
    return f"case/{school}/{year}"
