"""Duties with days of their own beside the step of a case: the local authority's officer, limitation, the host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.calendar_changes import with_notice
from casework.cases import Case, Stage
from casework.errors import TermDatesExhaustedError
from casework.letters import Letter
from casework.procedures.clocks import deadline_of, is_assumed, start_of
from casework.procedures.remembering import read_once
from casework.procedures.standing import Standing, standing_of
from casework.procedures.values import DutyRule, Procedure
from casework.procedures.vocabulary import Facts, holds
from casework.school import School


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDuty:
    """A duty that is open today.

    Attributes:
        name: stable; part of the keys of its reminders.
        standing: its sentence, who acts, and each day to its deadline.
        assumed: its first day is not known; the day of the report stands in for it.
    """

    name: str
    standing: Standing
    assumed: bool = False

    @property
    def next_step(self) -> str:
        return self.standing.next_step

    @property
    def owner(self) -> str:
        """Role that acts."""
        return self.standing.owner

    @property
    def due(self) -> date | None:
        return self.standing.due

    @property
    def line(self) -> str:
        """For the register: what, by when, and whether its first day is assumed."""
        if self.due is None:
            return f"{self.next_step} {self.standing.warning}".strip()
        when = f"{self.due.day} {self.due:%B %Y}"
        return f"By {when}: {self.next_step}{self.assumption}"

    @property
    def assumption(self) -> str:
        """What stands in for a day that nobody has entered; empty where every day is known."""
        return " (counted from the report; enter when it was posted)" if self.assumed else ""


@read_once
def duties_of(
    case: Case, letters: Iterable[Letter], /, *, school: School, procedure: Procedure
) -> tuple[OpenDuty, ...]:
    """Every duty that is open, the soonest first; none of a closed case."""
    if not case.is_open or case.staff.outcome:
        return ()
    facts = Facts(case=case, letters=tuple(letters), school=school)
    rules = [rule for rule in procedure.duties if holds(rule.when, facts)]
    if not rules:
        return ()
    stage = standing_of(case, facts.letters, school=school, procedure=procedure).stage
    found = [_open(rule, facts, stage) for rule in rules]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.due or date.max, one.name)))


def _open(rule: DutyRule, facts: Facts, stage: Stage) -> OpenDuty | None:
    began_on = start_of(rule.due.since, facts)
    if began_on is None:
        return None
    due, warning = None, ""
    try:
        due = deadline_of(rule.due, began_on, name=rule.name, source=rule.source, school=facts.school)
        due = with_notice(due, facts.case.held, rule.name)
    except TermDatesExhaustedError as error:
        warning = str(error)
    standing = Standing(
        stage=stage,
        next_step=rule.next_step,
        owner=rule.owner,
        source=rule.source,
        began_on=began_on,
        deadline=due,
        warning=warning,
        duty=rule.name,
    )
    return OpenDuty(name=rule.name, standing=standing, assumed=is_assumed(rule.due.since, facts))
