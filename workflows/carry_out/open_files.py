"""A Word file that somebody has open: what needs it waits, the case says so, and after half an hour one mail does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from casework.errors import TemporaryConnectorError
from casework.letters import LetterState
from casework.mails import file_open
from casework.records import JournalTransaction, PlannedEffect
from workflows.carry_out.tools import Tools
from workflows.planning import plan

LOCKED = 423
TOLD_AFTER = timedelta(minutes=30)
LONGEST_WAIT = timedelta(minutes=1)
"""Between two tries: whoever closes the file should not wait long for the letter."""
IN_WORDS = (
    "Locked: somebody has the file open. Casework waits, and goes on by itself when it is closed everywhere."
)
_SINCE = "locked_since"


def is_open_elsewhere(error: Exception) -> bool:
    """True for the refusal that means that somebody has the file open."""
    return isinstance(error, TemporaryConnectorError) and error.status == LOCKED


def wait_until_closed(effect: PlannedEffect, tools: Tools) -> None:
    """Let the effect wait without end; say it on the case at once, and by mail once after half an hour."""
    since = str(effect.progress.get(_SINCE, "")) or tools.now.isoformat()
    with tools.journal.transaction() as transaction:
        transaction.outbox.note(effect.key, {**effect.progress, _SINCE: since})
        transaction.outbox.postpone(effect.key, wait=LONGEST_WAIT, problem=IN_WORDS)
        case = transaction.cases.get(effect.case) if effect.case else None
        if case and case.problem != IN_WORDS:
            transaction.cases.save(replace(case, problem=IN_WORDS))
        if tools.now - datetime.fromisoformat(since) >= TOLD_AFTER:
            _tell(transaction, effect, datetime.fromisoformat(since), tools)


def _tell(transaction: JournalTransaction, effect: PlannedEffect, since: datetime, tools: Tools) -> None:
    """One mail to whoever has the letter in hand: the office while it changes it, else its approver."""
    letter = transaction.letters.get(str(effect.payload.get("letter", "")))
    if letter is None:
        return
    by_office = letter.state is LetterState.CHANGING
    plan(
        transaction,
        file_open(letter, school=tools.school, effect=effect.key, since=since, to_the_office=by_office),
    )
