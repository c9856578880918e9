"""The page's own door: plain HTTP on a second port of loopback, since a browser would warn of our certificate."""

import asyncio
import socket
import sys

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from practice_tenant.page.application import build_page
from practice_tenant.tenant import Tenant

_HOST = "127.0.0.1"
_FACT = "page port"


class PageListener:
    """Listens beside the tenant's own server and ends with it."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._port = 0

    @property
    def address(self) -> str:
        """Where the page is, once open."""
        return f"http://{_HOST}:{self._port}/"

    async def open(self, state: ServerState) -> asyncio.Server:
        """Listen on the port of last time, or on any free one.

        Args:
            state: the running server's, so that its shutdown waits for the page's connections too.
        """
        listener = _bound(int(self._tenant.database.fact(_FACT) or 0))
        self._port = listener.getsockname()[1]
        self._tenant.database.set_fact(_FACT, str(self._port))
        config = uvicorn.Config(
            build_page(self._tenant, self._port),
            ws="none",
            lifespan="off",
            log_level="critical",
            access_log=False,
            server_header=False,
        )
        config.load()
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            lambda: H11Protocol(config=config, server_state=state, app_state={}), sock=listener
        )


def _bound(wish: int) -> socket.socket:
    for port in (wish, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if sys.platform != "win32":
            # On Windows SO_REUSEADDR would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HOST, port))
        except OSError:
            listener.close()
            if port == 0:
                raise
        else:
            return listener
    raise OSError("no port is free")
