"""A changed term calendar: which deadlines move with it, and that nobody loses a day's notice by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from casework.deadlines import Deadline
from casework.errors import SettingsError, TermDatesExhaustedError
from casework.term_dates import BankHoliday, Break, Closure, OpenDay, Term, TermDates

_A_YEAR = timedelta(days=366)


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedDeadline:
    """What a changed calendar did to one deadline.

    Attributes:
        old, new: the due days; None where a calendar ended before it. The same day twice: it is held where it was.
        held: True if `new` is later than the calendar alone would have it, for the sake of notice.
    """

    old: date | None
    new: date | None
    held: bool = False


def moved_deadline(
    old: date | None, new: date | None, *, today: date, calendar: TermDates
) -> MovedDeadline | None:
    """Say how a deadline moves, or None if it stays.

    It never comes to be due before the next school day: whoever had time until Friday is not late on Monday because
    somebody edited a calendar. It is never held beyond the day on which it was due before.
    """
    if old == new:
        return None
    if old is None or new is None or new > old:
        return MovedDeadline(old=old, new=new)
    earliest = min(old, _next_day(today, calendar))
    if new < earliest:
        return MovedDeadline(old=old, new=earliest, held=True)
    return MovedDeadline(old=old, new=new)


def with_the_past(old: TermDates, new: TermDates) -> TermDates:
    """The new calendar, and before it the terms of the old one that it no longer names.

    Many an office replaces last year's file by next year's, in July or in September: a deadline that counts from the
    summer term still needs that term, and so does today.
    """
    terms = tuple(term for term in old.terms if _is_before(term.ends, new))
    if not terms:
        return new
    try:
        return replace(
            new,
            terms=(*terms, *new.terms),
            half_terms=(*(one for one in old.half_terms if _is_before(one.ends, new)), *new.half_terms),
            inset_days=(*(day for day in old.inset_days if _is_before(day, new)), *new.inset_days),
            closures=(*(one for one in old.closures if _is_before(one.day, new)), *new.closures),
            open_days=(
                *(one for one in old.open_days if any(term.starts <= one.day <= term.ends for term in terms)),
                *new.open_days,
            ),
            bank_holidays=(
                *(
                    one
                    for one in old.bank_holidays
                    if one.day < new.first_day and one not in new.bank_holidays
                ),
                *new.bank_holidays,
            ),
        )
    except SettingsError:
        return new  # a stretch between the two is known to neither


def _is_before(day: date, new: TermDates) -> bool:
    """No deadline counts from more than a year ago."""
    return new.first_day - _A_YEAR <= day < new.first_day


def days_lost(old: TermDates, new: TermDates, *, today: date) -> str:
    """Say which days a calendar no longer knows on which the old one still has school; empty if it knows them all.

    A file that was saved by halves, or into which next year's terms were pasted over this year's, is sound in itself.
    What has passed may go, and the last day of a term may move.
    """
    if new.first_day > today >= old.first_day:
        return (
            f"It begins on {_said(new.first_day)}, and today is before that. Keep this year's terms in the file "
            "until they have ended."
        )
    lost = [term for term in old.terms if term.starts > new.last_day and term.ends >= today]
    if not lost:
        return ""
    names = ", ".join(f"{term.name} ({_said(term.starts)} to {_said(term.ends)})" for term in lost)
    return f"It ends on {_said(new.last_day)}, and before it went on with {names}. Add what is missing."


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def with_notice(reckoned: Deadline, held: Iterable[tuple[str, str, str]], name: str) -> Deadline:
    """The deadline as it counts for a case: not before the day to which a changed calendar may bring it.

    Args:
        reckoned: the deadline as the calendar has it.
        held: what the case remembers: name, day 0 and earliest day of each deadline that was held.
        name: of the step or duty; a new day 0 means that what is remembered counts no more.
    """
    for known, start, until in held:
        if (known, start) == (name, reckoned.start.isoformat()):
            return reckoned.held_until(date.fromisoformat(until))
    return reckoned


def _next_day(today: date, calendar: TermDates) -> date:
    try:
        return calendar.next_school_day(today)
    except TermDatesExhaustedError:
        return calendar.working_day_after(today, 1)


@lru_cache(maxsize=8)
def calendar_as_text(calendar: TermDates) -> str:
    """A calendar as the journal remembers it, the same text for the same days."""
    return json.dumps(
        {
            "terms": [[term.name, *_days(term.starts, term.ends)] for term in calendar.terms],
            "half_terms": [[rest.name, *_days(rest.starts, rest.ends)] for rest in calendar.half_terms],
            "inset_days": _days(*calendar.inset_days),
            "closures": [[one.reason, *_days(one.day)] for one in calendar.closures],
            "division": calendar.division,
            # left out where there is none, so that a calendar of before is the same text still
            **({"open_days": _days(*(one.day for one in calendar.open_days))} if calendar.open_days else {}),
            **({"bank_holidays": _named(calendar)} if calendar.bank_holidays else {}),
        }
    )


@lru_cache(maxsize=8)
def calendar_from_text(text: str) -> TermDates | None:
    """The calendar that was remembered; None if this version cannot read it any more."""
    try:
        return _calendar(json.loads(text))
    except (ValueError, KeyError, TypeError, SettingsError):
        return None


def calendar_fingerprint(calendar: TermDates) -> str:
    """Sixteen characters that change with any day of the calendar."""
    return hashlib.sha256(calendar_as_text(calendar).encode()).hexdigest()[:16]


def _calendar(kept: Mapping[str, Any]) -> TermDates:
    day = date.fromisoformat
    return TermDates(
        terms=tuple(Term(name=name, starts=day(one), ends=day(two)) for name, one, two in kept["terms"]),
        half_terms=tuple(
            Break(name=name, starts=day(one), ends=day(two)) for name, one, two in kept["half_terms"]
        ),
        inset_days=tuple(day(one) for one in kept["inset_days"]),
        closures=tuple(Closure(reason=reason, day=day(one)) for reason, one in kept["closures"]),
        open_days=tuple(OpenDay(day=day(one)) for one in kept.get("open_days", ())),
        bank_holidays=tuple(
            BankHoliday(name=name, day=day(one)) for name, one in kept.get("bank_holidays", ())
        ),
        division=kept["division"],
    )


def _named(calendar: TermDates) -> list[list[str]]:
    return [[one.name, *_days(one.day)] for one in calendar.bank_holidays]


def _days(*days: date) -> list[str]:
    return [day.isoformat() for day in days]
