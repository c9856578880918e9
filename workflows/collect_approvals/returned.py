"""Letters that came back: a bounce is tied to the letter that it killed, service is undone, and the office is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from casework.errors import NotThereError, TemporaryConnectorError
from casework.intake import Bounce, read_bounce
from casework.letters import Delivery, Letter, LetterState
from casework.mails import letter_returned
from casework.ports import Journal, MailService, MessageReader
from casework.records import JournalTransaction
from casework.returned_mail import Conversations, SystemMail
from casework.school import School
from workflows.job_report import JobReport
from workflows.planning import plan, record_letter
from workflows.returned_papers import note_returned_paper
from workflows.set_aside import Guard, Passing, one_by_one

LOOKED_FOR = timedelta(days=14)
"""How long after sending a letter may still come back; nowhere but in its own conversation is looked."""
AT_EVERY_SWEEP = timedelta(days=1)
LATER_EVERY = timedelta(hours=1)
LOOKED_AT = "older letters looked for at"


def collect_returned_letters(
    *, mail: MailService, reader: MessageReader, journal: Journal, school: School, now: datetime
) -> JobReport:
    """Look in the conversation of each letter sent by mail: often on its first day, then once an hour."""
    desk = _Desk(reader=reader, journal=journal, school=school, now=now)
    with journal.transaction() as transaction:
        letters = looked_for_now(transaction, now)
        if any(now - letter.sent_at >= AT_EVERY_SWEEP for letter in letters if letter.sent_at):
            transaction.cursors.put(LOOKED_AT, now.isoformat())
    return one_by_one(
        letters,
        lambda letter: desk.look(letter, mail.conversations(letter.approver)),
        guard=Guard(journal, what="looking whether a letter came back", now=now),
        key=lambda letter: letter.key,
        case=lambda letter: letter.own_case,
        passing=lambda letter: Passing(
            errors=(TemporaryConnectorError, NotThereError),
            sentence=lambda error: (
                f"Whether a letter of {letter.case} came back could not be looked at: {error}"
            ),
        ),
    )


def looked_for_now(transaction: JournalTransaction, now: datetime) -> list[Letter]:
    """The letters in whose conversations this sweep looks."""
    sent = [
        letter
        for letter in transaction.letters.sent_since(now - LOOKED_FOR)
        if letter.state is LetterState.SENT and letter.conversation_id and letter.delivery is Delivery.EMAIL
    ]
    last = transaction.cursors.get(LOOKED_AT)
    if last and timedelta(0) <= now - datetime.fromisoformat(last) < LATER_EVERY:
        return [letter for letter in sent if letter.sent_at and now - letter.sent_at < AT_EVERY_SWEEP]
    return sent


def next_look_for_older_letters(transaction: JournalTransaction) -> datetime | None:
    """When those sent more than a day ago are looked for once more; in the past where there are none."""
    last = transaction.cursors.get(LOOKED_AT)
    return datetime.fromisoformat(last) + LATER_EVERY if last else None


class _Desk:
    def __init__(self, *, reader: MessageReader, journal: Journal, school: School, now: datetime) -> None:
        self._reader = reader
        self._journal = journal
        self._school = school
        self._now = now

    def look(self, letter: Letter, conversations: Conversations) -> int:
        """1 if the letter came back."""
        for mail in conversations.from_systems(letter.conversation_id):
            bounce = self._bounce(mail, conversations)
            if bounce and _killed(bounce, letter):
                self._record(letter, bounce)
                return 1
        return 0

    def _bounce(self, mail: SystemMail, conversations: Conversations) -> Bounce | None:
        return read_bounce(self._reader.read(conversations.raw(mail.message_id)))

    def _record(self, letter: Letter, bounce: Bounce) -> None:
        """The letter was never served: its deadline ends, the step is open again, and the office is told."""
        whose = self._school.role_words(letter.recipient) if letter.is_paper else "the parent"
        reason = f"Mail to the address of {whose} came back ({bounce.status or 'no code was given'})."
        returned = replace(letter, state=LetterState.RETURNED, reason=reason)
        with self._journal.transaction() as transaction:
            transaction.letters.save(returned)
            record_letter(transaction, "letter.returned", letter, at=self._now, status=bounce.status)
            if letter.is_paper:
                note_returned_paper(transaction.cursors, returned, school=self._school, now=self._now)
            plan(transaction, letter_returned(returned, school=self._school, now=self._now))


def _killed(bounce: Bounce, letter: Letter) -> bool:
    """A final failure, of this very mail where the report names one, to this very address."""
    named = bounce.message_id.strip("<> ").casefold()
    same_mail = not named or named == letter.internet_message_id.strip("<> ").casefold()
    to_parent = not bounce.recipients or letter.recipient.casefold() in bounce.recipients
    return bounce.permanent and same_mail and to_parent
