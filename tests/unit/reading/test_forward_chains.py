"""Forwards inside forwards, and what looks like a forward but is none."""

from datetime import datetime, timedelta, timezone

import pytest

from casework.forwards import find_forwards

ROSA = ("Rosa Vale", "rosa@tillbrook.example")
BODY = "She wrote this about Year 2.\n\nPlease look."
OUTLOOK = """FYI

From: Rosa Vale <rosa@tillbrook.example>
Sent: 25 October 2021 11:17
To: Ann Quill <ann@example.org>
Subject: Harvest

{body}"""
GMX = """FYI

Gesendet: Montag, 25. Oktober 2021 um 11:17 Uhr
Von: "Rosa Vale" <rosa@tillbrook.example>
An: "Ann Quill" <ann@example.org>
Betreff: Ernte

{body}"""
GMAIL = """FYI

---------- Forwarded message ---------
From: Kit Rowe <kit@elsewhere.example>
Date: Mon, Oct 25, 2021 at 11:20 AM
Subject: Fwd: Harvest
To: Ann Quill <ann@example.org>

{body}"""
APPLE = """See below

Begin forwarded message:

> From: Rosa Vale <rosa@tillbrook.example>
> Subject: Harvest
> Date: 25 October 2021 at 11:17:00 BST
> To: Kit Rowe <kit@elsewhere.example>
>\x20
> Please look."""


def test_a_line_that_only_names_the_writer_is_header_enough_below_a_separator() -> None:
    text = """Глянь

-------- Пересылаемое сообщение --------
25.10.2021, 11:17, "Rosa Vale" <rosa@tillbrook.example>:

тело письма
-------- Конец пересылаемого сообщения --------"""
    (forward,) = find_forwards(text, subject="Fwd: Урожай")
    assert (forward.from_name, forward.from_address, forward.body) == (*ROSA, "тело письма")


def test_a_forward_with_an_introduction_instead_of_a_header_is_found_by_its_subject() -> None:
    text = "FYI\n\nOn Mon, 25 Oct 2021 at 11:17, Rosa Vale <rosa@tillbrook.example> wrote:\n\n> Please look."
    (forward,) = find_forwards(text, subject="Fwd: Harvest")
    assert (forward.from_name, forward.from_address, forward.body) == (*ROSA, "Please look.")
    assert forward.date == datetime(2021, 10, 25, 11, 17)  # noqa: DTZ001 - the line gives no zone


def test_what_somebody_wrote_above_a_forward_does_not_hide_it() -> None:
    text = "On 3 May 2021 she wrote:\nyou are all useless\n\n" + GMAIL.replace("{body}", BODY)
    (forward,) = find_forwards(text, subject="Fwd: Harvest")
    assert forward.from_name == "Kit Rowe"


def test_a_forward_inside_a_forward_is_a_chain_from_the_outside_in() -> None:
    chain = find_forwards(GMAIL.replace("{body}", APPLE), subject="Fwd: Fwd: Harvest")
    assert [forward.from_name for forward in chain] == ["Kit Rowe", "Rosa Vale"]
    assert chain[1].date == datetime(2021, 10, 25, 11, 17, tzinfo=timezone(timedelta(hours=1)))
    assert "Begin forwarded message" in chain[0].body
    assert (chain[1].above, chain[1].body) == ("See below", "Please look.")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("RE: Harvest", OUTLOOK),
        ("RE: [EXTERNAL] RE: Harvest", OUTLOOK),
        ("AW: Ernte", GMX),
        (
            "VS: Sato",
            "Ok\n\nLähettäjä: Rosa <r@a.example>\nLähetetty: 25.10.2021 11.17\nVastaanottaja: Bo\nAihe: Sato\n\nTeksti",
        ),
        (
            "Re: Harvest",
            "Yes\n\nOn Mon, 25 Oct 2021 at 11:17, Rosa Vale <rosa@tillbrook.example> wrote:\n\n> Is it so?",
        ),
        (
            "Harvest",
            "Yes\n\nOn Mon, 25 Oct 2021 at 11:17, Rosa <rosa@tillbrook.example> wrote:\n> "
            + GMAIL.replace("\n", "\n> "),
        ),
        ("Harvest", "Yes\n\n-- \nAnn Quill\n---------- Forwarded with care ---------\nTillbrook School"),
        (
            "Harvest",
            "See you.\n________________________________\nFrom: the desk of Ann Quill\nTel: 01632 960000",
        ),
        ("Minutes", "From: the hall\nTo: the field\nWe walked all the way."),
    ],
)
def test_an_answer_or_a_signature_is_no_forward(subject: str, text: str) -> None:
    assert find_forwards(text.replace("{body}", BODY), subject=subject) == ()


