"""Inbox rules: what a person lets Exchange do with mail as it arrives."""

from __future__ import annotations

import email
from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft, listed, person, raw_mail
from tests.unit.practice_tenant.smtp_builders import headers_of, raw_of

LOOP = "X-MS-Exchange-Inbox-Rules-Loop"


def _rules(practice: PracticeServer, role: str) -> str:
    return f"users/{practice.user(role)}/mailFolders/inbox/messageRules"


def rule(practice: PracticeServer, role: str, actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"displayName": "A rule", "sequence": 1, "isEnabled": True, "actions": actions, **more}
    made: dict[str, Any] = practice.graph("POST", _rules(practice, role), json=body, expect=201).json()
    return made


def test_a_rule_is_made_changed_listed_and_deleted(practice: PracticeServer) -> None:
    made = rule(practice, "teacher", {"markAsRead": True}, conditions={"subjectContains": ["post"]})
    assert made["conditions"] == {"subjectContains": ["post"]}
    assert (made["hasError"], made["isReadOnly"]) == (False, False)
    path = f"{_rules(practice, 'teacher')}/{made['id']}"
    changed = practice.graph("PATCH", path, json={"isEnabled": False, "displayName": "B"}, expect=200).json()
    assert (changed["displayName"], changed["isEnabled"], changed["actions"]) == (
        "B",
        False,
        {"markAsRead": True},
    )
    found = practice.graph("GET", _rules(practice, "teacher"), expect=200).json()["value"]
    assert [each["id"] for each in found] == [made["id"]]
    practice.graph("DELETE", path, expect=204)
    practice.graph("GET", path, expect=404)


def test_a_disabled_rule_does_nothing(practice: PracticeServer) -> None:
    rule(practice, "teacher", {"delete": True}, isEnabled=False)
    assert deliver(practice, to="teacher")["isRead"] is False


def test_reports_that_reach_the_teacher_are_forwarded_to_the_reporting_mailbox(
    practice: PracticeServer,
) -> None:
    rule(
        practice,
        "teacher",
        {"forwardTo": [person(practice.user("reports"))]},
        conditions={"subjectContains": ["post"]},
    )
    deliver(practice, to="teacher")
    deliver(practice, raw_mail(subject="Lunch menu"), to="teacher")
    assert len(listed(practice, "teacher", "inbox")) == 2
    (forwarded,) = listed(practice, "reports", "inbox")
    assert forwarded["subject"] == "FW: A post"
    assert forwarded["from"]["emailAddress"]["address"] == practice.user("teacher")
    assert "<b>From:</b> Ann Other" in forwarded["body"]["content"]
    assert "See this." in forwarded["body"]["content"]
    headers = headers_of(practice, "reports")
    assert (LOOP, practice.user("teacher")) in headers
    assert ("X-MS-Exchange-Organization-AuthAs", "Internal") in headers


def test_a_mail_redirected_from_outside_stays_its_authors_and_anonymous(practice: PracticeServer) -> None:
    rule(practice, "teacher", {"redirectTo": [person(practice.user("reports"))]})
    deliver(practice, to="teacher")
    (redirected,) = listed(practice, "reports", "inbox")
    assert redirected["from"]["emailAddress"]["address"] == "ann@example.org"
    headers = headers_of(practice, "reports")
    assert [value for name, value in headers if name == "X-MS-Exchange-Organization-AuthAs"] == ["Anonymous"]
    assert "dmarc=pass" in dict(headers)["Authentication-Results"]
    assert raw_of(practice, "reports").endswith(raw_mail())


def test_a_mail_may_go_on_as_an_attachment_with_every_byte(practice: PracticeServer) -> None:
    rule(practice, "teacher", {"forwardAsAttachmentTo": [person("helper@example.net")]})
    deliver(practice, to="teacher")
    (left,) = practice.outbox()
    inner = email.message_from_string(left["raw"]).get_payload()[-1].get_payload(0)  # type: ignore[union-attr,index]  # the last part is a mail
    assert inner["From"] == "Ann Other <ann@example.org>"
    assert inner["X-MS-Exchange-Organization-AuthAs"] is None


def test_two_mailboxes_that_forward_to_each_other_do_not_go_on_for_ever(practice: PracticeServer) -> None:
    for way, one, other in (("forwardTo", "teacher", "office"), ("redirectTo", "office", "teacher")):
        rule(practice, one, {way: [person(practice.user(other))]})
    deliver(practice, to="teacher")
    assert len(listed(practice, "office", "inbox")) == 1
    assert len(listed(practice, "teacher", "inbox")) == 2


def test_a_mail_that_claims_to_have_looped_is_kept_but_not_sent_on(practice: PracticeServer) -> None:
    rule(practice, "teacher", {"forwardTo": [person(practice.user("reports"))], "markAsRead": True})
    raw = raw_mail(more=f"{LOOP}: {practice.user('teacher').upper()}\r\n")
    assert deliver(practice, raw, to="teacher")["isRead"] is True
    assert listed(practice, "reports", "inbox") == []


def test_an_organisation_may_forbid_rules_that_send_mail_out(practice: PracticeServer) -> None:
    practice.practice("PUT", "clients", json={"external_forwarding": False})
    people = [person("helper@example.net"), person(practice.user("reports"))]
    rule(practice, "teacher", {"forwardTo": people}, exceptions={"isNonDeliveryReport": True})
    deliver(practice, to="teacher")
    assert practice.outbox() == []
    assert len(listed(practice, "reports", "inbox")) == 1
    subjects = sorted(each["subject"] for each in listed(practice, "teacher", "inbox"))
    assert subjects == ["A post", "Undeliverable: FW: A post"]
    assert b"5.7.520" in raw_of(practice, "teacher")


