"""Mails that programs got wrong: nothing is lost, nothing raises, and the problem is said."""

# ruff: noqa: E501 - mails stand here as programs write them

import base64
import hashlib
from email.message import EmailMessage

import pytest

from casework.messages import ReceivedMessage, content_fingerprint
from connectors.documents.messages import MimeMessageReader

PICTURE = bytes(range(256)) * 40
HEAD = b"From: Rosa Vale <rosa@tillbrook.example>\r\nTo: reports@tillbrook.example\r\nSubject: Harvest\r\nMIME-Version: 1.0\r\n"


def read(raw: bytes) -> ReceivedMessage:
    return MimeMessageReader().read(raw)


def part(content: bytes, *, header: str) -> bytes:
    packed = base64.encodebytes(content)
    return header.encode() + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + packed.replace(b"\n", b"\r\n")


def multipart(*parts: bytes, boundary: bytes = b"sep", kind: bytes = b"mixed", closed: bool = True) -> bytes:
    body = b"".join(b"--" + boundary + b"\r\n" + one + b"\r\n" for one in parts)
    end = b"--" + boundary + b"--\r\n" if closed else b""
    return HEAD + b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n' + body + end


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nPlease look."
PNG = part(
    PICTURE,
    header='Content-Type: image/png; name="post.png"\r\nContent-Disposition: attachment; filename="post.png"',
)


def test_every_picture_comes_out_byte_for_byte() -> None:
    heic = part(
        PICTURE[::-1], header="Content-Type: image/heic\r\nContent-Disposition: inline; filename=IMG_1.HEIC"
    )
    message = read(multipart(TEXT, PNG, heic))
    assert [(a.name, a.inline) for a in message.attachments] == [("post.png", False), ("IMG_1.HEIC", True)]
    assert [a.sha256 for a in message.attachments] == [
        hashlib.sha256(p).hexdigest() for p in (PICTURE, PICTURE[::-1])
    ]
    assert message.text == "Please look."


