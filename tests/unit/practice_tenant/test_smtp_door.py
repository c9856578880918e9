"""Any mail program can send a report in, and the school's people can send with theirs."""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTPUTF8

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import listed
from tests.unit.practice_tenant.smtp_builders import headers_of, letter, mail_program, raw_of

ROBIN = "robin@parents.example"


def test_a_report_with_a_picture_arrives_byte_for_byte(practice: PracticeServer) -> None:
    report = MIMEMultipart()
    report["From"], report["To"], report["Subject"] = f"Robin <{ROBIN}>", practice.user("reports"), "Look"
    report.attach(MIMEText("The post says: école £5 €", "plain", "utf-8"))
    picture = bytes(range(256)) * 300
    report.attach(MIMEImage(picture, "png", name="post.png"))
    raw = report.as_bytes().replace(b"\n", b"\r\n")
    with mail_program(practice) as program:
        assert program.sendmail(ROBIN, [practice.user("reports")], raw) == {}
    (arrived,) = listed(practice, "reports", "inbox", "?$expand=attachments")
    assert arrived["from"]["emailAddress"] == {"name": "Robin", "address": ROBIN}
    assert arrived["attachments"][0]["contentBytes"] == b64encode(picture).decode()
    assert raw_of(practice, "reports").endswith(raw)


def test_what_comes_by_smtp_is_judged_as_what_is_delivered_by_the_control(practice: PracticeServer) -> None:
    with mail_program(practice) as program:
        program.send_message(letter(ROBIN, practice.user("reports")))
        program.send_message(letter(practice.user("headteacher"), practice.user("reports"), "APPROVE"))
    spoofed = dict(headers_of(practice, "reports", place=0))
    honest = dict(headers_of(practice, "reports", place=1))
    assert "dmarc=pass" in honest["Authentication-Results"]
    assert "dmarc=fail" in spoofed["Authentication-Results"]
    assert "reason=601" in spoofed["Authentication-Results"]
    for headers in (honest, spoofed):
        assert headers["X-MS-Exchange-Organization-AuthAs"] == "Anonymous"


def test_one_mail_to_several_people_reaches_each_of_them_once(practice: PracticeServer) -> None:
    to = [practice.user("reports"), practice.user("office"), practice.user("reports").upper()]
    with mail_program(practice) as program:
        program.sendmail(ROBIN, to, letter(ROBIN, to[0]).as_bytes())
    assert len(listed(practice, "reports", "inbox")) == 1
    assert len(listed(practice, "office", "inbox")) == 1


def test_an_address_that_nobody_has_is_refused_and_the_others_get_theirs(practice: PracticeServer) -> None:
    with mail_program(practice) as program:
        refused = program.sendmail(
            ROBIN, [practice.user("reports"), "nobody@tillbrook.example"], letter(ROBIN, "x").as_bytes()
        )
        code, said = refused["nobody@tillbrook.example"]
        assert (code, said[:6]) == (550, b"5.1.10")
    assert len(listed(practice, "reports", "inbox")) == 1


def test_the_school_relays_for_nobody_from_outside(practice: PracticeServer) -> None:
    with mail_program(practice) as program, pytest.raises(smtplib.SMTPRecipientsRefused, match="Relay"):
        program.sendmail(ROBIN, ["someone@elsewhere.example"], letter(ROBIN, "x").as_bytes())
    assert practice.outbox() == []


def test_a_program_says_in_advance_how_large_a_mail_is_and_is_told_that_it_is_too_large(
    practice: PracticeServer,
) -> None:
    with mail_program(practice) as program:
        program.ehlo()
        limit = int(program.esmtp_features["size"])
        assert limit == 36 * 1024 * 1024
        code, said = program.docmd(f"MAIL FROM:<{ROBIN}> SIZE={limit + 1}")
        assert (code, b"size" in said) == (552, True)


