"""Forwards in mails that have only HTML, as each program builds it."""

# ruff: noqa: E501 - mails stand here as programs write them

from email.message import EmailMessage

import pytest

from casework.intake import Report, read_report
from connectors.documents.messages import MimeMessageReader, load_platforms

BODY = "She wrote this about Year 2."
HTML = {
    "Outlook": """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body><div class="WordSection1"><p class="MsoNormal">FYI<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span
lang="EN-US">From:</span></b><span lang="EN-US"> Rosa Vale &lt;rosa@tillbrook.example&gt; <br><b>Sent:</b> 25 October
2021 11:17<br><b>To:</b> Ann Quill &lt;ann@example.org&gt;<br><b>Cc:</b> bo@example.net<br><b>Subject:</b>
Harvest<o:p></o:p></span></p></div></div><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">{body}</p>
</div></body></html>""",
    "Outlook on the web": """<html><body><div dir="ltr">FYI</div><hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Rosa Vale &lt;rosa@tillbrook.example&gt;<br>
<b>Sent:</b> Monday, October 25, 2021 11:17 AM<br><b>To:</b> Ann Quill &lt;ann@example.org&gt;<br><b>Cc:</b>
bo@example.net &lt;bo@example.net&gt;<br><b>Subject:</b> Harvest</font><div>&nbsp;</div></div><div>{body}</div></body></html>""",
    "Apple Mail": """<html><body>FYI<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br
class="Apple-interchange-newline"><div style="margin:0px"><span><b>From: </b></span><span>Rosa Vale &lt;<a
href="mailto:rosa@tillbrook.example">rosa@tillbrook.example</a>&gt;<br></span></div><div style="margin:0px"><b>Subject:
</b><b>Harvest</b><br></div><div><b>Date: </b>25 October 2021 at 11:17:21 BST<br></div><div><b>To: </b>Ann Quill &lt;<a
href="mailto:ann@example.org">ann@example.org</a>&gt;<br></div><div><b>Cc: </b><a href="mailto:bo@example.net"
>bo@example.net</a><br></div><br><div><div>{body}</div></div></blockquote></div></body></html>""",
    "Gmail": """<div dir="ltr">FYI<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded
message ---------<br>From: <b class="gmail_sendername" dir="auto">Rosa Vale</b> <span dir="auto">&lt;<a
href="mailto:rosa@tillbrook.example">rosa@tillbrook.example</a>&gt;</span><br>Date: Mon, 25 Oct 2021 at 11:17<br>Subject:
Harvest<br>To: Ann Quill &lt;<a href="mailto:ann@example.org">ann@example.org</a>&gt;<br>Cc:  &lt;<a
href="mailto:bo@example.net">bo@example.net</a>&gt;<br></div><br><br><div>{body}</div></div></div>""",
    "Thunderbird": """<html><body><p>FYI</p><div class="moz-forward-container"><br><br>-------- Forwarded Message --------
<table class="moz-email-headers-table" cellspacing="0"><tbody><tr><th valign="BASELINE" align="RIGHT">Subject: </th>
<td>Harvest</td></tr><tr><th>Date: </th><td>Mon, 25 Oct 2021 11:17:21 +0100</td></tr><tr><th>From: </th><td>Rosa Vale
<a class="moz-txt-link-rfc2396E" href="mailto:rosa@tillbrook.example">&lt;rosa@tillbrook.example&gt;</a></td></tr><tr>
<th>To: </th><td>Ann Quill <a href="mailto:ann@example.org">&lt;ann@example.org&gt;</a></td></tr><tr><th>CC: </th><td><a
href="mailto:bo@example.net">bo@example.net</a></td></tr></tbody></table><br><br>{body}</div></body></html>""",
    "Yahoo": """<html><body><div class="yahoo-style-wrap"><div>FYI</div><div><br></div></div><div id="y"><div>----- Forwarded
message -----</div><div><b>From:</b> Rosa Vale &lt;rosa@tillbrook.example&gt;</div><div><b>To:</b> Ann Quill
&lt;ann@example.org&gt;</div><div><b>Cc:</b> bo@example.net &lt;bo@example.net&gt;</div><div><b>Sent:</b> Monday,
October 25, 2021, 11:17:21 AM GMT+1</div><div><b>Subject:</b> Harvest</div><div><br></div>{body}</div></body></html>""",
    "Samsung": """<html><body><div>FYI</div><div id="composer_signature"><div>Sent from my Galaxy</div></div><div><br></div>
<div align="left" dir="auto"><div>-------- Original message --------</div><div>From: Rosa Vale
&lt;rosa@tillbrook.example&gt; </div><div>Date: 25/10/2021  11:17  (GMT+00:00) </div><div>To: Ann Quill
&lt;ann@example.org&gt; </div><div>Cc: bo@example.net </div><div>Subject: Harvest </div><div><br></div></div>{body}</body></html>""",
    "names that are links": """<html><body><p>FYI</p><p><b>From:</b> <a href="mailto:rosa@tillbrook.example">Rosa Vale</a><br>
<b>Sent:</b> 25 October 2021 11:17<br><b>To:</b> <a href="mailto:ann@example.org">Ann Quill</a><br><b>Cc:</b>
<a href="mailto:bo@example.net">Bo</a><br><b>Subject:</b> Harvest</p><p>{body}</p></body></html>""",
    "a table with labels in cells": """<html><body><p>FYI</p><p>Forwarded message:</p><table><tr><td><b>From</b>:</td><td>Rosa
Vale &lt;rosa@tillbrook.example&gt;</td></tr><tr><td><b>Sent</b>:</td><td>25 October 2021 11:17</td></tr><tr><td><b>To</b>:
</td><td>Ann Quill &lt;ann@example.org&gt;</td></tr><tr><td><b>Cc</b>:</td><td>bo@example.net</td></tr><tr><td><b>Subject</b>:
</td><td>Harvest</td></tr></table><p>{body}</p></body></html>""",
    "a list": """<html><body><p>FYI</p><p>Forwarded message:</p><ul><li><em>From</em>: Rosa Vale &lt;rosa@tillbrook.example&gt;</li>
<li><em>Sent</em>: 25 October 2021 11:17</li><li><em>To</em>: Ann Quill &lt;ann@example.org&gt;</li><li><em>Cc</em>:
bo@example.net</li><li><em>Subject</em>: Harvest</li></ul><div>{body}</div></body></html>""",
    "terms and descriptions": """<html><body><p>FYI</p><h4>Forwarded message</h4><dl><dt>From</dt><dd>Rosa Vale
&lt;rosa@tillbrook.example&gt;</dd><dt>Sent</dt><dd>25 October 2021 11:17</dd><dt>To</dt><dd>Ann Quill
&lt;ann@example.org&gt;</dd><dt>Cc</dt><dd>bo@example.net</dd><dt>Subject</dt><dd>Harvest</dd></dl><div>{body}</div></body></html>""",
}  # fmt: skip


