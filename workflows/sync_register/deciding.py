"""Decisions on the policy's actions: who, yes or no, why and when; refused with a reason where the policy lets none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.actions import Action, ActionDecision
from casework.cases import Case, CaseReference, StaffColumns
from casework.conflicts import is_in_conflict
from casework.procedures import Procedures, decide, options_of
from casework.records import JournalTransaction
from casework.school import School
from workflows.planning import record
from workflows.staff_entries import role_of
from workflows.who_wrote import WhoWrote


@dataclass(frozen=True, kw_only=True, slots=True)
class Decider:
    """Takes decisions in.

    Attributes:
        how: "in the list" or "by reply".
    """

    school: School
    procedures: Procedures
    now: datetime
    how: str = "in the list"

    def take_columns(
        self,
        transaction: JournalTransaction,
        case: CaseReference,
        before: StaffColumns,
        *,
        who_wrote: WhoWrote,
    ) -> None:
        """Keep what staff newly wrote into the columns of the actions."""
        current = transaction.cases.get(case)
        if current is None:
            return
        for action in Action:
            entry = current.staff.steps.entry(action)
            if entry.answer is None or entry == before.steps.entry(action) or not entry.why:
                continue
            known = current.decision_on(action)
            if known and (known.answer, known.why) == (entry.answer, entry.why):
                continue
            wrote = who_wrote(f"{action.column}Decision", f"{action.column}Why")
            entered = ActionDecision(
                action=action,
                answer=entry.answer,
                why=entry.why,
                on=self.school.today(wrote.at),
                by=wrote.by,
                how=self.how,
            )
            self.take(transaction, case, entered)

    def take(self, transaction: JournalTransaction, reference: CaseReference, entered: ActionDecision) -> str:
        """Keep one decision; returns why it does not count, in a sentence, or nothing."""
        case = transaction.cases.get(reference)
        if case is None:
            return f"There is no case {reference}."
        letters = transaction.letters.of_case(reference)
        options = options_of(case, letters, school=self.school, procedure=self.procedures.of(case))
        option = next((one for one in options if one.action is entered.action), None)
        if option is None:
            return self._refuse(
                transaction, case, entered, "the school's procedure does not have this action"
            )
        if is_in_conflict(case, entered.by, school=self.school):
            why = "whom the case is about decides nothing in it; the deputy or the chair of governors can"
            return self._refuse(transaction, case, entered, why)
        decided, refused = decide(case, option, entered)
        if refused:
            return self._refuse(transaction, case, entered, refused)
        transaction.cases.save(decided)
        record(
            transaction,
            "action.decided",
            at=self.now,
            case=reference,
            action=entered.action.value,
            letter=entered.action.letter,
            answer=entered.answer.value,
            who=role_of(entered.by, self.school),
            how=entered.how,
            because=option.because,
            talked=case.talk_logged,
        )
        return ""

    def _refuse(self, transaction: JournalTransaction, case: Case, entered: ActionDecision, why: str) -> str:
        record(
            transaction,
            "action.refused",
            at=self.now,
            case=case.reference,
            action=entered.action.value,
            letter=entered.action.letter,
            answer=entered.answer.value,
            why=why,
        )
        return why