def test_a_forwarded_thread_ends_at_the_first_answer_inside_it() -> None:
    answer = "\n\nFrom: Kit Rowe <kit@example.net>\nSent: 24 October 2021 10:00\nTo: Rosa\nSubject: Harvest\n\nEarlier"
    text = OUTLOOK.replace("Subject: Harvest", "Subject: RE: Harvest")
    chain = find_forwards(text.replace("{body}", BODY + answer), subject="FW: RE: Harvest")
    assert [forward.from_name for forward in chain] == ["Rosa Vale"]
    assert "Earlier" in chain[0].body


def test_a_sender_without_any_address_is_still_named() -> None:
    text = "From: Rosa Vale\nSent: 25 October 2021 11:17\nTo: Ann Quill; Bo Long\nSubject: Harvest\n\nText"
    (forward,) = find_forwards(text, subject="FW: Harvest")
    assert (forward.from_name, forward.from_address) == ("Rosa Vale", "")
    assert [person.name for person in forward.to] == ["Ann Quill", "Bo Long"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Rosa Vale <rosa@a.example>", ("Rosa Vale", "rosa@a.example")),
        ('"Vale, Rosa" <rosa@a.example>', ("Vale, Rosa", "rosa@a.example")),
        ("Rosa Vale [mailto:rosa@a.example]", ("Rosa Vale", "rosa@a.example")),
        ("Rosa Vale <rosa@a.example<mailto:rosa@a.example>>", ("Rosa Vale", "rosa@a.example")),
        ("Rosa Vale <mailto:rosa@a.example>", ("Rosa Vale", "rosa@a.example")),
        ("rosa@a.example <rosa@a.example>", ("", "rosa@a.example")),
        ("'rosa@a.example'", ("", "rosa@a.example")),
        ("<rosa@a.example>", ("", "rosa@a.example")),
        ("Rosa Vale (rosa@a.example)", ("Rosa Vale", "rosa@a.example")),
        ("Rosa Vale &lt;rosa@a.example&gt;", ("Rosa Vale", "rosa@a.example")),
        ("Rosa Vale (Year 2) <rosa@a.example>", ("Rosa Vale (Year 2)", "rosa@a.example")),
        ("Ann <ann@b.example> on behalf of Rosa Vale <rosa@a.example>", ("Rosa Vale", "rosa@a.example")),
        ("ann@b.example im Auftrag von Rosa Vale", ("Rosa Vale", "ann@b.example")),
        ("Rosa Vale", ("Rosa Vale", "")),
        ("", ("", "")),
    ],
)
def test_a_person_is_read_however_a_program_prints_them(written: str, expected: tuple[str, str]) -> None:
    (forward,) = find_forwards(
        f"From: {written}\nSent: 25 October 2021 11:17\nTo: Bo\nSubject: x\n\nText", subject="FW: x"
    )
    assert (forward.from_name, forward.from_address) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Vale, Rosa <r@a.example>; Long, Bo <b@a.example>", ["Vale, Rosa", "Long, Bo"]),
        ("Vale, Rosa <r@a.example>, Long, Bo <b@a.example>", ["Vale, Rosa", "Long, Bo"]),
        ("Rosa Vale <r@a.example>, Bo Long <b@a.example>", ["Rosa Vale", "Bo Long"]),
        ("Rosa Vale; Bo Long", ["Rosa Vale", "Bo Long"]),
        ("Rosa Vale, Bo Long", ["Rosa Vale", "Bo Long"]),
        ("Vale, Rosa", ["Vale, Rosa"]),
        ("Rosa Vale <r@a.example>,\n Bo Long <b@a.example>", ["Rosa Vale", "Bo Long"]),
    ],
)
def test_recipients_are_parted_without_parting_a_name(written: str, expected: list[str]) -> None:
    text = f"From: Ann <ann@a.example>\nSent: 25 October 2021 11:17\nTo: {written}\nSubject: x\n\nText"
    (forward,) = find_forwards(text, subject="FW: x")
    assert [person.name for person in forward.to] == expected
