"""Recording one sealed message: where it belongs, and everything that follows from it, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casework.approvals import Answer, ReadAnswer, read_answer
from casework.cases import CaseReference
from casework.evidence import sha256_of
from casework.intake import (
    Report,
    find_tags,
    mentions_headteacher,
    people_in,
    read_report,
    reply_text,
    sender_proof,
)
from casework.intents import FileMessage, StoreCopies
from casework.mails import note_to_chair
from casework.messages import ReceivedMessage, content_fingerprint
from casework.placing import Clues, Place, Placement, place_message
from casework.records import JournalTransaction, Json, Sighting, SightingState
from workflows.custody import plan_pages, register_sealed
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.opening import NewReport, open_new_case
from workflows.open_cases.policies import answers_about_policies, policy_answer_facts
from workflows.open_cases.sealing import SealedMessage
from workflows.planning import plan, record

FOLDERS = {
    Place.AUTOMATIC: "Casework/Automatic",
    Place.BOUNCE: "Casework/Automatic",
    Place.OWN: "Casework/Automatic",
}
PROCESSED = "Casework/Processed"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    message: ReceivedMessage
    report: Report


def record_message(sighting: Sighting, *, raw: bytes, read: SealedMessage, desk: IntakeDesk) -> None:
    """Place the message and record it with its case, evidence, events and intents: all of it or nothing."""
    message = read.message
    report = read_report(message, own_addresses=desk.school.own_addresses, platforms=desk.platforms)
    sighting = replace(sighting, fingerprint=content_fingerprint(raw))
    with desk.journal.transaction() as transaction:
        known = transaction.sightings.get(sighting.key)
        if known and known.state is not SightingState.SEALED:
            return
        clues = _clues(transaction, sighting, message, desk)
        placement = place_message(report, clues)
        placed = replace(sighting, kind=placement.place.value, case=placement.case)
        placed = _carry(transaction, placed, placement, _Read(message=message, report=report), desk)
        transaction.sightings.save(placed)
        register_sealed(transaction, placed, read.sealed.kept, now=desk.now)
        plan(
            transaction,
            FileMessage(
                key=f"{desk.school.code}/file/{sha256_of(sighting.source_id.encode())[:20]}",
                message_id=sighting.source_id,
                folder=FOLDERS.get(placement.place, PROCESSED),
                case=placed.case,
            ),
        )
        plan_pages(transaction, placed.case, desk.school.code)


def _clues(
    transaction: JournalTransaction, sighting: Sighting, message: ReceivedMessage, desk: IntakeDesk
) -> Clues:
    same = transaction.sightings.find_same(fingerprint=sighting.fingerprint)
    case, role, letter = _tagged(transaction, message, desk)
    return Clues(
        is_same=same is not None and same.key != sighting.key,
        same_as=same.case if same else None,
        tagged=case,
        tag_role=role,
        letter=letter,
        referenced=_referenced(transaction, message),
        subject_of=_subject_of(transaction, sighting.sender, desk),
        about_policies=answers_about_policies(transaction, message, desk),
    )


def _tagged(
    transaction: JournalTransaction, message: ReceivedMessage, desk: IntakeDesk
) -> tuple[CaseReference | None, str, str]:
    """The first tag whose token is right, with the role that the token belongs to; a wrong token is no tag."""
    for text in (message.subject, message.text):
        for reference, token in find_tags(text):
            case = transaction.cases.get(CaseReference(reference.upper()))
            if case is None:
                continue
            for letter in transaction.letters.of_case(case.reference):
                if token == letter.token:
                    return case.reference, "approver", letter.key
            for role, right in _role_tokens(case.reference, desk):
                if token == right:
                    return case.reference, role, ""
    return None, "", ""


def _requests_named(transaction: JournalTransaction, text: str) -> Iterator[str]:
    """The letters whose approver's token stands in the text."""
    for reference, token in find_tags(text):
        for letter in transaction.letters.of_case(CaseReference(reference)):
            if token == letter.token:
                yield letter.key


def _role_tokens(case: CaseReference, desk: IntakeDesk) -> tuple[tuple[str, str], ...]:
    tokens = desk.tokens
    return (
        ("reporter", tokens.reporter(case)),
        ("subject", tokens.subject(case)),
        ("staff", tokens.staff(case)),
    )


