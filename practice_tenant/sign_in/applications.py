"""The applications registered at the tenant: a visitor's that may do all, and Casework's own narrow one."""

import secrets
from dataclasses import dataclass
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from practice_tenant.directory import User
from practice_tenant.permissions import CONSENT, EVERYTHING, Grant
from practice_tenant.sign_in.encoding import base64url
from practice_tenant.tenant import Tenant

VISITOR = "visitor"
CASEWORK = "casework"
# Whose mailboxes Casework works in: its own, and those of the people who approve.
_CASEWORK_MAILBOXES = ("reports", "headteacher", "deputy", "chair", "office")
_CASEWORK_MAILBOX_ROLES = (
    "Mail.ReadWrite",
    "Mail.Send",
    "MailboxSettings.ReadWrite",
    "Calendars.ReadWrite",
)
# Of whom it sees whether they are away, and nothing else.
_CASEWORK_ABSENCES = ("safeguarding_lead", "clerk")
# What the visitor's token names, for programs that look there before they ask.
_VISITOR_CONSENTS = (
    "Calendars.ReadWrite",
    "Files.ReadWrite.All",
    "Mail.ReadWrite",
    "Mail.Send",
    "MailboxSettings.ReadWrite",
    "Sites.FullControl.All",
    "Tasks.ReadWrite.All",
    "User.Read.All",
)
_CASEWORK_CONSENTS = ("Sites.Selected",)
_CONSENTS_GIVEN = "consents"


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    client_id: str
    name: str
    secret: str


def find_application(tenant: Tenant, client_id: str) -> Application | None:
    question = ("application", client_id)
    return tenant.database.kept("application", question, lambda: _read_application(tenant, client_id))


def _read_application(tenant: Tenant, client_id: str) -> Application | None:
    row = tenant.database.one(
        "SELECT client_id, name, secret FROM application WHERE client_id = ?", (client_id,)
    )
    if row is None:
        return None
    return Application(client_id=row["client_id"], name=row["name"], secret=row["secret"])


def own_application(tenant: Tenant, which: str) -> Application:
    """The application VISITOR or CASEWORK, which every tenant has."""
    application = find_application(tenant, tenant.database.fact(f"application {which}") or "")
    if application is None:
        raise LookupError(f"The tenant has no application '{which}': its state folder is damaged.")
    return application


def register_application(tenant: Tenant, name: str) -> Application:
    """Make a new application without any grant."""
    application = Application(client_id=str(uuid4()), name=name, secret=secrets.token_urlsafe(30))
    tenant.database.execute(
        "INSERT INTO application (client_id, name, secret) VALUES (?, ?, ?)",
        (application.client_id, application.name, application.secret),
    )
    return application


def register_certificate(tenant: Tenant, application: Application, pem: bytes) -> str:
    """Let an application sign in with a certificate; gives back the SHA-256 thumbprint, base64url.

    Raises:
        ValueError: the text is no PEM certificate.
    """
    certificate = x509.load_pem_x509_certificate(pem)
    sha256 = base64url(certificate.fingerprint(hashes.SHA256()))
    sha1 = base64url(certificate.fingerprint(hashes.SHA1()))  # noqa: S303 - x5t is SHA-1 by its standard
    tenant.database.execute(
        "INSERT OR REPLACE INTO certificate (client_id, sha256, sha1, pem) VALUES (?, ?, ?, ?)",
        (application.client_id, sha256, sha1, pem.decode()),
    )
    return sha256


def provision_applications(tenant: Tenant) -> None:
    """Register both applications and give them their grants for mail; sites and drives come with theirs."""
    for which, name in ((VISITOR, "Practice visitor"), (CASEWORK, "Casework")):
        application = register_application(tenant, name)
        tenant.database.set_fact(f"application {which}", application.client_id)
    visitor, casework = own_application(tenant, VISITOR), own_application(tenant, CASEWORK)
    tenant.permissions.grant(Grant(holder=visitor.client_id, kind=EVERYTHING, resource="*", role="*"))
    for role in _CASEWORK_MAILBOXES:
        _grant_mailbox(tenant, casework, tenant.directory.by_role(role), _CASEWORK_MAILBOX_ROLES)
    for role in _CASEWORK_ABSENCES:
        _grant_mailbox(tenant, casework, tenant.directory.by_role(role), ("MailboxSettings.Read",))
    give_consents(tenant)


def give_consents(tenant: Tenant) -> None:
    """Consent to what both applications need, once; folders of older practice tenants have no consents yet."""
    if tenant.database.fact(_CONSENTS_GIVEN) is not None:
        return
    for which, consents in ((VISITOR, _VISITOR_CONSENTS), (CASEWORK, _CASEWORK_CONSENTS)):
        holder = own_application(tenant, which).client_id
        for role in consents:
            tenant.permissions.grant(Grant(holder=holder, kind=CONSENT, resource="*", role=role))
    tenant.database.set_fact(_CONSENTS_GIVEN, "yes")


def _grant_mailbox(tenant: Tenant, application: Application, mailbox: User, roles: tuple[str, ...]) -> None:
    for role in roles:
        tenant.permissions.grant(
            Grant(holder=application.client_id, kind="mailbox", resource=mailbox.id, role=role)
        )
