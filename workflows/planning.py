"""Putting intents into the outbox, inside the transaction that saw their cause."""

from __future__ import annotations

from casework.intents import Intent, group_of, payload_of
from casework.records import JournalTransaction


def plan(transaction: JournalTransaction, *intents: Intent) -> int:
    """Record the intents; those whose key was ever planned change nothing. Returns how many are new."""
    return sum(
        transaction.outbox.plan(
            key=intent.key,
            kind=intent.kind,
            payload=payload_of(intent),
            case=intent.case,
            group=group_of(intent),
        )
        for intent in intents
    )
