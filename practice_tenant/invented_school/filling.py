"""Filling a fresh tenant: each mail arrives at its own moment, each document was saved at its own."""

from datetime import datetime
from email.message import EmailMessage

from practice_tenant.directory import User
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import FileTimes
from practice_tenant.invented_school.everyday_mail import everyday_mails
from practice_tenant.invented_school.moments import FILLED, FIRST_MOMENT
from practice_tenant.invented_school.policies import POLICIES
from practice_tenant.invented_school.reports import Reports
from practice_tenant.mail.delivery import deliver
from practice_tenant.mail.folders import well_known_id
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.store import Placement, add_message, change_columns
from practice_tenant.mail.transport_headers import from_the_internet, internal_headers
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment
from practice_tenant.transport.values import Consignment

_FOLDER = "Policies"
# Owners of policies work in the office's folder; the others look at them.
_POLICY_WRITERS = frozenset({"headteacher", "deputy", "clerk", "safeguarding_lead"})
_POLICY_READERS = frozenset({"chair", "teacher"})
_READ_BEFORE = "2026-11-20T12:00:00Z"


def fill(tenant: Tenant, now: datetime | None = None) -> bool:
    """Add the invented school, unless somebody has worked in the tenant already.

    Args:
        tenant: a fresh one.
        now: what the practice clock shows afterwards, the school's first moment where None.

    Returns:
        Whether it was added.
    """
    if tenant.database.fact(FILLED) or tenant.database.one("SELECT 1 FROM message LIMIT 1"):
        return False
    with tenant.database.transaction():
        _save_policies(tenant)
        for mail in _mails_in_order(tenant):
            _arrive(tenant, mail)
        _read_the_older_ones(tenant)
        tenant.clock.set(now or parse_moment(FIRST_MOMENT))
        tenant.database.set_fact(FILLED, tenant.clock.stamp())
    tenant.checkpoint()
    return True


def _save_policies(tenant: Tenant) -> None:
    office = tenant.directory.by_role("office")
    store = DriveStore(tenant.database, tenant.clock)
    drive = store.drive_of_user(office.id)
    if drive is None:
        raise LookupError("the office has no OneDrive: the state folder is damaged")
    author = {"user": office.identity()}
    earliest, *later = sorted(POLICIES, key=lambda policy: policy.saved_at)
    tenant.clock.set(parse_moment(earliest.saved_at))
    folder = store.add_folder(store.root(drive), _FOLDER, author)
    for colleague in tenant.directory.users:
        if colleague.role in _POLICY_WRITERS:
            store.share(folder, colleague.id, colleague.address, ["write"])
        elif colleague.role in _POLICY_READERS:
            store.share(folder, colleague.id, colleague.address, ["read"])
    for policy in (earliest, *later):
        tenant.clock.set(parse_moment(policy.saved_at))
        times = FileTimes(created_at=policy.saved_at, modified_at=policy.saved_at)
        store.add_file(folder, policy.name, policy.content(), author, times)


def _mails_in_order(tenant: Tenant) -> list[EmailMessage]:
    reports = Reports(tenant.directory)
    mails = (
        *everyday_mails(tenant.directory),
        *reports.in_the_reporting_mailbox(),
        reports.for_the_teacher(),
    )
    return sorted(mails, key=_sent_at)


def _sent_at(mail: EmailMessage) -> datetime:
    moment: datetime = mail["Date"].datetime
    return moment


def _arrive(tenant: Tenant, mail: EmailMessage) -> None:
    """Deliver a mail as the internet or a colleague's Outlook would, at the moment that its Date names."""
    tenant.clock.set(_sent_at(mail))
    raw = mail.as_bytes()
    sender = str(mail["From"].addresses[0].addr_spec)
    recipients = tuple(str(address.addr_spec) for address in mail["To"].addresses)
    colleague = tenant.directory.find(sender)
    if colleague is None:
        complete = from_the_internet(tenant, sender, raw).raw
    else:
        complete = internal_headers(tenant, sender) + raw
        _keep_sent_copy(tenant, colleague, raw)
    for recipient in recipients:
        user = tenant.directory.find(recipient)
        if user is not None:
            consignment = Consignment(sender=sender, recipients=recipients, raw=complete)
            deliver(tenant, user, complete, consignment)


def _read_the_older_ones(tenant: Tenant) -> None:
    """What came before Friday has been read; nobody reads the reporting mailbox but Casework."""
    reports = tenant.directory.by_role("reports")
    older = tenant.database.rows(
        "SELECT key FROM message WHERE received_at < ? AND mailbox <> ?", (_READ_BEFORE, reports.id)
    )
    for row in older:
        change_columns(tenant, row["key"], {"is_read": True})


def _keep_sent_copy(tenant: Tenant, colleague: User, raw: bytes) -> None:
    placement = Placement(
        mailbox=colleague.id,
        folder_id=well_known_id(tenant, colleague.id, "sentitems"),
        is_read=True,
        raw=raw,
    )
    add_message(tenant, read_mime(raw), placement)
