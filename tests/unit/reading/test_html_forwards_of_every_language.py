"""Forwards that come as HTML alone, as programs dress them, in every language."""

# ruff: noqa: E501 - HTML stands here as programs write it

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

import pytest

from casework.intake import read_report
from connectors.documents.messages import MimeMessageReader, load_platforms
from tests.unit.reading.forward_forms import BODY, CC, LANGUAGES, SENDER, SUBJECT, TO, Words

PLATFORMS = load_platforms()
PARAGRAPHS = [html.escape(part) for part in BODY.split("\n\n")]


def _person(written: str) -> str:
    """A person as HTML has one: the address is a link, its brackets are letters."""
    name, _, address = written.partition(" <")
    if not address:
        return f'<a href="mailto:{written}">{written}</a>'
    plain = address.rstrip(">")
    return f'{html.escape(name)} &lt;<a href="mailto:{plain}">{plain}</a>&gt;'


def _values(words: Words, order: str) -> list[tuple[str, str]]:
    copied = "; ".join(_person(one) for one in CC.split("; "))
    rows = {
        "s": (words.sender, _person(SENDER)),
        "w": (words.sent, words.day),
        "d": (words.date, words.day),
        "t": (words.to, _person(TO)),
        "c": (words.cc, copied),
        "b": (words.subject, html.escape(SUBJECT)),
    }
    return [rows[letter] for letter in order]


def _outlook(words: Words) -> str:
    rows = "<br>".join(f"<b>{label}:</b> {value}" for label, value in _values(words, "swtcb"))
    text = "".join(f'<p class="MsoNormal">{part}</p><p class="MsoNormal">&nbsp;</p>' for part in PARAGRAPHS)
    rule = 'style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"'
    return (
        f'<div><div {rule}><p class="MsoNormal">{rows}</p></div></div><p class="MsoNormal">&nbsp;</p>{text}'
    )


def _outlook_web(words: Words) -> str:
    rows = "<br>".join(f"<b>{label}:</b>&nbsp;{value}" for label, value in _values(words, "swtcb"))
    text = "<br><br>".join(PARAGRAPHS)
    return f'<hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><font>{rows}</font><div>&nbsp;</div></div><div>{text}</div>'


def _gmail(words: Words) -> str:
    name, _, address = SENDER.partition(" <")
    head = (
        f'{words.sender}: <strong class="gmail_sendername" dir="auto">{name}</strong> <span dir="auto">&lt;<a '
        f'href="mailto:{address.rstrip(">")}">{address.rstrip(">")}</a>&gt;</span><br>Date: {words.day}<br>'
        f"Subject: {html.escape(SUBJECT)}<br>To: {_person(TO)}<br>Cc: {', '.join(_person(one) for one in CC.split('; '))}<br>"
    )
    text = "<br><br>".join(PARAGRAPHS)
    return f'<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>{head}</div><br><br>{text}</div>'


def _apple(words: Words) -> str:
    rows = "".join(
        f'<div style="margin:0px"><span><b>{label}: </b></span><span>{value}<br></span></div>'
        for label, value in _values(words, "sbdtc")
    )
    text = "<br><br>".join(PARAGRAPHS)
    return f'<blockquote type="cite"><div>{words.begin}:</div><br>{rows}<br><div>{text}</div></blockquote>'


def _thunderbird(words: Words) -> str:
    rows = "".join(
        f'<tr><th nowrap="nowrap" valign="BASELINE" align="RIGHT">{label}: </th><td>{value}</td></tr>'
        for label, value in _values(words, "bdstc")
    )
    text = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    return f'<div class="moz-forward-container">-------- {words.forwarded} --------<table class="moz-email-headers-table">{rows}</table><br><br>{text}</div>'


def _unknown_table(words: Words) -> str:
    rows = "".join(
        f"<tr><td><b>{label}</b></td><td>:</td><td>{value}</td></tr>"
        for label, value in _values(words, "sdtcb")
    )
    text = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    return f"<p>*** {words.forwarded} ***</p><table>{rows}</table>{text}"


PROGRAMS: dict[str, Callable[[Words], str]] = {
    "Outlook": _outlook,
    "Outlook on the web": _outlook_web,
    "Gmail": _gmail,
    "Apple Mail": _apple,
    "Thunderbird": _thunderbird,
    "unknown, a table": _unknown_table,
}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forward_in_html_is_read_whole(language: str, program: str) -> None:
    words = LANGUAGES[language]
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = (
        "Ann <ann@example.org>",
        "reports@tillbrook.example",
        f"{words.prefix}: {SUBJECT}",
    )
    made.set_content(
        f"<html><body><p>Please see below.</p>{PROGRAMS[program](words)}</body></html>", subtype="html"
    )
    report = read_report(MimeMessageReader().read(made.as_bytes()), platforms=PLATFORMS)
    (forward,) = report.chain
    assert (forward.from_name, forward.from_address) == ("Rosa Vale", "rosa@tillbrook.example")
    assert forward.date is not None
    assert forward.date.replace(tzinfo=None) == datetime(2021, 10, 25, 11, 17)  # noqa: DTZ001 - no zone is given
    assert forward.subject == SUBJECT
    assert [person.address for person in forward.to] == ["ann@example.org"]
    assert [person.address for person in forward.cc] == ["bo@example.net", "clerk@tillbrook.example"]
    assert report.message == "Please see below."
    assert [line for line in forward.body.split("\n") if line.strip()] == BODY.split("\n\n")
