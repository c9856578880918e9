"""A message that belongs to a case: a reporter adds something, or the subject writes, and is kept apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.cases import CaseReference
from casework.intake import Report, mentions_headteacher, people_in, sender_proof
from casework.intents import StoreCopies
from casework.mails import note_to_chair, subject_wrote
from casework.marks import MarkKind, reporter_mark
from casework.messages import ReceivedMessage
from casework.naming_wishes import asks_not_to_be_named
from casework.placing import Place, Placement
from casework.records import JournalTransaction, Sighting
from workflows.closing_notes import open_again
from workflows.open_cases.describing import learn_from
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.linking import note_marks
from workflows.planning import plan, record
from workflows.vault import keep_apart_if_wished

SUBJECT_FOLDER = "Subject correspondence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A message and what was understood of it."""

    message: ReceivedMessage
    report: Report


def proof_of(message: ReceivedMessage, desk: IntakeDesk) -> str:
    return sender_proof(message, own_domains=desk.school.own_domains).value


def add_to_case(
    transaction: JournalTransaction, sighting: Sighting, placement: Placement, read: Read, desk: IntakeDesk
) -> Sighting:
    """Record it on its case, with the reason; what a robot sends is logged and changes nothing."""
    case = placement.case
    if case is None:
        return sighting
    record(
        transaction, "message.joined", at=desk.now, case=case, kind=placement.place.value, why=placement.why
    )
    if placement.place is Place.FROM_THE_SUBJECT:
        return _keep_apart(transaction, sighting, case, desk)
    if placement.place is not Place.FOLLOW_UP:
        return sighting
    return _join(transaction, sighting, case, read, desk)


def _join(
    transaction: JournalTransaction, sighting: Sighting, case: CaseReference, read: Read, desk: IntakeDesk
) -> Sighting:
    """What a reporter adds is copied, hides who wrote it, may reopen the case, and may be about the headteacher."""
    key = f"{desk.school.code}/case/{case}/copies/{sighting.sha256[:20]}"
    plan(transaction, StoreCopies(key=key, sighting=sighting.key, case=case))
    open_again(transaction, case, now=desk.now, school=desk.school)
    learn_from(transaction, case, sighting, read.message, read.report, desk)
    _watch_for_head(transaction, case, read.report, desk)
    _count_reporters(transaction, case, sighting, desk)
    note_marks(transaction, case, read.report, desk)
    wished = asks_not_to_be_named(read.report.message)
    keep_apart_if_wished(transaction, case, wished=wished, cause=sighting.sha256[:20], school=desk.school)
    people = people_in(read.message, apart_from=desk.school.reporting_mailbox, chain=read.report.chain)
    return replace(sighting, facts={**sighting.facts, "people": [list(person) for person in people]})


def _keep_apart(
    transaction: JournalTransaction, sighting: Sighting, case: CaseReference, desk: IntakeDesk
) -> Sighting:
    """The subject's own letter: its own folder, no answer, no reporter told; the approver hears that it came."""
    key = f"{desk.school.code}/case/{case}/copies/{sighting.sha256[:20]}"
    plan(transaction, StoreCopies(key=key, sighting=sighting.key, case=case, folder=SUBJECT_FOLDER))
    current = transaction.cases.get(case)
    if current:
        plan(transaction, subject_wrote(current, sha256=sighting.sha256, school=desk.school, now=desk.now))
    return sighting


def _count_reporters(
    transaction: JournalTransaction, reference: CaseReference, sighting: Sighting, desk: IntakeDesk
) -> None:
    """Somebody else who adds to the case is one reporter more; staff who handle it are none."""
    mark = reporter_mark(sighting.sender)
    case = transaction.cases.get(reference)
    if not mark or case is None or sighting.sender in desk.school.own_addresses:
        return
    if reference not in transaction.marks.shared(MarkKind.REPORTER, [mark]):
        transaction.marks.put(reference, MarkKind.REPORTER, [mark])
        transaction.cases.save(replace(case, reporters=case.reporters + 1))


def _watch_for_head(
    transaction: JournalTransaction, reference: CaseReference, report: Report, desk: IntakeDesk
) -> None:
    """A later message may be the first to name the headteacher: then it is the chair's, until Target is set."""
    case = transaction.cases.get(reference)
    if case is None or case.about_head or not _names_head(report, desk):
        return
    now_about = replace(case, about_head=True)
    transaction.cases.save(now_about)
    if now_about.concerns_head and not case.concerns_head:
        plan(transaction, note_to_chair(now_about, school=desk.school))


def _names_head(report: Report, desk: IntakeDesk) -> bool:
    return mentions_headteacher(report, headteacher_names=desk.school.head_called)
