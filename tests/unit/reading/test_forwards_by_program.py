"""Forwards as the programs that people really use print them, each with its own separator, order and language."""

from datetime import datetime, timedelta, timezone

import pytest

from casework.forwards import Forward, find_forwards

BODY = "She wrote this about Year 2.\n\nPlease look."
ROSA = ("Rosa Vale", "rosa@tillbrook.example")

PLAIN: dict[str, tuple[str, str]] = {
    "Gmail on the web": (
        "Fwd: Harvest",
        """FYI

---------- Forwarded message ---------
From: Rosa Vale <rosa@tillbrook.example>
Date: Mon, Oct 25, 2021 at 11:17 AM
Subject: Harvest
To: Ann Quill <ann@example.org>
Cc: <bo@example.net>


{body}""",
    ),
    "Gmail in bold": (
        "Fwd: Harvest",
        """FYI

---------- Forwarded message ----------
From: *Rosa Vale* <rosa@tillbrook.example>
Date: Mon, 25 Oct 2021 11:17
Subject: Harvest
To: Ann Quill <ann@example.org>
Cc: bo@example.net

{body}""",
    ),
    "Outlook without any separator": (
        "FW: Harvest",
        """FYI

From: Rosa Vale <rosa@tillbrook.example>
Sent: 25 October 2021 11:17
To: Ann Quill <ann@example.org>
Cc: bo@example.net
Subject: Harvest

{body}""",
    ),
    "Outlook on the web with a rule": (
        "Fw: Harvest",
        """FYI
________________________________
From: Rosa Vale <rosa@tillbrook.example>
Sent: Monday, October 25, 2021 11:17 AM
To: Ann Quill <ann@example.org>
Cc: bo@example.net <bo@example.net>
Subject: Harvest

{body}""",
    ),
    "Outlook with mailto brackets and direction marks": (
        "FW: Harvest",
        """FYI

\u200eFrom:\u200e\u00a0Rosa Vale [mailto:rosa@tillbrook.example] \u200e
\u200eSent:\u200e\u00a0\u200eMonday, \u200eOctober \u200e25, \u200e2021 11:17 AM
\u200eTo:\u200e\u00a0Ann Quill [mailto:ann@example.org]
\u200eCc:\u200e\u00a0bo@example.net
\u200eSubject:\u200e\u00a0Harvest

{body}""",
    ),
    "Outlook for Mac in bold": (
        "FW: Harvest",
        """FYI

*From: *Rosa Vale <rosa@tillbrook.example>
*Date: *Monday, 25 October 2021 at 11:17
*To: *Ann Quill <ann@example.org>
*Cc: *bo@example.net
*Subject: *Harvest

{body}""",
    ),
    "Outlook's original message line": (
        "FW: Harvest",
        """FYI

-----Original Message-----
From: Rosa Vale [mailto:rosa@tillbrook.example]
Sent: 25 October 2021 11:17
To: Ann Quill
 <ann@example.org>
Cc: bo@example.net
Subject: Harvest

{body}""",
    ),
    "Apple Mail, quoted": (
        "Fwd: Harvest",
        """FYI

Begin forwarded message:

> From: Rosa Vale <rosa@tillbrook.example>
> Subject: Harvest
> Date: 25 October 2021 at 11:17:00 BST
> To: Ann Quill <ann@example.org>
> Cc: bo@example.net
>\x20
> She wrote this about Year 2.
>\x20
> Please look.""",
    ),
    "iPhone": (
        "Fwd: Harvest",
        """FYI

Sent from my iPhone

Begin forwarded message:

From: Rosa Vale <rosa@tillbrook.example>
Date: 25 October 2021 at 11:17:21 BST
To: Ann Quill <ann@example.org>
Cc: bo@example.net
Subject: Harvest

\ufeff{body}""",
    ),
    "Thunderbird": (
        "Fwd: Harvest",
        """FYI


-------- Forwarded Message --------
Subject: \tHarvest
Date: \tMon, 25 Oct 2021 11:17:21 +0100
From: \tRosa Vale <rosa@tillbrook.example>
To: \tAnn Quill <ann@example.org>
CC: \tbo@example.net



{body}""",
    ),
    "Yahoo on one line": (
        "Fw: Harvest",
        "FYI\n   ----- Forwarded message ----- From: Rosa Vale <rosa@tillbrook.example>To: Ann Quill <ann@example.org>"
        "Cc: bo@example.net <bo@example.net>Sent: Monday, October 25, 2021, 11:17:21 AM GMT+1Subject: Harvest\n   {body}",
    ),
    "Samsung": (
        "Fwd: Harvest",
        """FYI


Sent from my Galaxy

-------- Original message --------
From: Rosa Vale <rosa@tillbrook.example>
Date: 25/10/2021 11:17 (GMT+00:00)
To: Ann Quill <ann@example.org>
Cc: bo@example.net
Subject: Harvest

{body}""",
    ),
    "Proton": (
        "Fw: Harvest",
        """FYI

------- Forwarded Message -------
From: Rosa Vale <rosa@tillbrook.example>
Date: On Monday, October 25th, 2021 at 11:17 AM
Subject: Harvest
To: Ann Quill <ann@example.org>
CC: bo@example.net

> She wrote this about Year 2.
>
> Please look.""",
    ),
    "Zoho": (
        "Fwd: Harvest",
        """FYI

============ Forwarded message ============
From: Rosa Vale<rosa@tillbrook.example>
To: "Ann Quill"<ann@example.org>
Cc: <bo@example.net>
Date: Mon, 25 Oct 2021 11:17:21 +0100
Subject: Harvest
============ Forwarded message ============

{body}""",
    ),
    "Open-Xchange at IONOS": (
        "Fwd: Harvest",
        """FYI

> ---------- Original Message ----------
> From: Rosa Vale <rosa@tillbrook.example>
> To: Ann Quill <ann@example.org>
> Cc: bo@example.net
> Date: 10/25/2021 11:17 AM CEST
> Subject: Harvest
>\x20
>\x20
> She wrote this about Year 2.
>\x20
> Please look.""",
    ),
    "eM Client": (
        "Fwd: Harvest",
        """FYI

------ Forwarded Message ------
From: "Rosa Vale" <rosa@tillbrook.example>
To: "Ann Quill" <ann@example.org>
Cc: "bo@example.net" <bo@example.net>
Sent: 25/10/2021 11:17:21
Subject: Harvest

{body}""",
    ),
    "HubSpot and Missive": (
        "Fwd: Harvest",
        """FYI
---------- Forwarded message ----------
From: Rosa Vale (rosa@tillbrook.example)
Date: October 25, 2021, 11:17:21 AM
Subject: Harvest
To: Ann Quill (ann@example.org)
Cc: bo@example.net

{body}""",
    ),
    "Claws without quotation": (
        "Fw: Harvest",
        """FYI

Begin forwarded message:

Date: Mon, 25 Oct 2021 11:17:21 +0100
From: Rosa Vale <rosa@tillbrook.example>
To: Ann Quill <ann@example.org>
Cc: bo@example.net
Subject: Harvest


{body}""",
    ),
    "a header as paragraphs": (
        "FW: Harvest",
        """FYI

From: Rosa Vale <rosa@tillbrook.example>

Sent: 25 October 2021 11:17

To: Ann Quill <ann@example.org>

Cc: bo@example.net

Subject: Harvest

{body}""",
    ),
    "labels and values on lines of their own": (
        "FW: Harvest",
        """FYI

From:
Rosa Vale <rosa@tillbrook.example>
Sent:
25 October 2021 11:17
To:
Ann Quill <ann@example.org>
Cc:
bo@example.net
Subject:
Harvest

{body}""",
    ),
    "Mutt, with its closing line": (
        "Harvest",
        """FYI

----- Forwarded message from Rosa Vale <rosa@tillbrook.example> -----

Date: Mon, 25 Oct 2021 11:17:21 +0100
From: Rosa Vale <rosa@tillbrook.example>
To: Ann Quill <ann@example.org>
Cc: bo@example.net
Subject: Harvest

{body}

----- End forwarded message -----
My own words below.""",
    ),
    "GMX, day first": (
        "Fwd: Harvest",
        """FYI

Gesendet: Montag, 25. Oktober 2021 um 11:17 Uhr
Von: "Rosa Vale" <rosa@tillbrook.example>
An: "Ann Quill" <ann@example.org>
Cc: bo@example.net
Betreff: Harvest

{body}""",
    ),
    "Orange, every line quoted": (
        "TR: Harvest",
        """FYI

> Message du 25/10/21 11:17
> De : "Rosa Vale" <rosa@tillbrook.example>
> A : "Ann Quill" <ann@example.org>
> Copie à : bo@example.net
> Date : 25/10/21 11:17
> Objet : Harvest
>\x20
> She wrote this about Year 2.
>\x20
> Please look.""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", PLAIN)
def test_a_forward_keeps_its_author_whatever_program_printed_it(program: str) -> None:
    subject, text = PLAIN[program]
    (forward,) = find_forwards(text.replace("{body}", BODY), subject=subject)
    assert (forward.from_name, forward.from_address) == ROSA
    assert [person.address for person in forward.to] == ["ann@example.org"]
    assert [person.address for person in forward.cc] == ["bo@example.net"]
    assert forward.subject == "Harvest"
    assert forward.date is not None
    assert forward.date.strftime("%Y-%m-%d %H:%M") == "2021-10-25 11:17"
    assert forward.above.startswith("FYI")
    assert "".join(forward.body.replace(">", "").replace("\ufeff", "").split()) == "".join(BODY.split())


LANGUAGES = {
    "de": ("WG", "Von|Gesendet|An|Cc|Betreff", "Montag, 25. Oktober 2021 11:17"),
    "fr": ("TR", "De |Envoyé |À |Cc |Objet ", "lundi 25 octobre 2021 11:17"),
    "nl": ("FW", "Van|Verzonden|Aan|CC|Onderwerp", "maandag 25 oktober 2021 11:17"),
    "it": ("I", "Da|Inviato|A|Cc|Oggetto", "lunedì 25 ottobre 2021 11:17"),
    "es": ("RV", "De|Enviado el|Para|CC|Asunto", "lunes, 25 de octubre de 2021 11:17"),
    "pt": ("ENC", "De|Enviado|Para|Cc|Assunto", "segunda-feira, 25 de outubro de 2021 11:17"),
    "ca": ("RV", "De|Enviat el|Per a|A/c|Assumpte", "dilluns, 25 d’octubre de 2021 11:17"),
    "ro": ("FW", "De la|Trimis|Către|Cc|Subiect", "luni, 25 octombrie 2021 11:17"),
    "da": ("VS", "Fra|Sendt|Til|Cc|Emne", "25. oktober 2021 11:17"),
    "no": ("VS", "Fra|Sendt|Til|Kopi|Emne", "mandag 25. oktober 2021 11:17"),
    "sv": ("VB", "Från|Skickat|Till|Kopia|Ämne", "den 25 oktober 2021 11:17"),
    "fi": ("VL", "Lähettäjä|Lähetetty|Vastaanottaja|Kopio|Aihe", "maanantai 25. lokakuuta 2021 11.17"),
    "et": ("FW", "Saatja|Saadetud|Adressaat|Koopia|Teema", "esmaspäev, 25. oktoober 2021 11:17"),
    "lv": ("FW", "No|Nosūtīts|Kam|Kopija|Tēma", "pirmdiena, 2021. gada 25. oktobris 11:17"),
    "lt": ("FW", "Nuo|Išsiųsta|Kam|Kopija|Tema", "2021 m. spalio 25 d., pirmadienis 11:17"),
    "pl": ("PD", "Od|Wysłano|Do|DW|Temat", "poniedziałek, 25 października 2021 11:17"),
    "cs": ("FW", "Od|Odesláno|Komu|Kopie|Předmět", "pondělí 25. října 2021 11:17"),
    "sk": ("FW", "Od|Odoslané|Komu|Kópia|Predmet", "pondelok 25. októbra 2021 11:17"),
    "hu": ("FW", "Feladó|Elküldve|Címzett|Másolatot kap|Tárgy", "2021. október 25., hétfő 11:17"),
    "hr": ("FW", "Šalje|Poslano|Prima|Cc|Predmet", "25. listopada 2021. 11:17"),
    "sl": ("FW", "Od|Poslano|Za|Kp|Zadeva", "ponedeljek, 25. oktober 2021 11:17"),
    "bg": ("FW", "От|Изпратено|До|Копие|Относно", "понеделник, 25 октомври 2021 г. 11:17"),
    "ru": ("FW", "От|Отправлено|Кому|Копия|Тема", "понедельник, 25 октября 2021 г. 11:17"),
    "uk": ("FW", "Від|Надіслано|Кому|Копія|Тема", "понеділок, 25 жовтня 2021 р. 11:17"),
    "el": ("ΠΡΘ", "Από|Στάλθηκε|Προς|Κοιν.|Θέμα", "Δευτέρα, 25 Οκτωβρίου 2021 11:17 πμ"),
    "tr": ("İLT", "Kimden|Gönderildi|Kime|Bilgi|Konu", "25 Ekim 2021 Pazartesi 11:17"),
    "cy": ("YML", "Oddi wrth|Anfonwyd|At|Copi|Pwnc", "25 Hydref 2021 11:17"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_outlook_of_every_country_is_read_without_a_separator(language: str) -> None:
    prefix, labels, day = LANGUAGES[language]
    values = [
        "Rosa Vale <rosa@tillbrook.example>",
        day,
        "Ann Quill <ann@example.org>",
        "bo@example.net",
        "Harvest",
    ]
    header = "\n".join(f"{label}: {value}" for label, value in zip(labels.split("|"), values, strict=True))
    (forward,) = find_forwards(f"FYI\n\n{header}\n\n{BODY}", subject=f"{prefix}: Harvest")
    assert (forward.from_name, forward.from_address) == ROSA
    assert forward.date == datetime(2021, 10, 25, 11, 17)  # noqa: DTZ001 - the header gives no zone
    assert ([p.address for p in forward.to], [p.address for p in forward.cc]) == (
        ["ann@example.org"],
        ["bo@example.net"],
    )
    assert (forward.subject, forward.body, forward.above) == ("Harvest", BODY, "FYI")


def test_a_line_that_only_names_the_writer_is_header_enough_below_a_separator() -> None:
    text = """Глянь

-------- Пересылаемое сообщение --------
25.10.2021, 11:17, "Rosa Vale" <rosa@tillbrook.example>:

тело письма
-------- Конец пересылаемого сообщения --------"""
    (forward,) = find_forwards(text, subject="Fwd: Урожай")
    assert (forward.from_name, forward.from_address, forward.body) == (*ROSA, "тело письма")


def test_a_forward_inside_a_forward_is_a_chain_from_the_outside_in() -> None:
    inner = PLAIN["Apple Mail, quoted"][1]
    outer = (
        PLAIN["Gmail on the web"][1]
        .replace("Subject: Harvest", "Subject: Fwd: Harvest")
        .replace("{body}", inner)
    )
    chain = find_forwards(
        outer.replace("Rosa Vale <rosa@tillbrook", "Kit Rowe <kit@elsewhere", 1), subject="Fwd: Fwd: Harvest"
    )
    assert [forward.from_name for forward in chain] == ["Kit Rowe", "Rosa Vale"]
    assert chain[1].date == datetime(2021, 10, 25, 11, 17, tzinfo=timezone(timedelta(hours=1)))
    assert "Begin forwarded message" in chain[0].body


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("RE: Harvest", PLAIN["Outlook without any separator"][1]),
        ("AW: Ernte", PLAIN["GMX, day first"][1]),
        (
            "VS: Sato",
            "Ok\n\nLähettäjä: Rosa <r@a.example>\nLähetetty: 25.10.2021 11.17\nVastaanottaja: Bo\nAihe: Sato\n\nTeksti",
        ),
        (
            "Re: Harvest",
            "Yes\n\nOn Mon, 25 Oct 2021 at 11:17, Rosa Vale <rosa@tillbrook.example> wrote:\n\n> Is it so?",
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
    text = PLAIN["Outlook without any separator"][1].replace("Subject: Harvest", "Subject: RE: Harvest")
    chain: tuple[Forward, ...] = find_forwards(
        text.replace("{body}", BODY + answer), subject="FW: RE: Harvest"
    )
    assert [forward.from_name for forward in chain] == ["Rosa Vale"]
    assert "Earlier" in chain[0].body


def test_a_sender_without_any_address_is_still_named() -> None:
    text = "From: Rosa Vale\nSent: 25 October 2021 11:17\nTo: Ann Quill; Bo Long\nSubject: Harvest\n\nText"
    (forward,) = find_forwards(text, subject="FW: Harvest")
    assert (forward.from_name, forward.from_address) == ("Rosa Vale", "")
    assert [person.name for person in forward.to] == ["Ann Quill", "Bo Long"]
