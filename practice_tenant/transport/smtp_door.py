"""The SMTP door: any mail program on this machine can send to the school, and the school's people can send."""

import asyncio
import logging
import ssl
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from aiosmtpd.smtp import SMTP

from practice_tenant.sockets import listen_on_loopback
from practice_tenant.tenant import Tenant
from practice_tenant.transport import hosts
from practice_tenant.transport.smtp_handler import MailHandler
from practice_tenant.transport.smtp_sign_in import SignIn

LARGEST_MESSAGE = 36 * 1024 * 1024
"""What a mailbox of Exchange Online takes unless somebody changed it."""
_FACT = "smtp port"
# Far longer than RFC 5321 asks for: scripts send whole mails without a carriage return, which are one line to SMTP.
_LONGEST_LINE = LARGEST_MESSAGE + 1024 * 1024
# A bearer is longer than the 512 octets of a usual command.
_LONGEST_COMMANDS = {"AUTH": 16_384, "MAIL": 2_048, "RCPT": 2_048}


class SmtpDoor:
    """Listens beside the tenant's own server and ends with it.

    Args:
        tenant: whose mail it takes.
        certificate: the server's, for STARTTLS.
        settle: lets all areas do what fell due, before a mail is taken.
    """

    def __init__(self, tenant: Tenant, certificate: Path, settle: Callable[[Tenant], None]) -> None:
        self.port = 0
        self._tenant = tenant
        self._settle = settle
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)

    async def open(self) -> list[asyncio.Server]:
        """Listen on the port of last time, or on any free one."""
        # aiosmtpd tells its log the addresses of every mail.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        sockets = listen_on_loopback(0, int(self._tenant.database.fact(_FACT) or 0))
        self.port = int(sockets[0].getsockname()[1])
        self._tenant.database.set_fact(_FACT, str(self.port))
        loop = asyncio.get_running_loop()
        return [await loop.create_server(self._protocol, sock=each) for each in sockets]

    def _protocol(self) -> SMTP:
        return _Protocol(
            MailHandler(self._tenant, self._settle),
            data_size_limit=LARGEST_MESSAGE,
            enable_SMTPUTF8=True,
            hostname=hosts.EDGE,
            ident="Microsoft ESMTP MAIL Service ready (practice tenant, nothing leaves this machine)",
            tls_context=self._tls,
            auth_require_tls=False,
            authenticator=SignIn(self._tenant),
            loop=asyncio.get_running_loop(),
        )


class _Protocol(SMTP):
    """aiosmtpd's SMTP with Exchange's limits and words."""

    line_length_limit = _LONGEST_LINE
    AuthLoginUsernameChallenge = "Username:"
    AuthLoginPasswordChallenge = "Password:"

    def __init__(self, handler: MailHandler, **more: object) -> None:
        super().__init__(handler, **more)  # type: ignore[arg-type]  # handed on as they are
        self.command_size_limits = defaultdict(lambda: SMTP.command_size_limit, _LONGEST_COMMANDS)
