"""Opening a case: its number, its row to be, its acknowledgement and the content-free note."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.cases import Case, CaseReference
from casework.completeness import in_words_for_reporters, wanted_of
from casework.evidence import sha256_of
from casework.hiding import shows_address
from casework.intake import Report, mentions_headteacher
from casework.intents import SendMail, StoreCopies
from casework.mails import acknowledgement, case_notes
from casework.marks import MarkKind, reporter_mark
from casework.messages import ReceivedMessage
from casework.naming_wishes import asks_not_to_be_named
from casework.procedures import standing_of
from casework.records import JournalTransaction, Json, Sighting
from casework.school import School
from workflows.case_access import let_in
from workflows.open_cases.describing import described, first_facts, log_chats, log_facts
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.linking import note_marks
from workflows.planning import plan, record
from workflows.urgent_again import watch_urgent
from workflows.vault import keep_apart_if_wished

PROVEN_FALSE = "failed"
OTHER = "other"
"""The platform of an address that the list of platforms does not know."""
MOST_ANSWERS = 10
"""Acknowledgements to one address in a day: a robot that we did not recognise is not answered for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewReport:
    """A report that nothing ties to an earlier case.

    Attributes:
        message: None for files from the drop folder.
        people: name and address of everybody through whose hands it came.
        proof: what Exchange says of the sender; "failed" is never answered.
        follows: the closed case that it follows on from.
    """

    sighting: Sighting
    report: Report
    people: tuple[tuple[str, str], ...] = ()
    message: ReceivedMessage | None = None
    proof: str = ""
    follows: CaseReference | None = None


def open_new_case(transaction: JournalTransaction, new: NewReport, desk: IntakeDesk) -> Sighting:
    """Allot the number and record case, event and intents; returns the sighting with its case."""
    school, today = desk.school, desk.school.today(desk.now)
    reference = transaction.cases.next_reference(school.code, today.year)
    facts = first_facts(new.report, new.sighting, desk)
    case = described(_case(reference, new, desk), facts, new.people)
    answer = _answer(case, new, desk) if _may_be_answered(transaction, new, desk) else None
    if answer and wanted_of(case):
        case = replace(case, asked_at=desk.now)
    sighting = replace(new.sighting, case=reference, facts={**new.sighting.facts, **_people(new)})
    transaction.cases.save(case)
    transaction.marks.put(reference, MarkKind.REPORTER, [reporter_mark(sighting.sender)])
    _note_author(transaction, reference, sighting, school)
    record(
        transaction,
        "case.opened",
        at=desk.now,
        case=reference,
        source="mail" if new.message else "drop folder",
        forwarded=new.report.forwarded,
        about_head=case.about_head,
        threat=case.threat,
        sha256=sighting.sha256,
    )
    seen_on = school.today(sighting.received_at).isoformat()
    transaction.events.append("post.reported", at=desk.now, case=reference, on=seen_on)
    log_facts(transaction, case, None, facts, desk)
    watch_urgent(transaction, case)
    log_chats(transaction, reference, new.report, desk)
    let_in(transaction, transaction.cases.get(reference) or case, school)
    copies = f"{school.code}/case/{reference}/copies/{sighting.sha256[:20]}"
    plan(transaction, StoreCopies(key=copies, sighting=sighting.key, case=reference))
    due = standing_of(case, (), school=school, procedure=desk.procedures.of(case)).due
    plan(transaction, *case_notes(case, school=school, due=due))
    note_marks(transaction, reference, new.report, desk)
    wished = new.message is not None and asks_not_to_be_named(f"{new.message.subject}\n{new.report.message}")
    # the sighting must be there before the vault is written from it
    transaction.sightings.save(sighting)
    keep_apart_if_wished(
        transaction, reference, wished=wished, cause=sighting.sha256[:20], school=desk.school
    )
    if answer:
        plan(transaction, answer)
    return sighting


