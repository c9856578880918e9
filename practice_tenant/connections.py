"""Open connections: the short way for plain requests, and how a connection breaks as a failing network breaks it."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from starlette.types import Receive, Scope
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from practice_tenant.plain_http import NotPlainError, PlainRequest, read_request, tells_its_end, write_head

_OPEN: dict[tuple[str, int], asyncio.Transport] = {}


class BreakableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with every connection findable by the client's address.

    Plain requests are taken apart and answered in one go. From the first other one on a connection is h11's.
    """

    _is_plain = True
    _received: bytearray

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._received = bytearray()
        address = _address(transport.get_extra_info("peername"))
        if address:
            _OPEN[address] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        address = self.client
        if address:
            _OPEN.pop(address, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_plain:
            super().data_received(data)
            return
        self._unset_keepalive_if_required()
        self._received += data
        if self.cycle is None or self.cycle.response_complete:
            self._take_next()
        elif len(self._received) > HIGH_WATER_LIMIT:
            self.flow.pause_reading()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._is_plain and self._received and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            self._take_next()

    def _take_next(self) -> None:
        try:
            request = read_request(self._received)
        except NotPlainError:
            self._is_plain = False
            super().data_received(bytes(self._received))
            return
        if request is not None:
            del self._received[: request.length]
            self._begin(request)

    def _begin(self, request: PlainRequest) -> None:
        cycle = _PlainCycle(
            scope=self._scope_of(request),
            conn=self.conn,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            on_response=self.on_response_complete,
        )
        cycle.body, cycle.more_body = bytearray(request.body), False
        cycle.message_event.set()
        self.cycle = cycle
        task = self.loop.create_task(cycle.run_asgi(self.app))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    def _scope_of(self, request: PlainRequest) -> Any:  # noqa: ANN401 - uvicorn's form
        return {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "method": request.method,
            "root_path": self.root_path,
            "path": self.root_path + unquote(request.raw_path.decode("ascii")),
            "raw_path": self.root_path.encode("ascii") + request.raw_path,
            "query_string": request.query,
            "headers": request.headers,
            "state": self.app_state.copy(),
        }


class _PlainCycle(RequestResponseCycle):
    """One request and its answer, whose head and body leave together: each by itself costs a client a turn."""

    _head = b""

    async def send(self, message: ASGISendEvent) -> None:
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if message["type"] == "http.response.start" and not self.response_started:
            self.response_started = True
            headers = [*self.default_headers, *message.get("headers", ())]
            if not tells_its_end(message["status"], headers):
                self.keep_alive = False
            self._head = write_head(message["status"], headers)
        elif message["type"] == "http.response.body" and not self.response_complete:
            self.transport.write(self._head + message.get("body", b""))
            self._head = b""
            if not message.get("more_body", False):
                self._complete()
        else:
            raise RuntimeError(f"Unexpected ASGI message '{message['type']}'.")

    def _complete(self) -> None:
        self.response_complete = True
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()


async def break_connection(scope: Scope, receive: Receive) -> None:
    """Cut the request's connection without another byte, and wait until the server knows."""
    transport = _OPEN.get(_address(scope.get("client")) or ("", 0))
    if transport is not None:
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            """Nothing more of the body is of use."""


def _address(peer: Sequence[Any] | None) -> tuple[str, int] | None:
    return (str(peer[0]), int(peer[1])) if peer else None
