"""The letter's way: a Word file in the case's folder, a draft in the approver's Drafts, and from there to the parent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.cases import CaseReference
from casework.differences import differences
from casework.errors import NotThereError, TemporaryConnectorError
from casework.evidence import sha256_of
from casework.intents import PrepareDraft, SendLetter, SendMail
from casework.letters import Letter, LetterState, version_before
from casework.mails import approval_request, asked_again, deputy_asked
from casework.ports import BELIEVED, FoundMail, MailContent
from casework.records import JournalTransaction, PlannedEffect
from casework.school import Role
from workflows.carry_out.changing import prepare_change
from workflows.carry_out.found_letters import draft_now, found_draft, letter_and_case
from workflows.carry_out.holding_back import count
from workflows.carry_out.one_draft import make_draft
from workflows.carry_out.tools import Tools, must_look
from workflows.carry_out.what_it_carries import carrying_mail, written_file
from workflows.carry_out.withdrawing import take_back
from workflows.carry_out.writing import WrittenLetter
from workflows.draft_letters import CURSOR
from workflows.letter_versions import take_back_draft
from workflows.planning import plan, record_letter
from workflows.sent_letters import fingerprint_of, record_sent


def prepare_draft(effect: PlannedEffect, intent: PrepareDraft, tools: Tools) -> None:
    """Write the letter, save the draft, read it back, and ask for approval."""
    letter, case = letter_and_case(intent.letter, tools)
    if letter.state is LetterState.CHANGING:
        prepare_change(effect, letter, case, tools)
        return
    if letter.state not in {LetterState.DRAFTING, LetterState.APPROVED} or letter.draft_id:
        if must_look(effect) and not letter.draft_id:
            take_back(letter, tools)  # an earlier attempt may have made a draft that nobody remembers
        return
    written = written_file(letter, case, tools)
    if letter.state is LetterState.APPROVED and not _is_as_approved(letter, written):
        _ask_after_all(letter, tools)
    outgoing = tools.mail.outgoing(letter.approver)
    content = found_draft(letter, outgoing) if must_look(effect) else None
    asked_at = tools.clock.now()
    if content is None:
        made = make_draft(effect, carrying_mail(letter, case, written, tools), outgoing, tools)
        content = outgoing.read_back(made.message_id)
        asked_at = _service_says(content.found, tools.clock.now())
    _record_draft(letter, written, content, tools, asked_at=asked_at)


def _service_says(draft: FoundMail, shown: datetime) -> datetime:
    """When the draft was made, by the service's clock, which also dates what its approver decides in the list.

    This machine's clock may be some minutes ahead. One that is further off is believed by nobody.
    """
    said = draft.changed_at
    return said if said and abs(said - shown) <= BELIEVED else shown


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


def _record_draft(
    letter: Letter, written: WrittenLetter, content: MailContent, tools: Tools, *, asked_at: datetime
) -> None:
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
            words=tools.letter_writer.text(written.word),
        )
        transaction.letters.save(waiting)
        _clear_problem(transaction, letter.case)
        record_letter(
            transaction,
            "letter.drafted",
            letter,
            at=tools.now,
            word_sha256=written.word_sha256,
            sha256=waiting.attachment_sha256,
        )
        if approved:
            key = f"{letter.key}/send"
            plan(transaction, SendLetter(key=key, letter=letter.key, case=letter.own_case))
        elif waiting.state is LetterState.WAITING:
            plan(transaction, _request(transaction, waiting, written, tools))
            if waiting.standing_in:
                head = tools.school.person(Role.HEADTEACHER).address
                today = tools.school.today(tools.now)
                plan(transaction, deputy_asked(waiting, school=tools.school, to=head, asked_on=today))
        else:
            take_back_draft(transaction, waiting)


def _request(
    transaction: JournalTransaction, letter: Letter, written: WrittenLetter, tools: Tools
) -> SendMail:
    """The request, with what differs from the version that this approver was asked about before."""
    before = version_before(letter, transaction.letters.of_case(letter.case))
    known = before is not None and before.approver == letter.approver
    return approval_request(
        letter,
        school=tools.school,
        now=tools.now,
        warnings=written.warnings,
        before=before if known else None,
        differences=differences(before.words, letter.words) if before and known else (),
    )


def _clear_problem(transaction: JournalTransaction, reference: CaseReference) -> None:
    case = transaction.cases.get(reference)
    if case and case.problem:
        transaction.cases.save(replace(case, problem=""))


def send_letter(effect: PlannedEffect, intent: SendLetter, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Send exactly the draft that was approved; a draft that has changed since is asked about again."""
    letter, _ = letter_and_case(intent.letter, tools)
    if letter.state is not LetterState.APPROVED:
        return
    outgoing = tools.mail.outgoing(letter.approver)
    content = draft_now(letter, outgoing)
    if content.found.is_draft:
        if letter.fingerprint is None or letter.fingerprint.differences(fingerprint_of(content)):
            _ask_again(letter, content, tools)
            return
        if _word_file_changed(letter, tools):
            _wait_for_the_edit(letter, tools)
            return
        count(letter.key, tools)  # a person has approved it, so it is never held back
        outgoing.send(content.found.message_id)
        content = draft_now(letter, outgoing)
        if content.found.is_draft:
            raise TemporaryConnectorError("The letter is on its way; Outlook does not show it as sent yet.")
    with tools.journal.transaction() as transaction:
        record_sent(transaction, letter, content, school=tools.school, now=tools.now)


def _word_file_changed(letter: Letter, tools: Tools) -> bool:
    """True if the Word file is no longer what the draft was made from, though nobody has noticed yet.

    Raises:
        TemporaryConnectorError: somebody has it open (423): what they are writing may still change it.
    """
    try:
        return sha256_of(tools.casework.read(letter.word_file_id)) != letter.word_sha256
    except NotThereError:
        return False  # the draft stands, whatever became of the file


def _wait_for_the_edit(letter: Letter, tools: Tools) -> None:
    """The next sweep of draft_letters makes a version of the edited file, and asks about that one.

    It may have been told of the edit already, while the letter was approved and none counted: so it lists the files anew.
    """
    with tools.journal.transaction() as transaction:
        transaction.cursors.forget(CURSOR)
        current = transaction.letters.get(letter.key) or letter
        waiting = replace(
            current,
            state=LetterState.WAITING,
            decision=None,
            decided_at=None,
            decided_by="",
            decided_how=None,
        )
        transaction.letters.save(waiting)
        record_letter(transaction, "letter.asked_again", letter, at=tools.now, changed=["the Word file"])


def _ask_again(letter: Letter, content: MailContent, tools: Tools) -> None:
    now = fingerprint_of(content)
    changed = letter.fingerprint.differences(now) if letter.fingerprint else ()
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
            earlier_tokens=(*letter.earlier_tokens, letter.token),
        )
        transaction.letters.save(waiting)
        record_letter(transaction, "letter.asked_again", letter, at=tools.now, changed=list(changed))
        plan(
            transaction,
            asked_again(waiting, school=tools.school, differences=changed, now=tools.now),
        )
