"""Rebuild a lost journal: cases from the list, letters and the ledger of mails from the mailboxes; then hold all mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.cases import Case, CaseReference
from casework.column_values import text_in
from casework.errors import ConnectorError, SignInError
from casework.governors.versions import paper_of_key
from casework.ports import FoundMail, Journal, MailService, Register
from casework.records import JournalTransaction, OutboxState
from casework.regaining import case_of_key, case_of_row, letter_of_key, letters_listed, shown_letters
from casework.school import Role, School
from casework.tags import TokenMaker
from casework.values import FieldValue
from workflows.awaiting_word import HELD, REBUILT, UNFINISHED
from workflows.open_cases import BEGUN_AT
from workflows.regain_calendars import CalendarRegainer
from workflows.regain_letters import LetterRegainer
from workflows.regain_mailed import regain_papers, remember_mail
from workflows.regain_reports import ReportRegainer
from workflows.regain_requests import Requests
from workflows.regain_shown_letters import ShownLetterRegainer
from workflows.regain_words import WordFiles

REGAINED = "regained from a mailbox"
_UNREAD = "One of the mailboxes could not be read, so letters in it may be asked for again"


@dataclass(frozen=True, kw_only=True, slots=True)
class Regained:
    """What was found; `gaps` are sentences on what was not, and what to do."""

    cases: int = 0
    reports: int = 0
    letters: int = 0
    mails: int = 0
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilder:
    """Where the facts are regained from, and the empty journal that takes them."""

    register: Register
    mail: MailService
    words: WordFiles
    journal: Journal
    school: School
    tokens: TokenMaker
    now: datetime
    reports: ReportRegainer
    calendars: CalendarRegainer

    def regain(self, *, head: str = "", event: str = "journal.rebuilt") -> Regained:
        """Fill the journal, and hold all mail. A second time adds no case, letter or mail.

        Args:
            head: the newest entry of the lost log, as the last weekly digest named it.
            event: what the log says of it.
        """
        rows = self.register.changes(None).rows
        shown = [
            (case, row.fields)
            for row in rows
            if (case := case_of_row(row.fields, item_id=row.item_id, school=self.school.code, now=self.now))
        ]
        cases = [case for case, _ in shown]
        self._begin(cases, head=head, event=event)
        known = {case.reference: case for case in cases}
        reports = self.reports.regain()
        mails, letters, gaps = 0, 0, []
        requests = Requests(school=self.school, tokens=self.tokens, now=self.now)
        regainer = self._letters(known, shown)
        for address in self._mailboxes():
            try:
                found = self.mail.outgoing(address).ours()
            except SignInError:
                raise
            except ConnectorError as error:
                gaps.append(f"{_UNREAD}: {error}")
                continue
            gaps += self._unsent(found) if address == self.school.reporting_mailbox.casefold() else ()
            requests.note(found)
            mails += self._note_mails(found)
            regainer.note(found, address)
            letters += self._regain_papers(found, address, requests)
        letters += regainer.regain(requests)
        self._regain_asked(known, requests)
        letters += self._shown.regain(
            {case.reference: shown_letters(text_in(fields, "Letters")) for case, fields in shown},
            known,
            requests,
        )
        regainer.fill_earlier_versions()
        regainer.know_questions(requests)
        gaps += self.calendars.regain(known)
        return Regained(
            cases=len(cases), reports=reports, letters=letters, mails=mails, gaps=tuple(dict.fromkeys(gaps))
        )

    def _begin(self, cases: Sequence[Case], *, head: str, event: str) -> None:
        """Hold all mail, begin the log, and keep the cases: a host that is killed leaves all of it or nothing."""
        with self.journal.transaction() as transaction:
            transaction.cursors.put(HELD, self.now.isoformat())
            transaction.cursors.put(UNFINISHED, self.now.isoformat())
            transaction.cursors.put(REBUILT, self.now.isoformat())
            if transaction.cursors.get(BEGUN_AT) is None:
                begun = min((case.reported_at for case in cases), default=self.now)
                transaction.cursors.put(BEGUN_AT, begun.isoformat())
            transaction.events.append(event, at=self.now, cases=len(cases), head=head or "not known")
            for case in cases:
                self._keep_case(transaction, case)

    def _regain_asked(self, cases: Mapping[CaseReference, Case], requests: Requests) -> None:
        """Whoever was asked for what a report does not say is waited for, and not passed over."""
        with self.journal.transaction() as transaction:
            for reference in cases:
                case = transaction.cases.get(reference)
                if case and case.asked_at is None:
                    transaction.cases.save(requests.asked_reporter(case))

    @property
    def _shown(self) -> ShownLetterRegainer:
        return ShownLetterRegainer(
            words=self.words, journal=self.journal, school=self.school, tokens=self.tokens
        )

    def _keep_case(self, transaction: JournalTransaction, case: Case) -> None:
        _, year, number = case.reference.split("-")
        transaction.cases.reserve(self.school.code, int(year), int(number))
        if transaction.cases.get(case.reference) is None:
            transaction.cases.save(case)

    def _mailboxes(self) -> tuple[str, ...]:
        """Where mail of ours may lie: the reporting mailbox first, then everybody who approves or prints."""
        roles = (Role.HEADTEACHER, Role.CHAIR, Role.DEPUTY, Role.OFFICE)
        people = [self.school.people[role].address for role in roles if role in self.school.people]
        return tuple(dict.fromkeys(one.casefold() for one in (self.school.reporting_mailbox, *people)))

    def _note_mails(self, found: Iterable[FoundMail]) -> int:
        """Put every mail that was made into the ledger as done: it is never made a second time."""
        noted = 0
        with self.journal.transaction() as transaction:
            for mail in found:
                if not mail.key or self._is_approved_first(mail.key):
                    continue
                if not mail.is_draft and _is_unfinished(transaction, mail.key):
                    transaction.outbox.finish(mail.key)  # a restored journal still meant to send it
                case = case_of_key(mail.key, school=self.school.code)
                noted += transaction.outbox.plan(
                    key=mail.key,
                    kind=REGAINED,
                    payload={},
                    case=case,
                    group=mail.key,
                    state=OutboxState.DONE,
                )
                remember_mail(transaction, mail, case, role="", now=self.now)
        return noted

    def _is_approved_first(self, key: str) -> bool:
        """True for letters and governors' papers, which are regained as such."""
        code = self.school.code
        return bool(letter_of_key(key, school=code) or paper_of_key(key, school=code))

    def _unsent(self, found: Iterable[FoundMail]) -> tuple[str, ...]:
        """Mails that were made and never sent: papers for a person, or what a lost journal was about to send."""
        unsent = sum(
            mail.is_draft and not mail.discarded
            for mail in found
            if not letter_of_key(mail.key, school=self.school.code)
        )
        told = (
            f"{unsent} mail(s) of Casework's lie unsent in the Drafts of the reporting mailbox. "
            "Casework does not send them any more: look at each, and send or delete it."
        )
        return (told,) if unsent else ()

    def _letters(
        self,
        cases: Mapping[CaseReference, Case],
        shown: Sequence[tuple[Case, Mapping[str, FieldValue]]],
    ) -> LetterRegainer:
        return LetterRegainer(
            mail=self.mail,
            words=self.words,
            journal=self.journal,
            school=self.school,
            now=self.now,
            shown=self._shown,
            cases=cases,
            listed={
                case.reference: letters_listed(text_in(fields, "Letters"), case.reference)
                for case, fields in shown
            },
        )

    def _regain_papers(self, found: Iterable[FoundMail], address: str, requests: Requests) -> int:
        return regain_papers(
            found,
            self.mail.outgoing(address),
            address=address,
            words=self.words,
            requests=requests,
            journal=self.journal,
            school=self.school,
            tokens=self.tokens,
        )


def _is_unfinished(transaction: JournalTransaction, key: str) -> bool:
    effect = transaction.outbox.get(key)
    return effect is not None and effect.state in {OutboxState.PLANNED, OutboxState.CLAIMED}
