"""The running server: sockets on loopback, server.json when ready, and an end when it is no longer wanted."""

import asyncio
import gc
import json
import socket
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from practice_tenant.application import Doors
from practice_tenant.areas import describe, prepare, settle
from practice_tenant.certificates import Certificates, prepare_certificates
from practice_tenant.connections import BreakableProtocol
from practice_tenant.database import Database
from practice_tenant.page.listening import PageListener
from practice_tenant.parent import end_with_parent
from practice_tenant.sign_in.applications import CASEWORK, VISITOR, own_application
from practice_tenant.sockets import listen_on_loopback
from practice_tenant.tenant import Tenant, open_tenant
from practice_tenant.transport.pop3_door import Pop3Door
from practice_tenant.transport.smtp_door import SmtpDoor

_NEW_THINGS = 10_000


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
        sockets = listen_on_loopback(port, int(database.fact("port") or 0))
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
    doors = Doors(tenant)
    protocol: Any = partial(BreakableProtocol, answer=doors.answer_plain)
    config = uvicorn.Config(
        doors.as_application(),
        http=protocol,
        ws="none",
        lifespan="off",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        ssl_certfile=str(certificates.server_file),
    )
    server = _Server(config, tenant, certificates)
    if parent is not None:
        end_with_parent(parent, server.stop)
    # What is loaded by now stays: to look it through for what can go, at each request, finds nothing.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_THINGS)
    await server.serve(sockets=list(sockets))


class _Server(uvicorn.Server):
    """uvicorn, telling the world by server.json once it listens."""

    def __init__(self, config: uvicorn.Config, tenant: Tenant, certificates: Certificates) -> None:
        super().__init__(config)
        self._tenant = tenant
        self._ca_file = certificates.ca_file
        self._page = PageListener(tenant)
        self._smtp = SmtpDoor(tenant, certificates.server_file, settle)
        self._pop3 = Pop3Door(tenant, settle)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.servers.append(await self._page.open(self.server_state))
            self.servers += await self._smtp.open()
            self.servers += await self._pop3.open()
            doors: dict[str, str | int] = {
                "page": self._page.address,
                "smtp_port": self._smtp.port,
                "pop3_port": self._pop3.port,
            }
            write_facts(self._tenant, self._ca_file, doors)

    def stop(self) -> None:
        """End soon; may be called from any thread."""
        self.should_exit = True


def write_facts(tenant: Tenant, ca_file: Path, doors: Mapping[str, str | int]) -> None:
    """Write server.json by rename, so that who sees it sees all of it."""
    facts = {**_facts(tenant, ca_file), **doors}
    unfinished = tenant.state / "server.unfinished"
    unfinished.write_text(json.dumps(facts, indent=2), encoding="utf-8")
    unfinished.replace(tenant.state / "server.json")


def _facts(tenant: Tenant, ca_file: Path) -> dict[str, Any]:
    visitor, casework = own_application(tenant, VISITOR), own_application(tenant, CASEWORK)
    return {
        "graph_root": tenant.graph_root,
        "login_root": tenant.login_root,
        "transfer_root": tenant.transfer_root,
        "ca_file": str(ca_file),
        "tenant_id": tenant.tenant_id,
        "port": tenant.port,
        "visitor": {"client_id": visitor.client_id, "client_secret": visitor.secret},
        "casework": {"client_id": casework.client_id, "client_secret": casework.secret},
        "users": {user.role: user.address for user in tenant.directory.users},
        **describe(tenant),
    }
