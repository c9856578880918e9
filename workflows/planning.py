"""What a job leaves in the journal beside its facts: intents in the outbox, and events on a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.cases import CaseReference
from casework.intents import Intent, Remind, group_of, payload_of
from casework.letters import Letter
from casework.plain_words import in_plain_words
from casework.records import JournalTransaction, Json, OutboxState


def plan(transaction: JournalTransaction, *intents: Intent) -> int:
    """Record the intents; those whose key was ever planned change nothing. Returns how many are new."""
    return sum(
        transaction.outbox.plan(
            key=intent.key,
            kind=intent.kind,
            payload=payload_of(intent),
            case=intent.case,
            group=group_of(intent),
            state=OutboxState.GATHERED if isinstance(intent, Remind) else OutboxState.PLANNED,
        )
        for intent in intents
    )


def record_letter(
    transaction: JournalTransaction, what: str, letter: Letter, *, at: datetime, **fields: Json
) -> None:
    """Record an event of a letter with its kind and version; the governors' paper has no case, but its own reference."""
    about: dict[str, Json] = {"kind": letter.kind.value, "version": letter.version, **fields}
    if letter.own_case:
        record(transaction, what, at=at, case=letter.own_case, **about)
    else:
        transaction.events.append(what, at=at, case=None, paper=letter.case, **about)


def record(
    transaction: JournalTransaction, what: str, *, at: datetime, case: CaseReference, **fields: Json
) -> None:
    """Record an event of a case, and let the CaseworkSays column of its row say the same in a sentence.

    Save the case itself before, not after: its `says` is set here.
    """
    event = transaction.events.append(what, at=at, case=case, **fields)
    current = transaction.cases.get(case)
    if current:
        transaction.cases.save(replace(current, says=in_plain_words(event)))