def _referenced(transaction: JournalTransaction, message: ReceivedMessage) -> CaseReference | None:
    ids = tuple(i.strip("<> ").casefold() for i in (*message.in_reply_to, *reversed(message.references)))
    answered = transaction.sightings.with_message_ids(ids) if ids else ()
    return next((earlier.case for earlier in answered if earlier.case), None)


def _subject_of(transaction: JournalTransaction, sender: str, desk: IntakeDesk) -> CaseReference | None:
    """The open case whose subject writes; a slip in ParentEmail makes no approver and no office a subject."""
    if not sender or sender in desk.school.own_addresses:
        return None
    about = [case for case in transaction.cases.open() if sender in case.staff.subject_addresses]
    return about[-1].reference if about else None


def _carry(
    transaction: JournalTransaction, sighting: Sighting, placement: Placement, read: _Read, desk: IntakeDesk
) -> Sighting:
    """Record what follows from the placement; returns the sighting as it is to be saved."""
    if placement.place is Place.NEW_CASE:
        new = NewReport(
            sighting=sighting,
            message=read.message,
            report=read.report,
            people=people_in(read.message, apart_from=desk.school.reporting_mailbox),
            proof=_proof(read.message, desk),
        )
        return open_new_case(transaction, new, desk)
    if placement.place is Place.DECISION:
        facts = _decision_facts(transaction, placement, read, desk)
        return replace(sighting, state=SightingState.WAITING, facts=facts)
    if placement.place is Place.POLICY_ANSWER:
        facts = policy_answer_facts(read.message, proof=_proof(read.message, desk), desk=desk)
        return replace(sighting, state=SightingState.WAITING, facts=facts)
    if placement.case:
        return _add_to_case(transaction, sighting, placement, read, desk)
    transaction.events.append("message.set_down", at=desk.now, kind=placement.place.value)
    return sighting


def _proof(message: ReceivedMessage, desk: IntakeDesk) -> str:
    return sender_proof(message, own_domains=desk.school.own_domains).value


def _decision_facts(
    transaction: JournalTransaction, placement: Placement, read: _Read, desk: IntakeDesk
) -> dict[str, Json]:
    """What was answered; a subject that names two requests answers neither."""
    answer = read_answer(reply_text(read.message.text))
    if len(set(_requests_named(transaction, read.message.subject))) > 1:
        answer = ReadAnswer(answer=Answer.UNCLEAR, why=answer.why)
    return {
        "how": "reply",
        "letter": placement.letter,
        "answer": answer.answer.value,
        "why": answer.why,
        "proof": _proof(read.message, desk),
    }


def _add_to_case(
    transaction: JournalTransaction, sighting: Sighting, placement: Placement, read: _Read, desk: IntakeDesk
) -> Sighting:
    """Record it on its case. What a reporter adds is copied, hides who wrote it, and may be about the headteacher."""
    case = placement.case
    if case is None:
        return sighting
    record(
        transaction, "message.joined", at=desk.now, case=case, kind=placement.place.value, why=placement.why
    )
    if placement.place is not Place.FOLLOW_UP:
        return sighting
    key = f"{desk.school.code}/case/{case}/copies/{sighting.sha256[:20]}"
    plan(transaction, StoreCopies(key=key, sighting=sighting.key, case=case))
    _watch_for_head(transaction, case, read.report, desk)
    people = people_in(read.message, apart_from=desk.school.reporting_mailbox)
    return replace(sighting, facts={"people": [list(person) for person in people]})


def _watch_for_head(
    transaction: JournalTransaction, reference: CaseReference, report: Report, desk: IntakeDesk
) -> None:
    """A later message may be the first to name the headteacher: then it is the chair's, until Target is set."""
    case = transaction.cases.get(reference)
    if (
        case is None
        or case.about_head
        or not mentions_headteacher(report, headteacher_names=desk.school.head_called)
    ):
        return
    now_about = replace(case, about_head=True)
    transaction.cases.save(now_about)
    if now_about.concerns_head and not case.concerns_head:
        plan(transaction, note_to_chair(now_about, school=desk.school))
