"""Duties with days of their own beside the step of a case: the local authority's officer, limitation, the host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.cases import Case
from casework.deadlines import Deadline
from casework.errors import TermDatesExhaustedError
from casework.letters import Letter
from casework.procedures.clocks import deadline_of, is_assumed, start_of
from casework.procedures.values import DutyRule, Procedure, Reminders
from casework.procedures.vocabulary import Facts, holds
from casework.school import School


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDuty:
    """A duty that is open today.

    Attributes:
        name: stable; part of the keys of its reminders.
        owner: role that acts.
        assumed: its first day is not known; the day of the report stands in for it.
        warning: why no day could be given; empty otherwise.
    """

    name: str
    next_step: str
    owner: str
    source: str
    reminders: Reminders
    began_on: date
    deadline: Deadline | None = None
    assumed: bool = False
    warning: str = ""

    @property
    def due(self) -> date | None:
        return self.deadline.due if self.deadline else None

    @property
    def line(self) -> str:
        """For the register: what, by when, and whether its first day is assumed."""
        if self.due is None:
            return f"{self.next_step} {self.warning}".strip()
        when = f"{self.due.day} {self.due:%B %Y}"
        assumed = " (counted from the report; enter when it was posted)" if self.assumed else ""
        return f"By {when}: {self.next_step}{assumed}"


def duties_of(
    case: Case, letters: Iterable[Letter], *, school: School, procedure: Procedure
) -> tuple[OpenDuty, ...]:
    """Every duty that is open, the soonest first; none of a closed case."""
    if not case.is_open or case.staff.outcome:
        return ()
    facts = Facts(case=case, letters=tuple(letters), school=school)
    found = [_open(rule, facts) for rule in procedure.duties if holds(rule.when, facts)]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.due or date.max, one.name)))


def _open(rule: DutyRule, facts: Facts) -> OpenDuty | None:
    began_on = start_of(rule.due.since, facts)
    if began_on is None:
        return None
    due, warning = None, ""
    try:
        due = deadline_of(rule.due, began_on, name=rule.name, source=rule.source, school=facts.school)
    except TermDatesExhaustedError as error:
        warning = str(error)
    return OpenDuty(
        name=rule.name,
        next_step=rule.next_step,
        owner=rule.owner,
        source=rule.source,
        reminders=rule.reminders,
        began_on=began_on,
        deadline=due,
        assumed=is_assumed(rule.due.since, facts),
        warning=warning,
    )