def _report(markup: str, *, plain: str = "") -> Report:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@example.org", "reports@tillbrook.example", "FW: Harvest"
    if plain:
        mail.set_content(plain)
        mail.add_alternative(markup, subtype="html")
    else:
        mail.set_content(markup, subtype="html", cte="quoted-printable")
    return read_report(MimeMessageReader().read(mail.as_bytes()), platforms=load_platforms())


@pytest.mark.parametrize("program", HTML)
def test_a_forward_in_html_alone_keeps_its_author(program: str) -> None:
    report = _report(HTML[program].replace("{body}", BODY))
    assert report.forwarded
    original = report.original
    assert (original.from_name, original.from_address) == ("Rosa Vale", "rosa@tillbrook.example")
    assert [person.address for person in (*original.to, *original.cc)] == [
        "ann@example.org",
        "bo@example.net",
    ]
    assert (original.subject, original.body) == ("Harvest", BODY)
    assert original.date is not None
    assert f"{original.date:%Y-%m-%d %H:%M}" == "2021-10-25 11:17"
    assert report.message.startswith("FYI")


def test_plain_text_that_lost_the_address_is_helped_out_by_the_html() -> None:
    plain = "FYI\n\nFrom: Rosa Vale\nSent: 25 October 2021 11:17\nTo: Ann Quill\nSubject: Harvest\n\n" + BODY
    report = _report(HTML["Outlook"].replace("{body}", BODY), plain=plain)
    assert report.original.from_address == "rosa@tillbrook.example"


def test_a_quoted_answer_in_html_is_no_forward() -> None:
    markup = """<div dir="ltr">Thank you</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 25 Oct 2021 at
11:17, Rosa Vale &lt;<a href="mailto:rosa@tillbrook.example">rosa@tillbrook.example</a>&gt; wrote:<br></div><blockquote>
<div>---------- Forwarded message ---------<br>From: Kit &lt;kit@example.net&gt;<br>Date: Mon, 25 Oct 2021 at 10:17<br>
Subject: x<br>To: Rosa<br></div></blockquote></div>"""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["In-Reply-To"] = (
        "ann@example.org",
        "Re: Harvest",
        "<1@tillbrook.example>",
    )
    mail.set_content(markup, subtype="html")
    report = read_report(MimeMessageReader().read(mail.as_bytes()), platforms=load_platforms())
    assert (report.kind.value, report.forwarded) == ("reply", False)


def test_what_is_hidden_in_html_is_not_read() -> None:
    report = _report('<body><div style="display:none">secret</div><p>seen</p><script>bad()</script></body>')
    assert report.message == "seen"
