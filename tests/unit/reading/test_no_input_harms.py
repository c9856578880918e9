"""What must never happen: bytes or text that raise, loop, or take time without bound."""

# ruff: noqa: E501 - mails stand here as programs write them

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.forwards import find_forwards
from casework.forwards.dates import parse_moment
from casework.forwards.people import parse_people
from casework.intake import as_json, find_tags, mentions_headteacher, read_report, reply_text
from connectors.documents.messages import MimeMessageReader, load_platforms
from connectors.documents.messages.html_text import html_to_text
from connectors.documents.messages.reader import UNEXPECTED
from connectors.documents.messages.rich_text import rich_text

PLATFORMS = load_platforms()
MOST_SECONDS = 5
"""Of the processor, which other programs share."""
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADERS = st.sampled_from(
    [
        b"From: a <a@example.org>",
        b"From: =?utf-8?q?=?= <",
        b"Subject: =?x?b?!!?=",
        b"Date: Mon, 99 Foo 0000",
        b"To: <<<>>>,;",
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: text/html; charset=utf-7",
        b"Content-Type: message/rfc822",
        b'Content-Type: multipart/alternative; boundary="b',
        b"Content-Transfer-Encoding: base64",
        b"Content-Type: ;;;=",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Type: text/plain; charset=\x00",
        b"Content-Disposition: attachment; filename*0*=x''%zz",
        b"Content-Type: application/ms-tnef",
        b"Auto-Submitted: ?",
        b"Content-Type: multipart/report; boundary=b",
        b"Content-Type: message/delivery-status",
        b"\xff\xfe: \x80",
        b" folded",
        b"Content-Type: application/pkcs7-mime",
        b"Content-Type: text/plain; format=flowed",
        b"Content-Disposition: inline; filename=a.eml",
    ]
)
LINES = st.one_of(
    HEADERS,
    st.sampled_from([b"", b"--b", b"--b--", b"begin 644 x", b"end", b"> ", b"\x78\x9f\x3e\x22"]),
    st.binary(max_size=40),
)
MAILS = st.lists(LINES, max_size=40).map(b"\r\n".join)
WORDS = st.sampled_from(
    [
        "From:",
        "Sent:",
        "To:",
        "Subject:",
        "Von:",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "________________",
        "> ",
        ">> ",
        "\n",
        "\n\n",
        "a@example.org",
        "<",
        ">",
        "[mailto:",
        ";",
        ",",
        "25/10/2021 11:17",
        "On Mon wrote:",
        "\u200e",
        "\u00a0",
        "**",
        "-----Original Message-----",
        "From: a <a@b.example>To: cSent: 1 May 2021Subject: x",
        "Dear Mrs Vale,",
        "the head",
        "[TIS-2026-0007-k3f9]",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=60).map("".join)


@relaxed
@given(MAILS)
def test_no_mail_raises(raw: bytes) -> None:
    message = MimeMessageReader().read(raw)
    assert not any(problem.startswith(UNEXPECTED) for problem in message.problems)
    assert as_json(read_report(message, platforms=PLATFORMS))["kind"]


SOUND = (
    b"Received: from mx.example.net by tillbrook.example; Mon, 25 Oct 2021 11:20:00 +0100\r\n"
    b"From: =?utf-8?q?Ann_Quill?= <ann@example.org>\r\nTo: reports@tillbrook.example\r\nSubject: Fwd: Harvest\r\n"
    b"Date: Mon, 25 Oct 2021 11:20:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n"
    b"--out\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nFYI=\r\n caf=C3=A9\r\n\r\nBegin forwarded message:\r\n\r\n> From: Rosa Vale "
    b"<rosa@example.org>\r\n> Date: 25 October 2021 at 11:17:21 BST\r\n> To: Ann <ann@example.org>\r\n>\r\n> See "
    b"https://m.facebook.com/groups/1?fbclid=x\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>FYI <b>From:</b> Rosa</p>\r\n--in--\r\n"
    b"--out\r\nContent-Type: image/png; name*0*=utf-8''a; name*1=.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    b"--out\r\nContent-Type: message/rfc822\r\n\r\nFrom: kit@example.net\r\nSubject: inner\r\n\r\nbegin 644 a\r\n#0V%T\r\n`\r\nend\r\n--out--"
)
EDITS = st.lists(
    st.tuples(st.integers(0, len(SOUND)), st.integers(0, 60), st.binary(max_size=12)), max_size=8
)


@relaxed
@given(EDITS)
def test_no_damage_to_a_sound_mail_raises(edits: list[tuple[int, int, bytes]]) -> None:
    raw = SOUND
    for at, dropped, added in edits:
        raw = raw[:at] + added + raw[at + dropped :]
    message = MimeMessageReader().read(raw)
    assert not any(problem.startswith(UNEXPECTED) for problem in message.problems)
    assert as_json(read_report(message, platforms=PLATFORMS))["kind"]


@relaxed
@given(st.binary(max_size=3_000), st.sampled_from(["a.eml", "a.msg", "a.txt"]))
def test_no_bytes_raise_under_any_name(raw: bytes, name: str) -> None:
    problems = MimeMessageReader().read(raw, name=name).problems
    assert not any(problem.startswith(UNEXPECTED) for problem in problems)


@relaxed
@given(st.binary(max_size=600), st.sampled_from([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22"]))
def test_damaged_outlook_files_are_said_to_be_damaged(tail: bytes, magic: bytes) -> None:
    message = MimeMessageReader().read(magic + tail)
    assert message.attachments or message.problems


@relaxed
@given(TEXTS, TEXTS)
def test_no_text_raises_and_every_forward_is_shorter_than_what_holds_it(text: str, subject: str) -> None:
    size = len(text)
    for forward in find_forwards(text, subject=subject):
        assert len(forward.body) <= size
        size = len(forward.body)
    assert len(reply_text(text)) <= len(text)
    assert isinstance(mentions_headteacher(text, headteacher_names=("Mrs Vale",)), bool)
    assert all(len(tag) == 2 for tag in find_tags(text))


@relaxed
@given(st.text(max_size=300), st.binary(max_size=300))
def test_no_piece_of_a_mail_raises(text: str, raw: bytes) -> None:
    parse_moment(text)
    parse_people(text)
    html_to_text(text)
    rich_text(raw)
    rich_text(b"\x00" * 8 + b"LZFu" + b"\x00" * 4 + raw)


def test_texts_made_to_be_slow_are_read_in_a_moment() -> None:
    traps = [
        "From: a\n" * 5_000,
        "From: a\nSent: b\n" * 2_000,
        "> " * 12_000,
        ">" * 25_000 + "\n",
        "a," * 12_000 + "\n",
        "-----Original Message-----\n" * 2_000,
        "On 1 May a@b.example\n" * 2_000,
        "To: " + "x <x@y.example>, " * 2_000,
        "http://" * 5_000,
        "the " * 12_000,
        "i will " * 7_000,
        "((((((((" * 2_000,
        "=?utf-8?q?" * 2_000,
        "a@" * 12_000,
        "    x\n" * 20_000,
        "---------- Forwarded message ---------\n" * 3_000,
        "===8<===\n" * 10_000,
    ]
    for trap in traps:
        began = time.process_time()
        raw = b"From: a@example.org\r\nSubject: Fwd: x\r\n\r\n" + trap.encode()
        read_report(MimeMessageReader().read(raw), platforms=PLATFORMS)
        mentions_headteacher(trap, headteacher_names=("Mrs Vale",))
        reply_text(trap)
        assert time.process_time() - began < MOST_SECONDS, trap[:20]


def test_html_made_to_be_deep_is_read_in_a_moment() -> None:
    for trap in (
        "<div>" * 7_000,
        "<blockquote>" * 1_000 + "x",
        "<table><tr><td>" * 1_000,
        "<a href=" * 5_000,
        "&" * 25_000,
    ):
        began = time.process_time()
        raw = b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n" + trap.encode()
        read_report(MimeMessageReader().read(raw), platforms=PLATFORMS)
        assert time.process_time() - began < MOST_SECONDS, trap[:20]
