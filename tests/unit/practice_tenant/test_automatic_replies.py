"""An out-of-office answer, as Outlook writes it: once to each sender, to no robot, and only while it is on."""

from __future__ import annotations

from email import message_from_string
from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft, listed, person, raw_mail
from tests.unit.practice_tenant.smtp_builders import headers_of


def _away(practice: PracticeServer, **more: Any) -> None:
    setting = {
        "status": "alwaysEnabled",
        "internalReplyMessage": "<p>Back on Monday, dear colleague</p>",
        "externalReplyMessage": "<p>Away until Monday</p>",
        **more,
    }
    practice.graph(
        "PATCH",
        f"users/{practice.user('office')}/mailboxSettings",
        json={"automaticRepliesSetting": setting},
        expect=200,
    )


def _colleague_writes(practice: PracticeServer) -> None:
    made = draft(practice, toRecipients=[person(practice.user("office"))], subject="Minutes")
    practice.graph("POST", f"users/{practice.user('headteacher')}/messages/{made['id']}/send", expect=202)


def test_the_answer_has_outlooks_subject_headers_and_thread(practice: PracticeServer) -> None:
    _away(practice)
    deliver(practice, raw_mail(more="Message-ID: <post-1@example.org>\r\n"), to="office")
    (entry,) = practice.outbox()
    reply = message_from_string(entry["raw"])
    assert (entry["from"], entry["to"]) == ("", ["ann@example.org"])
    assert reply["Subject"] == "Automatic reply: A post"
    assert reply["To"] == '"Ann Other" <ann@example.org>'
    assert reply["In-Reply-To"] == reply["References"] == "<post-1@example.org>"
    assert reply["Auto-Submitted"] == "auto-generated"
    assert reply["X-Auto-Response-Suppress"] == "All"
    assert "Away until Monday" in entry["raw"]


def test_a_colleague_is_told_what_is_meant_for_colleagues(practice: PracticeServer) -> None:
    _away(practice, externalAudience="none")
    _colleague_writes(practice)
    (reply,) = listed(practice, "headteacher", "inbox")
    assert reply["subject"] == "Automatic reply: Minutes"
    assert "dear colleague" in reply["body"]["content"]
    headers = headers_of(practice, "headteacher")
    assert ("Return-Path", "<>") in headers
    assert ("X-MS-Exchange-Organization-AuthAs", "Internal") in headers


@pytest.mark.parametrize(("audience", "answers"), [("all", 1), ("contactsOnly", 0), ("none", 0)])
def test_the_world_is_answered_as_the_audience_says(
    practice: PracticeServer, audience: str, answers: int
) -> None:
    _away(practice, externalAudience=audience)
    deliver(practice, to="office")
    assert len(practice.outbox()) == answers


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "X-Auto-Response-Suppress: DR, OOF",
        "X-Auto-Response-Suppress: All",
        "Precedence: bulk",
        "List-Id: <parents.example>",
        "List-Unsubscribe: <mailto:x@parents.example>",
        "X-MS-Exchange-Inbox-Rules-Loop: office@tillbrook.example",
    ],
)
def test_no_robot_and_no_list_is_answered(practice: PracticeServer, header: str) -> None:
    _away(practice)
    deliver(practice, raw_mail(more=f"{header}\r\n"), to="office")
    assert practice.outbox() == []


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: no", "Precedence: first-class", "X-Auto-Response-Suppress: RN"]
)
def test_a_person_whose_program_is_wordy_is_answered(practice: PracticeServer, header: str) -> None:
    _away(practice)
    deliver(practice, raw_mail(more=f"{header}\r\n"), to="office")
    assert len(practice.outbox()) == 1


def test_nobody_is_answered_twice_until_the_setting_changes(practice: PracticeServer) -> None:
    _away(practice)
    for _ in range(2):
        deliver(practice, to="office")
    practice.graph(
        "PATCH",
        f"users/{practice.user('office')}/mailboxSettings",
        json={"dateFormat": "dd/MM/yyyy"},
        expect=200,
    )
    deliver(practice, to="office")
    assert len(practice.outbox()) == 1
    _away(practice)
    deliver(practice, to="office")
    assert len(practice.outbox()) == 2


def test_a_scheduled_answer_keeps_its_hours_in_the_zone_that_was_given(practice: PracticeServer) -> None:
    """British Summer Time: 9:00 in London on 1 July is 8:00 UTC."""
    times = {
        name: {"dateTime": f"2026-07-01T{hour}:00:00", "timeZone": "GMT Standard Time"}
        for name, hour in (("scheduledStartDateTime", "09"), ("scheduledEndDateTime", "17"))
    }
    _away(practice, status="scheduled", **times)
    answered = []
    for number, moment in enumerate(("07:59", "08:01", "15:59", "16:01")):
        practice.set_clock(f"2026-07-01T{moment}:00Z")
        sender = f"ann{number}@example.org"
        practice.deliver(raw_mail(sender=sender), sender=sender, to=practice.user("office"))
        answered.append(len(practice.outbox()))
    assert answered == [0, 1, 2, 2]