def _note_author(
    transaction: JournalTransaction, reference: CaseReference, sighting: Sighting, school: School
) -> None:
    """Whoever of the school wrote the report decides nothing in its case; passing on another's is not writing it."""
    forwarded = str(sighting.facts.get("author_address", "")).casefold()
    author = forwarded or ("" if sighting.facts.get("author_name") else sighting.sender)
    if author in school.own_addresses:
        transaction.marks.put(reference, MarkKind.AUTHOR, [reporter_mark(author)])


def _case(reference: CaseReference, new: NewReport, desk: IntakeDesk) -> Case:
    report = new.report
    platform = report.platforms[0] if report.platforms else ""
    reported = desk.school.today(new.sighting.received_at)
    return Case(
        reference=reference,
        reported_at=new.sighting.received_at,
        title=f"{_what(new, platform)}, reported {reported.day} {reported:%B %Y}",
        platform=platform or (OTHER if report.post_address else ""),
        link="" if shows_address(report.post_address, new.people) else report.post_address[:255],
        about_head=mentions_headteacher(report, headteacher_names=desk.school.head_called),
        threat=bool(report.suggested.threat),
        suggestions=_suggestions(report),
        follows=new.follows,
    )


def _what(new: NewReport, platform: str) -> str:
    if platform:
        return f"{platform} post"
    pictures = sum(1 for attachment in new.report.attachments if attachment.content_type.startswith("image/"))
    if pictures:
        return f"Report with {pictures} image{'s' if pictures > 1 else ''}"
    return "Report"


def _suggestions(report: Report) -> str:
    """Names of what the words may point to; never the words, which staff read in the case's folder."""
    names = [suggestion.name for suggestion in report.suggested.categories]
    names += [f"mentions {suggestion.name}" for suggestion in report.suggested.characteristics]
    names += ["may threaten violence"] if report.suggested.threat else []
    return "; ".join(f"{name}?" for name in names)[:255]


def _people(new: NewReport) -> dict[str, Json]:
    original = new.report.original
    message = new.message
    return {
        "reporter_name": message.sender.name if message else "",
        "reporter_address": message.sender.address if message else "",
        "author_name": original.from_name if new.report.forwarded and original else "",
        "author_address": original.from_address if new.report.forwarded and original else "",
        "people": [list(person) for person in new.people],
        "proof": new.proof,
    }


def _may_be_answered(transaction: JournalTransaction, new: NewReport, desk: IntakeDesk) -> bool:
    """Outsiders too, unless DMARC fails or it is our own mailbox; robots and subjects never come this far."""
    sender = new.sighting.sender
    if not sender or "@" not in sender or new.proof == PROVEN_FALSE:
        return False
    if sender == desk.school.reporting_mailbox.casefold():
        return False
    if is_a_subject(transaction, sender):
        return False
    answered = transaction.outbox_view.keys_starting(_answers_today(sender, desk))
    return len(answered) < MOST_ANSWERS


def is_a_subject(transaction: JournalTransaction, sender: str) -> bool:
    """True for the address of the subject of any case; found by its mark, so that thousands of cases cost nothing."""
    found = transaction.marks.shared(MarkKind.SUBJECT, [reporter_mark(sender)])
    cases = [transaction.cases.get(reference) for reference in found]
    return any(case and sender in case.staff.subject_addresses for case in cases)


def _answers_today(sender: str, desk: IntakeDesk) -> str:
    today = desk.school.today(desk.now)
    return f"{desk.school.code}/acknowledgement/{sha256_of(sender.encode())[:16]}/{today}/"


def _answer(case: Case, new: NewReport, desk: IntakeDesk) -> SendMail:
    """Thank, and ask once for what the report does not say."""
    sender = new.sighting.sender
    return acknowledgement(
        case.reference,
        to=sender,
        key=f"{_answers_today(sender, desk)}{case.reference}",
        school=desk.school,
        tokens=desk.tokens,
        now=desk.now,
        asks=in_words_for_reporters(wanted_of(case)),
    )
