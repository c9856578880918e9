"""Mails as the programs of different people write them: Outlook on a desk, a phone, Gmail in a browser."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from practice_tenant.mail.values import Person

LONDON = ZoneInfo("Europe/London")
_OUTLOOK_FONT = "font-family:Calibri,Arial,sans-serif; font-size:11pt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture in a mail, shown where the words say so."""

    name: str
    content: bytes
    content_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The mail that somebody forwards."""

    author: Person
    to: Person
    sent_at: datetime
    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """Who writes to whom, when, about what; `identifier` makes the Message-ID."""

    author: Person
    to: Person
    sent_at: datetime
    subject: str
    identifier: str

    def message(self) -> EmailMessage:
        """An empty mail with these headers."""
        message = EmailMessage(policy=SMTP)
        message["From"] = header_form(self.author)
        message["To"] = header_form(self.to)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.sent_at.astimezone(LONDON))
        message["Message-ID"] = f"<{self.identifier}@{self.author.address.rpartition('@')[2]}>"
        return message


def plain_mail(envelope: Envelope, *lines: str) -> EmailMessage:
    """Words alone."""
    message = envelope.message()
    message.set_content("\n\n".join(lines) + "\n", cte="quoted-printable")
    return message


def with_file(message: EmailMessage, name: str, content: bytes, kind: str) -> EmailMessage:
    """The mail with a file attached."""
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def outlook_forward(envelope: Envelope, note: str, original: Original, picture: Picture) -> EmailMessage:
    """Outlook on a Windows desk: HTML, a block of bold labels, the screenshot within the words."""
    head = (
        f"<b>From:</b> {escape(header_form(original.author))}<br>"
        f"<b>Sent:</b> {_outlook_date(original.sent_at)}<br>"
        f"<b>To:</b> {escape(header_form(original.to))}<br>"
        f"<b>Subject:</b> {escape(original.subject)}"
    )
    html = (
        f'<html><body lang="EN-GB" style="{_OUTLOOK_FONT}"><div><p>{escape(note)}</p><p>&nbsp;</p>'
        '<div style="border:none; border-top:solid #E1E1E1 1.0pt; padding:3.0pt 0cm 0cm 0cm">'
        f"<p>{head}</p></div>{_paragraphs(original.lines)}"
        f'<p><img width="420" src="cid:{picture.content_id}" alt="{escape(picture.name)}"></p></div></body></html>'
    )
    text = (
        f"{note}\n\nFrom: {header_form(original.author)}\nSent: {_outlook_date(original.sent_at)}\n"
        f"To: {header_form(original.to)}\nSubject: {original.subject}\n\n"
        + "\n\n".join(original.lines)
        + f"\n\n[cid:{picture.content_id}]\n"
    )
    message = envelope.message()
    message["X-Mailer"] = "Microsoft Outlook 16.0"
    _set_both(message, text, html)
    return _with_picture(message, picture)


def phone_forward(envelope: Envelope, note: str, original: Original, picture: Picture) -> EmailMessage:
    """Mail on an iPhone: "Begin forwarded message:", the labels in bold, the picture among the words."""
    labels = (
        ("From", header_form(original.author)),
        ("Subject", original.subject),
        ("Date", f"{_long_date(original.sent_at)} at {_clock_time(original.sent_at)} GMT"),
        ("To", header_form(original.to)),
    )
    head = "".join(f"<b>{name}:</b> {escape(value)}<br>" for name, value in labels)
    html = (
        f'<html><body dir="auto">{escape(note)}<br><br><div dir="ltr">Sent from my iPhone</div>'
        f'<div dir="ltr"><br>Begin forwarded message:<br><br></div><blockquote type="cite"><div dir="ltr">{head}'
        f'<br></div></blockquote><blockquote type="cite"><div dir="ltr">{_paragraphs(original.lines)}'
        f'<img src="cid:{picture.content_id}" alt="{escape(picture.name)}"></div></blockquote></body></html>'
    )
    quoted = [f"> {name}: {value}" for name, value in labels] + [
        ">",
        *(f"> {line}" for line in original.lines),
    ]
    text = f"{note}\n\nSent from my iPhone\n\nBegin forwarded message:\n\n" + "\n".join(quoted) + "\n"
    message = envelope.message()
    message["X-Mailer"] = "iPhone Mail (23B85)"
    _set_both(message, text, html)
    return _with_picture(message, picture)


def gmail_forward(envelope: Envelope, note: str, original: Original, link: str) -> EmailMessage:
    """Gmail in a browser: dashes around "Forwarded message", the link live in the HTML."""
    labels = (
        ("From", header_form(original.author)),
        ("Date", f"{original.sent_at:%a}, {_long_date(original.sent_at)} at {_clock_time(original.sent_at)}"),
        ("Subject", original.subject),
        ("To", header_form(original.to)),
    )
    rule = "---------- Forwarded message ---------"
    words = "\n\n".join(original.lines)
    text = f"{note}\n\n{rule}\n" + "\n".join(f"{name}: {value}" for name, value in labels)
    html = (
        f'<div dir="ltr">{escape(note)}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{rule}<br>'
        + "".join(f"{name}: {escape(value)}<br>" for name, value in labels)
        + f'</div><br>{_paragraphs(original.lines)}<p><a href="{link}">{link}</a></p></div></div>'
    )
    message = envelope.message()
    _set_both(message, f"{text}\n\n\n{words}\n\n{link}\n", html)
    return message


def forward_as_attachment(envelope: Envelope, note: str, original: EmailMessage) -> EmailMessage:
    """The original as an .eml file, every header kept."""
    message = envelope.message()
    message.set_content(note + "\n", cte="quoted-printable")
    message.add_attachment(original, filename=f"{original['Subject']}.eml")
    return message


def header_form(person: Person) -> str:
    return f"{person.name} <{person.address}>"


def _set_both(message: EmailMessage, text: str, html: str) -> None:
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")


def _with_picture(message: EmailMessage, picture: Picture) -> EmailMessage:
    part = message.get_body(("html",))
    if not isinstance(part, EmailMessage):
        raise TypeError("the mail has no HTML to show a picture in")
    part.add_related(
        picture.content,
        maintype="image",
        subtype="png",
        cid=f"<{picture.content_id}>",
        filename=picture.name,
        disposition="inline",
    )
    return message


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _outlook_date(moment: datetime) -> str:
    there = moment.astimezone(LONDON)
    return f"{there.day} {there:%B %Y %H:%M}"


def _long_date(moment: datetime) -> str:
    there = moment.astimezone(LONDON)
    return f"{there.day} {there:%B %Y}"


def _clock_time(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"
