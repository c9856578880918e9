"""A look that can find nothing to do ends after its first request: nothing has changed since the last whole one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from offices.by_the_clock import next_moment

if TYPE_CHECKING:
    from casework.term_dates import TermDates
    from connectors.journal.writes import JournalVersion
    from connectors.microsoft365.batches import Part
    from offices.office import Office
    from offices.timetable import SweepReport

WHOLE_EVERY = timedelta(minutes=15)
"""Days and hours begin with one, in every time zone; whatever else the clock brings has a moment that is known."""


class Whole(NamedTuple):
    """A job's last whole look: at which moment, and until which moment the clock alone brings it nothing."""

    at: datetime
    until: datetime


class Standing(NamedTuple):
    """What the jobs go by and no request asks for: the journal as it is, and the calendar that was read last."""

    version: JournalVersion
    calendar: TermDates
    asked: int

    def is_as(self, before: Standing) -> bool:
        return self.version == before.version and self.calendar is before.calendar


class NothingNew:
    """What a school's process knows of its last whole looks.

    A whole look sweeps all of its jobs. If it did nothing, met no trouble, asked for nothing but what is asked in one
    request as it begins, and left nothing that waits to be carried out, then the next one would do nothing either as
    long as these answers stay the same, nobody writes to the journal, the calendar is the same, and no time has come.
    When a time comes the jobs themselves say (offices/by_the_clock.py); one comes with every quarter of an hour in any
    case, which bounds what an error in that could cost.
    """

    def __init__(self) -> None:
        self._whole: dict[str, Whole] = {}
        self._asked: dict[tuple[str, ...], tuple[Part, ...]] = {}
        self._after: Standing | None = None

    def stands(self, office: Office) -> bool:
        """True if nobody has written to the journal since a whole look left nothing that waits in it."""
        return self._after is not None and _standing(office).is_as(self._after)

    def may_be_so(self, office: Office, jobs: Collection[str], now: datetime) -> bool:
        """True if all but the answers to the look's first request says that the jobs need not be swept."""
        within = all((whole := self._whole.get(job)) and whole.at <= now < whole.until for job in jobs)
        return within and self.stands(office)

    def is_so(self, office: Office, jobs: Collection[str], now: datetime) -> bool:
        """True if the jobs need not be swept; to be asked when the look's first request was answered."""
        return office.ahead.nothing_new and self.may_be_so(office, jobs, now)

    def asked_before(self, office: Office, jobs: Collection[str], now: datetime) -> tuple[Part, ...]:
        """What a look at these jobs asks for, if that is what an earlier one asked for; else nothing.

        It follows from the journal, and from moments that the jobs name: while there can be nothing new, it is the same.
        """
        asked = self._asked.get(tuple(jobs), ())
        return asked if asked and self.may_be_so(office, jobs, now) else ()

    def passed_over(self, office: Office, jobs: Collection[str], *, wrote: bool) -> None:
        """A look has ended early, and has written at most how it went."""
        self._asked[tuple(jobs)] = office.ahead.wanted
        if not wrote:
            return
        standing = _standing(office)
        if self._after and standing.version.only_we_wrote_since(self._after.version):
            self._after = standing

    def begin(self, office: Office) -> Standing:
        """What a whole look is begun with, to be handed to `ended`."""
        self._asked.clear()
        standing = _standing(office)
        if self._after is None or not standing.is_as(self._after):
            self._forget(office)
        return standing

    def ended(
        self,
        office: Office,
        jobs: Collection[str],
        report: SweepReport,
        *,
        begun: Standing,
        now: datetime,
    ) -> None:
        """A whole look has ended; what it wrote itself, having found nothing to do, gives no job anything to do."""
        standing = _standing(office)
        if (
            not standing.version.only_we_wrote_since(begun.version)
            or standing.calendar is not begun.calendar
            or standing.asked != begun.asked
            or report.changes
            or report.failed
            or report.problems
        ):
            self._forget(office)
            return
        with office.journal.transaction() as transaction:
            waits = transaction.outbox_view.unfinished()
            moment = next_moment(office, transaction, jobs, now)
        if waits:
            self._forget(office)
            return
        quarter = _next_quarter(now)
        until = min(quarter, moment) if moment else quarter
        self._whole |= dict.fromkeys(jobs, Whole(at=now, until=until))
        self._after = standing
        office.ahead.led_to_nothing()

    def _forget(self, office: Office) -> None:
        self._whole.clear()
        self._after = None
        office.ahead.may_lead_to_something()


def _standing(office: Office) -> Standing:
    return Standing(
        version=office.journal.version(), calendar=office.school.calendar, asked=office.account.con.asked
    )


def _next_quarter(now: datetime) -> datetime:
    span = WHOLE_EVERY.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // span + 1) * span, tz=UTC)
