"""What happens when a draft is sent, by Graph and by the programs that people use."""

import time
from email import message_from_string

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import (
    IMMUTABLE,
    KEY_PROPERTY,
    deliver,
    draft,
    file_attachment,
    get,
    listed,
    person,
)

_EXPAND = f"?$expand=singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')"
_KEYED = {"singleValueExtendedProperties": [{"id": KEY_PROPERTY, "value": "case 7"}]}


def _send(practice: PracticeServer, role: str, message_id: str, expect: int = 202) -> None:
    practice.graph("POST", f"users/{practice.user(role)}/messages/{message_id}/send", expect=expect)


def test_a_draft_sent_by_graph_keeps_its_immutable_id_and_its_key_in_sent_items(
    practice: PracticeServer,
) -> None:
    made = draft(practice, **_KEYED)
    _send(practice, "headteacher", made["id"])
    sent = get(practice, "headteacher", made["id"], _EXPAND)
    assert not sent["isDraft"]
    assert sent["internetMessageId"] == made["internetMessageId"]
    assert sent["singleValueExtendedProperties"] == _KEYED["singleValueExtendedProperties"]
    assert [each["id"] for each in listed(practice, "headteacher", "SentItems")] == [made["id"]]
    assert listed(practice, "headteacher", "drafts") == []


def test_the_default_id_of_a_draft_is_gone_once_it_was_sent(practice: PracticeServer) -> None:
    made = draft(practice, immutable=False)
    _send(practice, "headteacher", made["id"])
    gone = practice.graph("GET", f"users/{practice.user('headteacher')}/messages/{made['id']}", expect=404)
    assert gone.json()["error"]["code"] == "ErrorItemNotFound"


@pytest.mark.parametrize(
    ("program", "keeps_key", "keeps_message_id"),
    [("desktop", True, True), ("phone", False, True), ("rewritten", False, False)],
)
def test_a_program_may_leave_another_mail_in_sent_items_than_the_draft(
    practice: PracticeServer, program: str, keeps_key: bool, keeps_message_id: bool
) -> None:
    made = draft(practice, **_KEYED)
    practice.practice("PUT", "clients", json={"sends_as": program})
    _send(practice, "headteacher", made["id"])
    (sent,) = listed(practice, "headteacher", "sentitems", _EXPAND)
    assert sent["id"] != made["id"]
    assert ("singleValueExtendedProperties" in sent) == keeps_key
    assert (sent["internetMessageId"] == made["internetMessageId"]) == keeps_message_id
    practice.graph(
        "GET", f"users/{practice.user('headteacher')}/messages/{made['id']}", headers=IMMUTABLE, expect=404
    )


def test_a_person_at_a_phone_is_played_by_a_practice_control(practice: PracticeServer) -> None:
    made = draft(practice, **_KEYED)
    choice = {"user": practice.user("headteacher"), "message": made["id"], "as": "phone"}
    practice.practice("POST", "send", params=choice)
    assert len(practice.outbox()) == 1
    (sent,) = listed(practice, "headteacher", "sentitems", _EXPAND)
    assert "singleValueExtendedProperties" not in sent


def test_casework_itself_always_sends_as_graph_does(practice: PracticeServer) -> None:
    practice.practice("PUT", "clients", json={"sends_as": "phone"})
    made = draft(practice, "reports")
    path = f"users/{practice.user('reports')}/messages/{made['id']}/send"
    practice.graph("POST", path, token=practice.casework_token(), expect=202)
    assert get(practice, "reports", made["id"])["isDraft"] is False


def test_mail_to_colleagues_arrives_and_mail_to_parents_leaves(practice: PracticeServer) -> None:
    made = draft(practice, ccRecipients=[person(practice.user("office"))])
    _send(practice, "headteacher", made["id"])
    (entry,) = practice.outbox()
    assert entry["to"] == ["parent@example.net"]
    assert message_from_string(entry["raw"])["Subject"] == "An invitation"
    (arrived,) = listed(
        practice, "office", "inbox", "?$select=internetMessageHeaders,internetMessageId,isRead"
    )
    headers = {each["name"]: each["value"] for each in arrived["internetMessageHeaders"]}
    assert headers["X-MS-Exchange-Organization-AuthAs"] == "Internal"
    assert "Authentication-Results" not in headers
    assert arrived["internetMessageId"] == made["internetMessageId"]
    assert arrived["isRead"] is False


