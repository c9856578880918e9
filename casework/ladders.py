"""The ladders of reminders, as data: who hears of an open matter, how long before or after its due day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from casework.duties import Clock


class Audience(StrEnum):
    """Whom a rung speaks to; the school's settings say who that is."""

    HANDLER = "handler"
    NEXT_PERSON = "next person"
    APPROVER = "approver"
    DEPUTY = "deputy"
    THIRD_PERSON = "third person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One step of a ladder.

    Attributes:
        name: stable, unique in its ladder; a part of keys.
        offset: how far from the due day; 0 is that day itself, less is before, more is after.
        audience: who hears of it.
        clock: what the offset counts, if not the ladder's own days. Months are counted from the day on which
            the time is over: three months before the end of 13 October is 14 July.
        left: in place of an offset, how many percent of the time are left: 50 is half-time. Of so short a time that
            not one whole day would be left nobody hears before the due day.
    """

    name: str
    offset: int
    audience: Audience
    clock: Clock | None = None
    left: int = 0

    def __post_init__(self) -> None:
        if self.clock in (Clock.HOURS, Clock.YEARS):
            raise ValueError(f"The rung {self.name!r} counts {self.clock.value}; count days or months.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeat:
    """The end of a ladder: on the first mail day of every week, for ever, until the matter is done.

    Attributes:
        name: stable, unique in its ladder; a part of keys.
        after: the offset, in the ladder's own days, from which the weeks begin.
        audience: who hears of it.
    """

    name: str
    after: int
    audience: Audience


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """Every reminder of one kind of matter.

    Attributes:
        clock: the ladder's own days: school days, or working days for duties that no holiday stops.
    """

    rungs: tuple[Rung, ...]
    repeats: tuple[Repeat, ...] = ()
    clock: Clock = Clock.SCHOOL_DAYS

    def __post_init__(self) -> None:
        if self.clock not in (Clock.SCHOOL_DAYS, Clock.WORKING_DAYS):
            raise ValueError(f"A ladder climbs in school days or working days, not in {self.clock.value}.")
        names = [rung.name for rung in self.rungs] + [repeat.name for repeat in self.repeats]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(
                f"A ladder has two rungs of one name: {', '.join(twice)}. Name each differently."
            )

    @property
    def runs_through_holidays(self) -> bool:
        return self.clock is Clock.WORKING_DAYS


def case_ladder(clock: Clock = Clock.SCHOOL_DAYS) -> Ladder:
    """Build the ladder of a duty in a case, to be climbed in school days or in working days."""
    # A duty done at any time on the due day is in time, so the first word of lateness is the next morning's.
    to_handler = {"due-day": 0, **{f"after-{days}": days for days in (1, 3, 5, 7, 9)}}
    return Ladder(
        rungs=(
            Rung(name="half-left", offset=0, audience=Audience.HANDLER, left=50),
            Rung(name="quarter-left", offset=0, audience=Audience.HANDLER, left=25),
            *(_rung(name, offset, Audience.HANDLER) for name, offset in to_handler.items()),
            _rung("escalation", 3, Audience.NEXT_PERSON),
        ),
        repeats=(
            Repeat(name="weekly", after=10, audience=Audience.HANDLER),
            Repeat(name="escalation-weekly", after=10, audience=Audience.NEXT_PERSON),
        ),
        clock=clock,
    )


def _rung(name: str, offset: int, audience: Audience) -> Rung:
    return Rung(name=name, offset=offset, audience=audience)


CASE_LADDER = case_ladder()
"""For a duty in a case, from its due day."""

WORKING_DAY_LADDER = case_ladder(Clock.WORKING_DAYS)
"""The same for a duty that runs through the holidays, such as one to the local authority."""

APPROVAL_LADDER = Ladder(
    rungs=(
        _rung("remind-1", 1, Audience.APPROVER),
        _rung("remind-2", 2, Audience.APPROVER),
        _rung("offer-deputy", 3, Audience.DEPUTY),
        _rung("remind-4", 4, Audience.APPROVER),
        _rung("tell-third-person", 5, Audience.THIRD_PERSON),
    ),
    repeats=(Repeat(name="weekly", after=6, audience=Audience.APPROVER),),
)
"""For an approval, from the day of the request, which stands in for the due day."""

LIMITATION_LADDER = Ladder(
    rungs=(
        Rung(name="months-3", offset=-3, audience=Audience.HANDLER, clock=Clock.CALENDAR_MONTHS),
        Rung(name="months-1", offset=-1, audience=Audience.HANDLER, clock=Clock.CALENDAR_MONTHS),
        _rung("last-day", 0, Audience.HANDLER),
    ),
)
"""For a time limit that nobody can extend: three months and one month before, and the last day in time."""

EVERY_DUTY = "every"
"""The ladder of a duty that has none of its own."""
_THROUGH_HOLIDAYS = frozenset({Clock.WORKING_DAYS, Clock.HOURS, Clock.CALENDAR_DAYS, Clock.CALENDAR_MONTHS})
"""Clocks that no school holiday stops, so that the reminders must not wait for its end either."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladders:
    """The school's ladders, as templates/ladders.toml has them.

    Attributes:
        duties: by the duty's name; `EVERY_DUTY` stands for all that are not named.
    """

    duties: Mapping[str, Ladder]
    approval: Ladder = APPROVAL_LADDER
    limitation: Ladder = LIMITATION_LADDER

    def of_duty(self, name: str, clock: Clock) -> Ladder:
        """The ladder of a duty by its name and clock: in working days where the duty runs through the holidays."""
        if clock is Clock.YEARS:
            return self.limitation
        ladder = self.duties.get(name) or self.duties.get(EVERY_DUTY, CASE_LADDER)
        return replace(ladder, clock=Clock.WORKING_DAYS) if clock in _THROUGH_HOLIDAYS else ladder


SHIPPED_LADDERS = Ladders(duties={EVERY_DUTY: CASE_LADDER})
"""What templates/ladders.toml says as it is shipped."""
