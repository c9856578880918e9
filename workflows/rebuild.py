"""Rebuild a lost journal: cases from the list, letters and the ledger of mails from the mailboxes; then hold all mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.approvals import letter_facts
from casework.cases import Case, CaseReference
from casework.column_values import text_in
from casework.errors import ConnectorError, NotThereError, SignInError
from casework.governors.versions import paper_of_key
from casework.letters import Delivery, Letter, LetterState
from casework.ports import FoundMail, Journal, MailContent, MailService, Register
from casework.records import JournalTransaction, OutboxState, Sighting, SightingState
from casework.regaining import NamedLetter, case_of_key, case_of_row, letter_of_key, shown_letters
from casework.school import Role, School
from casework.tags import TokenMaker
from workflows.awaiting_word import HELD, REBUILT, UNFINISHED
from workflows.open_cases import BEGUN_AT
from workflows.regain_calendars import CalendarRegainer
from workflows.regain_mailed import as_mailed, keep_mailed, regain_papers
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
            letters += self._regain_letters(found, address, known, requests)
            letters += self._regain_papers(found, address, requests)
        self._regain_asked(known, requests)
        letters += self._shown.regain(
            {case.reference: shown_letters(text_in(fields, "Letters")) for case, fields in shown},
            known,
            requests,
        )
        self._fill_earlier_versions(known)
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
                _remember(transaction, mail, case, role="", now=self.now)
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

    def _regain_letters(
        self,
        found: Iterable[FoundMail],
        address: str,
        cases: dict[CaseReference, Case],
        requests: Requests,
    ) -> int:
        regained, outgoing = 0, self.mail.outgoing(address)
        for mail in found:
            named = letter_of_key(mail.key, school=self.school.code)
            if named is None or named.case not in cases:
                continue
            try:
                content = outgoing.read_back(mail.message_id)
            except NotThereError:
                continue
            letter = self._letter(named, mail, content, address, cases[named.case], requests)
            kept = keep_mailed(self.journal, letter)
            if kept is None:
                continue
            regained += kept
            if letter.state is LetterState.SENT:
                with self.journal.transaction() as transaction:
                    _remember(transaction, mail, letter.case, role="subject", now=self.now)
        return regained

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

    def _letter(
        self,
        named: NamedLetter,
        mail: FoundMail,
        content: MailContent,
        address: str,
        case: Case,
        requests: Requests,
    ) -> Letter:
        blank = self._shown.blank(named, case)
        letter = as_mailed(blank, mail, content, address=address, words=self.words, requests=requests)
        office = self.school.person(Role.OFFICE).address.casefold()
        return replace(
            letter,
            delivery=Delivery.POST if letter.recipient == office else Delivery.EMAIL,
            facts=letter_facts(case, named.kind, self.school),
        )

    def _fill_earlier_versions(self, cases: dict[CaseReference, Case]) -> None:
        """Versions that left no mail count too: a new one must never take the number of an old one."""
        with self.journal.transaction() as transaction:
            for reference, case in cases.items():
                letters = transaction.letters.of_case(reference)
                known = {(one.kind, one.addressee, one.version) for one in letters}
                for letter in letters:
                    for version in range(1, letter.version):
                        if (letter.kind, letter.addressee, version) not in known:
                            known.add((letter.kind, letter.addressee, version))
                            named = NamedLetter(
                                case=reference, kind=letter.kind, version=version, addressee=letter.addressee
                            )
                            transaction.letters.save(self._shown.blank(named, case))


def _is_unfinished(transaction: JournalTransaction, key: str) -> bool:
    effect = transaction.outbox.get(key)
    return effect is not None and effect.state in {OutboxState.PLANNED, OutboxState.CLAIMED}


def _remember(
    transaction: JournalTransaction, mail: FoundMail, case: CaseReference | None, *, role: str, now: datetime
) -> None:
    """Remember its Message-ID, so that an answer to it is joined by References."""
    if mail.is_draft or not mail.internet_message_id:
        return
    transaction.sightings.save(
        Sighting(
            key=f"own/{mail.key}",
            source_id=mail.message_id,
            seen_at=now,
            received_at=mail.sent_at or now,
            state=SightingState.DONE,
            kind="own",
            internet_message_id=mail.internet_message_id.strip("<> ").casefold(),
            case=case,
            facts={"role": role} if role else {},
        )
    )
