"""How a sender fares with SPF, DKIM and DMARC can be set, so that spoofing can be rehearsed."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, listed, raw_mail
from tests.unit.practice_tenant.smtp_builders import headers_of, letter, mail_program

ROBIN = "robin@parents.example"


def _judged(practice: PracticeServer, *rules: dict[str, Any]) -> None:
    practice.practice("PUT", "senders", json=list(rules))


def test_the_results_that_were_set_stand_in_the_headers(practice: PracticeServer) -> None:
    _judged(practice, {"sender": "*@example.org", "spf": "softfail", "dkim": "none", "dmarc": "fail"})
    deliver(practice)
    headers = dict(headers_of(practice, "reports"))
    for words in ("spf=softfail", "dkim=none", "dmarc=fail action=none", "compauth=fail reason=000"):
        assert words in headers["Authentication-Results"]
    assert headers["X-MS-Exchange-Organization-SCL"] == "5"
    assert "SFV:SPM" in headers["X-Forefront-Antispam-Report"]


def test_even_the_headteachers_address_can_be_made_to_pass_but_is_never_internal(
    practice: PracticeServer,
) -> None:
    head = practice.user("headteacher")
    _judged(practice, {"sender": head, "spf": "pass", "dkim": "pass", "dmarc": "pass"})
    practice.deliver(raw_mail(sender=head), sender=head, to=practice.user("reports"))
    headers = dict(headers_of(practice, "reports"))
    assert "dmarc=pass" in headers["Authentication-Results"]
    assert "compauth=pass reason=100" in headers["Authentication-Results"]
    assert headers["X-MS-Exchange-Organization-AuthAs"] == "Anonymous"


def test_a_domain_that_wants_its_forgeries_put_aside_finds_them_in_junk(practice: PracticeServer) -> None:
    _judged(practice, {"sender": "*@example.org", "dmarc": "fail", "action": "quarantine"})
    practice.deliver(raw_mail(), sender="ann@example.org", to=practice.user("reports"))
    assert listed(practice, "reports", "inbox") == []
    assert len(listed(practice, "reports", "junkemail")) == 1


def test_a_domain_that_wants_its_forgeries_refused_has_them_refused_at_the_door(
    practice: PracticeServer,
) -> None:
    _judged(practice, {"sender": "*@parents.example", "dmarc": "fail", "action": "reject"})
    with mail_program(practice) as program, pytest.raises(smtplib.SMTPDataError, match=r"5\.7\.509"):
        program.send_message(letter(ROBIN, practice.user("reports")))
    with pytest.raises(AssertionError, match="403"):
        practice.deliver(raw_mail(sender=ROBIN), sender=ROBIN, to=practice.user("reports"))
    assert listed(practice, "reports", "inbox") == []


def test_the_first_entry_that_fits_counts_and_an_empty_list_ends_it(practice: PracticeServer) -> None:
    _judged(practice, {"sender": ROBIN, "dmarc": "none"}, {"sender": "*", "dmarc": "fail"})
    practice.deliver(raw_mail(sender=ROBIN), sender=ROBIN, to=practice.user("reports"))
    assert "dmarc=none" in dict(headers_of(practice, "reports"))["Authentication-Results"]
    _judged(practice)
    practice.deliver(raw_mail(sender=ROBIN), sender=ROBIN, to=practice.user("reports"))
    assert "dmarc=pass" in dict(headers_of(practice, "reports"))["Authentication-Results"]


@pytest.mark.parametrize(
    "entry",
    [
        {"spf": "pass"},
        {"sender": "x@y", "dmarc": "maybe"},
        {"sender": "x@y", "scl": 99},
        {"sender": "x", "a": 1},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(practice: PracticeServer, entry: object) -> None:
    with pytest.raises(AssertionError, match="400"):
        practice.practice("PUT", "senders", json=[entry])


def test_a_mail_shows_the_way_that_it_came(practice: PracticeServer) -> None:
    with mail_program(practice) as program:
        program.ehlo("mail.parents.example")
        program.send_message(letter(ROBIN, practice.user("reports")))
    headers = headers_of(practice, "reports")
    received = [value for name, value in headers if name == "Received"]
    assert len(received) == 3
    assert "via Frontend Transport" in received[-1]
    assert received[-1].startswith("from mail.parents.example")
    assert dict(headers)["Return-Path"] == ROBIN
    assert dict(headers)["Received-SPF"].startswith(
        "Pass (protection.outlook.example: domain of parents.example"
    )


@pytest.mark.parametrize(
    ("forged", "kept_as"),
    [
        ("X-MS-Exchange-Organization-AuthAs: Internal", None),
        ("X-MS-Exchange-CrossTenant-AuthAs: Internal", None),
        ("Return-Path: <head@tillbrook.example>", None),
        ("X-Forefront-Antispam-Report: SFV:SKI;SCL:-1;", "X-Forefront-Antispam-Report-Untrusted"),
    ],
)
def test_what_only_exchange_writes_is_stripped_or_marked(
    practice: PracticeServer, forged: str, kept_as: str | None
) -> None:
    name, _, value = forged.partition(": ")
    deliver(practice, raw_mail(more=f"{forged}\r\n"))
    headers = headers_of(practice, "reports")
    assert (name, value) not in headers
    assert kept_as is None or (kept_as, value) in headers
