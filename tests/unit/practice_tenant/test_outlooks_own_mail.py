"""What the school's own programs send: pictures among the words, Message-IDs and threads as Outlook's."""

from __future__ import annotations

import email
import re
from base64 import b64decode
from email.message import Message
from typing import Any

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import draft, file_attachment, listed, person

_PICTURE = file_attachment(
    "image001.png",
    b"\x89PNG picture",
    isInline=True,
    contentId="image001.png@01DC5F4A.1A2B3C4D",
    contentType="image/png",
)
_BODY = {"contentType": "HTML", "content": '<p>See <img src="cid:image001.png@01DC5F4A.1A2B3C4D"></p>'}


def _sent(practice: PracticeServer, program: str, **more: Any) -> Message:
    made = draft(practice, attachments=[_PICTURE, *more.pop("files", ())], body=_BODY, **more)
    choice = {"user": practice.user("headteacher"), "message": made["id"], "as": program}
    practice.practice("POST", "send", params=choice)
    return email.message_from_string(practice.outbox()[-1]["raw"])


def _shape(part: Message) -> list[Any]:
    inner = part.get_payload()
    return [part.get_content_type(), *([_shape(each) for each in inner] if isinstance(inner, list) else [])]  # type: ignore[arg-type]  # parts are messages


def test_outlook_puts_pictures_beside_text_and_html_together(practice: PracticeServer) -> None:
    mail = _sent(
        practice, "desktop", files=[file_attachment("letter.pdf", b"%PDF", contentType="application/pdf")]
    )
    both = ["multipart/alternative", ["text/plain"], ["text/html"]]
    related, letter = mail.get_payload()  # type: ignore[misc]  # two parts
    assert _shape(mail) == [
        "multipart/mixed",
        ["multipart/related", both, ["image/png"]],
        ["application/pdf"],
    ]
    assert related.get_param("type") == "multipart/alternative"
    picture = related.get_payload(1)
    assert picture["Content-ID"] == "<image001.png@01DC5F4A.1A2B3C4D>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_payload(decode=True) == b"\x89PNG picture"
    assert letter.get_filename() == "letter.pdf"
    assert mail["X-MS-Has-Attach"] == "yes"


def test_a_phone_puts_pictures_beside_the_html_alone(practice: PracticeServer) -> None:
    mail = _sent(practice, "phone")
    related = ["multipart/related", ["text/html"], ["image/png"]]
    assert _shape(mail) == ["multipart/alternative", ["text/plain"], related]


def test_a_colleague_sees_the_picture_where_the_words_want_it(practice: PracticeServer) -> None:
    _sent(practice, "graph", toRecipients=[person("parent@example.net"), person(practice.user("office"))])
    (arrived,) = listed(practice, "office", "inbox", "?$expand=attachments")
    (picture,) = arrived["attachments"]
    assert picture["isInline"] is True
    assert f"cid:{picture['contentId']}" in arrived["body"]["content"]
    assert arrived["hasAttachments"] is False


def test_message_ids_are_outlooks(practice: PracticeServer) -> None:
    made = draft(practice)
    assert re.fullmatch(
        r"<LO0P265MB0412[0-9A-F]{25}@LO0P265MB0412\.GBRP265\.PROD\.OUTLOOK\.EXAMPLE>",
        made["internetMessageId"],
    )


def test_an_answer_continues_the_thread_in_every_header(practice: PracticeServer) -> None:
    office, head = practice.user("office"), practice.user("headteacher")
    first = draft(practice, toRecipients=[person(office)], subject="Trip")
    practice.graph("POST", f"users/{head}/messages/{first['id']}/send", expect=202)
    (arrived,) = listed(practice, "office", "inbox")
    practice.set_clock("2026-11-23T11:00:00Z")
    practice.graph(
        "POST", f"users/{office}/messages/{arrived['id']}/reply", json={"comment": "Yes"}, expect=202
    )
    (reply,) = listed(practice, "headteacher", "inbox")
    raw = practice.graph("GET", f"users/{head}/messages/{reply['id']}/$value").content
    headers = email.message_from_bytes(raw)
    assert headers["In-Reply-To"] == headers["References"] == first["internetMessageId"]
    assert (headers["Subject"], headers["Thread-Topic"]) == ("RE: Trip", "Trip")
    index = b64decode(headers["Thread-Index"])
    assert index.startswith(b64decode(arrived["conversationIndex"])[:22])
    assert len(index) == 22 + 5
    assert index[0] == 1  # the year 2026, in steps of 100 ns since 1601
    assert reply["conversationId"] == first["conversationId"]
    assert "<b>Sent:</b> 23 November 2026 09:0" in reply["body"]["content"]
