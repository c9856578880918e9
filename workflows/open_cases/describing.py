"""What a message says of the post: it fills what is still empty on the case, and answers whether the post is still up."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.addresses import is_one_address
from casework.cases import Case, CaseReference
from casework.completeness import PostFacts, post_facts, wanted_of
from casework.hiding import shows_address, without_people
from casework.intake import Report, SenderProof, people_in, reply_text, sender_proof
from casework.intake.links import find_links
from casework.messages import ReceivedMessage
from casework.records import JournalTransaction, Json, Sighting
from casework.staff_writes import with_group
from casework.still_up import read_post_state
from workflows.open_cases.desk import IntakeDesk
from workflows.planning import record
from workflows.staff_entries import ask_for_redaction, post_was_seen, role_of

_WITHHOLD = re.compile(r"withhold\b[:\s]*(?P<names>.{2,2000})", re.IGNORECASE | re.DOTALL)


def described(case: Case, facts: PostFacts, people: tuple[tuple[str, str], ...]) -> Case:
    """The case with what the message says and nobody said before; nothing that shows who reported."""
    address = "" if shows_address(facts.address, people) else facts.address[:255]
    handle = facts.handle if without_people(facts.handle, people, label="") == facts.handle else ""
    group = without_people(facts.group, people, label="") == facts.group and not case.concerns_head
    return replace(
        with_group(case, facts.group if group else ""),
        link=case.link or address,
        handle=case.handle or handle,
        posted_at=case.posted_at or facts.posted_at,
        has_page=case.has_page or facts.whole_page,
    )


def first_facts(report: Report, sighting: Sighting, desk: IntakeDesk) -> PostFacts:
    """What a new report says of the post."""
    words = f"{report.message}\n{report.author.body}"
    return post_facts(report, words, on=desk.school.today(sighting.received_at), zone=desk.school.zone)


def log_facts(
    transaction: JournalTransaction, case: Case, before: Case | None, facts: PostFacts, desk: IntakeDesk
) -> None:
    """Log the day of posting in the online lane when it first becomes known."""
    if facts.posted_on and case.posted_at and not (before and before.posted_at):
        transaction.events.append(
            "post.published",
            at=desk.now,
            case=case.reference,
            how="a message says",
            on=facts.posted_on.isoformat(),
        )


def log_chats(
    transaction: JournalTransaction, reference: CaseReference, report: Report, desk: IntakeDesk
) -> None:
    """Say on the case which part of an exported chat its copy shows, and why that part; never its words."""
    for chat in report.chats:
        window = chat.window
        record(
            transaction,
            "chat.read",
            at=desk.now,
            case=reference,
            messages=len(chat.file.chat.messages),
            shown=len(window.shown),
            marked=len(window.reported),
            why=window.reason,
        )


def learn_from(
    transaction: JournalTransaction,
    reference: CaseReference,
    sighting: Sighting,
    message: ReceivedMessage,
    report: Report,
    desk: IntakeDesk,
) -> None:
    """Take from a message of a case what it adds. Twice does it once."""
    case = transaction.cases.get(reference)
    if case is None:
        return
    log_chats(transaction, reference, report, desk)
    case = transaction.cases.get(reference) or case
    words = reply_text(message.text)
    received_on = desk.school.today(sighting.received_at)
    facts = post_facts(report, words, on=received_on, is_answer=True, zone=desk.school.zone)
    people = people_in(message, apart_from=desk.school.reporting_mailbox)
    facts = replace(facts, address=_address_in(words, desk))  # not those of the quoted history
    now = described(case, facts, people)
    if now != case:
        transaction.cases.save(now)
        learnt: list[Json] = [want.value for want in wanted_of(case) if want not in wanted_of(now)]
        transaction.events.append("case.completed", at=desk.now, case=reference, facts=learnt)
        log_facts(transaction, now, case, facts, desk)
    _answer(transaction, now, sighting, message, words, desk)


def _address_in(words: str, desk: IntakeDesk) -> str:
    return next((link.clean for link in find_links(words, None, desk.platforms) if link.platform), "")


def _answer(
    transaction: JournalTransaction,
    case: Case,
    sighting: Sighting,
    message: ReceivedMessage,
    words: str,
    desk: IntakeDesk,
) -> None:
    """GONE, STILL UP or WITHHOLD from somebody at the school. What an outsider says is copied, and decides nothing."""
    state, names = read_post_state(words), _WITHHOLD.match(words.strip())
    proof = sender_proof(message, own_domains=desk.school.own_domains)
    own = is_one_address(sighting.sender) and sighting.sender.rpartition("@")[2] in desk.school.own_domains
    if not own or proof is not SenderProof.INTERNAL:
        return
    if names:
        ask_for_redaction(
            transaction, case, names["names"], asked_by=sighting.sender, now=desk.now, school=desk.school
        )
    elif state:
        post_was_seen(
            transaction,
            case,
            state,
            on=desk.school.today(sighting.received_at),
            who=role_of(sighting.sender, desk.school),
            how="by reply",
            now=desk.now,
        )
