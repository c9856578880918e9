"""What is said at the SMTP door: who may send to whom, and where a mail goes that was taken."""

import secrets
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.mail.transport_headers import read_header
from practice_tenant.tenant import Tenant
from practice_tenant.transport import hosts
from practice_tenant.transport.receiving import MailRefusedError, receive_mail
from practice_tenant.transport.smtp_sign_in import may_send_as, refused, sign_in_with_token
from practice_tenant.transport.submission import submit_mail

_MOST_RECIPIENTS = 500


class MailHandler:
    """aiosmtpd's hooks, one object for each connection."""

    def __init__(self, tenant: Tenant, settle: Callable[[Tenant], None]) -> None:
        self._tenant = tenant
        self._settle = settle

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        last = responses.pop()
        return [*responses, "250-PIPELINING", "250-ENHANCEDSTATUSCODES", last]

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        if len(args) == 1:
            given = await server.challenge_auth("")
            return sign_in_with_token(self._tenant, given) if isinstance(given, bytes) else _handled()
        try:
            return sign_in_with_token(self._tenant, b64decode(args[1], validate=True))
        except (Base64Error, ValueError):
            return refused()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        person = _person(session)
        if person is not None:
            mailbox = self._tenant.directory.find(address)
            if mailbox is None or not may_send_as(self._tenant, person, mailbox):
                return _send_as_denied(person)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if _person(session) is None:
            if not self._tenant.directory.is_ours(address):
                return "550 5.7.64 TenantAttribution; Relay Access Denied"
            if self._tenant.directory.find(address) is None:
                return "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Recipient OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = _undotted(envelope.content if isinstance(envelope.content, bytes) else b"")
        sender = (envelope.mail_from or "").strip("<>")
        self._settle(self._tenant)
        person = _person(session)
        try:
            if person is None:
                users = [user for each in envelope.rcpt_tos if (user := self._tenant.directory.find(each))]
                helo = "".join((session.host_name or "").split())
                receive_mail(self._tenant, sender, users, raw, helo=helo)
            else:
                self._submit(person, sender, tuple(envelope.rcpt_tos), raw)
        except MailRefusedError as error:
            return str(error)
        identifier = read_header(raw).internet_message_id.encode("ascii", "replace").decode()
        return (
            f"250 2.6.0 {identifier or '<>'} [InternalId={secrets.randbelow(10**14)}, Hostname={hosts.HUB}] "
            f"{len(raw)} bytes Queued mail for delivery"
        )

    async def handle_exception(self, error: Exception) -> str:
        """Say nothing of the mail: its words may be in the error."""
        return "451 4.3.0 Temporary server error. Please try again later"

    def _submit(self, person: User, sender: str, recipients: tuple[str, ...], raw: bytes) -> None:
        mailbox = self._tenant.directory.find(sender) or person
        try:
            submit_mail(self._tenant, mailbox, recipients, raw)
        except GraphError as error:
            raise MailRefusedError(_send_as_denied(person)) from error


def _undotted(raw: bytes) -> bytes:
    """Take away the second dot of lines in a mail without carriage returns, whose lines aiosmtpd does not see."""
    return raw.replace(b"\n..", b"\n.") if raw.count(b"\r\n") <= 1 else raw


def _person(session: Session) -> User | None:
    return session.auth_data if isinstance(session.auth_data, User) else None


def _handled() -> AuthResult:
    return AuthResult(success=False, handled=True)


def _send_as_denied(person: User) -> str:
    return f"554 5.2.252 SendAsDenied; {person.address} not allowed to send as another mailbox"
