"""What needs a person at a school, and a person's word that they have seen it."""

from __future__ import annotations

from collections.abc import Collection

from offices.office import Office
from workflows.seen import Stuck, leave, what_needs_a_person


def stuck_things(office: Office) -> tuple[Stuck, ...]:
    """Everything that somebody should look at."""
    return what_needs_a_person(office.journal)


def leave_things(office: Office, marks: Collection[str] | None) -> tuple[Stuck, ...]:
    """Speak of these no more; returns those that were meant.

    Args:
        office: the school.
        marks: as `casework seen` shows them; None for all.
    """
    with office.sweep():
        return leave(office.journal, marks, now=office.clock.now())