def test_nobody_but_the_sender_sees_who_got_a_blind_copy(practice: PracticeServer) -> None:
    made = draft(practice, bccRecipients=[person(practice.user("chair"))])
    _send(practice, "headteacher", made["id"])
    assert practice.user("chair") not in practice.outbox()[0]["raw"]
    (arrived,) = listed(practice, "chair", "inbox")
    assert arrived["bccRecipients"] == []
    assert get(practice, "headteacher", made["id"])["bccRecipients"] == [
        person(practice.user("chair"), practice.user("chair"))
    ]


def test_a_draft_without_recipients_is_refused_and_stays(practice: PracticeServer) -> None:
    made = draft(practice, toRecipients=[])
    _send(practice, "headteacher", made["id"], expect=400)
    assert get(practice, "headteacher", made["id"])["isDraft"] is True
    assert practice.outbox() == []


def test_a_mail_cannot_be_sent_twice(practice: PracticeServer) -> None:
    made = draft(practice)
    _send(practice, "headteacher", made["id"])
    _send(practice, "headteacher", made["id"], expect=400)
    assert len(practice.outbox()) == 1


def test_nobody_sends_under_another_address(practice: PracticeServer) -> None:
    made = draft(practice, "office", **{"from": person(practice.user("headteacher"))})
    answer = practice.graph("POST", f"users/{practice.user('office')}/messages/{made['id']}/send", expect=403)
    assert answer.json()["error"]["code"] == "ErrorSendAsDenied"


def test_the_letter_arrives_as_the_bytes_that_were_attached(practice: PracticeServer) -> None:
    letter = bytes(range(256)) * 20
    made = draft(practice, attachments=[file_attachment("Übergabe letter.docx", letter)])
    _send(practice, "headteacher", made["id"])
    mail = message_from_string(practice.outbox()[0]["raw"])
    parts = {
        part.get_filename(): part.get_payload(decode=True) for part in mail.walk() if part.get_filename()
    }
    assert list(parts.values()) == [letter]


def test_send_mail_leaves_a_copy_unless_told_not_to(practice: PracticeServer) -> None:
    path = f"users/{practice.user('reports')}/sendMail"
    message = {"subject": "Hello", "toRecipients": [person("parent@example.net")], "body": {"content": "Hi"}}
    practice.graph("POST", path, json={"message": message}, expect=202)
    practice.graph("POST", path, json={"message": message, "saveToSentItems": False}, expect=202)
    assert len(practice.outbox()) == 2
    assert len(listed(practice, "reports", "sentitems")) == 1


def test_an_automatic_reply_answers_each_sender_once_and_no_robot(practice: PracticeServer) -> None:
    setting = {"automaticRepliesSetting": {"status": "alwaysEnabled", "externalReplyMessage": "<p>Away</p>"}}
    practice.graph("PATCH", f"users/{practice.user('office')}/mailboxSettings", json=setting, expect=200)
    deliver(practice, to="office")
    deliver(practice, to="office")
    robot = b"From: robot@example.com\r\nAuto-Submitted: auto-generated\r\nSubject: Beep\r\n\r\nBeep\r\n"
    practice.deliver(robot, sender="robot@example.com", to=practice.user("office"))
    (entry,) = practice.outbox()
    assert entry["to"] == ["ann@example.org"]
    assert message_from_string(entry["raw"])["Auto-Submitted"] == "auto-generated"


def test_a_slow_server_keeps_a_sent_draft_in_the_outbox_for_a_while(practice: PracticeServer) -> None:
    practice.practice("PUT", "clients", json={"send_delay": 0.4})
    made = draft(practice)
    _send(practice, "headteacher", made["id"])
    waiting = get(practice, "headteacher", made["id"])
    assert waiting["isDraft"] is True
    assert practice.outbox() == []
    _send(practice, "headteacher", made["id"], expect=400)
    time.sleep(0.5)
    assert get(practice, "headteacher", made["id"])["isDraft"] is False
    assert len(practice.outbox()) == 1


def test_properties_reach_colleagues_only_where_the_practice_setting_says_so(
    practice: PracticeServer,
) -> None:
    for travel in (False, True):
        practice.practice("PUT", "clients", json={"properties_travel": travel})
        made = draft(practice, toRecipients=[person(practice.user("office"))], **_KEYED)
        _send(practice, "headteacher", made["id"])
    arrived = listed(practice, "office", "inbox", _EXPAND)
    assert sorted("singleValueExtendedProperties" in each for each in arrived) == [False, True]


@pytest.mark.parametrize(
    "setting", [{"send_delay": "soon"}, {"send_delay": -1}, {"sends_as": "pigeon"}, {"x": 1}]
)
def test_a_setting_that_makes_no_sense_is_refused(
    practice: PracticeServer, setting: dict[str, object]
) -> None:
    with pytest.raises(AssertionError, match="400"):
        practice.practice("PUT", "clients", json=setting)
