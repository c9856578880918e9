"""What was gathered for people's mornings, without what was done meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.cases import Case, CaseReference
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
    judge = _Judge(transaction=transaction, school=school, procedures=procedures)
    found: list[Remind] = []
    for effect in transaction.outbox_view.gathered():
        intent = intent_from(effect)
        if not isinstance(intent, Remind):
            continue
        if not judge.holds(intent):
            transaction.outbox_view.cancel(intent.key)
        elif in_term or intent.through_holidays:
            found.append(intent)
    return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judge:
    """Knows of each case, once it has looked, what still holds: many reminders may be about one."""

    transaction: JournalTransaction
    school: School
    procedures: Procedures
    _cases: dict[CaseReference, Case | None] = field(default_factory=dict)
    _standing: dict[CaseReference, frozenset[str]] = field(default_factory=dict)

    def holds(self, remind: Remind) -> bool:
        """True while the matter is as it was, and the reader is one who may hear of it."""
        case = self._case(remind.case) if remind.case else None
        head = self.school.person(Role.HEADTEACHER).address
        if case and case.concerns_head and remind.to == head.casefold():
            return False
        kind, _, rest = remind.holds_while.partition("/")
        if kind == "letter":
            letter = self.transaction.letters.get(rest)
            return (
                letter is not None and letter.state in WAITING and remind.holds_while == letter_mark(letter)
            )
        return case is None or kind != "standing" or remind.holds_while in self._marks(case)

    def _case(self, reference: CaseReference) -> Case | None:
        if reference not in self._cases:
            self._cases[reference] = self.transaction.cases.get(reference)
        return self._cases[reference]

    def _marks(self, case: Case) -> frozenset[str]:
        """Of the case's step and of its duties, as they stand now."""
        known = self._standing.get(case.reference)
        if known is None:
            letters, procedure = self.transaction.letters.of_case(case.reference), self.procedures.of(case)
            step = standing_of(case, letters, school=self.school, procedure=procedure)
            duties = duties_of(case, letters, school=self.school, procedure=procedure)
            known = frozenset(standing_mark(one) for one in (step, *(duty.standing for duty in duties)))
            self._standing[case.reference] = known
        return known
