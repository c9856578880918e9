"""What was gathered for people's mornings, without what was done meanwhile."""

from __future__ import annotations

from casework.intents import Remind, intent_from
from casework.letters import LetterState
from casework.mails.reminders import letter_mark, standing_mark
from casework.procedures import Procedures, duties_of, standing_of
from casework.records import JournalTransaction
from casework.school import Role, School

WAITING = frozenset({LetterState.WAITING, LetterState.MISSING})


def take_gathered(
    transaction: JournalTransaction, *, school: School, procedures: Procedures, in_term: bool
) -> tuple[Remind, ...]:
    """The reminders that still hold; those that do not are withdrawn. In the holidays only what no holiday stops."""
    found: list[Remind] = []
    for effect in transaction.outbox_view.gathered():
        intent = intent_from(effect)
        if not isinstance(intent, Remind):
            continue
        if not _holds(intent, transaction, school, procedures):
            transaction.outbox_view.cancel(intent.key)
        elif in_term or intent.through_holidays:
            found.append(intent)
    return tuple(found)


def _holds(remind: Remind, transaction: JournalTransaction, school: School, procedures: Procedures) -> bool:
    """True while the matter is as it was, and the reader is one who may hear of it."""
    case = transaction.cases.get(remind.case) if remind.case else None
    if case is None:
        return True
    head = school.person(Role.HEADTEACHER).address
    if case.concerns_head and remind.to == head.casefold():
        return False
    kind, _, rest = remind.holds_while.partition("/")
    if kind == "letter":
        letter = transaction.letters.get(rest)
        return letter is not None and letter.state in WAITING and remind.holds_while == letter_mark(letter)
    if kind == "standing":
        letters = transaction.letters.of_case(case.reference)
        procedure = procedures.of(case)
        standing = standing_of(case, letters, school=school, procedure=procedure)
        duties = duties_of(case, letters, school=school, procedure=procedure)
        return remind.holds_while in {
            standing_mark(one) for one in (standing, *(duty.standing for duty in duties))
        }
    return True
