"""Whatever people do, in whatever order: no letter unapproved or twice, no reporter named, no head told of the head."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.never.choices import CHOICES, acts_of
from tests.never.life import SchoolLife
from tests.remembering import remembered
from tests.school import SchoolAtWork

SHORT = settings(
    max_examples=3,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=200, stateful_step_count=40, derandomize=False)
STEPS = 24
IN_THE_SUITE, IN_THE_SOAK = range(1), (*range(1, 6), *range(100, 160))
"""Weeks that chance makes up, by the seed of their lot."""


@pytest.fixture
def life(school: SchoolAtWork) -> Iterator[type[SchoolLife]]:
    with remembered(school) as again:
        yield type("LifeAtTillbrook", (SchoolLife,), {"school": school, "again": staticmethod(again)})


def machine_of(life: type[SchoolLife]) -> type[RuleBasedStateMachine]:
    """A state machine whose rules are the acts of a school's life."""
    rules = {"the_first_morning": initialize(letters=st.sampled_from(CHOICES["letters"]))(life.begin)}
    for act in acts_of(SchoolLife):
        chosen = {name: st.sampled_from(CHOICES[name]) for name in act.takes}  # type: ignore[attr-defined]  # our mark
        ruled = rule(**chosen)(act)
        rules[act.__name__] = precondition(act.possible)(ruled) if hasattr(act, "possible") else ruled
    return type("LifeMachine", (life, RuleBasedStateMachine), {**rules, "teardown": SchoolLife.end})


def walk(life: SchoolLife, random: Random, steps: int) -> None:
    """Do so many things, each drawn evenly; a failure shows what was done."""
    life.begin(random.choice(CHOICES["letters"]))
    done = []
    for _ in range(steps):
        possible = [act for act in acts_of(SchoolLife) if not hasattr(act, "possible") or act.possible(life)]
        act = random.choice(possible)
        chosen = {name: random.choice(CHOICES[name]) for name in act.takes}  # type: ignore[attr-defined]  # our mark
        done.append((act.__name__, chosen))
        try:
            act(life, **chosen)
        except AssertionError as error:
            raise AssertionError("\n".join([str(error), *map(str, done)])) from error
    life.end()


@pytest.mark.timeout(400)
def test_whatever_people_do_what_must_never_happen_does_not(life: type[SchoolLife]) -> None:
    run_state_machine_as_test(machine_of(life), settings=SHORT)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", IN_THE_SUITE)
def test_in_no_week_that_chance_makes_up_does_it_happen(life: type[SchoolLife], seed: int) -> None:
    walk(life(), Random(seed), STEPS)  # noqa: S311 - nothing is kept secret by it


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_whatever_people_do_for_months_what_must_never_happen_does_not(life: type[SchoolLife]) -> None:
    run_state_machine_as_test(machine_of(life), settings=LONG)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", IN_THE_SOAK)
def test_in_no_year_that_chance_makes_up_does_it_happen(life: type[SchoolLife], seed: int) -> None:
    walk(life(), Random(seed), 4 * STEPS)  # noqa: S311 - nothing is kept secret by it
