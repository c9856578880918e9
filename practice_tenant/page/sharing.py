"""The reporting mailbox is shared with the office, which looks after it in Outlook."""

from practice_tenant.permissions import Grant
from practice_tenant.tenant import Tenant

_RIGHTS = ("Mail.ReadWrite", "Mail.Send", "MailboxSettings.ReadWrite")


def share_reporting_mailbox(tenant: Tenant) -> None:
    """Full access and send-as, which Exchange gives to the members of a shared mailbox."""
    office, reports = tenant.directory.by_role("office"), tenant.directory.by_role("reports")
    for right in _RIGHTS:
        tenant.permissions.grant(Grant(holder=office.id, kind="mailbox", resource=reports.id, role=right))
