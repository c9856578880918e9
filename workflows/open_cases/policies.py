"""Mail about policies: answers to reminders, which open no case."""

from __future__ import annotations

from casework.intake import reply_text
from casework.messages import ReceivedMessage
from casework.policy_answers import read_policy_answer
from casework.records import JournalTransaction, Json
from casework.tags import find_policy_tokens
from workflows.open_cases.desk import IntakeDesk


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


def _tokens(message: ReceivedMessage, desk: IntakeDesk) -> tuple[str, ...]:
    """The references in the answer's own words; those of the subject where it gives none."""
    code = desk.school.code
    return find_policy_tokens(reply_text(message.text), code) or find_policy_tokens(message.subject, code)
