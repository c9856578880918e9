"""While a rebuilt or restored journal waits for a person's word: nothing is sent, and no half of one is confirmed."""

from __future__ import annotations

from datetime import datetime

from casework.errors import JournalError
from casework.ports import Journal
from casework.records import JournalTransaction

HELD = "all mail is held"
"""While this cursor stands, nothing that the outbox holds is carried out."""
UNFINISHED = "a rebuild is under way"
"""Stands from before the first fact is regained until all of them are: half of them must never be confirmed."""
REBUILT = "journal rebuilt at"
"""What happened in earlier cases stands in no log any more; their timelines of before are left as they are."""
BROKEN_OFF = (
    "A rebuild is under way or was broken off, and nothing is sent: letters that have left may not be known yet. "
    "If none is under way, run casework rebuild once more; what it has found is kept."
)


def is_held(journal: Journal) -> bool:
    """True until a person has confirmed what a rebuilt journal may send."""
    with journal.transaction() as transaction:
        return transaction.cursors.get(HELD) is not None


def held_words(transaction: JournalTransaction) -> str:
    """Why nothing is sent, and what to do; empty where all mail goes."""
    if transaction.cursors.get(UNFINISHED) is not None:
        return BROKEN_OFF
    is_held = transaction.cursors.get(HELD) is not None
    return "Nothing is sent until you run: casework rebuild --confirm" if is_held else ""


def awaits_word(journal: Journal) -> bool:
    """True while all is regained and a person has not confirmed yet."""
    with journal.transaction() as transaction:
        held, unfinished = (transaction.cursors.get(name) for name in (HELD, UNFINISHED))
        return held is not None and unfinished is None


def finish(journal: Journal) -> None:
    """All that could be regained is regained: a person may confirm."""
    with journal.transaction() as transaction:
        transaction.cursors.forget(UNFINISHED)


def settle_what_was_said(journal: Journal) -> int:
    """Take back the reminders that the first look planned; returns how many.

    They were in morning mails already, whose keys do not name them: nobody is reminded twice of one rung.
    """
    with journal.transaction() as transaction:
        return sum(transaction.outbox_view.cancel(one.key) for one in transaction.outbox_view.gathered())


def let_go(journal: Journal, *, now: datetime) -> bool:
    """A person has confirmed: from now on the outbox is carried out again. False if nothing was held.

    Raises:
        JournalError: the rebuild was broken off, and letters that were sent may not be known yet.
    """
    with journal.transaction() as transaction:
        if transaction.cursors.get(HELD) is None:
            return False
        if transaction.cursors.get(UNFINISHED) is not None:
            raise JournalError(BROKEN_OFF)
        transaction.cursors.forget(HELD)
        transaction.events.append("sending.confirmed", at=now)
    return True
