"""One dry sweep of a school after another, and what each would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Protocol

from casework.dry_run.would import (
    Kind,
    Waits,
    Would,
    would_do,
    would_note,
    would_set_alarm,
    would_store,
    would_wait,
    would_write_rows,
)
from casework.errors import TermDatesExhaustedError
from casework.letters import Letter
from casework.records import OutboxState, PlannedEffect
from casework.status import BACKUP
from connectors.journal import SqlTransaction
from offices.dry_run.office import DryOffice
from offices.office import Office
from offices.timetable import SweepReport, TimetableJob
from workflows.heartbeat import FILE as HEARTBEAT_FILE

STEP = timedelta(hours=1)
"""How far the clock is moved on between two sweeps that look ahead."""
_STAYS = frozenset({OutboxState.GATHERED, OutboxState.NEEDS_A_PERSON})


class RunOnce(Protocol):
    """How schedule.py sweeps."""

    def __call__(
        self, office: Office, jobs: tuple[TimetableJob, ...], *, told: Callable[[str], None] | None = None
    ) -> SweepReport: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class DrySweep:
    """What one sweep would do.

    Attributes:
        at: the school's time of the sweep.
        waits: what is planned and would not go out in it.
        problems, failed: as of a sweep in earnest.
    """

    at: datetime
    would: tuple[Would, ...]
    waits: tuple[Waits, ...]
    problems: tuple[str, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Before:
    event: int
    effect: int
    left: tuple[PlannedEffect, ...]
    acts: int
    backup: str | None


def sweep_dry(
    office: DryOffice,
    run_once: RunOnce,
    jobs: tuple[TimetableJob, ...],
    *,
    told: Callable[[str], None] = lambda _: None,
) -> DrySweep:
    """Sweep once and say what it would do; what it would do is done as far as later sweeps of this dry run see."""
    before = _before(office)
    first_round: list[int] = []

    def step(name: str) -> None:
        if name == "outbox" and not first_round:
            with office.journal.transaction() as transaction:
                first_round.append(transaction.outbox.newest_number())
        told(name)

    report = run_once(office, jobs, told=step)
    return DrySweep(
        at=office.clock.now(),
        would=tuple(_would(office, before, first_round[0] if first_round else before.effect)),
        waits=tuple(_waits(office, before)),
        problems=report.problems,
        failed=report.failed,
    )


def look_ahead(
    office: DryOffice,
    run_once: RunOnce,
    jobs: tuple[TimetableJob, ...],
    *,
    days: int,
    told: Callable[[str], None] = lambda _: None,
) -> Iterator[DrySweep]:
    """Sweep every hour of work through so many school days after today, as if nobody did anything meanwhile.

    Yields:
        the sweeps in which something would be done that is more than keeping house, and nothing else of them.
    """
    for moment in _moments(office, days):
        told(f"{moment:%A %H:%M}")
        office.clock.move_to(moment.astimezone(UTC))
        swept = sweep_dry(office, run_once, jobs)
        seen = replace(swept, would=tuple(one for one in swept.would if one.case or one.mail))
        if seen.would or seen.failed:
            yield seen


def _moments(office: DryOffice, days: int) -> Iterator[datetime]:
    """From the next full step on to the end of the last of so many school days; at weekends once, when hours begin."""
    school, now = office.school, office.clock.now()
    last, day = _last_day(office, days), school.today(now)
    while day <= last:
        moment = datetime.combine(day, school.hours.opens, tzinfo=school.zone)
        closes = datetime.combine(day, school.hours.closes, tzinfo=school.zone)
        if not school.calendar.is_working_day(day):
            closes = moment
        while moment <= closes:
            if moment > now:
                yield moment
            moment += STEP
        day += timedelta(days=1)


def _last_day(office: DryOffice, days: int) -> date:
    """The last of so many school days; where the calendar ends before, of the same number of plain days."""
    school = office.school
    day = today = school.today(office.clock.now())
    try:
        for _ in range(days):
            day = school.calendar.next_school_day(day)
    except TermDatesExhaustedError:
        return today + timedelta(days=days)
    return day


def _before(office: DryOffice) -> _Before:
    with office.journal.transaction() as transaction:
        head = transaction.events.head()
        view = transaction.outbox
        left = (*view.unfinished(), *view.gathered(), *view.held_back(), *view.needing_a_person())
        return _Before(
            event=head.number if head else 0,
            effect=view.newest_number(),
            left=left,
            acts=len(office.acts),
            backup=transaction.cursors.get(BACKUP),
        )


def _would(office: DryOffice, before: _Before, first_round: int) -> Iterator[Would]:
    acts = office.acts[before.acts :]
    with office.journal.transaction() as transaction:
        effects = _effects(transaction, before)
        letters = _letters(transaction, effects)
        events = transaction.events.after(before.event)
        backed_up = transaction.cursors.get(BACKUP) != before.backup
    was = {effect.key: effect.state for effect in before.left}
    changed = (effect for effect in effects if effect.state is not was.get(effect.key))
    yield from chain(
        would_note(events),
        would_do(changed, acts, letters=letters, first_round=first_round),
        would_write_rows(acts),
        would_set_alarm(acts),
        would_store(acts, HEARTBEAT_FILE),
        _would_back_up(office) if backed_up else (),
    )


def _waits(office: DryOffice, before: _Before) -> Iterator[Waits]:
    """What is not done, apart from what needed a person before."""
    was = {effect.key: effect.state for effect in before.left}
    with office.journal.transaction() as transaction:
        effects = [
            effect
            for effect in _effects(transaction, before)
            if not (effect.state in _STAYS and was.get(effect.key) is effect.state)
        ]
        letters = _letters(transaction, effects)
    yield from would_wait(effects, letters)


def _effects(transaction: SqlTransaction, before: _Before) -> list[PlannedEffect]:
    known = (transaction.outbox.get(effect.key) for effect in before.left)
    return [*(effect for effect in known if effect), *transaction.outbox.planned_after(before.effect)]


def _letters(transaction: SqlTransaction, effects: Iterable[PlannedEffect]) -> dict[str, Letter]:
    keys = {str(effect.payload.get("letter", "")) for effect in effects}
    return {key: letter for key in keys if (letter := transaction.letters.get(key))}


def _would_back_up(office: DryOffice) -> Iterator[Would]:
    journal = office.earnest.journal
    if journal.url:
        return
    away = ", and put a sealed copy into the casework library" if journal.copy_away else ""
    yield Would(kind=Kind.OTHER, words=f"back up the journal beside itself{away}")
