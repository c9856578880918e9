"""Non-delivery reports and delay notices, in the form that Exchange Online gives them."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from secrets import token_hex
from uuid import uuid4

from practice_tenant.directory import DOMAIN
from practice_tenant.mail.header_folding import MAIL
from practice_tenant.mail.transport_headers import header_fields, read_header
from practice_tenant.mail.values import MailContent
from practice_tenant.tenant import Tenant
from practice_tenant.transport import hosts
from practice_tenant.transport.failure_words import Reason, reason_of
from practice_tenant.transport.values import Consignment, Failure

REPORTER = f"MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@{DOMAIN}"
"""Exchange's own sender towards people of the organisation; the number is the same in every tenant."""
POSTMASTER = f"postmaster@{DOMAIN}"
_LARGEST_COPY = 10 * 1024 * 1024


def report(tenant: Tenant, consignment: Consignment, failures: Sequence[Failure]) -> Consignment:
    """The report that goes back to a mail's sender, with the mail, or the headers of a large one, attached.

    The mail's sender is not ""; the failures are delays, all of them or none.
    """
    original = read_header(consignment.raw)
    boundary = f"_000_{token_hex(16)}LO0P265MB0412_"
    is_ours = tenant.directory.is_ours(consignment.sender)
    head = _head(tenant, original, failures, sender=consignment.sender, is_ours=is_ours)
    head += f'Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="{boundary}"\r\n\r\n'
    parts = (
        _words(original, failures, consignment.sender),
        _status(tenant, failures),
        _copy(consignment.raw),
    )
    body = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in parts)
    raw = head.encode() + body + f"--{boundary}--\r\n".encode()
    return Consignment(sender="", recipients=(consignment.sender,), raw=raw)


def _head(
    tenant: Tenant, original: MailContent, failures: Sequence[Failure], *, sender: str, is_ours: bool
) -> str:
    """The report's headers, as text that is ASCII."""
    message = EmailMessage(policy=MAIL)
    prefix = "Delivery delayed:" if failures[0].is_delay else "Undeliverable: "
    subject = prefix + " ".join(original.subject.split())
    message["From"] = f"Microsoft Outlook <{REPORTER if is_ours else POSTMASTER}>"
    message["To"] = "".join(sender.split())
    message["Date"] = format_datetime(tenant.clock.now())
    message["Message-ID"] = f"<{uuid4()}@{hosts.MAILBOX}>"
    message["Subject"] = subject
    message["Thread-Topic"] = subject
    if original.internet_message_id:
        parent = original.internet_message_id.encode("ascii", "replace").decode()
        message["In-Reply-To"] = parent
        message["References"] = parent
        message["X-MS-Exchange-Parent-Message-Id"] = parent
    message["Content-Language"] = "en-GB"
    message["Auto-Submitted"] = "auto-replied" if not failures[0].is_delay else "auto-generated"
    message["X-MS-Exchange-Message-Is-Ndr"] = "true"
    message["MIME-Version"] = "1.0"
    return message.as_bytes().decode("ascii", "replace").rstrip("\r\n") + "\r\n"


def _words(original: MailContent, failures: Sequence[Failure], sender: str) -> bytes:
    """The part for people, as text and as HTML."""
    part = EmailMessage(policy=MAIL)
    sections = [_sections(each, reason_of(each)) for each in failures]
    details = _details(original, failures, sender)
    text = "\n\n".join([*("\n\n".join(section) for section in sections), *_paragraphs_of(details)])
    part.set_content(text + "\n", cte="quoted-printable")
    part.add_alternative(_html(sections, details), subtype="html", cte="quoted-printable")
    del part["MIME-Version"]
    return part.as_bytes()


def _sections(failure: Failure, reason: Reason) -> tuple[str, ...]:
    verb = "hasn't been delivered yet" if failure.is_delay else "couldn't be delivered"
    until = ""
    if failure.retry_until is not None:
        until = f" The server keeps trying until {failure.retry_until:%d %B %Y, %H:%M} (UTC)."
    return (
        f"Your message to {failure.recipient} {verb}.",
        reason.happened + until,
        f"{reason.turn}: {reason.remedy}",
    )


def _details(
    original: MailContent, failures: Sequence[Failure], sender: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings with their lines, for administrators."""
    created = f"{original.date:%d/%m/%Y %H:%M:%S} UTC" if original.date else "unknown"
    return (
        (
            "Original Message Details",
            (
                f"Created Date: {created}",
                f"Sender Address: {sender}",
                f"Recipient Address: {', '.join(each.recipient for each in failures)}",
                f"Subject: {original.subject}",
            ),
        ),
        ("Error Details", tuple(f"{each.recipient}: {each.said} [{each.server}]" for each in failures)),
        (
            "Diagnostic information for administrators:",
            (f"Generating server: {hosts.MAILBOX}", f"Message ID: {original.internet_message_id}"),
        ),
    )


def _paragraphs_of(details: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    return ["\n".join((heading, *lines)) for heading, lines in details]


def _html(sections: list[tuple[str, ...]], details: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    first = "".join(
        f'<p style="font-size:20px; color:#0078d4; margin:24px 0 8px">{escape(opening, quote=False)}</p>'
        + "".join(f'<p style="margin:0 0 12px">{escape(line, quote=False)}</p>' for line in rest)
        for opening, *rest in sections
    )
    rest = "".join(
        f'<p style="font-weight:bold; margin:18px 0 4px">{escape(heading, quote=False)}</p>'
        f'<p style="margin:0; color:#555">{"<br>".join(escape(line, quote=False) for line in lines)}</p>'
        for heading, lines in details
    )
    return (
        '<html><body style="font-family:Segoe UI,Calibri,Arial,sans-serif; font-size:15px">'
        f'<div style="max-width:640px; overflow-wrap:anywhere">{first}'
        f'<hr style="border:0; border-top:1px solid #ccc">{rest}</div></body></html>'
    )


def _status(tenant: Tenant, failures: Sequence[Failure]) -> bytes:
    """The part for machines (RFC 3464)."""
    lines = [f"Reporting-MTA: dns;{hosts.MAILBOX}", f"Received-From-MTA: dns;{hosts.MAILBOX}"]
    lines += [f"Arrival-Date: {format_datetime(tenant.clock.now())}", ""]
    for each in failures:
        lines += [f"Final-Recipient: rfc822;{each.recipient}"]
        lines += [f"Action: {'delayed' if each.is_delay else 'failed'}", f"Status: {each.status}"]
        lines += [f"Diagnostic-Code: smtp;{each.said}", f"Remote-MTA: dns;{each.server}"]
        lines += [f"Will-Retry-Until: {format_datetime(each.retry_until)}"] if each.retry_until else []
        lines += [f"X-Display-Name: {each.recipient}", ""]
    is_ascii = all(line.isascii() for line in lines)
    kind = "message/delivery-status" if is_ascii else "message/global-delivery-status"
    return f"Content-Type: {kind}\r\n\r\n".encode() + "\r\n".join(lines).encode()


def _copy(raw: bytes) -> bytes:
    if len(raw) <= _LARGEST_COPY:
        return b"Content-Type: message/rfc822\r\n\r\n" + raw
    fields, _ = header_fields(raw)
    return b"Content-Type: text/rfc822-headers\r\n\r\n" + b"".join(fields)
