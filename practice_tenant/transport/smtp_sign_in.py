"""Who hands mail in: a person of the practice school, by password or by token."""

import hmac

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.sign_in.tokens import read_token
from practice_tenant.tenant import Tenant

PASSWORD = "practice"  # noqa: S105 - everybody's at the practice school, as the guide says; it opens nothing real
_REFUSED = "535 5.7.3 Authentication unsuccessful"
_SCOPES = frozenset({"SMTP.Send", "Mail.Send"})


class SignIn:
    """Answers to AUTH LOGIN and AUTH PLAIN: an address of the school with the practice password."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        """As aiosmtpd asks; what the session then carries as auth_data is the person."""
        if not isinstance(given, LoginPassword):
            return refused()
        user = self._tenant.directory.find(given.login.decode("utf-8", "replace"))
        if user is None or not hmac.compare_digest(given.password, PASSWORD.encode()):
            return refused()
        return AuthResult(success=True, auth_data=user)


def sign_in_with_token(tenant: Tenant, given: bytes) -> AuthResult:
    """XOAUTH2: user=ADDRESS, auth=Bearer TOKEN, parted by the control character 1."""
    parts = dict(part.partition("=")[::2] for part in given.decode("utf-8", "replace").split("\x01") if part)
    scheme, _, token = parts.get("auth", "").partition(" ")
    try:
        principal = read_token(tenant, token.strip())
    except GraphError:
        return refused()
    user = tenant.directory.find(parts.get("user", ""))
    if scheme.lower() != "bearer" or user is None or not _may_send(tenant, principal.user, user):
        return refused()
    if not _SCOPES & principal.permissions:
        return refused()
    return AuthResult(success=True, auth_data=user)


def refused() -> AuthResult:
    return AuthResult(success=False, handled=False, message=_REFUSED)


def _may_send(tenant: Tenant, who: User | None, mailbox: User) -> bool:
    return who is not None and may_send_as(tenant, who, mailbox)


def may_send_as(tenant: Tenant, who: User, mailbox: User) -> bool:
    """Whether a person may send from a mailbox: the own one, or one shared with them."""
    if who.id == mailbox.id:
        return True
    return any(
        (grant.holder, grant.kind, grant.resource, grant.role) == (who.id, "mailbox", mailbox.id, "Mail.Send")
        for grant in tenant.permissions.all()
    )
