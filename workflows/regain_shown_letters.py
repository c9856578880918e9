"""Regain what a case's row shows of letters that were not sent: those sent back, withdrawn, or being changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casework.approvals import letter_facts
from casework.cases import Case, CaseReference
from casework.letters import Delivery, Letter, LetterState, letter_key
from casework.ports import Journal
from casework.regaining import NamedLetter, ShownLetter
from casework.school import Role, School
from casework.tags import TokenMaker
from workflows.questions import ask, change_question
from workflows.regain_requests import Requests
from workflows.regain_words import WordFiles

GONE = "It was withdrawn before the journal was rebuilt."
"""The reason of a version of which nothing more is known."""
_REGAINED = frozenset({LetterState.SUPERSEDED, LetterState.WITHDRAWN, LetterState.CHANGING})


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLetterRegainer:
    """Where the letters of rows come from, and the journal that takes them."""

    words: WordFiles
    journal: Journal
    school: School
    tokens: TokenMaker

    def regain(
        self,
        shown: Mapping[CaseReference, Iterable[ShownLetter]],
        cases: Mapping[CaseReference, Case],
        requests: Requests,
    ) -> int:
        """Keep what the rows show, unless a mailbox told more; returns how many letters were not known at all."""
        return sum(
            self._keep(one, cases[reference], requests)
            for reference, letters in shown.items()
            for one in letters
        )

    def blank(self, named: NamedLetter, case: Case) -> Letter:
        """A version that is no more."""
        key = letter_key(self.school.code, named.case, named.kind, named.version, named.addressee)
        return Letter(
            key=key,
            case=named.case,
            kind=named.kind,
            version=named.version,
            addressee=named.addressee,
            state=LetterState.SUPERSEDED,
            token=self.tokens.approver(key),
            subject_token=self.tokens.subject(named.case),
            approver=self.school.approver_of(case).address.casefold(),
            recipient="",
            word_path=named.word_name,
            reason=GONE,
        )

    def _keep(self, shown: ShownLetter, case: Case, requests: Requests) -> int:
        named = NamedLetter(case=case.reference, kind=shown.kind, version=shown.version)
        blank = self.blank(named, case)
        with self.journal.transaction() as transaction:
            before = transaction.letters.get(blank.key)
        known = before and before.reason != GONE and before.state is not LetterState.WAITING
        if shown.state not in _REGAINED or known:
            return 0
        letter = self._as_shown(before or blank, shown, case)
        with self.journal.transaction() as transaction:
            if letter.state is LetterState.CHANGING:
                letter = requests.change_of(letter)
                ask(transaction, change_question(letter, token=self.tokens.question(letter.key)))
            transaction.letters.save(letter)
        return before is None

    def _as_shown(self, letter: Letter, shown: ShownLetter, case: Case) -> Letter:
        known = replace(
            letter, state=shown.state, decision=shown.decision, reason=shown.reason or letter.reason
        )
        if shown.decision:
            # unchanged columns: the next version is the office's to change, and nobody is asked anew
            return replace(known, facts=letter_facts(case, shown.kind, self.school))
        return self._being_changed(known, case) if shown.state is LetterState.CHANGING else known

    def _being_changed(self, letter: Letter, case: Case) -> Letter:
        """It waits for the office to change its Word file, as that is now."""
        email = case.staff.parent_email
        return replace(
            self.words.beside(letter),
            facts=letter_facts(case, letter.kind, self.school),
            recipient=(email or self.school.person(Role.OFFICE).address).casefold(),
            delivery=Delivery.EMAIL if email else Delivery.POST,
            reason="",
        )
