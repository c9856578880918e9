"""The letter's way: a Word file in the case's folder, a draft in the approver's Drafts, and from there to the parent."""

from __future__ import annotations

from dataclasses import replace

from casework.addressees import as_addressed
from casework.cases import Case, CaseReference
from casework.errors import NotThereError, PermanentConnectorError, TemporaryConnectorError
from casework.intents import PrepareDraft, SendLetter, WithdrawDraft
from casework.letters import Letter, LetterState
from casework.mails import approval_request, asked_again
from casework.ports import MailContent, Outgoing
from casework.records import JournalTransaction, PlannedEffect
from workflows.carry_out.tools import Tools, must_look
from workflows.carry_out.writing import WrittenLetter, draft_mail, word_file
from workflows.planning import plan, record
from workflows.sent_letters import fingerprint_of, record_sent


def prepare_draft(effect: PlannedEffect, intent: PrepareDraft, tools: Tools) -> None:
    """Write the letter, save the draft, read it back, and ask for approval."""
    letter, case = _letter(intent.letter, tools)
    if letter.state not in {LetterState.DRAFTING, LetterState.APPROVED} or letter.draft_id:
        if must_look(effect) and not letter.draft_id:
            _take_back(letter, tools)  # an earlier attempt may have made a draft that nobody remembers
        return
    written = word_file(letter, case, tools)
    if letter.state is LetterState.APPROVED and not _is_as_approved(letter, written):
        _ask_after_all(letter, tools)
    outgoing = tools.mail.outgoing(letter.approver)
    content = _found_draft(letter, outgoing) if must_look(effect) else None
    if content is None:
        made = outgoing.save(draft_mail(letter, case, written, tools))
        content = outgoing.read_back(made.message_id)
    _record_draft(letter, written, content, tools)


def _is_as_approved(letter: Letter, written: WrittenLetter) -> bool:
    """True while the Word file is as its approver left it: approved unseen was that edit and no later one."""
    by, at = written.file.modified_by.casefold(), written.file.modified_at
    return by == letter.edited_by and at == letter.edited_at


def _ask_after_all(letter: Letter, tools: Tools) -> None:
    with tools.journal.transaction() as transaction:
        current = transaction.letters.get(letter.key) or letter
        transaction.letters.save(
            replace(current, state=LetterState.DRAFTING, decision=None, decided_how=None)
        )


def _letter(key: str, tools: Tools) -> tuple[Letter, Case]:
    with tools.journal.transaction() as transaction:
        letter = transaction.letters.get(key)
        case = transaction.cases.get(letter.case) if letter else None
    if letter is None or case is None:
        raise PermanentConnectorError("The journal does not know this letter; run casework verify.")
    return letter, as_addressed(case, letter.addressee)


def _found_draft(letter: Letter, outgoing: Outgoing) -> MailContent | None:
    """The draft that an earlier attempt made; one without its attachment was cut short and is made anew."""
    found = outgoing.find(letter.key)
    if found is None or found.discarded:
        return None
    content = outgoing.read_back(found.message_id)
    if content.attachments or not found.is_draft:
        return content
    outgoing.discard(found.message_id)
    return None


def _record_draft(letter: Letter, written: WrittenLetter, content: MailContent, tools: Tools) -> None:
    asked_at = tools.clock.now()
    with tools.journal.transaction() as transaction:
        current = transaction.letters.get(letter.key) or letter
        approved = current.state is LetterState.APPROVED
        waiting = replace(
            current,
            state=LetterState.WAITING if current.state is LetterState.DRAFTING else current.state,
            word_file_id=written.file.file_id,
            word_etag=written.file.etag,
            word_sha256=written.word_sha256,
            attachment_name=content.attachments[0][0] if content.attachments else "",
            attachment_sha256=content.attachments[0][1] if content.attachments else "",
            draft_id=content.found.message_id,
            internet_message_id=content.found.internet_message_id,
            conversation_id=content.found.conversation_id,
            fingerprint=fingerprint_of(content),
            requested_at=asked_at,
        )
        transaction.letters.save(waiting)
        _clear_problem(transaction, letter.case)
        record(
            transaction,
            "letter.drafted",
            at=tools.now,
            case=letter.case,
            kind=letter.kind.value,
            version=letter.version,
            word_sha256=written.word_sha256,
            sha256=waiting.attachment_sha256,
        )
        if approved:
            key = f"{letter.key}/send"
            plan(transaction, SendLetter(key=key, letter=letter.key, case=letter.case))
        elif waiting.state is LetterState.WAITING:
            warnings = written.warnings
            plan(
                transaction, approval_request(waiting, school=tools.school, now=tools.now, warnings=warnings)
            )
        else:
            plan(
                transaction, WithdrawDraft(key=f"{letter.key}/withdraw", letter=letter.key, case=letter.case)
            )