@pytest.mark.parametrize("way", ["8bitmime", "smtputf8", "pipelining", "starttls", "auth"])
def test_the_door_announces_what_mail_programs_look_for(practice: PracticeServer, way: str) -> None:
    with mail_program(practice) as program:
        program.ehlo()
        assert program.has_extn(way)


def test_addresses_and_subjects_beyond_ascii_arrive_as_they_are(practice: PracticeServer) -> None:
    message = letter("zoë@exämple.example", practice.user("reports"), "Zoës größtes Bild ✓")
    with mail_program(practice) as program:
        program.ehlo()
        program.sendmail(
            "zoë@exämple.example",
            [practice.user("reports")],
            message.as_bytes(policy=SMTPUTF8),
            mail_options=["SMTPUTF8", "BODY=8BITMIME"],
        )
    (arrived,) = listed(practice, "reports", "inbox")
    assert arrived["subject"] == "Zoës größtes Bild ✓"
    assert arrived["from"]["emailAddress"]["address"] == "zoë@exämple.example"
    assert "dmarc=pass" in dict(headers_of(practice, "reports"))["Authentication-Results"]


def test_a_bounce_with_an_empty_sender_is_taken(practice: PracticeServer) -> None:
    with mail_program(practice) as program:
        program.sendmail("<>", [practice.user("office")], letter("mailer-daemon@mx.example", "x").as_bytes())
    assert ("Return-Path", "<>") in headers_of(practice, "office")


def test_lines_that_begin_with_a_dot_and_lines_without_end_survive(practice: PracticeServer) -> None:
    raw = f"From: {ROBIN}\r\nSubject: x\r\n\r\n.\r\n..two\r\n{'long ' * 40_000}\r\n".encode()
    with mail_program(practice) as program:
        program.sendmail(ROBIN, [practice.user("reports")], raw)
    assert raw_of(practice, "reports").endswith(raw)


def test_a_script_that_never_heard_of_carriage_returns_sends_a_large_report(practice: PracticeServer) -> None:
    raw = (
        f"From: {ROBIN}\nSubject: x\n\n.one dot\n".encode()
        + b"seventy letters of a picture in base64\n" * 60_000
    )
    with mail_program(practice) as program:
        program.sendmail(ROBIN, [practice.user("reports")], raw)
    assert raw_of(practice, "reports").rstrip().endswith(raw.rstrip())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("MAIL FROM:<a@b.example>", 503),
        ("FROB", 500),
        ("RCPT TO:<x@y.example>", 503),
        ("DATA", 503),
        ("\xff\xfe", 500),
    ],
)
def test_a_command_out_of_order_or_unknown_is_answered_and_the_next_one_works(
    practice: PracticeServer, line: str, code: int
) -> None:
    with socket.create_connection(("127.0.0.1", practice.facts["smtp_port"]), timeout=60) as wire:
        lines = wire.makefile("rb")
        assert lines.readline().startswith(b"220 ")
        wire.sendall(line.encode("latin-1") + b"\r\n")
        assert lines.readline().startswith(str(code).encode())
        wire.sendall(b"NOOP\r\n")
        assert lines.readline().startswith(b"250")


def test_commands_may_come_in_one_packet(practice: PracticeServer) -> None:
    with socket.create_connection(("127.0.0.1", practice.facts["smtp_port"]), timeout=60) as wire:
        lines = wire.makefile("rb")
        to = practice.user("reports")
        wire.sendall(f"HELO pc\r\nMAIL FROM:<{ROBIN}>\r\nRCPT TO:<{to}>\r\nDATA\r\n".encode())
        wire.sendall(f"From: {ROBIN}\r\n\r\nHello\r\n.\r\nQUIT\r\n".encode())
        codes = [lines.readline()[:3] for _ in range(7)]
    assert codes == [b"220", b"250", b"250", b"250", b"354", b"250", b"221"]
    assert len(listed(practice, "reports", "inbox")) == 1


