"""Answers that begin like an approval and are none, and senders who write in somebody else's name."""

from __future__ import annotations

import pytest

from casework.answers_to_requests import Answer, read_answer
from casework.intake import SenderProof, reply_text, sender_proof
from connectors.documents.messages import MimeMessageReader

DOMAINS = frozenset({"tillbrook.example"})
INTERNAL = "X-MS-Exchange-Organization-AuthAs: Internal"


@pytest.mark.parametrize(
    "words",
    [
        "Approve?",
        "Approved by whom?",
        "Approve this? I am not sure.",
        "APPROVE with these amendments: softer, please",
        "Approved in principle",
        "APPROVE letter 2 only",
        "Approved in error, sorry",
        "approve tomorrow",
        "APPROVE\n\nAdd the office hours first.",
        "Keep it confidential. APPROVE",
        "APPROVE and keep it confidential, but take out paragraph 2",
        "disapprove",
        "> APPROVE",
        "-- \nAPPROVE",
    ],
)
def test_what_only_begins_like_an_approval_approves_nothing(words: str) -> None:
    assert read_answer(reply_text(words)).answer is not Answer.APPROVE


@pytest.mark.parametrize(
    "words",
    [
        "APPROVE",
        "Approved, thank you",
        "Approve it please, thanks Marion",
        "APPROVE\n\nMrs M Aldwick\nHeadteacher\n\nThis email is intended only for the person named; do not forward it.",
        "APPROVE\nMrs Aldwick\nThis message may contain personal data. If it is not for you, delete it.",
    ],
)
def test_a_plain_approval_with_a_signature_and_a_disclaimer_counts(words: str) -> None:
    assert read_answer(reply_text(words)).answer is Answer.APPROVE


def proof_of(*headers: str) -> SenderProof:
    raw = "\r\n".join((*headers, "Subject: Re: x", "", "APPROVE")).encode()
    return sender_proof(MimeMessageReader().read(raw), own_domains=DOMAINS)


def test_somebody_who_writes_on_behalf_of_the_head_is_not_the_head() -> None:
    head = "From: Marion Aldwick <head@tillbrook.example>"

    assert proof_of(INTERNAL, head) is SenderProof.INTERNAL
    assert proof_of(INTERNAL, head, "Sender: head@tillbrook.example") is SenderProof.INTERNAL
    assert proof_of(INTERNAL, head, "Sender: T Vale <teacher@tillbrook.example>") is not SenderProof.INTERNAL


def test_a_mark_of_the_schools_own_mail_below_another_proves_nothing() -> None:
    head = "From: Marion Aldwick <head@tillbrook.example>"

    assert proof_of("X-MS-Exchange-Organization-AuthAs: Anonymous", INTERNAL, head) is SenderProof.FAILED
