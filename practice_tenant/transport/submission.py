"""A mail that a person's own program hands in, as it stands: kept in Sent Items and delivered."""

import re
from email.utils import format_datetime

from practice_tenant.directory import User
from practice_tenant.errors import access_denied
from practice_tenant.mail.delivery import send_out
from practice_tenant.mail.folders import well_known_id
from practice_tenant.mail.identifiers import new_internet_message_id
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.store import Placement, add_message
from practice_tenant.mail.transport_headers import header_fields, read_header, without_organisation_headers
from practice_tenant.tenant import Tenant
from practice_tenant.transport.values import Consignment

_BLIND = re.compile(rb"bcc\s*:", re.IGNORECASE)


def submit_mail(tenant: Tenant, mailbox: User, recipients: tuple[str, ...], raw: bytes) -> None:
    """Send a mail from a mailbox.

    Args:
        tenant: whose mailbox it is.
        mailbox: the envelope's sender, which the asker may send as.
        recipients: the envelope's recipients.
        raw: the message; missing Date and Message-ID are added, and nobody but the sender sees a Bcc.

    Raises:
        GraphError: 403 ErrorSendAsDenied where From names somebody else.
    """
    complete = _completed(tenant, without_organisation_headers(raw))
    content = read_mime(complete)
    if content.author is None or content.author.address.lower() != mailbox.address.lower():
        raise access_denied("From names another mailbox than the one that sends.", "ErrorSendAsDenied")
    fields, rest = header_fields(complete)
    open_copy = b"".join(field for field in fields if not _BLIND.match(field)) + rest
    with tenant.database.transaction():
        add_message(
            tenant,
            content,
            Placement(
                mailbox=mailbox.id,
                folder_id=well_known_id(tenant, mailbox.id, "sentitems"),
                is_read=True,
                raw=complete,
            ),
        )
        send_out(tenant, Consignment(sender=mailbox.address, recipients=recipients, raw=open_copy))


def _completed(tenant: Tenant, raw: bytes) -> bytes:
    content = read_header(raw)
    missing = ""
    if content.date is None:
        missing += f"Date: {format_datetime(tenant.clock.now())}\r\n"
    if not content.internet_message_id:
        missing += f"Message-ID: {new_internet_message_id()}\r\n"
    return missing.encode() + raw
