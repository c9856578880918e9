"""Forwards of programs that print them unlike all others, each as somebody who never saw our reader wrote it down."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

import pytest

from casework.intake.report import find_chain, read_report
from connectors.documents.messages import MimeMessageReader, load_platforms

FORWARDS = {
    "Notes in two columns": (
        "Fw: Harvest festival",
        (
            "Please see\n"
            "----- Forwarded by Ann Quill/Quill/GB on 22/11/2026 09:10 -----\n"
            "\n"
            "             Rosa Vale\n"
            "             <rosa@vale.example>\n"
            "                                                        To\n"
            "             21/11/2026 19:42          Ann Quill <ann@quill.example>\n"
            "                                                        cc\n"
            "\n"
            "                                                   Subject\n"
            "                                       Harvest festival\n"
            "\n"
            "\n"
            "\n"
            "\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "Notes in a box": (
        "Fw: Harvest festival",
        (
            "----- Forwarded by Ann Quill/Quill/GB on 22/11/2026 09:10 -----\n"
            "|---------+---------------------------->\n"
            '|         |           "Rosa Vale"      |\n'
            "|         |           <rosa@vale.exampl|\n"
            "|         |           e>               |\n"
            "|         |                            |\n"
            "|         |           21/11/2026 19:42 |\n"
            "|---------+---------------------------->\n"
            "  >------------------------------------------------------------------------------|\n"
            "  |       To:       <ann@quill.example>                                          |\n"
            "  |       cc:                                                                    |\n"
            "  |       Subject:  Harvest festival                                             |\n"
            "  >------------------------------------------------------------------------------|\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "Notes, one below the other": (
        "Fw: Harvest festival",
        (
            "FYI\n"
            "\n"
            "Rosa Vale <rosa@vale.example>\n"
            "21/11/2026 19:42\n"
            "To\n"
            "Ann Quill <ann@quill.example>\n"
            "cc\n"
            "\n"
            "Subject\n"
            "Harvest festival\n"
            "\n"
            "\n"
            "\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "Notes 4": (
        "Fw: Harvest festival",
        (
            "FYI\n"
            " ---------------------- Forwarded by Ann Quill/Quill/GB on 22/11/2026\n"
            "09:10 ---------------------------\n"
            "\n"
            "\n"
            "Rosa Vale <rosa@vale.example> on 21/11/2026 19:42:00\n"
            "\n"
            "To:   Ann Quill <ann@quill.example>\n"
            "cc:\n"
            "\n"
            "Subject:  Harvest festival\n"
            "\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "BT Mail": (
        "Fwd: Harvest festival",
        (
            "look\n"
            "------ Original Message ------\n"
            'From: "Rosa Vale" <rosa@vale.example>\n'
            'To: "Ann Quill" <ann@quill.example>\n'
            "Sent: Saturday, 21 Nov, 26 At 19:42\n"
            "Subject: Harvest festival\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "Airmail": (
        "Fwd: Harvest festival",
        (
            "look\n"
            "\n"
            "\n"
            "From: Rosa Vale <rosa@vale.example>\n"
            "Reply: Rosa Vale <rosa@vale.example>\n"
            "Date: 21 November 2026 at 19:42:00\n"
            "To: Ann Quill <ann@quill.example>\n"
            "Subject:  Harvest festival \n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "Sapo": (
        "Fwd: Harvest festival",
        (
            "Olá\n"
            "\n"
            "----- Mensagem encaminhada de Rosa Vale <rosa@vale.example> -----\n"
            "    Data: Sat, 21 Nov 2026 19:42:00 +0000\n"
            "    De: Rosa Vale <rosa@vale.example>\n"
            "Assunto: Harvest festival\n"
            "    Para: Ann Quill <ann@quill.example>\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
            "\n"
            "----- Fim de mensagem encaminhada -----\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "WP": (
        "Fwd: Harvest festival",
        (
            "Witam\n"
            "\n"
            "Dnia 21 listopada 2026 19:42 Rosa Vale <rosa@vale.example> napisał(a):\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", None, "2026-11-21T19:42", []),
    ),
    "QQ": (
        "转发：Harvest festival",
        (
            "请看\n"
            "\n"
            "------------------ 原始邮件 ------------------\n"
            '发件人: "Rosa Vale" <rosa@vale.example>;\n'
            "发送时间: 2026年11月21日(星期六) 晚上7:42\n"
            '收件人: "Ann Quill"<ann@quill.example>;\n'
            "主题: Harvest festival\n"
            "\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "163": (
        "Fw:Harvest festival",
        (
            "请看\n"
            "\n"
            "\n"
            "\n"
            "---- 转发的邮件 ----\n"
            "发件人\tRosa Vale<rosa@vale.example>\n"
            "发送日期\t2026年11月21日 19:42\n"
            "收件人\t<ann@quill.example>\n"
            "主题\tHarvest festival\n"
            "Have you seen what she put up about Year 2?\n"
        ),
        ("Rosa Vale", "rosa@vale.example", "Harvest festival", "2026-11-21T19:42", ["ann@quill.example"]),
    ),
    "Outlook with a warning": (
        "FW: [EXTERNAL] What was said",
        (
            "Hi\n"
            "\n"
            "________________________________\n"
            "From: Mo Farr <mo@farr.example>\n"
            "Sent: Friday, November 20, 2026 8:05:00 AM\n"
            "To: Lil Pond <lil@pond.example>\n"
            "Subject: [EXTERNAL] What was said\n"
            "\n"
            "CAUTION: This email originated from outside the organisation.\n"
            "\n"
            "He has written about the Year 1 teacher again, it is nasty.\n"
        ),
        ("Mo Farr", "mo@farr.example", "[EXTERNAL] What was said", "2026-11-20T08:05", ["lil@pond.example"]),
    ),
    "TalkTalk": (
        "Fw: What was said",
        (
            "Hi\n"
            "\n"
            "----Original Message----\n"
            "From: mo@farr.example\n"
            "Date: 20/11/2026 08:05\n"
            'To: "lil@pond.example"<lil@pond.example>\n'
            "Subj: What was said\n"
            "\n"
            "He has written about the Year 1 teacher again, it is nasty.\n"
        ),
        ("", "mo@farr.example", "What was said", "2026-11-20T08:05", ["lil@pond.example"]),
    ),
    "Freshdesk": (
        "Fwd: What was said",
        (
            "Hi\n"
            "\n"
            "---- on Fri, 20 Nov 2026 8:05 AM GMT mo@farr.example wrote ----\n"
            "\n"
            "He has written about the Year 1 teacher again, it is nasty.\n"
        ),
        ("", "mo@farr.example", None, "2026-11-20T08:05", []),
    ),
    "Notes in German": (
        "WG: What was said",
        (
            "Hallo\n"
            "\n"
            "----- Weitergeleitet von Lil Pond/Pond am 20.11.2026 09:10 -----\n"
            "\n"
            "             Mo Farr\n"
            "             <mo@farr.example>\n"
            "                                                        An\n"
            "             20.11.2026 08:05          Lil Pond <lil@pond.example>\n"
            "                                                     Kopie\n"
            "\n"
            "                                                     Thema\n"
            "                                       What was said\n"
            "\n"
            "\n"
            "\n"
            "He has written about the Year 1 teacher again, it is nasty.\n"
        ),
        ("Mo Farr", "mo@farr.example", "What was said", "2026-11-20T08:05", ["lil@pond.example"]),
    ),
    "Notes, several recipients": (
        "Fw: What was said",
        (
            "Hi\n"
            "\n"
            "----- Forwarded by Lil Pond/Pond on 20/11/2026 09:10 -----\n"
            "\n"
            "             Mo Farr\n"
            "             <mo@farr.example>\n"
            "                                                        To\n"
            "             20/11/2026 08:05          Lil Pond <lil@pond.example>,\n"
            "                                       Sam <sam@x.example>\n"
            "                                                        cc\n"
            "                                       Kit <kit@x.example>\n"
            "                                                   Subject\n"
            "                                       What was said\n"
            "\n"
            "\n"
            "\n"
            "He has written about the Year 1 teacher again, it is nasty.\n"
        ),
        (
            "Mo Farr",
            "mo@farr.example",
            "What was said",
            "2026-11-20T08:05",
            ["lil@pond.example", "sam@x.example"],
        ),
    ),
    "SFR": (
        "Fwd: What was said",
        (
            "Bonjour\n"
            "\n"
            "========================================\n"
            "Message du : 20/11/2026 08:05\n"
            'De : "Mo Farr" <mo@farr.example>\n'
            "A : lil@pond.example\n"
            "Copie à : \n"
            "Sujet : What was said\n"
            "========================================\n"
            "\n"
            "He has written about the Year 1 teacher again, it is nasty.\n"
        ),
        ("Mo Farr", "mo@farr.example", "What was said", "2026-11-20T08:05", ["lil@pond.example"]),
    ),
}


@pytest.mark.parametrize("program", FORWARDS)
def test_a_forward_is_read_whole_in_whatever_columns_it_is_printed(program: str) -> None:
    subject, text, (name, address, about, on, to) = FORWARDS[program]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Tom Reed <tom@out.example>",
        "reports@school.example",
        subject,
    )
    mail["Date"] = "Sun, 22 Nov 2026 09:15:00 +0000"
    mail.set_content(text)

    (forward,) = find_chain(MimeMessageReader().read(mail.as_bytes()))

    assert (forward.from_name, forward.from_address) == (name, address)
    assert forward.subject == (about or "")
    assert forward.date is not None
    assert forward.date.replace(tzinfo=None) == datetime.fromisoformat(on)
    assert [person.address for person in forward.to] == to
    assert forward.body.strip()
    assert not any(word in forward.body for word in ("Subject", "Forwarded by", "Fim de", "Subj:", "Thema"))


def test_a_persons_words_on_two_lines_are_no_header_of_notes() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Tom Reed <tom@out.example>",
        "reports@school.example",
        "A post",
    )
    mail.set_content(
        "Mrs Vale rang on 21/11/2026 19:42\n\nTo be honest I do not know more.\nSubject to change.\n"
    )

    assert find_chain(MimeMessageReader().read(mail.as_bytes())) == ()


def test_mails_that_came_side_by_side_as_files_are_all_shown() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Tom Reed <tom@out.example>",
        "reports@school.example",
        "Three mails",
    )
    mail.set_content("See all three.")
    for number, name in enumerate(("Ann", "Bo", "Cy")):
        inner = EmailMessage()
        inner["From"], inner["To"] = f"{name} <{name}@parents.example>", "tom@out.example"
        inner["Subject"], inner["Date"] = f"Post {number}", "Sat, 21 Nov 2026 19:42:00 +0000"
        inner.set_content(f"What {name} saw.")
        mail.add_attachment(inner)

    report = read_report(MimeMessageReader().read(mail.as_bytes()), platforms=load_platforms())

    assert [forward.from_name for forward in report.chain] == ["Ann", "Bo", "Cy"]
    assert [forward.body.strip() for forward in report.chain] == [
        "What Ann saw.",
        "What Bo saw.",
        "What Cy saw.",
    ]
    assert report.message == "See all three."
    assert len(report.attachments) == 3
