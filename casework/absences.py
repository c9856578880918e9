"""Who is away, and until when: from an automatic reply, from Outlook's own setting, or from the school's settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

LONGEST_WITHOUT_END = timedelta(days=3)
"""An automatic reply that names no day is believed for so long."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Away:
    """Somebody is away.

    Attributes:
        since: the first day; None if it has begun already.
        until: the last day away.
        back_on: the first day back; None where it was not named: the day after the last is meant.
        known_until: False where no day was named: then the words name none either.
    """

    since: date | None = None
    until: date
    back_on: date | None = None
    known_until: bool = True

    def covers(self, day: date) -> bool:
        """True if the person is away on that day."""
        begun = self.since is None or self.since <= day
        return begun and day <= self.until and (self.back_on is None or day < self.back_on)

    @property
    def in_words(self) -> str:
        """How long, for a sentence: "until Monday 2 November 2026"."""
        if not self.known_until:
            return "(no day of return was named)"
        day = self.back_on or self.until
        until = f"until {day:%A} {day.day} {day:%B %Y}"
        return until if self.back_on else f"{until} inclusive"


class AutomaticReplies(Protocol):
    """What people's mailboxes say of their being away."""

    def away(self, address: str, *, now: datetime) -> Away | None:
        """Since when and until when the mailbox answers by itself; None if it does not.

        Raises:
            NotPermittedError: the mailbox may not be asked.
        """


def away_from_notice(since: date | None, until: date | None, back_on: date | None, *, told_on: date) -> Away:
    """The absence that an automatic reply speaks of; where no day is named, only a few days are believed."""
    last = back_on - _ONE_DAY if back_on and (until is None or until >= back_on) else until
    if last is None:
        return Away(since=since, until=told_on + LONGEST_WITHOUT_END, known_until=False)
    return Away(since=since, until=last, back_on=back_on)


def away_from_setting(since: datetime | None, until: datetime | None, *, today: date) -> Away:
    """The absence that Outlook's own setting tells, in the school's days; without an end it lasts while it is set."""
    if until is None:
        return Away(until=today, known_until=False)
    return Away(since=since.date() if since else None, until=until.date())
