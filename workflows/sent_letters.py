"""Recording that a letter was sent: what lies in Sent Items is what was approved, and the register shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.addressees import as_addressed
from casework.cases import Decision
from casework.letter_faults import late_faults
from casework.letters import DecidedHow, Fingerprint, Letter, LetterState, folded_body
from casework.mails import sent_with_faults
from casework.own_mails import own_sighting
from casework.ports import MailContent
from casework.records import JournalTransaction
from casework.school import School
from workflows.letters_as_read import as_read
from workflows.planning import plan, record_letter


def fingerprint_of(content: MailContent) -> Fingerprint:
    """What approval is bound to, from a mail read back."""
    return Fingerprint(
        recipients=tuple(sorted(address.casefold() for address in content.recipients)),
        subject=content.subject.strip(),
        body=folded_body(content.text),
        attachments=tuple(sorted(content.attachments)),
    )


def record_sent(
    transaction: JournalTransaction, letter: Letter, content: MailContent, *, school: School, now: datetime
) -> Letter:
    """Record the letter as sent, with what differed from the saved draft and is wrong in that. Twice does it once."""
    current = transaction.letters.get(letter.key) or letter
    if current.state in {LetterState.SENT, LetterState.RETURNED}:
        return current
    sent = fingerprint_of(content)
    differences = current.fingerprint.differences(sent) if current.fingerprint else ()
    pressed = current.state is not LetterState.APPROVED
    recorded = replace(
        current,
        state=LetterState.SENT,
        decision=Decision.APPROVE,
        decided_how=DecidedHow.SENT_THE_DRAFT if pressed else current.decided_how,
        decided_by=current.approver if pressed else current.decided_by,
        decided_at=(content.found.sent_at or now) if pressed else current.decided_at,
        sent_at=content.found.sent_at or now,
        fingerprint=sent,
        internet_message_id=content.found.internet_message_id,
        conversation_id=content.found.conversation_id,
        attachment_sha256=sent.attachments[0][1] if len(sent.attachments) == 1 else current.attachment_sha256,
        reason=_reason(current, differences),
        missing_sweeps=0,
    )
    transaction.letters.save(recorded)
    _remember_message_id(transaction, recorded, now)
    record_letter(
        transaction,
        "letter.sent",
        letter,
        at=now,
        how=str(recorded.decided_how.value if recorded.decided_how else ""),
        sha256=recorded.attachment_sha256,
        changed=list(differences),
        was=current.state.value,
    )
    if differences:
        _tell_of_late_faults(transaction, recorded, content, school, now)
    return recorded


def _tell_of_late_faults(
    transaction: JournalTransaction, letter: Letter, content: MailContent, school: School, now: datetime
) -> None:
    """What the approver changed before sending was read by nobody: it is read now, and what is wrong is told today."""
    case = transaction.cases.get(letter.case)
    if case is None or {address.casefold() for address in content.recipients} <= school.own_addresses:
        return
    text = f"{content.subject}\n{content.text}"
    mail = as_read(transaction, letter, as_addressed(case, letter.addressee), text, school=school)
    faults = late_faults(mail, content.recipients)
    if faults:
        record_letter(transaction, "letter.sent_with_faults", letter, at=now, faults=len(faults))
        plan(transaction, *sent_with_faults(letter, faults, school=school, now=now))


def _remember_message_id(transaction: JournalTransaction, letter: Letter, now: datetime) -> None:
    """An answer to the letter is the subject's, whatever address it comes from and whatever its subject line says.

    What the clerk answers to the governors' paper goes to its approver, and is no matter of Casework's.
    """
    if letter.is_paper:
        return
    transaction.sightings.save(
        own_sighting(
            letter.key,
            message_id=letter.draft_id,
            internet_message_id=letter.internet_message_id,
            sent_at=letter.sent_at or now,
            now=now,
            case=letter.case,
            role="subject",
        )
    )


def _reason(letter: Letter, differences: tuple[str, ...]) -> str:
    if letter.state in {LetterState.WITHDRAWN, LetterState.SUPERSEDED}:
        return "It was sent before it could be withdrawn."
    if differences:
        return f"The approver changed {' and '.join(differences)} before sending."
    return ""
