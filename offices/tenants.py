"""The Microsoft tenants that this process asks: one gate for each, shared by all schools of the tenant."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import uuid4

from casework.errors import JournalError
from connectors.journal import SqlLanes
from connectors.microsoft365.connection import AT_ONCE
from connectors.settings_file import Settings
from offices.tenant_lanes import LEASE, TenantGate

TICK = 0.1
"""Seconds between two looks at which lanes nobody uses."""
KEEP_EVERY = 1.0
"""Seconds between two renewals, at which a host also hears whether others wait."""
IDLE = 0.1
"""Seconds for which a lane is held though nobody uses it: the next request of a sweep comes at once. Longer, and what
a tenant's lanes mostly do is wait for a host that has nothing more to ask, while others want them."""


class Tenants:
    """The gates of one database, and the thread that keeps their lanes."""

    def __init__(self, url: str) -> None:
        self._sql = SqlLanes(url, at_once=AT_ONCE)
        self._holder = uuid4().hex
        self._lock = threading.Lock()
        self._gates: dict[str, TenantGate] = {}
        self._over = threading.Event()
        self._kept_at = 0.0
        threading.Thread(target=self._keep, name="tenants", daemon=True).start()

    def gate(self, tenant: str) -> TenantGate:
        with self._lock:
            if tenant not in self._gates:
                self._gates[tenant] = TenantGate(self._sql, tenant, holder=self._holder)
            return self._gates[tenant]

    def _keep(self) -> None:
        while not self._over.wait(TICK):
            # while the database is away the leases run out, and nobody uses a lane past its lease
            with suppress(JournalError):
                self._look()

    def _look(self) -> None:
        with self._lock:
            gates = [gate for gate in self._gates.values() if gate.holds_lanes]
        now = time.monotonic()
        if gates and now - self._kept_at >= KEEP_EVERY:
            self._kept_at = now
            held = self._sql.keep(self._holder, seconds=LEASE)
            for gate in gates:
                gate.kept([lane for lane in held if lane.tenant == gate.tenant], asked_at=now)
        self._give_back(gates, idle_for=IDLE)

    def _give_back(self, gates: Iterable[TenantGate], *, idle_for: float) -> None:
        going = [lane for gate in gates for lane in gate.given_up(idle_for=idle_for)]
        if going:
            self._sql.give_back(self._holder, going)

    def close(self) -> None:
        """Give back what is held."""
        self._over.set()
        with self._lock:
            gates = list(self._gates.values())
        with suppress(JournalError):
            self._give_back(gates, idle_for=0.0)
        self._sql.close()


_lock = threading.Lock()
_opened: dict[str, Tenants] = {}


def gate_of(settings: Settings) -> TenantGate | None:
    """The gate before the school's tenant; None for a school by itself, whose own connection keeps the limits.

    Raises:
        JournalError: the server of the journal cannot be reached.
    """
    url = settings.journal.url
    if not url:
        return None
    with _lock:
        if url not in _opened:
            _opened[url] = Tenants(url)
            atexit.register(_opened[url].close)
        return _opened[url].gate(tenant_name(settings))


def tenant_name(settings: Settings) -> str:
    """What counts as one for Microsoft: an application in a tenant, at one of Microsoft's clouds."""
    graph = settings.microsoft365
    return f"{urlsplit(graph.graph_root).netloc} {graph.tenant_id} {graph.client_id}"
