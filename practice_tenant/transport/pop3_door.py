"""The POP3 door: a mail program of somebody in the world fetches what left the school for that address."""

import asyncio
from collections.abc import Callable

from practice_tenant.sockets import listen_on_loopback
from practice_tenant.tenant import Tenant
from practice_tenant.transport.pop3_session import Pop3Session

_FACT = "pop3 port"
_LONGEST_LINE = 4096
_PATIENCE = 600.0


class Pop3Door:
    """Listens beside the tenant's own server and ends with it.

    Args:
        tenant: whose outgoing mail is fetched.
        settle: lets all areas do what fell due, before somebody looks.
    """

    def __init__(self, tenant: Tenant, settle: Callable[[Tenant], None]) -> None:
        self.port = 0
        self._tenant = tenant
        self._settle = settle

    async def open(self) -> list[asyncio.Server]:
        """Listen on the port of last time, or on any free one."""
        sockets = listen_on_loopback(0, int(self._tenant.database.fact(_FACT) or 0))
        self.port = int(sockets[0].getsockname()[1])
        self._tenant.database.set_fact(_FACT, str(self.port))
        return [await asyncio.start_server(self._talk, sock=each, limit=_LONGEST_LINE) for each in sockets]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Pop3Session(self._tenant, self._settle)
        writer.write(b"+OK The Microsoft Exchange POP3 service is ready (practice tenant).\r\n")
        try:
            while not session.is_over:
                line = await asyncio.wait_for(reader.readuntil(b"\n"), _PATIENCE)
                writer.write(session.answer(line.decode("utf-8", "replace").strip()))
                await writer.drain()
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            """Whoever went without QUIT has deleted nothing, as POP3 has it."""
        finally:
            writer.close()
