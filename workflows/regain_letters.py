"""Regain a case's letters from the mailboxes, in the order in which they were made, each with what its mail shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.approvals import letter_facts
from casework.cases import Case, CaseReference
from casework.errors import NotThereError
from casework.letters import Delivery, Letter, LetterState
from casework.ports import FoundMail, Journal, MailService
from casework.regaining import NamedLetter, letter_of_key
from casework.school import Role, School
from workflows.questions import ask, change_question, question_with
from workflows.regain_mailed import as_mailed, keep_mailed, remember_mail
from workflows.regain_requests import Requests
from workflows.regain_shown_letters import ShownLetterRegainer
from workflows.regain_words import WordFiles


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mailed:
    """A letter's mail, in whose mailbox it lies, and the letters that were made before it."""

    named: NamedLetter
    mail: FoundMail
    address: str
    earlier: Sequence[NamedLetter]


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRegainer:
    """Letters of cases, gathered mailbox by mailbox.

    Attributes:
        cases: by reference.
        listed: by case, every version that its row lists, oldest first.
    """

    mail: MailService
    words: WordFiles
    journal: Journal
    school: School
    now: datetime
    shown: ShownLetterRegainer
    cases: Mapping[CaseReference, Case]
    listed: Mapping[CaseReference, Sequence[NamedLetter]]
    _found: list[_Mailed] = field(default_factory=list)

    def note(self, found: Iterable[FoundMail], address: str) -> None:
        """Take in what one mailbox holds."""
        for mail in found:
            named = letter_of_key(mail.key, school=self.school.code)
            if named and named.case in self.cases:
                listed = [*self.listed.get(named.case, ())]
                earlier = listed[: listed.index(named)] if named in listed else listed
                self._found.append(_Mailed(named=named, mail=mail, address=address, earlier=earlier))

    def regain(self, requests: Requests) -> int:
        """Keep them, the oldest first, as rules about the last letter expect; returns how many were not known."""
        oldest_first = sorted(
            self._found, key=lambda one: (one.named.case, len(one.earlier), one.named.version)
        )
        return sum(self._keep(one, requests) for one in oldest_first)

    def _keep(self, mailed: _Mailed, requests: Requests) -> int:
        case = self.cases[mailed.named.case]
        try:
            letter = self._letter(mailed, case, requests)
        except NotThereError:
            return 0
        earlier = [self.shown.blank(named, case) for named in mailed.earlier]
        kept = keep_mailed(self.journal, letter, earlier=earlier)
        if kept is not None and letter.state is LetterState.SENT:
            with self.journal.transaction() as transaction:
                remember_mail(transaction, mailed.mail, letter.case, role="subject", now=self.now)
        return kept or 0

    def _letter(self, mailed: _Mailed, case: Case, requests: Requests) -> Letter:
        content = self.mail.outgoing(mailed.address).read_back(mailed.mail.message_id)
        blank = self.shown.blank(mailed.named, case)
        letter = as_mailed(
            blank, mailed.mail, content, address=mailed.address, words=self.words, requests=requests
        )
        office = self.school.person(Role.OFFICE).address.casefold()
        return replace(
            letter,
            delivery=Delivery.POST if letter.recipient == office else Delivery.EMAIL,
            facts=letter_facts(case, mailed.named.kind, self.school),
        )

    def fill_earlier_versions(self) -> None:
        """Versions that left no mail count too: a new one must never take the number of an old one."""
        with self.journal.transaction() as transaction:
            for reference, case in self.cases.items():
                letters = transaction.letters.of_case(reference)
                known = {(one.kind, one.addressee, one.version) for one in letters}
                for letter in letters:
                    for version in range(1, letter.version):
                        if (letter.kind, letter.addressee, version) not in known:
                            known.add((letter.kind, letter.addressee, version))
                            named = NamedLetter(
                                case=reference, kind=letter.kind, version=version, addressee=letter.addressee
                            )
                            transaction.letters.save(self.shown.blank(named, case))

    def know_questions(self, requests: Requests) -> None:
        """Know which changes the office was asked for: a late answer then joins no case as if it were about the post."""
        with self.journal.transaction() as transaction:
            for reference in self.cases:
                for letter in transaction.letters.of_case(reference):
                    token = self.shown.tokens.question(letter.key)
                    asked = f"{letter.key}/change wanted" in requests.sent
                    if asked and question_with(transaction, token) is None:
                        ask(transaction, change_question(letter, token=token))
