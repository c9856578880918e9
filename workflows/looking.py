"""Look at the cases whose moment has come; outside school hours look over all others too, in case a moment was wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.cases import Case
from casework.looks import AT_ONCE, Look, Looked, soonest
from casework.records import JournalTransaction
from casework.school import School

PORTION = 200
"""Cases that one sweep looks over: about a twentieth of a second, while nobody waits."""
PORTION_EVERY = timedelta(minutes=4)
"""At least so often while some are left to be looked over, and oftener where a sweep is whole anyhow."""
LOOKED_AT = "cases looked at/"
LOOKED_OVER = "cases looked over/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One job's look at the cases.

    Attributes:
        look: what the cases are looked at for.
        world: fingerprint of what bears on every case beside what is written about it (casework.looks.world_of).
        now: this moment; if an earlier sweep was by a later clock, every open case is looked at.
        away: who of the deciders is away, as text: it bears on the cases with an open letter.
    """

    look: Look
    world: str
    now: datetime
    away: str = ""

    def cases(self, transaction: JournalTransaction) -> tuple[Case, ...]:
        """Those that are to be looked at now, closed ones too."""
        world, moment, away = self._kept(transaction)
        is_new = self._is_new(world, moment)
        if is_new:
            transaction.cases.look_at_open(self.look)
        if is_new or away != self.away:
            for reference in sorted(transaction.letters.cases_with_open()):
                transaction.cases.look_again(reference, self.look, AT_ONCE)
        found = transaction.cases.to_look_at(self.look, self.now)
        if found or is_new or away != self.away:
            kept = json.dumps([self.world, self.now.isoformat(), self.away])
            transaction.cursors.put(f"{LOOKED_AT}{self.look}", kept)
        return found

    def note(self, transaction: JournalTransaction, case: Case, looked: Looked) -> int:
        """Keep when the case is looked at next, and return its changes; what changed is looked at once more."""
        if not looked.changes:
            transaction.cases.look_again(case.reference, self.look, looked.again)
        return looked.changes

    def look_over(
        self, transaction: JournalTransaction, school: School, soonest: Callable[[Case], datetime | None]
    ) -> int:
        """Reckon anew when a portion of the open cases is to be looked at; mend and log what is later than that.

        Once a day, outside the hours of mail, a portion a sweep. It finds nothing unless something bears on cases
        that nobody thought of: then a reminder comes a day late at most, and the log tells.

        Args:
            transaction: the journal's.
            school: whose day and hours it is.
            soonest: the first moment from now on at which something would follow from a look at the case.
        """
        if school.is_sending_time(self.now, on_working_days=True):
            return 0
        name, today = f"{LOOKED_OVER}{self.look}", school.today(self.now).isoformat()
        done_on, after = json.loads(transaction.cursors.get(name) or '["", ""]')
        world, moment, away = self._kept(transaction)
        if done_on == today or self._is_new(world, moment) or away != self.away:
            return 0  # for another world, or by another clock, the next round looks at them anyhow
        portion = transaction.cases.looks(self.look, after=after, most=PORTION)
        late = [case for case, stored in portion if _is_late(stored, soonest(case), self.now)]
        for case in late:  # what is written about a case lets it be looked at
            transaction.events.append(
                "case.looked_over", at=self.now, case=case.reference, look=self.look.value
            )
        left = ["", portion[-1][0].reference] if len(portion) == PORTION else [today, ""]
        transaction.cursors.put(name, json.dumps(left))
        return len(late)

    def _is_new(self, world: str, moment: str) -> bool:
        """True where the moments were reckoned for another world, or by a clock that was ahead of this one."""
        return world != self.world or bool(moment and self.now < datetime.fromisoformat(moment))

    def _kept(self, transaction: JournalTransaction) -> tuple[str, str, str]:
        world, moment, away = json.loads(transaction.cursors.get(f"{LOOKED_AT}{self.look}") or '["", "", ""]')
        return world, moment, away


def next_look(
    transaction: JournalTransaction, look: Look, *, school: School, now: datetime
) -> datetime | None:
    """When a case is next looked at; outside the hours of mail, when the next portion is looked over."""
    moment = transaction.cases.next_look(look, after=now)
    if school.is_sending_time(now, on_working_days=True):
        return moment
    _, after = json.loads(transaction.cursors.get(f"{LOOKED_OVER}{look}") or '["", ""]')
    return soonest([moment, now + PORTION_EVERY if after else None])


def _is_late(stored: datetime | None, soonest: datetime | None, now: datetime) -> bool:
    if soonest is None:
        return False
    return stored is None or stored > max(soonest, now)