@pytest.mark.parametrize(
    "raw",
    [
        multipart(TEXT, PNG, closed=False),
        multipart(TEXT, PNG).replace(b"\r\n", b"\n"),
        multipart(TEXT, PNG).replace(b"\r\n", b"\r"),
        multipart(TEXT, PNG).replace(b'; boundary="sep"', b""),
        multipart(TEXT, PNG).replace(b'boundary="sep"', b'boundary="other"'),
        multipart(TEXT, PNG).replace(b'boundary="sep"', b"boundary=sep  "),
        multipart(TEXT, PNG).replace(
            b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: BASE-64 "
        ),
        multipart(TEXT, PNG).replace(b"Subject: Harvest\r\n", b"Subject: Harvest\r\nwithout a colon\r\n"),
        b"From someone Mon Oct 25 2021\r\n" + multipart(TEXT, PNG),
        b"\r\n\r\n" + multipart(TEXT, PNG),
        b"\xef\xbb\xbf" + multipart(TEXT, PNG),
        multipart(TEXT, b"--sep--\r\n\r\n" + PNG).replace(b"--sep--\r\n\r\n", b"", 1),
        multipart(TEXT, PNG).replace(b'filename="post.png"', b"filename=post.png; size=10240"),
        multipart(TEXT, PNG).replace(b"==", b""),
        multipart(TEXT, PNG).replace(b"multipart/mixed", b"Multipart/MIXED"),
    ],
    ids=[
        "no last boundary",
        "LF only",
        "CR only",
        "no boundary parameter",
        "wrong boundary",
        "boundary with blanks",
        "misspelt encoding",
        "line without colon",
        "mbox line",
        "blank lines first",
        "byte order mark",
        "late close",
        "unquoted parameters",
        "padding lost",
        "capitals",
    ],
)
def test_a_broken_frame_loses_neither_text_nor_picture(raw: bytes) -> None:
    message = read(raw)
    assert message.subject.startswith("Harvest")
    assert message.sender.address == "rosa@tillbrook.example"
    assert message.text.strip() == "Please look."
    assert [attachment.content for attachment in message.attachments] == [PICTURE]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('filename="=?utf-8?B?U2NyZWVuc2hvdCDDqS5wbmc=?="', "Screenshot é.png"),
        ("filename*=UTF-8''Screenshot%20%C3%A9.png", "Screenshot é.png"),
        ("filename*0*=UTF-8''Screen; filename*1*=shot%20%C3%A9; filename*2=.png", "Screenshot é.png"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\Users\\\\rosa\\\\post.png"', "post.png"),
        ("filename*=UTF-8''innocent%E2%80%AEgnp.exe", "innocentgnp.exe"),
        ('filename="CON.png"', "_CON.png"),
        ('filename="a:b?.png"', "ab.png"),
        ('filename=""', "attachment-1.png"),
        ('filename="post.png', "post.png"),
    ],
)
def test_names_are_made_safe_and_the_senders_own_is_kept(header: str, name: str) -> None:
    message = read(
        multipart(
            TEXT,
            part(PICTURE, header=f"Content-Type: image/png\r\nContent-Disposition: attachment; {header}"),
        )
    )
    (attachment,) = message.attachments
    assert attachment.name == name
    if "passwd" in header:
        assert attachment.original_name == "../../etc/passwd"


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("utf-8", "café".encode(), "café"),
        ("iso-8859-1", b"caf\xe9 \x93quoted\x94", "café “quoted”"),
        ("us-ascii", "café".encode(), "café"),
        ("iso-8859-1", "café".encode(), "café"),
        ("x-unknown", b"caf\xe9", "café"),
        (
            "utf-8",
            b"caf\xe9 and a long line of ordinary words after it",
            "café and a long line of ordinary words after it",
        ),
        ("utf-16", "café".encode("utf-16"), "café"),
        ("windows-1251", "привет".encode("cp1251"), "привет"),
        ("gb2312", "你好".encode("gb18030"), "你好"),
        ("base64", b"plain", "plain"),
    ],
)
def test_letters_survive_a_charset_that_is_wrong_or_unknown(charset: str, raw: bytes, text: str) -> None:
    assert read(HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + raw).text == text


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"=?utf-8?Q?Caf=C3=A9_post?=", "Café post"),
        (b"=?utf-8?B?Q2Fmw6k=?=\r\n =?utf-8?B?IHBvc3Q=?=", "Café post"),
        (b"=?utf-8?B?Q2Fmww==?= =?utf-8?B?qSBwb3N0?=", "Café post"),
        (b"=?iso-8859-1?q?Caf=e9 post?=", "Café post"),
        (b"Caf\xc3\xa9 post", "Café post"),
        (b"Caf\xe9 post", "Café post"),
        (b"=?utf-8?Q?Caf=C3=A9_post", "=?utf-8?Q?Caf=C3=A9_post"),
        (b"=?nonsense?X?abc?=", "=?nonsense?X?abc?="),
    ],
)
def test_subjects_are_read_however_they_are_encoded(header: bytes, subject: str) -> None:
    assert read(b"From: a@example.org\r\nSubject: " + header + b"\r\n\r\nText").subject == subject


def test_a_picture_between_two_texts_leaves_both_to_read() -> None:
    second = b"Content-Type: text/plain\r\n\r\nAnd this."
    message = read(multipart(TEXT, PNG, second))
    assert message.text.split("\n") == ["Please look.", "And this."]


def test_a_pdf_between_the_alternatives_of_apple_mail_is_kept() -> None:
    inner = multipart(b"Content-Type: text/html\r\n\r\n<p>Please look.</p>", PNG, boundary=b"inner")
    inner = inner[len(HEAD) :]
    message = read(multipart(TEXT, inner, kind=b"alternative"))
    assert message.text == "Please look."
    assert message.html_text == "Please look."
    assert [attachment.content for attachment in message.attachments] == [PICTURE]


