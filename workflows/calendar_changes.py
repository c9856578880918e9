"""Follow a changed term calendar: every open deadline is counted anew, both days are logged, and the owner hears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.calendar_changes import (
    MovedDeadline,
    calendar_as_text,
    calendar_fingerprint,
    calendar_from_text,
    moved_deadline,
)
from casework.cases import Case
from casework.mails.reminders import tell_of_move
from casework.ports import Journal
from casework.procedures import Procedures, duties_of, standing_of
from casework.records import JournalTransaction
from casework.school import School
from casework.term_dates import TermDates
from workflows.planning import plan, record

CALENDAR = "term calendar that deadlines were counted in"
CALENDAR_TROUBLE = "term calendar in trouble"


CALENDAR_MEANT = "term calendar with which the school was set up"


def kept_calendar(transaction: JournalTransaction) -> str | None:
    """The calendar that was last read, as text; None before the first."""
    return transaction.cursors.get(CALENDAR)


def keep_calendar(transaction: JournalTransaction, calendar: TermDates) -> None:
    """Remember that a person means this calendar; the first is also what a broken file falls back to."""
    transaction.cursors.put(CALENDAR_MEANT, calendar_fingerprint(calendar))
    if kept_calendar(transaction) is None:
        transaction.cursors.put(CALENDAR, calendar_as_text(calendar))


def is_meant(transaction: JournalTransaction, calendar: TermDates) -> bool:
    return transaction.cursors.get(CALENDAR_MEANT) == calendar_fingerprint(calendar)


def calendar_trouble(transaction: JournalTransaction) -> str:
    """Why the calendar's file does not count; empty if it does."""
    return transaction.cursors.get(CALENDAR_TROUBLE) or ""


def note_calendar(transaction: JournalTransaction, problem: str) -> None:
    """Keep for the morning mail and the status why the calendar's file does not count; empty once it does."""
    if problem:
        transaction.cursors.put(CALENDAR_TROUBLE, problem)
    elif transaction.cursors.get(CALENDAR_TROUBLE):
        transaction.cursors.forget(CALENDAR_TROUBLE)


def follow_calendar(*, journal: Journal, school: School, procedures: Procedures, now: datetime) -> int:
    """Count every open deadline anew if the calendar is not the one of the last look. Returns how many moved."""
    text = calendar_as_text(school.calendar)
    with journal.transaction() as transaction:
        kept = transaction.cursors.get(CALENDAR)
        if kept == text:
            return 0
        transaction.cursors.put(CALENDAR, text)
        before = calendar_from_text(kept) if kept else None
        if before is None:
            return 0
        transaction.events.append(
            "calendar.changed",
            at=now,
            old=calendar_fingerprint(before),
            new=calendar_fingerprint(school.calendar),
        )
        old_school = replace(school, calendar=before)
        return sum(
            _follow(transaction, case, old_school, school, procedures, now)
            for case in transaction.cases.open()
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reckoned:
    """A step or duty of a case, as one calendar has it.

    Attributes:
        stands_still: the case waits for others, so that nobody needs to be told of this day.
    """

    name: str
    what: str
    owner: str
    began_on: date
    due: date | None
    stands_still: bool = False

    @property
    def clock(self) -> tuple[str, date]:
        """What a case remembers a deadline by: another first day is another deadline."""
        return self.name, self.began_on


def _follow(
    transaction: JournalTransaction,
    case: Case,
    old_school: School,
    school: School,
    procedures: Procedures,
    now: datetime,
) -> int:
    today = school.today(now)
    before = {one.clock: one for one in _reckoned(transaction, case, old_school, procedures)}
    moves: list[tuple[_Reckoned, MovedDeadline]] = []
    for one in {one.clock: one for one in _reckoned(transaction, case, school, procedures)}.values():
        known = before.get(one.clock)
        if known is None:
            continue
        moved = moved_deadline(known.due, one.due, today=today, calendar=school.calendar)
        if moved:
            moves.append((one, moved))
    if not moves:
        return 0
    transaction.cases.save(_holding(case, moves))  # saved, so that its row shows the new day
    for one, moved in moves:
        if moved.new == moved.old or one.stands_still:
            continue  # there is nothing to tell
        record(
            transaction,
            "deadline.moved",
            at=now,
            case=case.reference,
            old=_text(moved.old),
            new=_text(moved.new),
            held=moved.held,
            step=one.name,
        )
        plan(
            transaction,
            tell_of_move(
                case, name=one.name, what=one.what, owner=one.owner, moved=moved, school=school, today=today
            ),
        )
    return len(moves)


def _reckoned(
    transaction: JournalTransaction, case: Case, school: School, procedures: Procedures
) -> Iterator[_Reckoned]:
    letters = transaction.letters.of_case(case.reference)
    procedure = procedures.of(case)
    over = tuple(wait for wait in case.waits if wait.until)
    # a case that waits has two: its step's, which stands still, and the day on which to look again
    for waits in dict.fromkeys((over, case.waits)):
        standing = standing_of(replace(case, waits=waits), letters, school=school, procedure=procedure)
        if standing.began_on:
            yield _Reckoned(
                name=standing.stage.value,
                what=standing.next_step,
                owner=standing.owner,
                began_on=standing.began_on,
                due=standing.due,
                stands_still=waits != case.waits,
            )
    for duty in duties_of(case, letters, school=school, procedure=procedure):
        if duty.standing.began_on:
            yield _Reckoned(
                name=duty.name,
                what=duty.next_step,
                owner=duty.owner,
                began_on=duty.standing.began_on,
                due=duty.due,
            )


def _holding(case: Case, moves: list[tuple[_Reckoned, MovedDeadline]]) -> Case:
    """The case with what it must remember of deadlines that are held back, and without what moved on."""
    clocks = {(one.name, one.began_on.isoformat()) for one, _ in moves}
    kept = tuple(entry for entry in case.held if entry[:2] not in clocks)
    held = tuple(
        (one.name, one.began_on.isoformat(), moved.new.isoformat())
        for one, moved in moves
        if moved.held and moved.new
    )
    return replace(case, held=(*kept, *held))


def _text(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day beyond the calendar"
