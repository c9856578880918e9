"""Forwards of the programs that fewer people use, and of programs that nobody knows, each in its own shape."""

# ruff: noqa: RUF001, E501 - mails stand here as programs write them, in all alphabets

from datetime import datetime

import pytest

from casework.forwards import find_forwards

BODY = "She wrote this.\n\nPlease look."
FORWARDS: dict[str, tuple[str, str]] = {
    "Notes": (
        "Fw: Harvest",
        "\n\n----- Forwarded by Ann Quill/Tillbrook on 25/10/2021 11:20 -----\n\nFrom:\tRosa Vale <rosa@tillbrook.example>\nTo:\tAnn Quill <ann@example.org>\nDate:\t25/10/2021 11:17\nSubject:\tHarvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "Notes on the web": (
        "Fw: Harvest",
        "\n-----Forwarded by Ann Quill/Tillbrook on 10/25/2021 11:20AM -----\nTo: ann@example.org\nFrom: Rosa Vale <rosa@tillbrook.example>\nDate: 10/25/2021 11:17AM\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "GroupWise": (
        "Fwd: Harvest",
        "\n\n>>> Rosa Vale <rosa@tillbrook.example> 25/10/2021 11:17 >>>\nShe wrote this.\n\nPlease look.",
    ),
    "Zimbra": (
        "Fwd: Harvest",
        '\n\n----- Forwarded Message -----\nFrom: "Rosa Vale" <rosa@tillbrook.example>\nTo: "Ann" <ann@example.org>\nSent: Monday, 25 October, 2021 11:17:21\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "Mutt": (
        "[rosa@tillbrook.example: Harvest]",
        "\n\n----- Forwarded message from Rosa Vale <rosa@tillbrook.example> -----\n\nDate: Mon, 25 Oct 2021 11:17:21 +0100\nFrom: Rosa Vale <rosa@tillbrook.example>\nTo: ann@example.org\nSubject: Harvest\nUser-Agent: Mutt/1.5\n\nShe wrote this.\n\nPlease look.\n\n----- End forwarded message -----\n\n-- \nAnn",
    ),
    "KMail": (
        "Fwd: Harvest",
        "\n\n----------  Forwarded Message  ----------\n\nSubject: Harvest\nDate: Monday, 25 October 2021, 11:17:21 BST\nFrom: Rosa Vale <rosa@tillbrook.example>\nTo: ann@example.org\n\nShe wrote this.\n\nPlease look.\n-----------------------------------------\n",
    ),
    "Evolution": (
        "Fwd: Harvest",
        "\n\n-------- Forwarded Message --------\nFrom: Rosa Vale <rosa@tillbrook.example>\nTo: ann@example.org\nSubject: Harvest\nDate: Mon, 25 Oct 2021 11:17:21 +0100\n\nShe wrote this.\n\nPlease look.",
    ),
    "Roundcube": (
        "Fwd: Harvest",
        "\n\n-------- Original Message --------\nSubject: Harvest\nDate: 2021-10-25 11:17\n From: Rosa Vale <rosa@tillbrook.example>\n To: ann@example.org\n\nShe wrote this.\n\nPlease look.",
    ),
    "Horde": (
        "Fwd: Harvest",
        "\n\n----- Forwarded message from Rosa Vale <rosa@tillbrook.example> -----\n   Date: Mon, 25 Oct 2021 11:17:21 +0100\n   From: Rosa Vale <rosa@tillbrook.example>\nSubject: Harvest\n     To: ann@example.org\n\nShe wrote this.\n\nPlease look.\n\n----- End forwarded message -----",
    ),
    "SquirrelMail": (
        "[Fwd: Harvest]",
        '\n\n---------------------------- Original Message ----------------------------\nSubject: Harvest\nFrom:    "Rosa Vale" <rosa@tillbrook.example>\nDate:    Mon, October 25, 2021 11:17 am\nTo:      ann@example.org\n--------------------------------------------------------------------------\n\nShe wrote this.\n\nPlease look.',
    ),
    "The Bat": (
        "Fwd: Harvest",
        "\n\nThis is a forwarded message\nFrom: Rosa Vale <rosa@tillbrook.example>\nTo: ann@example.org\nDate: Monday, October 25, 2021, 11:17:21 AM\nSubject: Harvest\n\n===8<==============Original message text===============\nShe wrote this.\n\nPlease look.\n===8<===========End of original message text===========\n\nBest",
    ),
    "Proton": (
        "Fw: Harvest",
        "\n\n------- Forwarded Message -------\nFrom: Rosa Vale <rosa@tillbrook.example>\nDate: On Monday, October 25th, 2021 at 11:17\nSubject: Harvest\nTo: ann <ann@example.org>\n\n\n> She wrote this.\n>\n> Please look.",
    ),
    "eM Client, in columns": (
        "Fw: Harvest",
        '\n\n------ Forwarded Message ------\nFrom "Rosa Vale" <rosa@tillbrook.example>\nTo "Ann" <ann@example.org>\nDate 25/10/2021 11:17:21\nSubject Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "eM Client": (
        "Fw: Harvest",
        '\n\n------ Forwarded Message ------\nFrom: "Rosa Vale" <rosa@tillbrook.example>\nTo: "Ann" <ann@example.org>\nSent: 25/10/2021 11:17:21\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "Mailbird": (
        "Fwd: Harvest",
        "\n\nOn 25/10/2021 11:17:21, Rosa Vale <rosa@tillbrook.example> wrote:\nShe wrote this.\n\nPlease look.",
    ),
    "Yandex": (
        "Fwd: Harvest",
        '\n\n-------- Пересылаемое сообщение --------\n25.10.2021, 11:17, "Rosa Vale" <rosa@tillbrook.example>:\n\nShe wrote this.\n\nPlease look.\n\n-------- Конец пересылаемого сообщения --------\n\n-- \nAnn',
    ),
    "Mail.ru": (
        "Fwd: Harvest",
        "\n\n-------- Пересылаемое сообщение --------\nОт: Rosa Vale <rosa@tillbrook.example>\nКому: ann@example.org\nДата: Понедельник, 25 октября 2021, 11:17 +03:00\nТема: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "GMX": (
        "Fw: Harvest",
        '\n\nGesendet: Montag, 25. Oktober 2021 um 11:17 Uhr\nVon: "Rosa Vale" <rosa@tillbrook.example>\nAn: ann@example.org\nBetreff: Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "Libero": (
        "I: Harvest",
        "\n\n----Messaggio originale----\nDa: rosa@tillbrook.example\nData: 25-ott-2021 11.17\nA: <ann@example.org>\nOgg: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "Orange": (
        "TR: Harvest",
        '\n\n> Message du 25/10/21 11:17\n> De : "Rosa Vale" <rosa@tillbrook.example>\n> A : ann@example.org\n> Copie à : \n> Objet : Harvest\n>\n> She wrote this.\n>\n> Please look.',
    ),
    "Seznam": (
        "Fwd: Harvest",
        "\n\n---------- Původní e-mail ----------\nOd: Rosa Vale <rosa@tillbrook.example>\nKomu: ann@example.org\nDatum: 25. 10. 2021 11:17:21\nPředmět: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "WP": (
        "Fwd: Harvest",
        '\n\nTemat: Harvest\nData: 2021-10-25 11:17\nNadawca: "Rosa Vale" <rosa@tillbrook.example>\nAdresat: ann@example.org; \n\n> She wrote this.\n> \n> Please look.',
    ),
    "QQ": (
        "转发：Harvest",
        '\n\n------------------ 原始邮件 ------------------\n发件人: "Rosa Vale" <rosa@tillbrook.example>;\n发送时间: 2021年10月25日(星期一) 中午11:17\n收件人: "ann"<ann@example.org>;\n主题: Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "163": (
        "转发：Harvest",
        '\n\n-------- 转发邮件信息 --------\n发件人："Rosa Vale" <rosa@tillbrook.example>\n发送日期：2021-10-25 11:17:21\n收件人：ann@example.org\n主题：Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "Naver": (
        "FW: Harvest",
        '\n\n-----Original Message-----\nFrom: "Rosa Vale"<rosa@tillbrook.example>\nTo: <ann@example.org>;\nCc:\nSent: 2021-10-25 (월) 11:17:21 (GMT+09:00)\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.',
    ),
    "Zoho": (
        "Fwd: Harvest",
        "\n\n============ Forwarded message ============\nFrom: Rosa Vale <rosa@tillbrook.example>\nTo: <ann@example.org>\nDate: Mon, 25 Oct 2021 11:17:21 +0100\nSubject: Harvest\n============ Forwarded message ============\n\nShe wrote this.\n\nPlease look.",
    ),
    "in capitals": (
        "FWD: Harvest",
        "\n\n----- FORWARDED MESSAGE -----\nFROM: Rosa Vale <rosa@tillbrook.example>\nDATE: 25 OCT 2021 11:17\nTO: ann@example.org\nSUBJECT: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "copied from Gmail's details": (
        "Fwd: Harvest",
        "\n\nfrom:\tRosa Vale <rosa@tillbrook.example>\nto:\tann@example.org\ndate:\tOct 25, 2021, 11:17 AM\nsubject:\tHarvest\nmailed-by:\ttillbrook.example\n\nShe wrote this.\n\nPlease look.",
    ),
    "in Markdown": (
        "Fwd: Harvest",
        "\n\n**From:** Rosa Vale <rosa@tillbrook.example>\n**Sent:** 25 October 2021 11:17\n**To:** ann@example.org\n**Subject:** Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "a heading in brackets": (
        "Fwd: Harvest",
        "\n\n[Forwarded message]\nFrom: Rosa Vale <rosa@tillbrook.example>\nDate: 25 October 2021 11:17\nTo: ann@example.org\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "a table of pipes": (
        "Fwd: Harvest",
        "\n\n| From: | Rosa Vale <rosa@tillbrook.example> |\n| Date: | 25 October 2021 11:17 |\n| To: | ann@example.org |\n| Subject: | Harvest |\n\nShe wrote this.\n\nPlease look.",
    ),
    "long dashes": (
        "Fwd: Harvest",
        "\n\n———— Forwarded ————\nFrom: Rosa Vale <rosa@tillbrook.example>\nDate: 25 October 2021 11:17\nTo: ann@example.org\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "values below their labels": (
        "Fwd: Harvest",
        "\n\nFrom:\nRosa Vale <rosa@tillbrook.example>\nDate:\n25 October 2021 11:17\nTo:\nann@example.org\nSubject:\nHarvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "spaced dashes": (
        "Fwd: Harvest",
        "\n\n- - - - - - - - - Forwarded message - - - - - - - - -\nFrom: Rosa Vale <rosa@tillbrook.example>\nDate: 25 October 2021 11:17\nTo: ann@example.org\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "a heading with dots": (
        "Fwd: Harvest",
        "\n\nForwarded message…\n\nFrom: Rosa Vale (rosa@tillbrook.example)\nTo: ann@example.org\nDate: October 25, 2021 at 11:17am\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
    "a short rule": (
        "Fwd: Harvest",
        "\n\n----------\nFrom: Rosa Vale <rosa@tillbrook.example>\nTo: ann@example.org\nSent at: 2021-10-25T11:17:21Z\nSubject: Harvest\n\nShe wrote this.\n\nPlease look.",
    ),
}
WITHOUT_RECIPIENT = frozenset({"GroupWise", "Mailbird", "Yandex"})
WITHOUT_NAME = frozenset({"Libero"})


@pytest.mark.parametrize("program", FORWARDS)
def test_a_forward_of_a_rare_program_is_read_whole(program: str) -> None:
    subject, text = FORWARDS[program]
    (forward,) = find_forwards(f"FYI{text}", subject=subject)
    assert forward.from_address == "rosa@tillbrook.example"
    assert forward.from_name == ("" if program in WITHOUT_NAME else "Rosa Vale")
    assert forward.date is not None
    assert forward.date.replace(tzinfo=None, second=0) == datetime(2021, 10, 25, 11, 17)  # noqa: DTZ001 - most give no zone
    assert (forward.above, forward.body) == ("FYI", BODY)
    if program not in WITHOUT_RECIPIENT:
        assert (forward.subject, [person.address for person in forward.to]) == (
            "Harvest",
            ["ann@example.org"],
        )


@pytest.mark.parametrize(
    "above",
    [
        "Please forward this to the head.",
        "I forward what he wrote to you today:",
        "Forwarded with a heavy heart, see below.",
    ],
)
def test_the_forwarders_own_words_are_no_heading(above: str) -> None:
    header = "From: Rosa Vale <rosa@tillbrook.example>\nSent: 25 October 2021 11:17\nTo: ann@example.org\nSubject: Harvest"
    (forward,) = find_forwards(f"{above}\n\n{header}\n\n{BODY}", subject="FW: Harvest")
    assert forward.above == above


LONG = "What the parents of Year 2 have been writing about the harvest festival"


@pytest.mark.parametrize(
    ("below", "subject", "body"),
    [
        ("since Monday\n\nPlease look.", f"{LONG} since Monday", "Please look."),
        ("Dear Mrs Vale,\n\nPlease look.", LONG, "Dear Mrs Vale,\n\nPlease look."),
        ("It is not true.\n\nPlease look.", LONG, "It is not true.\n\nPlease look."),
    ],
)
def test_a_long_subject_goes_on_but_the_first_line_of_the_mail_is_no_part_of_it(
    below: str, subject: str, body: str
) -> None:
    header = f"From: Rosa Vale <rosa@tillbrook.example>\nDate: 25 October 2021 11:17\nTo: ann@example.org\nSubject: {LONG}"
    (forward,) = find_forwards(f"FYI\n\n{header}\n{below}", subject=f"FW: {LONG}")
    assert (forward.subject, forward.body) == (subject, body)
