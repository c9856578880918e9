"""Which reminders of an open matter are due now, each of them once, and none of them in a storm."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from casework.calendar_arithmetic import months_later
from casework.deadlines import Clock
from casework.ladders import (
    APPROVAL_LADDER,
    CASE_LADDER,
    LIMITATION_LADDER,
    WORKING_DAY_LADDER,
    Audience,
    Ladder,
    Repeat,
    Rung,
    case_ladder,
)
from casework.school_hours import (
    LONDON,
    SCHOOL_HOURS,
    SendingHours,
    inside_hours,
    is_mail_day,
    mail_day_from,
    next_opening,
    opening,
)
from casework.term_dates import TermDates

__all__ = [
    "APPROVAL_LADDER",
    "CASE_LADDER",
    "LIMITATION_LADDER",
    "WORKING_DAY_LADDER",
    "Audience",
    "DueRung",
    "Ladder",
    "Repeat",
    "Rung",
    "SendingHours",
    "case_ladder",
    "due_rungs",
    "inside_hours",
    "next_opening",
    "next_rung_at",
]

_ONE_DAY = timedelta(days=1)
_ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRung:
    """A reminder whose time has come.

    Attributes:
        name: stable and complete: the due day (the version of the deadline), the rung, and for a weekly one
            the Monday of its week. A key needs nothing more but the case and the duty.
        rung: the rung's own name, which says what kind of reminder it is.
        day: the day from whose opening it is due.
        audience: who hears of it.
    """

    name: str
    rung: str
    day: date
    audience: Audience


def due_rungs(
    ladder: Ladder,
    *,
    due: date,
    now: datetime,
    calendar: TermDates,
    already: Collection[str],
    since: date | None = None,
    hours: SendingHours = SCHOOL_HOURS,
    zone: ZoneInfo = LONDON,
) -> tuple[DueRung, ...]:
    """Return the reminders whose time has come and that were not made before.

    Of the rungs that an audience missed while nobody was looking only the latest is returned, and the older
    ones never after it: a catch-up is one mail a person, not a storm. A rung is due from the opening of its
    day on; whether mail may go at this very moment, `inside_hours` says.

    Args:
        ladder: the ladder of the matter.
        due: the due day of this version of the deadline; the day of the request for an approval.
        now: the moment.
        calendar: the school's days. Beyond its end working days stand in, because silence would hide the end.
        already: names of the reminders made so far; other names among them do no harm.
        since: the day on which the matter was first told, if that counts as a reminder: no rung up to that
            day is returned, so that a duty of two days does not begin with a reminder of itself. Rungs at a part of
            the time count from it, and there are none without it.
        hours: when mail may go.
        zone: the school's zone.
    """
    steps = _Steps(ladder=ladder, due=due, calendar=calendar, since=since)
    opened = _last_opened(now, hours, zone)
    latest: dict[Audience, DueRung] = {}
    for rung in sorted((*steps.rungs(), *steps.weeks_until(opened)), key=_by_day):
        if rung.day <= opened and (since is None or rung.day > since):
            latest[rung.audience] = rung
    return tuple(rung for rung in sorted(latest.values(), key=_by_day) if rung.name not in already)


def next_rung_at(
    ladder: Ladder,
    *,
    due: date,
    now: datetime,
    calendar: TermDates,
    since: date | None = None,
    hours: SendingHours = SCHOOL_HOURS,
    zone: ZoneInfo = LONDON,
) -> datetime | None:
    """Return the first moment after now, in UTC, at which a rung comes due, or None if the ladder has ended.

    A sweep that keeps it beside the case need not look at the case before then.
    """
    steps = _Steps(ladder=ladder, due=due, calendar=calendar, since=since)
    opened = _last_opened(now, hours, zone)
    passed = opened if since is None else max(opened, since)
    days = (rung.day for rung in (*steps.rungs(), *steps.weeks_after(passed)))
    following = min((day for day in days if day > passed), default=None)
    return None if following is None else opening(following, hours, zone)


def _last_opened(now: datetime, hours: SendingHours, zone: ZoneInfo) -> date:
    """Return the last day whose sending hours have begun, a school day or not."""
    today = now.astimezone(zone).date()
    return today if opening(today, hours, zone) <= now else today - _ONE_DAY


def _by_day(rung: DueRung) -> tuple[date, str]:
    return rung.day, rung.name


@dataclass(frozen=True, kw_only=True, slots=True)
class _Steps:
    """The days of a ladder that leans against one due day."""

    ladder: Ladder
    due: date
    calendar: TermDates
    since: date | None = None

    def rungs(self) -> Iterator[DueRung]:
        for rung in self.ladder.rungs:
            if rung.left and not self._days_left(rung):
                continue
            yield DueRung(
                name=f"{self.due.isoformat()}/{rung.name}",
                rung=rung.name,
                day=self._day_of(rung),
                audience=rung.audience,
            )

    def weeks_until(self, opened: date) -> Iterator[DueRung]:
        """Return the latest weekly reminder of each repeat whose day has opened."""
        for repeat in self.ladder.repeats:
            begins = self._shifted(repeat.after)
            monday = _monday_of(opened)
            while monday + _ONE_WEEK > begins:
                found = self._in_week(repeat, monday, begins)
                if found and found.day <= opened:
                    yield found
                    break
                monday -= _ONE_WEEK

    def weeks_after(self, opened: date) -> Iterator[DueRung]:
        """Return the first weekly reminder of each repeat whose day is still to open."""
        for repeat in self.ladder.repeats:
            begins = self._shifted(repeat.after)
            monday = _monday_of(max(opened, begins))
            while (found := self._in_week(repeat, monday, begins)) is None or found.day <= opened:
                monday += _ONE_WEEK
            yield found

    def _in_week(self, repeat: Repeat, monday: date, begins: date) -> DueRung | None:
        """Return the reminder of a week, on its first mail day; a week of holidays has none."""
        through = self.ladder.runs_through_holidays
        day = mail_day_from(monday, self.calendar, on_working_days=through)
        if not max(monday, begins) <= day < monday + _ONE_WEEK:
            return None
        name = f"{self.due.isoformat()}/{repeat.name}-{monday.isoformat()}"
        return DueRung(name=name, rung=repeat.name, day=day, audience=repeat.audience)

    def _days_left(self, rung: Rung) -> int:
        """How many of the matter's mail days are left when a rung at a part of its time has come."""
        if self.since is None or self.since >= self.due:
            return 0
        through = self.ladder.runs_through_holidays
        return _mail_days_between(self.since, self.due, self.calendar, through) * rung.left // 100

    def _day_of(self, rung: Rung) -> date:
        if rung.left:
            return self._shifted(-self._days_left(rung))
        match rung.clock:
            case Clock.CALENDAR_DAYS:
                return self.due + timedelta(days=rung.offset)
            case Clock.CALENDAR_MONTHS:
                return months_later(self.due + _ONE_DAY, rung.offset, else_next_day=True)
            case _:
                return self._shifted(rung.offset)

    def _shifted(self, offset: int) -> date:
        """Go so many mail days on or back; nought or less begins from the last mail day that is in time."""
        return _mail_days_from(self.due, offset, self.calendar, self.ladder.runs_through_holidays)


@lru_cache(maxsize=4096)
def _mail_days_from(due: date, offset: int, calendar: TermDates, on_working_days: bool) -> date:
    step = _ONE_DAY if offset > 0 else -_ONE_DAY
    left = offset if offset > 0 else 1 - offset
    day = due if offset > 0 else due + _ONE_DAY
    while left:
        day += step
        left -= is_mail_day(day, calendar, on_working_days=on_working_days)
    return day


@lru_cache(maxsize=4096)
def _mail_days_between(since: date, due: date, calendar: TermDates, on_working_days: bool) -> int:
    """Those after a day, up to and with the due day."""
    days = map(date.fromordinal, range(since.toordinal() + 1, due.toordinal() + 1))
    return sum(is_mail_day(day, calendar, on_working_days=on_working_days) for day in days)


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
