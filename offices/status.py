"""What `casework status` shows: counts and moments, never a name."""

from __future__ import annotations

from typing import TypedDict

from offices.office import Office
from workflows.keep_house import BACKUP, HEARTBEAT


class Status(TypedDict):
    school: str
    open_cases: int
    letters_waiting: int
    effects_waiting: int
    needs_a_person: int
    policies: int
    last_sweep: str | None
    last_backup: str | None
    log_entries: int


def status_of(office: Office) -> Status:
    """Read the journal; no tenant is asked."""
    with office.journal.transaction() as transaction:
        head = transaction.events.head()
        stuck = len(transaction.outbox_view.needing_a_person()) + len(
            transaction.sightings.needing_a_person()
        )
        return Status(
            school=office.school.code,
            open_cases=len(transaction.cases.open()),
            letters_waiting=len(transaction.letters.open()),
            effects_waiting=len(transaction.outbox_view.unfinished()),
            needs_a_person=stuck,
            policies=sum(not policy.removed for policy in transaction.policies.all()),
            last_sweep=transaction.cursors.get(HEARTBEAT),
            last_backup=transaction.cursors.get(BACKUP),
            log_entries=head.number if head else 0,
        )
