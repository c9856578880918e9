"""Mail about policies, which opens no case: answers to reminders, and requests for a copy."""

from __future__ import annotations

from casework.intake import Report, reply_text
from casework.mails.policies import copy_waiting, draft_of_copy
from casework.messages import ReceivedMessage
from casework.policy_answers import read_policy_answer
from casework.policy_register.policies import policies_of
from casework.policy_requests import policy_asked_for
from casework.records import JournalTransaction, Json, Sighting
from casework.tags import find_policy_tokens
from workflows.open_cases.desk import IntakeDesk
from workflows.planning import plan


def answers_about_policies(
    transaction: JournalTransaction, message: ReceivedMessage, desk: IntakeDesk
) -> bool:
    """True if the message answers a reminder of a policy: it carries a policy's tag, or refers to our mail."""
    if _tokens(message, desk):
        return True
    ids = tuple(i.strip("<> ").casefold() for i in (*message.in_reply_to, *message.references))
    answered = transaction.sightings.with_message_ids(ids) if ids else ()
    beginnings = tuple(f"own/{desk.school.code}/{word}/" for word in ("policy", "policies"))
    return any(earlier.key.startswith(beginnings) for earlier in answered)


def policy_answer_facts(message: ReceivedMessage, *, proof: str, desk: IntakeDesk) -> dict[str, Json]:
    """What was answered, and about which policies."""
    return {
        "tokens": list(_tokens(message, desk)),
        "answer": read_policy_answer(reply_text(message.text)).value,
        "proof": proof,
    }


def answer_request(
    transaction: JournalTransaction, sighting: Sighting, report: Report, desk: IntakeDesk
) -> None:
    """Have a reply drafted for the office to send, with the current document; it is logged, and never sent by itself."""
    policies = policies_of(transaction.policies.all(), apart_from=desk.school.name_words)
    policy = policy_asked_for(report, policies)
    draft = draft_of_copy(
        policy,
        [one.title for one in policies if not (one.is_lost or one.is_retired)],
        school=desk.school,
        sighting=sighting.key,
        to=sighting.sender,
    )
    told = copy_waiting(policy, school=desk.school, sighting=sighting.key, today=desk.school.today(desk.now))
    plan(transaction, *((draft, told) if sighting.sender else (told,)))
    transaction.events.append(
        "policy.copy_asked_for", at=desk.now, file=policy.leader.file_id if policy else None
    )


def _tokens(message: ReceivedMessage, desk: IntakeDesk) -> tuple[str, ...]:
    """The references in the answer's own words; those of the subject where it gives none."""
    code = desk.school.code
    return find_policy_tokens(reply_text(message.text), code) or find_policy_tokens(message.subject, code)
