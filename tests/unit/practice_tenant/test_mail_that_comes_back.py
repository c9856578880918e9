"""What the sender hears when a mail does not arrive, as Exchange tells it."""

from __future__ import annotations

import email
import json
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from command_line.inspect_message import inspect_message
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import draft, listed, person
from tests.unit.practice_tenant.smtp_builders import headers_of, raw_of

PARENT = "parent@example.net"


def _send(practice: PracticeServer, *to: str, **more: Any) -> dict[str, Any]:
    made = draft(practice, toRecipients=[person(address) for address in to], **more)
    practice.graph("POST", f"users/{practice.user('headteacher')}/messages/{made['id']}/send", expect=202)
    return made


def _refuses(practice: PracticeServer, status: str, **more: Any) -> None:
    practice.practice("PUT", "destinations", json=[{"address": "*@example.net", "status": status, **more}])


def _status(raw: bytes) -> dict[str, str]:
    """The fields of the part for machines."""
    report = email.message_from_bytes(raw)
    parts = [part for part in report.walk() if part.get_content_type() == "message/delivery-status"]
    blocks: list[Message] = parts[0].get_payload()  # type: ignore[assignment]  # a list of blocks for this type
    return {name: value for block in blocks for name, value in block.items()}


def test_a_colleague_who_does_not_exist_is_reported_in_exchanges_form(practice: PracticeServer) -> None:
    made = _send(practice, "nobody@tillbrook.example", subject="A trip")
    (bounce,) = listed(practice, "headteacher", "inbox")
    assert bounce["subject"] == "Undeliverable: A trip"
    assert bounce["from"]["emailAddress"]["name"] == "Microsoft Outlook"
    assert bounce["from"]["emailAddress"]["address"].startswith(
        "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@"
    )
    assert bounce["conversationId"] == made["conversationId"]
    report = email.message_from_bytes(raw_of(practice, "headteacher"))
    assert report.get_content_type() == "multipart/report"
    assert report.get_param("report-type") == "delivery-status"
    words, _, original = report.get_payload()  # type: ignore[misc]  # three parts
    assert [part.get_content_type() for part in words.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert original.get_payload(0)["Message-ID"] == made["internetMessageId"]
    assert _status(raw_of(practice, "headteacher"))["Status"] == "5.1.10"
    headers = dict(headers_of(practice, "headteacher"))
    assert headers["Return-Path"] == "<>"
    assert headers["X-MS-Exchange-Organization-AuthAs"] == "Internal"
    assert practice.outbox() == []


@pytest.mark.parametrize(
    ("status", "words"),
    [("5.1.1", "wasn't found at"), ("5.2.2", "is full"), ("5.7.1", "does not accept"), ("5.6.11", "refused")],
)
def test_an_outside_address_bounces_as_it_is_told(practice: PracticeServer, status: str, words: str) -> None:
    _refuses(practice, status)
    _send(practice, PARENT, "other@example.org")
    (bounce,) = listed(practice, "headteacher", "inbox")
    assert words in bounce["body"]["content"]
    assert PARENT in bounce["body"]["content"]
    fields = _status(raw_of(practice, "headteacher"))
    assert (fields["Action"], fields["Status"], fields["Final-Recipient"]) == (
        "failed",
        status,
        f"rfc822;{PARENT}",
    )
    assert fields["Remote-MTA"] == "dns;mx.example.net"
    (left,) = practice.outbox()
    assert left["to"] == ["other@example.org"]


def test_a_mail_that_waits_is_announced_as_late_and_given_up_after_a_day(practice: PracticeServer) -> None:
    _refuses(practice, "4.4.7", notice_after=60)
    _send(practice, PARENT, subject="A letter")
    assert listed(practice, "headteacher", "inbox") == []
    practice.set_clock("2026-11-23T10:30:00Z")
    (late,) = listed(practice, "headteacher", "inbox")
    assert late["subject"] == "Delivery delayed:A letter"
    fields = _status(raw_of(practice, "headteacher"))
    assert (fields["Action"], fields["Status"]) == ("delayed", "4.4.7")
    assert fields["Will-Retry-Until"].startswith("Tue, 24 Nov 2026")
    practice.set_clock("2026-11-24T09:30:00Z")
    failed, _ = listed(practice, "headteacher", "inbox")
    assert failed["subject"] == "Undeliverable: A letter"
    assert _status(raw_of(practice, "headteacher"))["Status"] == "5.4.300"
    assert practice.outbox() == []


def test_a_mail_that_waited_may_arrive_in_the_end(practice: PracticeServer) -> None:
    _refuses(practice, "4.2.2", gives_up_after=120, then="delivered")
    _send(practice, PARENT)
    assert [each["subject"][:9] for each in listed(practice, "headteacher", "inbox")] == ["Delivery "]
    practice.set_clock("2026-11-23T11:30:00Z")
    (left,) = practice.outbox()
    assert left["to"] == [PARENT]
    assert len(listed(practice, "headteacher", "inbox")) == 1


def test_a_bounce_or_an_automatic_reply_that_does_not_arrive_comes_back_to_nobody(
    practice: PracticeServer,
) -> None:
    _refuses(practice, "5.1.1")
    away = {"automaticRepliesSetting": {"status": "alwaysEnabled", "externalReplyMessage": "Away"}}
    office = practice.user("office")
    practice.graph("PATCH", f"users/{office}/mailboxSettings", json=away, expect=200)
    practice.deliver(b"From: parent@example.net\r\n\r\nHello\r\n", sender=PARENT, to=office)
    assert len(listed(practice, "office", "inbox")) == 1
    assert practice.outbox() == []


def test_casework_reads_the_report_as_a_bounce_of_that_letter(
    practice: PracticeServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _refuses(practice, "5.2.2")
    made = _send(practice, PARENT)
    file = tmp_path / "bounce.eml"
    file.write_bytes(raw_of(practice, "headteacher"))
    inspect_message([file], as_json=True)
    assert json.loads(capfd.readouterr().out)["kind"] == "bounce"
    assert made["internetMessageId"].encode() in file.read_bytes()


@pytest.mark.parametrize(
    "entry",
    [
        {"address": "x"},
        {"address": "a@b", "status": "9.9"},
        {"address": "a@b", "status": "5.1.1", "then": "x"},
        "x",
    ],
)
def test_a_destination_that_makes_no_sense_is_refused(practice: PracticeServer, entry: object) -> None:
    with pytest.raises(AssertionError, match="400"):
        practice.practice("PUT", "destinations", json=[entry])
