"""What needs a person is seen by one, who leaves it as it is: it is told no more, and what can still be done is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from casework.intents import SendMail
from casework.ports import Journal
from casework.records import JournalTransaction, PlannedEffect, Sighting, SightingState
from workflows.returned_papers import ReturnedPaper, papers_that_came_back, seen_to
from workflows.set_aside import leave_alone, stumbles

LEFT = "left by a person"
"""The fact of a message that was set aside and that a person has seen; back in the Inbox, it is tried again."""
_MESSAGE = 'a message in the folder "Casework/Needs a person"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Stuck:
    """Something that needs a person.

    Attributes:
        mark: five characters by which a person names it.
        what: in office words, without a name.
        at: when it was last tried, or came in; None where nobody knows.
    """

    mark: str
    what: str
    problem: str
    case: str = ""
    at: datetime | None = None


def what_needs_a_person(journal: Journal) -> tuple[Stuck, ...]:
    """Effects that could not be done, things that could not be handled, messages that could not be read."""
    with journal.transaction() as transaction:
        return tuple(stuck for stuck, _ in _all(transaction))


def leave(journal: Journal, marks: Collection[str] | None, *, now: datetime) -> tuple[Stuck, ...]:
    """A person has seen these and leaves them; returns them.

    An effect is not tried any more. A row, file or case is tried once every night as before, and told only if it is done.
    A message stays where it lies; moved back into the Inbox, it is tried again.

    Args:
        journal: the school's.
        marks: of those that are meant; None for all of them.
        now: this moment at the school.
    """
    with journal.transaction() as transaction:
        meant = [one for one in _all(transaction) if marks is None or one[0].mark in marks]
        for stuck, item in meant:
            match item:
                case PlannedEffect():
                    _leave_effect(transaction, item)
                case ReturnedPaper():
                    seen_to(transaction.cursors, item.reference)
                case Sighting():
                    facts = {**item.facts, LEFT: True}
                    transaction.sightings.save(replace(item, state=SightingState.DONE, facts=facts))
                case _:
                    leave_alone(transaction.cursors, item)
            case = item.case if isinstance(item, PlannedEffect | Sighting) else None
            transaction.events.append("item.left", at=now, case=case, item=stuck.what)
        return tuple(stuck for stuck, _ in meant)


def was_left(sighting: Sighting) -> bool:
    return sighting.state is SightingState.DONE and bool(sighting.facts.get(LEFT))


def _all(
    transaction: JournalTransaction,
) -> Iterator[tuple[Stuck, PlannedEffect | Sighting | ReturnedPaper | str]]:
    for effect in transaction.outbox_view.needing_a_person():
        yield (
            Stuck(
                mark=_mark(f"effect/{effect.key}"),
                what=_named(effect),
                problem=effect.problem,
                case=effect.case or "",
            ),
            effect,
        )
    for key, one in stumbles(transaction.cursors).items():
        if one.is_set_aside and not one.left:
            at = datetime.fromisoformat(one.at) if one.at else None
            yield (
                Stuck(mark=_mark(f"thing/{key}"), what=one.what, problem=one.problem, case=one.case, at=at),
                key,
            )
    for paper in papers_that_came_back(transaction.cursors):
        mark = _mark(f"paper/{paper.reference}")
        what = f"{paper.what}, which came back undelivered on {paper.on}"
        yield Stuck(mark=mark, what=what, problem=paper.reason), paper
    for sighting in transaction.sightings.needing_a_person():
        mark = _mark(f"message/{sighting.key}")
        yield (
            Stuck(
                mark=mark,
                what=_MESSAGE,
                problem=sighting.problem,
                case=sighting.case or "",
                at=sighting.received_at,
            ),
            sighting,
        )


def _leave_effect(transaction: JournalTransaction, effect: PlannedEffect) -> None:
    transaction.outbox_view.leave(effect.key)
    case = transaction.cases.get(effect.case) if effect.case else None
    if case and case.problem == effect.problem:
        transaction.cases.save(replace(case, problem=""))


def _named(effect: PlannedEffect) -> str:
    """The kind of effect; of a mail, which one, and for which role."""
    if effect.kind == SendMail.kind:
        mail, role = (str(effect.payload.get(name, "")).replace("_", " ") for name in ("mail", "role"))
        return f"the mail {mail} to the {role}"
    return effect.kind


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:5]