def test_the_connection_can_be_encrypted_with_the_tenants_certificate(practice: PracticeServer) -> None:
    trust = ssl.create_default_context(cafile=practice.ca_file)
    with smtplib.SMTP("localhost", practice.facts["smtp_port"], timeout=60) as program:
        program.starttls(context=trust)
        program.send_message(letter(ROBIN, practice.user("reports")))
    assert len(listed(practice, "reports", "inbox")) == 1


def test_a_person_who_signs_in_writes_to_colleagues_and_to_the_world(practice: PracticeServer) -> None:
    message = letter(practice.user("headteacher"), "parent@example.net", "An invitation")
    message["Cc"], message["Bcc"] = practice.user("office"), practice.user("chair")
    with mail_program(practice, "headteacher") as program:
        to = ["parent@example.net", practice.user("office"), practice.user("chair")]
        program.sendmail(practice.user("headteacher"), to, message.as_bytes())
    (left,) = practice.outbox()
    assert left["to"] == ["parent@example.net"]
    assert practice.user("chair") not in left["raw"]
    inside = dict(headers_of(practice, "office"))
    assert inside["X-MS-Exchange-Organization-AuthAs"] == "Internal"
    assert "Authentication-Results" not in inside
    (copy,) = listed(practice, "headteacher", "sentitems")
    assert copy["bccRecipients"][0]["emailAddress"]["address"] == practice.user("chair")
    assert len(listed(practice, "chair", "inbox")) == 1


def test_nobody_signs_in_with_a_wrong_password_or_sends_as_somebody_else(practice: PracticeServer) -> None:
    with mail_program(practice) as program, pytest.raises(smtplib.SMTPAuthenticationError, match=r"5\.7\.3"):
        program.login(practice.user("headteacher"), "guess")
    head, office = practice.user("headteacher"), practice.user("office")
    with mail_program(practice, "office") as program:
        with pytest.raises(smtplib.SMTPSenderRefused, match="SendAsDenied"):
            program.sendmail(head, [office], letter(head, office).as_bytes())
        with pytest.raises(smtplib.SMTPDataError, match="SendAsDenied"):
            program.sendmail(office, [practice.user("reports")], letter(head, office).as_bytes())
    assert listed(practice, "reports", "inbox") == []


def test_the_office_sends_from_the_shared_mailbox(practice: PracticeServer) -> None:
    reports = practice.user("reports")
    with mail_program(practice, "office") as program:
        program.sendmail(reports, [practice.user("teacher")], letter(reports, "x").as_bytes())
    assert len(listed(practice, "reports", "sentitems")) == 1
    assert len(listed(practice, "teacher", "inbox")) == 1


def test_a_program_may_sign_in_with_a_token_instead(practice: PracticeServer) -> None:
    office = practice.user("office")
    given = f"user={office}\x01auth=Bearer {practice.user_token('office')}\x01\x01".encode()
    with mail_program(practice) as program:
        program.ehlo()
        assert program.docmd("AUTH", f"XOAUTH2 {b64encode(given).decode()}")[0] == 235
        program.sendmail(office, [practice.user("teacher")], letter(office, "x").as_bytes())
        program.rset()
    stolen = f"user={practice.user('headteacher')}\x01auth=Bearer {practice.user_token('office')}\x01\x01"
    with mail_program(practice) as program:
        program.ehlo()
        assert program.docmd("AUTH", f"XOAUTH2 {b64encode(stolen.encode()).decode()}")[0] == 535


def test_a_person_who_mistypes_a_colleague_gets_the_mail_back(practice: PracticeServer) -> None:
    office = practice.user("office")
    with mail_program(practice, "office") as program:
        program.sendmail(office, ["nobody@tillbrook.example"], letter(office, "x", "Trip").as_bytes())
    (bounce,) = listed(practice, "office", "inbox")
    assert bounce["subject"] == "Undeliverable: Trip"
