"""So many schools of one Microsoft tenant at a time on a host: the others wait in line, and no thread waits with them."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict


class TenantLines:
    """Lines of schools, one before each tenant.

    A thread that comes with a school either goes on with it, or leaves it in the line and is free for another
    tenant's; whoever has finished one takes the next. What stands in a line when the host dies is still due.
    """

    def __init__(self, *, at_once: int) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._at_work: Counter[str] = Counter()
        self._waiting: dict[str, OrderedDict[str, None]] = {}

    def join(self, tenant: str, school: str) -> bool:
        """True if the school is to be swept now; otherwise it waits, once, and another thread takes it."""
        with self._lock:
            if self._at_work[tenant] < self._at_once:
                self._at_work[tenant] += 1
                return True
            self._waiting.setdefault(tenant, OrderedDict())[school] = None
            return False

    def following(self, tenant: str) -> str | None:
        """The school that has waited longest; None if none does, and then the thread leaves."""
        with self._lock:
            waiting = self._waiting.get(tenant)
            if waiting:
                return waiting.popitem(last=False)[0]
            self._at_work[tenant] -= 1
            return None

    def empty(self) -> None:
        """Nobody waits any more: the host stops."""
        with self._lock:
            self._waiting.clear()
