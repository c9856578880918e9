"""The running server: sockets on loopback, server.json when ready, and an end when it is no longer wanted."""

import asyncio
import json
import socket
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn

from practice_tenant.application import build_application
from practice_tenant.areas import describe, prepare
from practice_tenant.certificates import prepare_certificates
from practice_tenant.connections import BreakableProtocol
from practice_tenant.database import Database
from practice_tenant.page.listening import PageListener
from practice_tenant.parent import end_with_parent
from practice_tenant.sign_in.applications import CASEWORK, VISITOR, own_application
from practice_tenant.tenant import Tenant, open_tenant


class PortTakenError(Exception):
    """Somebody else listens on the port that was asked for."""


def serve(
    *, state: Path, port: int, now: datetime | None, parent: int | None, with_school: bool = False
) -> None:
    """Run a practice tenant until it is stopped.

    Args:
        state: the folder of everything it remembers; made where absent.
        port: 0 for any free one, preferably that of last time.
        now: what the practice clock shall show, None to leave it.
        parent: the process whose end is the tenant's end too.
        with_school: whether a fresh folder gets the invented school.

    Raises:
        StateFolderInUseError: another tenant runs on the folder.
        PortTakenError: the port is taken.
    """
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(state / "tenant.sqlite")
    (state / "server.json").unlink(missing_ok=True)
    try:
        sockets = _listen(port, int(database.fact("port") or 0))
        tenant = open_tenant(state.resolve(), database, sockets[0].getsockname()[1])
        if now is not None:
            tenant.clock.set(now)
        prepare(tenant)
        if with_school:
            _fill(tenant, now)
        asyncio.run(_run(tenant, sockets, parent))
    finally:
        database.close()


def _fill(tenant: Tenant, now: datetime | None) -> None:
    from practice_tenant.invented_school.filling import fill  # noqa: PLC0415 - python-docx is slow to load

    fill(tenant, now)


async def _run(tenant: Tenant, sockets: Sequence[socket.socket], parent: int | None) -> None:
    certificates = prepare_certificates(tenant.state)
    config = uvicorn.Config(
        build_application(tenant),
        http=BreakableProtocol,
        ws="none",
        lifespan="off",
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        ssl_certfile=str(certificates.server_file),
    )
    server = _Server(config, tenant, certificates.ca_file)
    if parent is not None:
        end_with_parent(parent, server.stop)
    await server.serve(sockets=list(sockets))


class _Server(uvicorn.Server):
    """uvicorn, telling the world by server.json once it listens."""

    def __init__(self, config: uvicorn.Config, tenant: Tenant, ca_file: Path) -> None:
        super().__init__(config)
        self._tenant = tenant
        self._ca_file = ca_file
        self._page = PageListener(tenant)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.servers.append(await self._page.open(self.server_state))
            write_facts(self._tenant, self._ca_file, self._page.address)

    def stop(self) -> None:
        """End soon; may be called from any thread."""
        self.should_exit = True


def write_facts(tenant: Tenant, ca_file: Path, page: str) -> None:
    """Write server.json by rename, so that who sees it sees all of it."""
    unfinished = tenant.state / "server.unfinished"
    unfinished.write_text(json.dumps(_facts(tenant, ca_file, page), indent=2), encoding="utf-8")
    unfinished.replace(tenant.state / "server.json")


def _facts(tenant: Tenant, ca_file: Path, page: str) -> dict[str, Any]:
    visitor, casework = own_application(tenant, VISITOR), own_application(tenant, CASEWORK)
    return {
        "graph_root": tenant.graph_root,
        "login_root": tenant.login_root,
        "transfer_root": tenant.transfer_root,
        "ca_file": str(ca_file),
        "tenant_id": tenant.tenant_id,
        "port": tenant.port,
        "page": page,
        "visitor": {"client_id": visitor.client_id, "client_secret": visitor.secret},
        "casework": {"client_id": casework.client_id, "client_secret": casework.secret},
        "users": {user.role: user.address for user in tenant.directory.users},
        **describe(tenant),
    }


def _listen(port: int, last_port: int) -> list[socket.socket]:
    """Listen on both loopback addresses: clients try "localhost" on either first."""
    wishes = [port] if port else [wish for wish in (last_port, 0) if wish or wish == 0]
    for wish in wishes:
        try:
            first = _bind(socket.AF_INET, "127.0.0.1", wish)
        except OSError as error:
            if wish == wishes[-1]:
                raise PortTakenError(
                    f"Port {wish} is taken ({error.strerror}). Give another --port, or none for any free one."
                ) from error
            continue
        return [first, *_sixth(first.getsockname()[1])]
    return []


def _sixth(port: int) -> list[socket.socket]:
    """The same port on ::1, where the machine has IPv6."""
    try:
        return [_bind(socket.AF_INET6, "::1", port)]
    except OSError:
        return []


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # Named as TCP, or asyncio leaves Nagle on and every answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # On Windows SO_REUSEADDR would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
