"""The three journeys as they stand, and what to do next."""

from dataclasses import dataclass

from practice_tenant.page.guide.approving import approving
from practice_tenant.page.guide.facts import gather_facts
from practice_tenant.page.guide.forwarding import forwarding
from practice_tenant.page.guide.reviewing import reviewing
from practice_tenant.page.guide.steps import Journey, Step
from practice_tenant.page.visit import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """The first open step; `step` is None when all three journeys are done."""

    step: Step | None
    number: int = 0
    title: str = ""
    done: int = 0
    of: int = 0


async def journeys(visit: Visit) -> tuple[Journey, ...]:
    facts = await gather_facts(visit)
    return (forwarding(facts), approving(facts), reviewing(facts))


async def next_step(visit: Visit) -> NextStep:
    """What every page says at its top."""
    for number, journey in enumerate(await journeys(visit), start=1):
        for step in journey.steps:
            if not step.is_done:
                return NextStep(
                    step=step, number=number, title=journey.title, done=journey.done, of=len(journey.steps)
                )
    return NextStep(step=None)
