"""A look that can find nothing to do ends after its first request: nothing has changed since the last whole one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from casework.term_dates import TermDates
    from connectors.journal.writes import JournalVersion
    from offices.office import Office
    from offices.timetable import SweepReport

WHOLE_EVERY = timedelta(minutes=5)
"""Whatever only the clock brings is due at a time that this divides, or can wait for the next."""


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
    A time comes with every fifth minute of the clock: morning mails, hours of the school and days begin there, so that
    no job that goes by the clock is swept more seldom than its own pace.
    """

    def __init__(self) -> None:
        self._whole: dict[str, int] = {}
        self._after: Standing | None = None

    def is_so(self, office: Office, jobs: Collection[str], now: datetime) -> bool:
        """True if the jobs need not be swept; to be asked when the look's first request was answered."""
        standing = _standing(office)
        return (
            self._after is not None
            and standing.is_as(self._after)
            and all(self._whole.get(job) == _span(now) for job in jobs)
            and office.ahead.nothing_new
        )

    def passed_over(self, office: Office) -> None:
        """A look has ended early, and has written at most how it went."""
        standing = _standing(office)
        if self._after and standing.version.only_we_wrote_since(self._after.version):
            self._after = standing

    def begin(self, office: Office) -> Standing:
        """What a whole look is begun with, to be handed to `ended`."""
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
            or _something_waits(office)
        ):
            self._forget(office)
            return
        self._whole |= dict.fromkeys(jobs, _span(now))
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


def _something_waits(office: Office) -> bool:
    with office.journal.transaction() as transaction:
        return bool(transaction.outbox_view.unfinished())


def _span(now: datetime) -> int:
    return int(now.timestamp() // WHOLE_EVERY.total_seconds())
