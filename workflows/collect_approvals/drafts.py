"""What became of the drafts: one request a mailbox tells; only what that does not show is looked for further."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from casework.errors import NotThereError, TemporaryConnectorError
from casework.letters import Letter, LetterState
from casework.mails import draft_missing
from casework.ports import FoundMail, Journal, MailContent, MailService, Outgoing
from casework.records import JournalTransaction
from casework.school import School
from workflows.collect_approvals.telling import tell_the_other
from workflows.job_report import JobReport
from workflows.planning import plan, record_letter
from workflows.sent_letters import record_sent
from workflows.set_aside import Guard, Passing, one_by_one

LOOKED_FOR = frozenset({LetterState.WAITING, LetterState.APPROVED, LetterState.MISSING})
SWEEPS_BEFORE_ASKING = 2


def collect_sent_drafts(*, mail: MailService, journal: Journal, school: School, now: datetime) -> JobReport:
    with journal.transaction() as transaction:
        letters = letters_looked_for(transaction)
    by_approver: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_approver[letter.approver].append(letter)
    reports = []
    for approver, waiting in by_approver.items():
        desk = _Desk(outgoing=mail.outgoing(approver), journal=journal, school=school, now=now)
        reports.append(desk.look(waiting))
    return JobReport.joined(reports)


def letters_looked_for(transaction: JournalTransaction) -> list[Letter]:
    """The letters whose drafts should lie in somebody's mailbox."""
    return [letter for letter in transaction.letters.open() if letter.state in LOOKED_FOR and letter.draft_id]


class _Desk:
    """One approver's mailbox."""

    def __init__(self, *, outgoing: Outgoing, journal: Journal, school: School, now: datetime) -> None:
        self._outgoing = outgoing
        self._journal = journal
        self._school = school
        self._now = now

    def look(self, letters: list[Letter]) -> JobReport:
        found = {mail.key: mail for mail in self._outgoing.ours(only_drafts=True)}
        return one_by_one(
            letters,
            lambda letter: self._look_at(letter, found.get(letter.key)),
            guard=Guard(self._journal, what="the draft of a letter", now=self._now),
            key=lambda letter: letter.key,
            case=lambda letter: letter.own_case,
            passing=lambda letter: Passing(
                errors=(TemporaryConnectorError, NotThereError),
                sentence=lambda error: f"The draft for {letter.case} could not be looked at: {error}",
            ),
        )

    def _look_at(self, letter: Letter, draft: FoundMail | None) -> int:
        # a draft that lies there no more may have been sent, under this id or another
        found = draft or self._outgoing.find(letter.key)
        if found and not found.discarded:
            return self._sent(letter, found.message_id) if not found.is_draft else self._still_there(letter)
        content = self._elsewhere(letter)
        if content is None:
            return self._missing(letter)
        if content.found.is_draft:
            return self._missing(letter) if found else self._still_there(letter)
        return self._record(letter, content)

    def _sent(self, letter: Letter, message_id: str) -> int:
        return self._record(letter, self._outgoing.read_back(message_id))

    def _elsewhere(self, letter: Letter) -> MailContent | None:
        """By immutable id, then in Sent Items by Message-ID, or by recipient with the attachment's hash."""
        try:
            return self._outgoing.read_back(letter.draft_id)
        except NotThereError:
            pass
        return self._outgoing.find_sent(
            since=(letter.requested_at or self._now) - timedelta(days=1),
            recipient=letter.recipient,
            internet_message_id=letter.internet_message_id,
            attachment_sha256=letter.attachment_sha256,
        )

    def _record(self, letter: Letter, content: MailContent) -> int:
        with self._journal.transaction() as transaction:
            pressed = letter.state is not LetterState.APPROVED
            sent = record_sent(transaction, letter, content, school=self._school, now=self._now)
            if pressed:
                tell_the_other(transaction, sent, school=self._school, now=self._now)
        return 1

    def _still_there(self, letter: Letter) -> int:
        if letter.missing_sweeps == 0:
            return 0
        state = LetterState.WAITING if letter.state is LetterState.MISSING else letter.state
        with self._journal.transaction() as transaction:
            transaction.letters.save(replace(letter, missing_sweeps=0, state=state))
        return 1

    def _missing(self, letter: Letter) -> int:
        """Absence is never a refusal: not found on two sweeps asks the head, once."""
        if letter.missing_sweeps >= SWEEPS_BEFORE_ASKING:
            return 0
        sweeps = letter.missing_sweeps + 1
        asks = sweeps == SWEEPS_BEFORE_ASKING
        state = LetterState.MISSING if asks and letter.state is LetterState.WAITING else letter.state
        missing = replace(letter, missing_sweeps=sweeps, state=state)
        with self._journal.transaction() as transaction:
            transaction.letters.save(missing)
            if asks:
                record_letter(transaction, "letter.not_found", letter, at=self._now)
                plan(transaction, draft_missing(missing, school=self._school, now=self._now))
        return 0