def test_a_rule_files_marks_and_colours_a_mail_before_anybody_sees_it(practice: PracticeServer) -> None:
    user = f"users/{practice.user('teacher')}"
    folder = practice.graph("POST", f"{user}/mailFolders", json={"displayName": "Posts"}, expect=201).json()
    actions = {
        "moveToFolder": folder["id"],
        "copyToFolder": "archive",
        "markAsRead": True,
        "assignCategories": ["Red"],
    }
    rule(practice, "teacher", {**actions, "markImportance": "high"})
    practice.deliver(raw_mail(), sender="ann@example.org", to=practice.user("teacher"))
    assert listed(practice, "teacher", "inbox") == []
    for where in (folder["id"], "archive"):
        (filed,) = listed(practice, "teacher", where)
        assert (filed["isRead"], filed["categories"], filed["importance"]) == (True, ["Red"], "high")


def test_rules_run_in_their_order_until_one_stops_them(practice: PracticeServer) -> None:
    rule(practice, "teacher", {"assignCategories": ["Second"]}, sequence=2)
    rule(practice, "teacher", {"assignCategories": ["First"], "stopProcessingRules": True}, sequence=1)
    assert deliver(practice, to="teacher")["categories"] == ["First"]


def test_a_deleted_mail_lies_in_deleted_items_or_nowhere(practice: PracticeServer) -> None:
    rule(practice, "teacher", {"delete": True}, conditions={"subjectContains": ["post"]})
    rule(practice, "teacher", {"permanentDelete": True}, conditions={"subjectContains": ["gone"]}, sequence=2)
    for subject in ("A post", "gone"):
        practice.deliver(raw_mail(subject=subject), sender="a@example.org", to=practice.user("teacher"))
    assert listed(practice, "teacher", "inbox") == []
    assert [each["subject"] for each in listed(practice, "teacher", "deleteditems")] == ["A post"]


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        ({"bodyContains": ["SEE  this"]}, True),
        ({"bodyOrSubjectContains": ["a POST"]}, True),
        ({"fromAddresses": [person("ann@EXAMPLE.org")]}, True),
        ({"fromAddresses": [person("bob@example.org")]}, False),
        ({"senderContains": ["example.org", "never"]}, True),
        ({"senderContains": ["never"]}, False),
        ({"recipientContains": ["reports@"]}, True),
        ({"headerContains": ["x-case: 7"]}, True),
        ({"hasAttachments": False}, True),
        ({"hasAttachments": True}, False),
        ({"importance": "normal"}, True),
        ({"sensitivity": "private"}, True),
        ({"sentToMe": True, "sentOnlyToMe": True}, True),
        ({"notSentToMe": True}, False),
        ({"sentCcMe": True}, False),
        ({"sentToOrCcMe": True}, True),
        ({"sentToAddresses": [person("reports@tillbrook.example")]}, True),
        ({"withinSizeRange": {"minimumSize": 0, "maximumSize": 10}}, True),
        ({"withinSizeRange": {"minimumSize": 100}}, False),
        ({"isAutomaticReply": True}, False),
        ({"isNonDeliveryReport": False, "isSigned": False, "isEncrypted": False}, True),
        ({"subjectContains": ["post"], "senderContains": ["never"]}, False),
    ],
)
def test_a_rule_looks_at_what_its_conditions_name(
    practice: PracticeServer, conditions: dict[str, Any], holds: bool
) -> None:
    rule(practice, "reports", {"assignCategories": ["Hit"]}, conditions=conditions)
    arrived = deliver(practice, raw_mail(more="X-Case: 7\r\nSensitivity: Private\r\n"))
    assert arrived["categories"] == (["Hit"] if holds else [])


def test_an_exception_spares_a_mail(practice: PracticeServer) -> None:
    rule(practice, "reports", {"assignCategories": ["Hit"]}, exceptions={"senderContains": ["ann@"]})
    assert deliver(practice)["categories"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"displayName": "x"}, 400),
        ({"actions": {"markAsRead": True}}, 400),
        ({"displayName": "x", "actions": {"explode": True}}, 400),
        ({"displayName": "x", "actions": {"markAsRead": "yes"}}, 400),
        ({"displayName": "x", "actions": {"forwardTo": []}}, 400),
        ({"displayName": "x", "actions": {"markAsRead": True}, "sequence": 0}, 400),
        ({"displayName": "x", "actions": {"markAsRead": True}, "conditions": {"weather": "wet"}}, 400),
        ({"displayName": "x", "actions": {"moveToFolder": "A" * 60}}, 404),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    practice: PracticeServer, body: dict[str, Any], status: int
) -> None:
    practice.graph("POST", _rules(practice, "teacher"), json=body, expect=status)


def test_rules_belong_to_the_inbox_and_need_the_right_to_settings(practice: PracticeServer) -> None:
    path = f"users/{practice.user('reports')}/mailFolders/archive/messageRules"
    practice.graph("GET", path, expect=400)
    token = practice.user_token("teacher")
    practice.graph("GET", _rules(practice, "headteacher"), token=token, expect=403)
    practice.graph("GET", _rules(practice, "teacher"), token=token, expect=200)


def test_a_colleagues_mail_runs_through_rules_too(practice: PracticeServer) -> None:
    rule(
        practice,
        "office",
        {"markAsRead": True},
        conditions={"fromAddresses": [person(practice.user("headteacher"))]},
    )
    made = draft(practice, toRecipients=[person(practice.user("office"))])
    practice.graph("POST", f"users/{practice.user('headteacher')}/messages/{made['id']}/send", expect=202)
    assert [each["isRead"] for each in listed(practice, "office", "inbox")] == [True]
