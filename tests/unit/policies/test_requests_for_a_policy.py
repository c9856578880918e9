"""A request for a policy is one only where it is nothing else: a report must never be lost."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

import templates
from casework.intake import read_report
from casework.intake.report import Report
from casework.policy_register.policies import policies_of
from casework.policy_requests import asks_for_policy, policy_asked_for
from connectors.documents.messages import MimeMessageReader, load_platforms
from tests.unit.policies.test_one_policy_many_documents import month, record

PLATFORMS = load_platforms(Path(templates.__file__).parent / "platforms.toml")
POLICIES = policies_of(
    record(f"{title}.docx", title=title, last=month(2024, 10), following=month(2026, 10))
    for title in (
        "Parental use of Social Networking and Internet Sites Policy",
        "Behaviour policy",
        "Complaints procedure",
        "Special Educational Needs policy",
        "Special Educational Needs information report",
    )
)


def report(text: str, *, subject: str = "Policy", file: bytes = b"") -> Report:
    message = EmailMessage()
    message["From"] = "Robin Witness <robin@parents.example>"
    message["To"] = "reports@tillbrook.example"
    message["Subject"] = subject
    message.set_content(text)
    if file:
        message.add_attachment(file, maintype="image", subtype="png", filename="shot.png")
    return read_report(MimeMessageReader().read(message.as_bytes()), platforms=PLATFORMS)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Please may I have your social media policy", "Parental use of Social"),
        ("Hello, could you send me a copy of the complaints procedure? Many thanks, Robin", "Complaints"),
        ("Where can I find the behaviour policy, please?", "Behaviour"),
        ("I would like a copy of your special educational needs policy.", "Special Educational Needs policy"),
        ("Could I have a copy of the policy?", None),
        ("Could you please email me your admissions policy", None),
    ],
)
def test_it_is_matched_to_the_school_s_own_titles(text: str, title: str | None) -> None:
    asked = report(text)
    assert asks_for_policy(asked)
    meant = policy_asked_for(asked, POLICIES)
    assert (meant is None) if title is None else (meant is not None and meant.title.startswith(title))


@pytest.mark.parametrize(
    "text",
    [
        "A parent posted lies about us. Please send me the social media policy.",
        "Please see https://www.facebook.com/groups/tillbrook/posts/12 and send me your policy",
        "He threatened to come to school. Can I have the policy on this?",
        "This breaches your policy, please look into what she wrote on Facebook.",
        "Our policy is to report this to you.",
        "Please look at this.",
        "Please could you see to this? It is about the policy. " + "It goes on and on. " * 60,
    ],
)
def test_whatever_may_be_a_report_stays_one(text: str) -> None:
    assert not asks_for_policy(report(text))


def test_a_picture_makes_it_a_report() -> None:
    assert not asks_for_policy(report("Please may I have your social media policy", file=b"\x89PNG"))
