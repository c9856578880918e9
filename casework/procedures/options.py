"""What the policy lets the school consider in a case: each action open or not, why, and what a person decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from casework.actions import Action, ActionDecision, YesNo
from casework.cases import Case
from casework.letters import Letter
from casework.procedures.conditions import ALWAYS, AnyOf, Condition, Fact, Not, in_words
from casework.procedures.values import ActionRule, Procedure
from casework.procedures.vocabulary import MEANINGS, Facts, held, holds
from casework.school import School

SHORTEST_WHY = 10
"""Characters of a reason: "ok" is none."""


class OptionState(StrEnum):
    NOT_YET = "not yet"
    CLOSED = "not in this case"
    BY_REASON = "only for a reason of your own"
    OPEN = "to be decided"
    DECIDED = "decided"


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One action in one case.

    Attributes:
        because: why it is open, or why not, as a clause.
    """

    action: Action
    question: str
    source: str
    state: OptionState
    because: str
    decision: ActionDecision | None = None

    @property
    def line(self) -> str:
        """For the register: "(c) Police: to be decided, because it threatens violence. Contact the police?"."""
        name = f"({self.action.letter}) {self.action.value.capitalize()}"
        if self.decision is not None:
            day = self.decision.on
            why = self.decision.why
            return f"{name}: {self.decision.answer} on {day.day} {day:%B %Y}. {why[:1].upper()}{why[1:]}"
        said = f"{name}: {self.state}, because {self.because}."
        return said if self.state in {OptionState.CLOSED, OptionState.NOT_YET} else f"{said} {self.question}"


def options_of(
    case: Case, letters: Iterable[Letter], *, school: School, procedure: Procedure
) -> tuple[Option, ...]:
    """All actions, in the policy's order."""
    facts = Facts(case=case, letters=tuple(letters), school=school)
    return tuple(_option(rule, facts) for rule in procedure.actions)


def _option(rule: ActionRule, facts: Facts) -> Option:
    state, because = _state(rule, facts)
    decision = facts.case.decision_on(rule.action)
    return Option(
        action=rule.action,
        question=rule.question,
        source=rule.source,
        state=OptionState.DECIDED if decision else state,
        because=because,
        decision=decision,
    )


def _state(rule: ActionRule, facts: Facts) -> tuple[OptionState, str]:
    if not holds(rule.opens, facts):
        return OptionState.NOT_YET, f"it opens once {in_words(rule.opens, MEANINGS)}"
    if holds(rule.when, facts):
        shown = rule.opens if rule.when == ALWAYS else rule.when
        return OptionState.OPEN, in_words(held(shown, facts), MEANINGS)
    if rule.by_reason:
        return OptionState.BY_REASON, _not_so(rule.when)
    return OptionState.CLOSED, rule.closed_because


def _not_so(wanted: Condition) -> str:
    """Why the policy does not speak for it, as a clause that can be read aloud."""
    if isinstance(wanted, Fact):
        return in_words(Not(part=wanted), MEANINGS)
    if isinstance(wanted, AnyOf):
        return f"none of this is entered: {'; '.join(in_words(part, MEANINGS) for part in wanted.parts)}"
    return f"it is not so that {in_words(wanted, MEANINGS)}"


def decide(case: Case, option: Option, entered: ActionDecision) -> tuple[Case, str]:
    """Keep a decision on the case, or say why it does not count.

    A "no" always counts: it lets nothing happen. A "yes" counts only where the policy lets it, and by a reason.

    Returns:
        the case, and why the decision was refused; empty where it was kept.
    """
    if len(entered.why.strip()) < SHORTEST_WHY:
        return case, f"Say why, in {SHORTEST_WHY} characters or more"
    if entered.answer is YesNo.YES and option.state in {OptionState.NOT_YET, OptionState.CLOSED}:
        return case, f"It cannot be chosen now: {option.because}"
    return replace(case, decisions=(*case.decisions, entered)), ""


_DECIDED = re.compile(
    r"^\([a-f]\) (?P<action>[A-Z][a-z ]+): (?P<answer>yes|no) on (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})\. "
    r"(?P<why>.*)$",
    re.MULTILINE,
)


def decisions_shown(column: str) -> tuple[ActionDecision, ...]:
    """The decisions that the column of options shows, for a journal that was lost; who decided it does not say."""
    actions = {action.value: action for action in Action}
    found = []
    for match in _DECIDED.finditer(column):
        action = actions.get(match["action"].casefold())
        day = _day(match["day"])
        if action and day:
            found.append(
                ActionDecision(
                    action=action,
                    answer=YesNo(match["answer"]),
                    why=match["why"].strip(),
                    on=day,
                    how="as the list shows",
                )
            )
    return tuple(found)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %B %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None