def _clear_problem(transaction: JournalTransaction, reference: CaseReference) -> None:
    case = transaction.cases.get(reference)
    if case and case.problem:
        transaction.cases.save(replace(case, problem=""))


def send_letter(effect: PlannedEffect, intent: SendLetter, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Send exactly the draft that was approved; a draft that has changed since is asked about again."""
    letter, _ = _letter(intent.letter, tools)
    if letter.state is not LetterState.APPROVED:
        return
    outgoing = tools.mail.outgoing(letter.approver)
    content = _draft_now(letter, outgoing)
    if content.found.is_draft:
        if letter.fingerprint is None or letter.fingerprint.differences(fingerprint_of(content)):
            _ask_again(letter, content, tools)
            return
        outgoing.send(content.found.message_id)
        content = _draft_now(letter, outgoing)
        if content.found.is_draft:
            raise TemporaryConnectorError("The letter is on its way; Outlook does not show it as sent yet.")
    with tools.journal.transaction() as transaction:
        record_sent(transaction, letter, content, now=tools.now)


def _draft_now(letter: Letter, outgoing: Outgoing) -> MailContent:
    """The draft or its sent copy, by immutable id, else by its key.

    Raises:
        TemporaryConnectorError: it is not to be seen now (the copy in Sent Items may come later).
    """
    try:
        return outgoing.read_back(letter.draft_id)
    except NotThereError:
        found = outgoing.find(letter.key)
    if found is None:
        raise TemporaryConnectorError("The letter's draft is not to be seen in the mailbox at this moment.")
    return outgoing.read_back(found.message_id)


def _ask_again(letter: Letter, content: MailContent, tools: Tools) -> None:
    now = fingerprint_of(content)
    differences = letter.fingerprint.differences(now) if letter.fingerprint else ()
    asked_at = tools.clock.now()
    with tools.journal.transaction() as transaction:
        waiting = replace(
            letter,
            state=LetterState.WAITING,
            decision=None,
            fingerprint=now,
            requested_at=asked_at,
            # an answer to the earlier request, however late it comes, speaks of another draft and decides nothing
            token=tools.tokens.approver(f"{letter.key}/{now}"),
        )
        transaction.letters.save(waiting)
        record(
            transaction,
            "letter.asked_again",
            at=tools.now,
            case=letter.case,
            version=letter.version,
            changed=list(differences),
        )
        plan(
            transaction,
            asked_again(waiting, school=tools.school, differences=differences, now=tools.now),
        )


def withdraw_draft(effect: PlannedEffect, intent: WithdrawDraft, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Take the draft back; if it was pressed meanwhile, the older letter is what was sent."""
    letter, _ = _letter(intent.letter, tools)
    if letter.state is not LetterState.SENT:
        _take_back(letter, tools)


def _take_back(letter: Letter, tools: Tools) -> None:
    outgoing = tools.mail.outgoing(letter.approver)
    found = outgoing.find(letter.key)
    if found is None or found.discarded:
        return
    if found.is_draft:
        outgoing.discard(found.message_id)
        return
    with tools.journal.transaction() as transaction:
        record_sent(transaction, letter, outgoing.read_back(found.message_id), now=tools.now)
