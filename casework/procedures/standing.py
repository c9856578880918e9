"""Where a case stands: its stage, its next step, by when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from casework.calendar_changes import with_notice
from casework.cases import Case, Stage
from casework.deadlines import Deadline, deadline
from casework.errors import TermDatesExhaustedError
from casework.letters import Letter
from casework.procedures.clocks import deadline_of, start_of
from casework.procedures.remembering import read_once
from casework.procedures.values import Procedure, StepRule
from casework.procedures.vocabulary import Facts, holds
from casework.procedures.wanted import missing_for_letters
from casework.school import School
from casework.waiting import LOOK_AGAIN, since_when, stands_still, waiting_now

NEEDS = "{needs}"
WAITING = (
    'Waiting for others since {since}; the clock stands still. Look whether it can go on: if so, empty "Waiting for"; '
    "if not, write there what you have heard."
)
RUNS_ON = ' "Waiting for" does not put this off.'
LONGEST = 255
"""A line of the list takes no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a case stands today.

    Attributes:
        began_on: day 0 of the duty; None where nothing is due.
        deadline: with each day counted or skipped; None where nothing is due or the calendar ends before it.
        warning: why no day could be given; empty otherwise.
        duty: the name of the duty, where it is one beside the step of the case, or stands in for it while that waits.
    """

    stage: Stage
    next_step: str
    owner: str
    source: str
    began_on: date | None = None
    deadline: Deadline | None = None
    warning: str = ""
    duty: str = ""

    @property
    def matter(self) -> str:
        """What reminders are about, as part of their keys."""
        return self.duty or self.stage.value

    @property
    def due(self) -> date | None:
        return self.deadline.due if self.deadline else None


@read_once
def standing_of(
    case: Case, letters: Iterable[Letter], /, *, school: School, procedure: Procedure
) -> Standing:
    """Where the case stands: a pure reading of the row and its letters, so that any sweep comes to the same."""
    facts = Facts(case=case, letters=tuple(letters), school=school)
    needs = missing_for_letters(case, facts.letters, school=school, procedure=procedure)
    rule = next(one for one in procedure.steps if _counts(one, facts, needs))
    standing = Standing(
        stage=rule.stage, next_step=_filled_in(rule, facts, needs), owner=rule.owner, source=rule.source
    )
    return _with_deadline(standing, rule, facts)


def _counts(rule: StepRule, facts: Facts, needs: tuple[str, ...]) -> bool:
    """A step that says what a letter needs counts only while something is missing."""
    if NEEDS in rule.next_step and not needs:
        return False
    return holds(rule.when, facts)


def _filled_in(rule: StepRule, facts: Facts, needs: tuple[str, ...]) -> str:
    case, skip = facts.case, facts.case.staff.steps.skip_reason
    seen = case.post_seen_on
    post = f"{case.post_state} on {seen.day} {seen:%B %Y}" if seen and case.post_state else ""
    filled = {"{needs}": " and ".join(needs), "{post}": post, "{skip}": skip.value if skip else ""}
    sentence = rule.next_step
    for place, words in filled.items():
        sentence = sentence.replace(place, words)
    return sentence


def _with_deadline(standing: Standing, rule: StepRule, facts: Facts) -> Standing:
    wait = waiting_now(facts.case.waits) if facts.case.is_open else None
    began_on = start_of(rule.due.since, facts) if rule.due else None
    try:
        if rule.due is None or began_on is None:
            return _waiting(standing, facts, wait.since) if wait else standing
        reopened = facts.case.reopened_at
        if reopened is not None:  # opening a case again starts a new clock
            began_on = max(began_on, facts.school.today(reopened))
        due = deadline_of(rule.due, began_on, name=rule.stage.value, source=rule.source, school=facts.school)
        waits = stands_still(rule.due.clock) and rule.stage is not Stage.AWAITING_APPROVAL
        due = with_notice(due.after(facts.case.waits) if waits else due, facts.case.held, rule.stage.value)
        if wait and waits and wait.since <= due.due:
            return _waiting(standing, facts, max(wait.since, began_on))
    except TermDatesExhaustedError as error:
        return replace(standing, began_on=began_on, warning=str(error))
    found = replace(standing, began_on=began_on, deadline=due)
    return _running_on(found) if wait else found


def _running_on(standing: Standing) -> Standing:
    """Whoever has written that it waits must see that this does not."""
    said = f"{standing.next_step}{RUNS_ON}"
    return replace(standing, next_step=said) if len(said) <= LONGEST else standing


def _waiting(standing: Standing, facts: Facts, since: date) -> Standing:
    """While a case waits for others only one thing is due: to look whether it can go on.

    Args:
        standing: of its step.
        facts: of the case.
        since: the day from which looking again is counted.

    Raises:
        TermDatesExhaustedError: the calendar of terms ends before that.
    """
    look = deadline(since, LOOK_AGAIN, facts.school.calendar, zone=facts.school.zone)
    return replace(
        standing,
        next_step=WAITING.format(since=since_when(facts.case.waits)),
        source=LOOK_AGAIN.source,
        began_on=since,
        deadline=with_notice(look, facts.case.held, standing.stage.value),
        duty=LOOK_AGAIN.name,
    )
