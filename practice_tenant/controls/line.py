"""A school's line, rehearsed: how long each request travels, and how much fits through in a second."""

import asyncio
import time
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.json_values import Json


class Line:
    """The line between the school and the tenant; at first, and after a reset, without delay.

    Attributes:
        latency: seconds that every request waits, however small.
        bytes_per_second: shared by all requests, both ways together; None for no limit.
    """

    def __init__(self) -> None:
        self.latency = 0.0
        self.bytes_per_second: float | None = None
        self._free_at = 0.0

    def set(self, wishes: dict[str, Json]) -> None:
        """Take {"latency_ms": 100, "kilobytes_per_second": 250}; what is left out is without delay or limit.

        Raises:
            GraphError: 400 naming what is no number.
        """
        latency = _number(wishes, "latency_ms") or 0.0
        kilobytes = _number(wishes, "kilobytes_per_second")
        if kilobytes == 0:
            raise bad_request("kilobytes_per_second must be above 0; leave it out for no limit.")
        self.latency = latency / 1000
        self.bytes_per_second = None if kilobytes is None else kilobytes * 1000
        self._free_at = 0.0

    def as_json(self) -> dict[str, Any]:
        speed = self.bytes_per_second
        return {
            "latency_ms": round(self.latency * 1000, 3),
            "kilobytes_per_second": None if speed is None else speed / 1000,
        }

    async def travel(self, size: int) -> None:
        """Wait as a request with so many bytes, there and back, would."""
        wait = self.latency
        if self.bytes_per_second is not None:
            now = time.monotonic()
            self._free_at = max(now, self._free_at) + size / self.bytes_per_second
            wait += self._free_at - now
        if wait > 0:
            await asyncio.sleep(wait)


def _number(wishes: dict[str, Json], name: str) -> float | None:
    value = wishes.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise bad_request(f"{name} is a number, 0 or more.")
    return float(value)
