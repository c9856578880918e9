"""What follows from where a message was placed: a case, a joined case, a decision or an answer that waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casework.absences import away_from_notice
from casework.answers_to_requests import Answer, Doubt, ReadAnswer, read_answer
from casework.cases import CaseReference
from casework.evidence import sha256_of
from casework.intake import SenderProof, find_tags, own_words, people_in, reply_text, sent_on_behalf_by
from casework.intents import FileMessage
from casework.placing import Place, Placement
from casework.records import JournalTransaction, Json, Sighting, SightingState
from workflows.deciding import note_absence
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.joining import Read, add_to_case, proof_of
from workflows.open_cases.opening import NewReport, open_new_case
from workflows.open_cases.orders import carry_out_order
from workflows.open_cases.policies import answer_request, policy_answer_facts

FOLDERS = {
    Place.AUTOMATIC: "Casework/Automatic",
    Place.BOUNCE: "Casework/Automatic",
    Place.OWN: "Casework/Automatic",
    Place.TRAY: "Casework/Holding tray",
    Place.FROM_THE_SUBJECT: "Casework/From the subject of a case",
}
PROCESSED = "Casework/Processed"


def file_away(sighting: Sighting, folder: str, desk: IntakeDesk) -> FileMessage:
    """The message is moved once to each folder that it belongs to in turn."""
    name = sha256_of(sighting.source_id.encode())[:20]
    later = "" if sighting.kind == Place.TRAY.value or "tray" not in sighting.facts else "/out of the tray"
    return FileMessage(
        key=f"{desk.school.code}/file/{name}{later}",
        message_id=sighting.source_id,
        folder=folder,
        case=sighting.case,
    )


def free_key(transaction: JournalTransaction, key: str, desk: IntakeDesk) -> str:
    """A message that was set aside once, and is moved again, needs another key: each moves it once ever."""
    return f"{key}/{desk.now.isoformat()}" if transaction.outbox.get(key) else key


def carry(
    transaction: JournalTransaction, sighting: Sighting, placement: Placement, read: Read, desk: IntakeDesk
) -> Sighting:
    """Record what follows from the placement; returns the sighting as it is to be saved."""
    if placement.place is Place.NEW_CASE:
        new = NewReport(
            sighting=sighting,
            message=read.message,
            report=read.report,
            people=people_in(read.message, apart_from=desk.school.reporting_mailbox, chain=read.report.chain),
            proof=proof_of(read.message, desk),
            follows=placement.earlier,
        )
        return open_new_case(transaction, new, desk)
    if placement.place is Place.DECISION:
        facts = _decision_facts(transaction, placement, read, desk)
        return replace(sighting, state=SightingState.WAITING, facts=facts)
    if placement.place is Place.QUESTION_ANSWER:
        facts = {
            "question": placement.question,
            "words": reply_text(read.message.text)[:2000],
            "proof": proof_of(read.message, desk),
        }
        return replace(sighting, state=SightingState.WAITING, facts=facts)
    if placement.place is Place.STAFF_ORDER and placement.case:
        carry_out_order(transaction, sighting, read.message, placement.case, desk)
        return sighting
    if placement.place is Place.POLICY_ANSWER:
        facts = policy_answer_facts(read.message, proof=proof_of(read.message, desk), desk=desk)
        return replace(sighting, state=SightingState.WAITING, facts=facts)
    if placement.place is Place.POLICY_REQUEST:
        answer_request(transaction, sighting, read.report, desk)
        return sighting
    _note_absence(transaction, sighting, placement, read, desk)
    if placement.case:
        return add_to_case(transaction, sighting, placement, read, desk)
    transaction.events.append("message.set_down", at=desk.now, kind=placement.place.value)
    return sighting


def _note_absence(
    transaction: JournalTransaction, sighting: Sighting, placement: Placement, read: Read, desk: IntakeDesk
) -> None:
    """An automatic reply of somebody of the school, proven to be theirs, says until when they are away; nothing else."""
    absence = read.report.absence if placement.place is Place.AUTOMATIC else None
    ours = sighting.sender in desk.school.own_addresses and sighting.sender != desk.school.reporting_mailbox
    if absence and ours and proof_of(read.message, desk) == SenderProof.INTERNAL:
        told_on = desk.school.today(sighting.received_at)
        away = away_from_notice(absence.since, absence.until, absence.back_on, told_on=told_on)
        note_absence(transaction, sighting.sender, away)


def _decision_facts(
    transaction: JournalTransaction, placement: Placement, read: Read, desk: IntakeDesk
) -> dict[str, Json]:
    """What was answered; a subject that names two requests answers neither."""
    answer = read_answer(own_words(read.message.text))
    letter = transaction.letters.get(placement.letter)
    tagged = find_tags(f"{read.message.subject}\n{read.message.text}")
    if len(set(_requests_named(transaction, read.message.subject))) > 1:
        answer = ReadAnswer(answer=Answer.UNCLEAR, why=answer.why, doubt=Doubt.SEVERAL)
    return {
        "how": "reply",
        "letter": placement.letter,
        "token": next((token for _, token in tagged if letter and letter.answers_to(token)), ""),
        "answer": answer.answer.value,
        "why": answer.why,
        "doubt": answer.doubt.value if answer.doubt else "",
        "proof": proof_of(read.message, desk),
        "on_behalf_by": sent_on_behalf_by(read.message),
    }


def _requests_named(transaction: JournalTransaction, text: str) -> Iterator[str]:
    """The letters whose approver's token stands in the text."""
    for reference, token in find_tags(text):
        for letter in transaction.letters.of_case(CaseReference(reference)):
            if letter.answers_to(token):
                yield letter.key
