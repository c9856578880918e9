"""The mails that a rule sends: a forward, the original as an attachment, or the original itself."""

from dataclasses import replace

from practice_tenant.directory import User
from practice_tenant.inbox_rules.outcome import LOOP
from practice_tenant.mail.identifiers import new_internet_message_id
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.quoting import prefixed, with_quotation
from practice_tenant.mail.transport_headers import without_organisation_headers
from practice_tenant.mail.values import Attachment, MailContent, Person
from practice_tenant.tenant import Tenant
from practice_tenant.transport.values import Consignment

_SOURCE = ("X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent")


def sent_on(
    tenant: Tenant, user: User, raw: bytes, content: MailContent, *, way: str, people: tuple[Person, ...]
) -> Consignment:
    """One mail of a rule's.

    Args:
        tenant: whose clock dates it.
        user: whose rule it is.
        raw: the mail as it arrived.
        content: the same, read.
        way: forwardTo, forwardAsAttachmentTo or redirectTo.
        people: to whom it goes.
    """
    addresses = tuple(person.address for person in people)
    if way == "redirectTo":
        # The original stays its author's; a bounce goes to whose rule it was.
        again = f"{LOOP}: {user.address}\r\n{_SOURCE[0]}: {_SOURCE[1]}\r\n".encode()
        again += f"Resent-From: <{user.address}>\r\n".encode()
        return Consignment(sender=user.address, recipients=addresses, raw=again + raw, has_headers=True)
    forward = MailContent(
        subject=prefixed(content.subject, "FW: "),
        body_type="html",
        author=Person(name=user.display_name, address=user.address),
        recipients=people,
        internet_message_id=new_internet_message_id(),
        references=" ".join([*content.references.split(), content.internet_message_id]).strip(),
        headers=(*_earlier_loops(content), (LOOP, user.address), _SOURCE),
    )
    if way == "forwardAsAttachmentTo":
        attached = Attachment(
            name=content.subject or "Message",
            content_type="message/rfc822",
            content=without_organisation_headers(raw),
            kind="item",
        )
        forward = replace(forward, attachments=(attached,))
    else:
        body = with_quotation("", content, content.date or tenant.clock.now())
        forward = replace(forward, body=body, attachments=content.attachments)
    return Consignment(
        sender=user.address, recipients=addresses, raw=write_mime(forward, date=tenant.clock.now())
    )


def _earlier_loops(content: MailContent) -> tuple[tuple[str, str], ...]:
    return tuple((LOOP, value) for name, value in content.headers if name.lower() == LOOP.lower())
