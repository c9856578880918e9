"""What was set aside for a person is tried once more, because they have mended something and say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.intents import FileMessage
from casework.ports import INBOX, Journal
from casework.records import JournalTransaction, Sighting, SightingState
from casework.school import School
from workflows.open_cases.mail import TRIES, filing_key
from workflows.planning import plan
from workflows.set_aside import try_all_again


def try_again(*, journal: Journal, school: School, now: datetime) -> int:
    """Effects, messages, rows, files and cases alike; returns how many. A message is moved back into the Inbox first."""
    with journal.transaction() as transaction:
        effects = transaction.outbox_view.needing_a_person()
        again = sum(transaction.outbox_view.retry(effect.key) for effect in effects)
        again += try_all_again(transaction)
        for sighting in transaction.sightings.needing_a_person():
            if sighting.attempts >= TRIES:
                _put_back(transaction, sighting, school, now)
                again += 1
    return again


def _put_back(transaction: JournalTransaction, sighting: Sighting, school: School, now: datetime) -> None:
    transaction.sightings.save(replace(sighting, state=SightingState.SEALED, attempts=0))
    key = f"{filing_key(sighting.source_id, school)}/back/{now.isoformat()}"
    plan(transaction, FileMessage(key=key, message_id=sighting.source_id, folder=INBOX))
