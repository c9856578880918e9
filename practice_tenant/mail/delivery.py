"""Mail on its way: into mailboxes of the tenant, to the outbox for everybody else."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from practice_tenant.directory import User
from practice_tenant.mail.automatic_replies import answer_automatically
from practice_tenant.mail.folders import well_known_id
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.store import Placement, add_message
from practice_tenant.mail.transport_headers import internal_headers
from practice_tenant.mail.values import Person
from practice_tenant.tenant import Tenant
from practice_tenant.times import stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Consignment:
    """Bytes under way.

    Attributes:
        sender: the envelope sender, "" for a bounce.
        recipients: the envelope's recipients.
        properties: extended properties that travel along inside the organisation.
    """

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    properties: Mapping[str, str] = field(default_factory=dict)


def send_out(tenant: Tenant, consignment: Consignment) -> None:
    """Deliver inside, put the rest into the outbox, and tell the sender of addresses that do not exist."""
    inside: list[User] = []
    outside, unknown = [], []
    for address in consignment.recipients:
        user = tenant.directory.find(address)
        if user is not None:
            inside.append(user)
        elif tenant.directory.is_ours(address):
            unknown.append(address)
        else:
            outside.append(address)
    if outside:
        _put_into_outbox(tenant, replace(consignment, recipients=tuple(outside)))
    raw = internal_headers(tenant) + consignment.raw
    for user in inside:
        deliver(tenant, user, raw, consignment)
    for address in unknown:
        _bounce(tenant, consignment, address)


def deliver(tenant: Tenant, user: User, raw: bytes, consignment: Consignment) -> None:
    """Put bytes, complete with the transport's headers, into an Inbox."""
    content = read_mime(raw)
    message = add_message(
        tenant,
        content,
        Placement(
            mailbox=user.id,
            folder_id=well_known_id(tenant, user.id, "inbox"),
            raw=raw,
            sent_at=stamp(content.date) if content.date else "",
            properties=consignment.properties,
        ),
    )
    reply = answer_automatically(tenant, user, message, content, consignment.sender)
    if reply is not None:
        send_out(tenant, Consignment(sender="", recipients=(consignment.sender,), raw=reply))


def outbox_entries(tenant: Tenant) -> list[dict[str, object]]:
    rows = tenant.database.rows("SELECT * FROM outbox ORDER BY key")
    return [
        {
            "at": row["at"],
            "from": row["sender"],
            "to": json.loads(row["recipients"]),
            # A mail is ASCII by our own writing; what a client sent as MIME may not be.
            "raw": bytes(row["raw"]).decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode(),
        }
        for row in rows
    ]


def clear_outbox(tenant: Tenant) -> None:
    tenant.database.execute("DELETE FROM outbox")


def addresses(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.address for person in people)


def _put_into_outbox(tenant: Tenant, consignment: Consignment) -> None:
    tenant.database.execute(
        "INSERT INTO outbox (at, sender, recipients, raw) VALUES (?, ?, ?, ?)",
        (
            tenant.clock.stamp(),
            consignment.sender,
            json.dumps(consignment.recipients),
            consignment.raw,
        ),
    )


def _bounce(tenant: Tenant, consignment: Consignment, address: str) -> None:
    """The non-delivery report that Exchange writes for an address of the own domain that nobody has."""
    sender = tenant.directory.find(consignment.sender)
    if sender is None:
        return
    boundary = "=_report"
    report = (
        (
            f"From: Microsoft Outlook <postmaster@{consignment.sender.rpartition('@')[2]}>\r\n"
            f"To: {sender.address}\r\nSubject: Undeliverable mail\r\nMIME-Version: 1.0\r\n"
            f"Auto-Submitted: auto-replied\r\nDate: {_date(tenant)}\r\n"
            f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
            f"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            f"Your message to {address} couldn't be delivered: the address was not found.\r\n"
            f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;mail.practice\r\n\r\n"
            f"Final-Recipient: rfc822;{address}\r\nAction: failed\r\nStatus: 5.1.10\r\n\r\n"
            f"--{boundary}\r\nContent-Type: message/rfc822\r\n\r\n"
        ).encode()
        + consignment.raw
        + f"\r\n--{boundary}--\r\n".encode()
    )
    deliver(
        tenant, sender, internal_headers(tenant) + report, Consignment(sender="", recipients=(), raw=report)
    )


def _date(tenant: Tenant) -> str:
    return tenant.clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000")
