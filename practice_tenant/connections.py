"""Open connections, so that a connection can be broken as a failing network breaks it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_OPEN: dict[tuple[str, int], asyncio.Transport] = {}


class BreakableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with every connection findable by the client's address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        address = _address(transport.get_extra_info("peername"))
        if address:
            _OPEN[address] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        address = self.client
        if address:
            _OPEN.pop(address, None)
        super().connection_lost(exc)


async def break_connection(scope: Scope, receive: Receive) -> None:
    """Cut the request's connection without another byte, and wait until the server knows."""
    transport = _OPEN.get(_address(scope.get("client")) or ("", 0))
    if transport is not None:
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            """Nothing more of the body is of use."""


def _address(peer: Sequence[Any] | None) -> tuple[str, int] | None:
    return (str(peer[0]), int(peer[1])) if peer else None
