"""What is remembered of a mail of ours that has gone, so that an answer to it is joined by References."""

from __future__ import annotations

from datetime import datetime

from casework.cases import CaseReference
from casework.records import Sighting, SightingState


def own_sighting(
    key: str,
    *,
    message_id: str,
    internet_message_id: str,
    sent_at: datetime,
    now: datetime,
    case: CaseReference | None,
    role: str,
) -> Sighting:
    """A mail of ours as a sighting.

    Args:
        key: the mail's own.
        message_id: the mailbox's id of it.
        internet_message_id: what an answer names under References, with or without angle brackets.
        sent_at: when it went.
        now: this moment.
        case: of which it speaks, if of any.
        role: to whom it went; empty if that is not known.
    """
    return Sighting(
        key=f"own/{key}",
        source_id=message_id,
        seen_at=now,
        received_at=sent_at,
        state=SightingState.DONE,
        kind="own",
        internet_message_id=internet_message_id.strip("<> ").casefold(),
        case=case,
        facts={"role": role} if role else {},
    )
