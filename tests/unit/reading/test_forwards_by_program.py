"""Forwards as the programs that people really use print them, each with its own separator, order and language."""

import pytest

from casework.forwards import find_forwards

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
        ("FYI\n   ----- Forwarded message ----- From: Rosa Vale <rosa@tillbrook.example>To: Ann Quill <ann@example.org>"
        "Cc: bo@example.net <bo@example.net>Sent: Monday, October 25, 2021, 11:17:21 AM GMT+1Subject: Harvest\n"
            "   {body}"),
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
