"""Where two people were asked, the other one hears what the first decided."""

from __future__ import annotations

from datetime import datetime

from casework.letters import Letter
from casework.mails import decided_by_other
from casework.records import JournalTransaction
from casework.school import School
from workflows.planning import plan


def tell_the_other(transaction: JournalTransaction, letter: Letter, *, school: School, now: datetime) -> None:
    """Plan the mail; nobody is told where only one was asked, or where one person holds both roles."""
    if not letter.deputy or letter.deputy == letter.approver:
        return
    by_deputy = letter.decided_by.casefold() == letter.deputy
    to, role = (letter.approver, "approver") if by_deputy else (letter.deputy, "deputy")
    plan(transaction, decided_by_other(letter, school=school, role=role, to=to, now=now))