def test_uuencoded_files_inside_a_text_become_attachments() -> None:
    message = read(HEAD + b"\r\nPlease look.\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nBye\r\n")
    assert [(a.name, a.content) for a in message.attachments] == [("cat.txt", b"Cat")]
    assert "begin 644" not in message.text


def test_a_mail_forwarded_as_attachment_is_opened_to_a_depth_of_five() -> None:
    innermost = EmailMessage()
    innermost["From"], innermost["Subject"] = "Rosa Vale <rosa@tillbrook.example>", "level 0"
    innermost.set_content("The words")
    innermost.add_attachment(PICTURE, maintype="image", subtype="png", filename="post.png")
    mail = innermost
    for level in range(1, 8):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = f"person{level}@example.org", f"level {level}"
        outer.set_content("See inside")
        outer.add_attachment(mail)
        mail = outer
    message = read(mail.as_bytes())
    depths = [attachment.depth for attachment in message.every_attachment()]
    assert max(depths) == 5
    assert any("more than 5 deep" in problem for problem in _all_problems(message))


def _all_problems(message: ReceivedMessage) -> list[str]:
    return [*message.problems, *(problem for inner in message.embedded for problem in _all_problems(inner))]


def test_parts_without_end_are_counted_and_said() -> None:
    message = read(multipart(*([b"Content-Type: image/png\r\n\r\nx"] * 3_000)))
    assert len(message.attachments) <= 2_000
    assert any("more than 2000 parts" in problem for problem in message.problems)


def test_multiparts_inside_each_other_without_end_stop_at_a_limit() -> None:
    body = b"--b0\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1, 3_000)
    )
    message = read(HEAD + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n" + body)
    assert any("deep in each other" in problem for problem in message.problems)


def test_a_piece_of_a_mail_and_an_encrypted_mail_are_said_to_be_so() -> None:
    piece = read(HEAD + b"Content-Type: message/partial; id=1; number=1; total=2\r\n\r\nhalf")
    sealed = read(HEAD + part(b"0\x80secret", header="Content-Type: application/pkcs7-mime; name=smime.p7m"))
    assert "pieces" in piece.problems[0]
    assert "encrypted" in sealed.problems[0]


def test_the_words_under_an_opaque_signature_are_read() -> None:
    inner = b"Content-Type: text/plain\r\n\r\nPlease look."
    data = bytes.fromhex("06092a864886f70d010701") + _der(0xA0, _der(0x04, inner))
    signed = _der(
        0x30,
        bytes.fromhex("06092a864886f70d010702") + _der(0xA0, _der(0x30, b"\x02\x01\x01" + _der(0x30, data))),
    )
    assert (
        read(HEAD + part(signed, header="Content-Type: application/pkcs7-mime; smime-type=signed-data")).text
        == "Please look."
    )


def _der(tag: int, content: bytes) -> bytes:
    size = bytes([len(content)]) if len(content) < 128 else b"\x82" + len(content).to_bytes(2, "big")
    return bytes([tag]) + size + content


def test_the_same_mail_by_two_routes_has_one_fingerprint_and_another_mail_has_another() -> None:
    mail = multipart(TEXT, PNG)
    by_rule = (
        b"Received: from mx.example.net\r\nX-MS-Exchange-Organization-AuthAs: Internal\r\nDKIM-Signature: v=1\r\n"
        + mail
    )
    assert content_fingerprint(by_rule) == content_fingerprint(mail.replace(b"\r\n", b"\n"))
    assert content_fingerprint(mail.replace(b"Please", b"PLEASE")) != content_fingerprint(mail)


@pytest.mark.parametrize("raw", [b"", b"   \r\n", b"\x89PNG\r\n\x1a\n" + PICTURE, b"PK\x03\x04" + PICTURE])
def test_what_is_no_mail_is_said_with_a_next_step(raw: bytes) -> None:
    assert read(raw).problems[0].endswith(("by hand.", "again."))
