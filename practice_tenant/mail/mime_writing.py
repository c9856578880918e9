"""A mail's content to MIME, assembled anew as Exchange does when a mail is sent."""

import re
import sys
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from random import randrange
from secrets import token_hex

from practice_tenant.mail.header_folding import MAIL
from practice_tenant.mail.text import html_to_text
from practice_tenant.mail.values import Attachment, MailContent, Person

_PREFIXES = re.compile(r"^(?:(?:re|fw|fwd):\s*)+", re.IGNORECASE)


def write_mime(
    content: MailContent, *, date: datetime, with_blind_copies: bool = False, nests_pictures: bool = False
) -> bytes:
    """Assemble a mail.

    Args:
        content: what it says.
        date: the Date header.
        with_blind_copies: whether Bcc is written: for the sender's own copy only, never on the way.
        nests_pictures: whether pictures among the words stand beside the HTML alone, as phones have it, and not
            beside both of text and HTML, as Outlook has it.
    """
    message = EmailMessage(policy=MAIL)
    own = _headers(content, date, with_blind_copies=with_blind_copies)
    for name, value in (*own, *_custom_headers(content, own)):
        if value:
            message[name] = _one_line(value)
    _write_body(message, content, nests_pictures=nests_pictures)
    # An attached mail keeps its very bytes: parsing and writing it again would change it.
    mails = {token_hex(16): each.content for each in content.attachments if each.kind == "item"}
    for attachment in content.attachments:
        if not attachment.is_inline and attachment.kind == "file":
            _attach(message, attachment)
    for marker in mails:
        _attach_mail(message, marker)
    raw = message.as_bytes()
    for marker, mail in mails.items():
        raw = raw.replace(marker.encode(), mail)
    return raw


def _headers(content: MailContent, date: datetime, *, with_blind_copies: bool) -> list[tuple[str, str]]:
    return [
        ("From", _address_list([content.author] if content.author else [])),
        ("Sender", _address_list([content.sender] if content.sender else [])),
        ("To", _address_list(content.recipients)),
        ("Cc", _address_list(content.copied)),
        ("Bcc", _address_list(content.blind_copied) if with_blind_copies else ""),
        ("Reply-To", _address_list(content.reply_to)),
        ("Subject", content.subject),
        ("Thread-Topic", _without_prefix(content.subject)),
        ("Thread-Index", _ascii(content.thread_index)),
        ("Date", format_datetime(date)),
        ("Message-ID", _ascii(content.internet_message_id)),
        ("References", _ascii(content.references)),
        ("In-Reply-To", _ascii(content.in_reply_to)),
        ("Importance", "" if content.importance == "normal" else content.importance),
        ("Accept-Language", "en-GB, en-US"),
        ("Content-Language", "en-GB"),
        ("X-MS-Has-Attach", "yes" if any(not each.is_inline for each in content.attachments) else ""),
    ]


def _custom_headers(content: MailContent, own: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers of the sender's own; those of the organisation are Exchange's to write."""
    written = {name.lower() for name, _ in own}
    return [
        (name, value)
        for name, value in content.headers
        if (name.lower().startswith("x-") or name.lower() == "auto-submitted")
        and name.lower() not in written
        and not name.lower().startswith("x-ms-exchange-organization-")
    ]


def _write_body(message: EmailMessage, content: MailContent, *, nests_pictures: bool) -> None:
    inline = [each for each in content.attachments if each.is_inline]
    if content.body_type != "html":
        _set_text(message, content.body, "plain")
    elif inline and not nests_pictures:
        _write_as_outlook(message, content, inline)
        return
    else:
        _set_both(message, content.body)
    for attachment in inline:
        _attach_inline(message, attachment)


def _write_as_outlook(message: EmailMessage, content: MailContent, inline: list[Attachment]) -> None:
    """Text and HTML together, and the pictures that the HTML shows beside them."""
    both = EmailMessage(policy=MAIL)
    _set_both(both, content.body)
    del both["MIME-Version"]
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = 'multipart/related; type="multipart/alternative"'
    message.set_payload([both])
    for attachment in inline:
        main, _, sub = _media_type(attachment).partition("/")
        message.add_related(
            attachment.content,
            maintype=main,
            subtype=sub,
            cid=f"<{attachment.content_id}>" if attachment.content_id else None,
            filename=_one_line(attachment.name),
            disposition="inline",
        )


def _set_both(message: EmailMessage, html: str) -> None:
    _set_text(message, html_to_text(html), "plain")
    message.make_alternative(boundary=_new_boundary())
    message.add_alternative(html, subtype="html", cte=_encoding(html))


def _new_boundary() -> str:
    """As Python makes it where none is given, after a search through the whole mail and with a header written twice."""
    return f"==============={randrange(sys.maxsize):019d}=="  # noqa: S311 - a separator, not a secret


def _set_text(message: EmailMessage, text: str, subtype: str) -> None:
    message.set_content(text, subtype=subtype, cte=_encoding(text))


def _encoding(text: str) -> str:
    return "quoted-printable" if text.isascii() else "base64"


def _attach_inline(message: EmailMessage, attachment: Attachment) -> None:
    part = message.get_body(("html",))
    if not isinstance(part, EmailMessage):
        _attach(message, attachment)
        return
    main, _, sub = _media_type(attachment).partition("/")
    content_id = f"<{attachment.content_id}>" if attachment.content_id else None
    part.add_related(
        attachment.content, maintype=main, subtype=sub, cid=content_id, filename=attachment.name,
        disposition="inline",
    )  # fmt: skip


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = _media_type(attachment).partition("/")
    content_id = f"<{attachment.content_id}>" if attachment.content_id else None
    message.add_attachment(
        attachment.content, maintype=main, subtype=sub, filename=_one_line(attachment.name), cid=content_id
    )


def _attach_mail(message: EmailMessage, marker: str) -> None:
    if message.get_content_subtype() != "mixed":
        message.make_mixed()
    part = EmailMessage(policy=MAIL)
    part["Content-Type"] = "message/rfc822"
    part["Content-Disposition"] = "attachment"
    part.set_payload(marker)
    message.attach(part)


def _media_type(attachment: Attachment) -> str:
    kind = attachment.content_type.partition(";")[0].strip().lower()
    main, slash, sub = kind.partition("/")
    if not slash or not main or not sub or main in {"multipart", "message"} or not kind.isascii():
        return "application/octet-stream"
    return kind


def _address_list(people: Sequence[Person]) -> str:
    return ", ".join(_address(person) for person in people)


def _address(person: Person) -> str:
    address = _one_line(person.address).replace("<", "").replace(">", "")
    if not person.name or person.name == person.address:
        return address
    quoted = _one_line(person.name).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def _ascii(identifier: str) -> str:
    """An id in a header has no encoding: what is no ASCII in it is broken already."""
    return identifier.encode("ascii", "replace").decode()


def _one_line(text: str) -> str:
    """No line break gets into a header."""
    return " ".join(text.split())


def _without_prefix(subject: str) -> str:
    """The topic of a conversation: its subject without what answers and forwards put before it."""
    return _PREFIXES.sub("", subject)
