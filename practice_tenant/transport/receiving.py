"""Mail from the internet, however it came: by the SMTP door or by POST /practice/deliver."""

from collections.abc import Sequence

from practice_tenant.directory import User
from practice_tenant.mail.delivery import deliver
from practice_tenant.mail.transport_headers import from_the_internet
from practice_tenant.tenant import Tenant
from practice_tenant.transport.values import Consignment


class MailRefusedError(Exception):
    """The tenant does not take a mail; the message is the whole SMTP line."""


def receive_mail(tenant: Tenant, sender: str, users: Sequence[User], raw: bytes, *, helo: str = "") -> None:
    """Check a mail from outside and deliver it to each of the people.

    Args:
        tenant: whose people it is for.
        sender: the envelope sender, "" for a bounce.
        users: those among the envelope's recipients who have a mailbox here.
        raw: the message as it came.
        helo: as what the sending server announced itself, where that is known.

    Raises:
        MailRefusedError: the sending domain's DMARC policy asks for refusal.
    """
    arrival = from_the_internet(tenant, sender, raw, helo=helo)
    if arrival.verdict.is_refused:
        raise MailRefusedError(
            f"550 5.7.509 Access denied, sending domain {arrival.verdict.from_domain} does not pass DMARC "
            "verification and has a DMARC policy of reject."
        )
    recipients = tuple(user.address for user in users)
    consignment = Consignment(sender=sender, recipients=recipients, raw=arrival.raw)
    folder = "junkemail" if arrival.verdict.is_junk else "inbox"
    with tenant.database.transaction():
        for user in {each.id: each for each in users}.values():
            deliver(tenant, user, arrival.raw, consignment, folder=folder)
