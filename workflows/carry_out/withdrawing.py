"""Taking a letter's draft back: its approver is told, and what was pressed meanwhile is what was sent."""

from __future__ import annotations

from casework.cases import Decision
from casework.intents import SendMail, WithdrawDraft
from casework.letters import Letter, LetterState, newest_version
from casework.mails import letter_withdrawn, sent_before_withdrawn
from casework.records import JournalTransaction, PlannedEffect
from workflows.carry_out.found_letters import letter_and_case
from workflows.carry_out.tools import Tools
from workflows.planning import plan
from workflows.sent_letters import record_sent


def withdraw_draft(effect: PlannedEffect, intent: WithdrawDraft, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Take the draft back; if it was pressed meanwhile, the older letter is what was sent, and that is told."""
    letter, _ = letter_and_case(intent.letter, tools)
    if letter.state is LetterState.SENT:
        return
    sent = take_back(letter, tools)
    with tools.journal.transaction() as transaction:
        if sent:
            plan(transaction, *sent_before_withdrawn(sent, school=tools.school, now=tools.now))
        else:
            plan(transaction, *_told(transaction, letter, tools))


def take_back(letter: Letter, tools: Tools) -> Letter | None:
    """Delete the draft; the letter as sent where it turns out to have been sent already."""
    outgoing = tools.mail.outgoing(letter.approver)
    found = outgoing.find(letter.key)
    if found is None or found.discarded:
        return None
    if found.is_draft:
        outgoing.discard(found.message_id)
        return None
    content = outgoing.read_back(found.message_id)
    with tools.journal.transaction() as transaction:
        return record_sent(transaction, letter, content, school=tools.school, now=tools.now)


def _told(transaction: JournalTransaction, letter: Letter, tools: Tools) -> tuple[SendMail, ...]:
    """One mail to the approver whose request no longer counts; a request about a newer version says so itself."""
    if letter.requested_at is None:
        return ()
    today = tools.school.today(tools.now)
    newest = newest_version(letter, transaction.letters.of_case(letter.case))
    if letter.is_paper and letter.decision is Decision.REJECT:
        reason = "It was rejected, so it is not sent, and the office is told."
        return (letter_withdrawn(letter, school=tools.school, today=today, reason=reason),)
    if letter.decision in {Decision.CHANGE, Decision.REJECT}:
        what = "paper" if letter.is_paper else "letter"
        reason = "You asked for a change, and the office makes it. "
        reason += f"The changed {what} then comes to you in a new mail."
        return (letter_withdrawn(letter, school=tools.school, today=today, reason=reason),)
    if letter.state is LetterState.WITHDRAWN:
        return (letter_withdrawn(letter, school=tools.school, today=today, reason=letter.reason),)
    if newest.approver != letter.approver:
        if newest.standing_in:
            return ()  # the note that the deputy was asked says it
        reason = f"It is {tools.school.role_words(newest.approver)} who decides now."
        return (letter_withdrawn(letter, school=tools.school, today=today, reason=reason),)
    return ()
