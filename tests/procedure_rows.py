"""Rows of the Cases list as the policy knows them, and what the procedure says of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from casework.actions import Action
from casework.cases import Case, StaffColumns, TalkOutcome
from casework.letters import LetterKind
from casework.procedures import (
    OpenDuty,
    Option,
    OptionState,
    Standing,
    duties_of,
    options_of,
    standing_of,
    wanted_letters,
)
from casework.step_columns import StepColumns
from tests.invented import posts_by_parents, tillbrook
from tests.journals import CASE

SCHOOL = tillbrook()
PROCEDURE = posts_by_parents()
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FRIDAY_BEFORE_HALF_TERM = datetime(2026, 10, 23, 17, 40, tzinfo=UTC)
TALK = {"talked_on": date(2026, 11, 12)}
REFUSED = {**TALK, "talk_outcome": TalkOutcome.REFUSED}
BOTH = {**REFUSED, "continues": True}


def a_case(*, steps: StepColumns | None = None, facts: dict[str, Any] | None = None, **staff: Any) -> Case:
    columns = {"parent": "Mrs R Oakfield", "parent_email": "r.oakfield@parents.example", **staff}
    plain = Case(
        reference=CASE,
        reported_at=MONDAY,
        title="Facebook post, reported 23 November 2026",
        platform="Facebook",
        staff=StaffColumns(**columns, steps=steps or StepColumns()),
    )
    return replace(plain, **(facts or {}))


def standing(case: Case, *letters: Any) -> Standing:
    return standing_of(case, letters, school=SCHOOL, procedure=PROCEDURE)


def kinds(case: Case, *letters: Any) -> list[LetterKind]:
    return [one.kind for one in wanted_letters(case, letters, school=SCHOOL, procedure=PROCEDURE)]


def option(case: Case, action: Action) -> Option:
    options = options_of(case, (), school=SCHOOL, procedure=PROCEDURE)
    return next(one for one in options if one.action is action)


def states(case: Case) -> dict[Action, OptionState]:
    return {action: option(case, action).state for action in Action}


def duty(case: Case, name: str) -> OpenDuty | None:
    return next(
        (one for one in duties_of(case, (), school=SCHOOL, procedure=PROCEDURE) if one.name == name), None
    )
