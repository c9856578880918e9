"""MIME in and out: nothing that the internet sends may break a mailbox."""

import email
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.transport_headers import header_fields
from practice_tenant.mail.values import Attachment, MailContent, Person

_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_PIECES = [
    b"From: a@example.org\r\n",
    b"From: =?utf-8?q?=FF?= <a@example.org>, broken <, b@\xff\r\n",
    b"To: \xe9\xff, undisclosed:;\r\n",
    b"Subject: =?nowhere?b?////?= \xff\r\n continued\r\n",
    b"Date: yesterday\r\n",
    b"Date: Mon, 99 Foo 2026 99:00:00 +9999\r\n",
    b"Message-ID: <\xff@>\r\n",
    b"Content-Type: text/html; charset=nonsense\r\n",
    b'Content-Type: multipart/mixed; boundary="b"\r\n',
    b"Content-Type: multipart/alternative\r\n",
    b"Content-Type: message/rfc822\r\n",
    b"Content-Type: message/delivery-status\r\n",
    b"Content-Type: \xff/\xfe; name=\xff\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-unknown\r\n",
    b"Content-Transfer-Encoding: uuencode\r\n",
    b"Content-Disposition: attachment; filename*=utf-8''%FF%00\r\n",
    b"Content-Disposition: attachment; filename*0*=x'y'%; filename*1=b\r\n",
    b"Content-ID: <\xff>\r\n",
    b"\r\n",
    b"--b\r\n",
    b"--b--\r\n",
    b"text \xff\x00 \xc3\xa9\r\n",
    b"!!!!not base64\r\n",
]


@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=30), max_size=25).map(b"".join))
def test_any_bytes_can_be_read_shown_and_sent_on(raw: bytes) -> None:
    content = read_mime(raw)
    words = [
        content.subject,
        content.body,
        content.references,
        *(name for pair in content.headers for name in pair),
    ]
    words += [each.name + each.content_type + (each.content_id or "") for each in content.attachments]
    words += [person.name + person.address for person in content.everybody()]
    assert json.dumps(words, ensure_ascii=False).encode()
    assert read_mime(write_mime(content, date=_NOW)).body_type == content.body_type


@pytest.mark.parametrize("length", [69, 70, 78, 200])
def test_a_subject_that_fills_its_line_gets_no_blank_before_it(length: int) -> None:
    subject = ("Casework on Wednesday " * 10)[:length].strip()
    content = MailContent(subject=subject, body="", recipients=())
    assert read_mime(write_mime(content, date=_NOW)).subject == subject


@given(
    subject=st.text(max_size=40),
    body=st.text(max_size=80),
    name=st.text(max_size=20),
    file=st.binary(max_size=60),
    file_name=st.text(max_size=20),
)
def test_what_is_written_is_read_again(
    subject: str, body: str, name: str, file: bytes, file_name: str
) -> None:
    attachment = Attachment(name=f"x{file_name}.docx", content_type="text/plain", content=file)
    content = MailContent(
        subject=subject,
        body=body,
        author=Person(name=name, address="head@tillbrook.example"),
        recipients=(Person(name=name, address="parent@example.net"),),
        attachments=(attachment,),
    )
    again = read_mime(write_mime(content, date=_NOW))
    assert [person.address for person in again.recipients] == ["parent@example.net"]
    assert again.author is not None
    assert again.author.address == "head@tillbrook.example"
    assert [each.content for each in again.attachments] == [file]
    assert " ".join(again.body.split()) == " ".join(body.encode("utf-8", "replace").decode().split())


def test_no_header_can_be_smuggled_in_by_a_subject_or_a_name() -> None:
    content = MailContent(
        subject="Hello\r\nBcc: thief@example.com",
        recipients=(Person(name="A\r\nX-Evil: 1", address="parent@example.net"),),
        author=Person(name="Head", address="head@tillbrook.example"),
        headers=(("X-Case", "7\r\nX-Evil: 2"),),
    )
    message = email.message_from_bytes(write_mime(content, date=_NOW))
    assert message["Bcc"] is None
    assert message["X-Evil"] is None


def test_an_attached_mail_travels_as_its_very_bytes() -> None:
    inner = b"From: a@example.org\r\nSubject: Inner\r\n\r\nEight bits: \xff\xe9\r\n"
    attachment = Attachment(name="Inner", content_type="message/rfc822", content=inner, kind="item")
    for body_type in ("text", "html"):
        content = MailContent(body_type=body_type, body="See", attachments=(attachment,))
        (again,) = read_mime(write_mime(content, date=_NOW)).attachments
        assert (again.kind, again.content.strip()) == ("item", inner.strip())


_ALTERNATIVE = (
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n\r\nplain\r\n'
    b"--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--"
)
_MIXED = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nfirst\r\n--b\r\n\r\nsecond\r\n--b--'


@pytest.mark.parametrize(
    ("raw", "body_type", "body", "names"),
    [
        (b"Subject: x\r\n\r\nplain", "text", "plain", []),
        (b"Content-Type: text/html\r\n\r\n<p>x</p>", "html", "<p>x</p>", []),
        (b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF", "text", "", ["a.pdf"]),
        (_ALTERNATIVE, "html", "<p>rich</p>", []),
        (_MIXED, "text", "first", ["ATT00001.txt"]),
    ],
)
def test_the_body_is_the_part_that_a_person_would_read(
    raw: bytes, body_type: str, body: str, names: list[str]
) -> None:
    content = read_mime(raw)
    assert (content.body_type, content.body) == (body_type, body)
    assert [each.name for each in content.attachments] == names


@given(st.binary(max_size=200))
def test_taking_the_header_apart_loses_no_byte(raw: bytes) -> None:
    fields, rest = header_fields(raw)
    assert b"".join(fields) + rest == raw
