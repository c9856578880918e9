"""Answering and forwarding, as drafts or at once."""

from email import message_from_string

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft, file_attachment, listed, person, raw_mail


def _act(
    practice: PracticeServer, message_id: str, action: str, body: dict[str, object], expect: int
) -> dict[str, object]:
    path = f"users/{practice.user('reports')}/messages/{message_id}/{action}"
    answer = practice.graph("POST", path, json=body, expect=expect)
    made: dict[str, object] = answer.json() if answer.content else {}
    return made


def test_a_reply_draft_goes_to_the_author_in_the_same_conversation_with_the_words_quoted(
    practice: PracticeServer,
) -> None:
    message = deliver(practice, raw_mail(more="Message-ID: <one@example.org>\r\n", body="The original words"))
    made = _act(practice, message["id"], "createReply", {"comment": "Thank you"}, 201)
    assert made["toRecipients"] == [person("ann@example.org", "Ann Other")]
    assert made["subject"] == "RE: A post"
    assert made["conversationId"] == message["conversationId"]
    assert "Thank you" in str(made["body"])
    assert "The original words" in str(made["body"])


def test_a_reply_follows_reply_to(practice: PracticeServer) -> None:
    message = deliver(practice, raw_mail(more="Reply-To: desk@example.org\r\n"))
    made = _act(practice, message["id"], "createReply", {}, 201)
    assert made["toRecipients"] == [person("desk@example.org", "desk@example.org")]


def test_a_sent_reply_names_the_mail_it_answers(practice: PracticeServer) -> None:
    message = deliver(
        practice, raw_mail(more="Message-ID: <one@example.org>\r\nReferences: <zero@example.org>\r\n")
    )
    _act(practice, message["id"], "reply", {"comment": "Thank you"}, 202)
    sent = message_from_string(practice.outbox()[0]["raw"])
    assert sent["In-Reply-To"] == "<one@example.org>"
    assert sent["References"].split() == ["<zero@example.org>", "<one@example.org>"]


def test_a_reply_to_all_leaves_out_oneself(practice: PracticeServer) -> None:
    raw = raw_mail(more="Cc: other@example.org, reports@tillbrook.example\r\n")
    made = _act(practice, deliver(practice, raw)["id"], "createReplyAll", {}, 201)
    everybody = [each["emailAddress"]["address"] for each in [*made["toRecipients"], *made["ccRecipients"]]]  # type: ignore[misc]  # JSON
    assert everybody == ["ann@example.org", "other@example.org"]


def test_a_forward_takes_the_attachments_along(practice: PracticeServer) -> None:
    made = draft(practice, "reports", attachments=[file_attachment("evidence.png", b"picture")])
    body = {"comment": "Please see", "toRecipients": [person(practice.user("office"))]}
    _act(practice, made["id"], "forward", body, 202)
    (arrived,) = listed(practice, "office", "inbox", "?$expand=attachments")
    assert arrived["subject"] == "FW: An invitation"
    assert [each["name"] for each in arrived["attachments"]] == ["evidence.png"]


def test_comment_and_body_together_are_refused(practice: PracticeServer) -> None:
    message = deliver(practice)
    body = {"comment": "x", "message": {"body": {"contentType": "text", "content": "y"}}}
    _act(practice, message["id"], "reply", body, 400)
    assert practice.outbox() == []


def test_an_answer_that_names_only_the_latest_mail_still_joins_the_conversation(
    practice: PracticeServer,
) -> None:
    deliver(practice, raw_mail(more="Message-ID: <one@example.org>\r\n"))
    deliver(practice, raw_mail(more="Message-ID: <two@example.org>\r\nReferences: <one@example.org>\r\n"))
    deliver(practice, raw_mail(more="Message-ID: <three@example.org>\r\nIn-Reply-To: <two@example.org>\r\n"))
    deliver(practice, raw_mail(more="Message-ID: <other@example.org>\r\n"))
    conversations = [each["conversationId"] for each in listed(practice, "reports", "inbox")]
    assert sorted(conversations.count(each) for each in conversations) == [1, 3, 3, 3]
