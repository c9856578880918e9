"""Making a draft once, although a host that hung may wake up after another has done its work."""

from __future__ import annotations

from casework.ports import FoundMail, NewMail, Outgoing
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools, must_look

MESSAGE_ID = "message_id"


def make_draft(effect: PlannedEffect, mail: NewMail, outgoing: Outgoing, tools: Tools) -> FoundMail:
    """Make it, and remember its id before anybody could send it.

    The journal is asked while the draft has no addressee yet: a host that has lost its turn meanwhile is refused there,
    and what it made is thrown away. Look before with `Outgoing.find`.

    Raises:
        TurnLostError: another host has taken the school over, and makes the draft.
    """

    def settled(message_id: str) -> None:
        with tools.journal.transaction() as transaction:
            transaction.outbox.note(effect.key, {MESSAGE_ID: message_id})

    return outgoing.save(mail, settled=settled, again=must_look(effect))
