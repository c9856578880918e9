"""Open connections: the short way for plain requests, and how a connection breaks as a failing network breaks it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping, Sequence
from types import coroutine
from typing import Any

import h11
from starlette.types import Receive, Scope
from uvicorn.config import Config
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from practice_tenant.controls.trouble import ConnectionBroken
from practice_tenant.plain_http import NotPlainError, PlainRequest, read_request, tells_its_end, write_head

Reply = Callable[[int, Mapping[str, str], bytes, bool], Awaitable[None]]
"""Sends an answer: status, headers, body, and whether more was promised than comes."""
AnswerPlain = Callable[[PlainRequest, Reply], Awaitable[None]]

_Work = Coroutine[Any, Any, None]
_OPEN: dict[tuple[str, int], asyncio.Transport] = {}


class BreakableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with every connection findable by the client's address.

    Plain requests are taken apart and answered in one go, without ASGI. Any other one is h11's.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        answer: AnswerPlain,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._answer_plain = answer
        self._is_plain = True
        self._is_busy = False
        self._keeps_open = True
        self._received = b""
        self._idle_since: float | None = None
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        address = _address(transport.get_extra_info("peername"))
        if address:
            _OPEN[address] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        address = self.client
        if address:
            _OPEN.pop(address, None)
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._idle_since = None
        if not self._is_plain:
            super().data_received(data)
            return
        self._unset_keepalive_if_required()
        self._received = self._received + data if self._received else bytes(data)
        if not self._is_busy:
            self._take_all()
        elif len(self._received) > HIGH_WATER_LIMIT:
            self.flow.pause_reading()

    def on_response_complete(self) -> None:
        """After an answer by h11: plain requests may follow."""
        super().on_response_complete()
        rest, _ = self.conn.trailing_data
        if not rest and self.conn.our_state is h11.IDLE and self.conn.their_state is h11.IDLE:
            self._is_plain = True

    def shutdown(self) -> None:
        if self._is_busy:
            self._keeps_open = False
        else:
            super().shutdown()

    def _take_all(self) -> None:
        while self._received and not self._is_busy and not self.transport.is_closing():
            try:
                request = read_request(self._received)
            except NotPlainError:
                received, self._received = self._received, b""
                self._is_plain = False
                super().data_received(received)
                return
            if request is None:
                return
            self._received = self._received[request.length :]
            self._begin(request)

    def _begin(self, request: PlainRequest) -> None:
        """Answer at once; what has to wait for something goes on as a task."""
        self._is_busy = True
        work = self._serve(request)
        try:
            waits_for = work.send(None)
        except StopIteration:
            return
        task = self.loop.create_task(self._go_on(work, waits_for))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    async def _go_on(self, work: _Work, waits_for: object) -> None:
        await _rest_of(work, waits_for)
        self._take_all()

    async def _serve(self, request: PlainRequest) -> None:
        try:
            await self._answer_plain(request, self._reply)
        except ConnectionBroken:
            self.transport.abort()
        except Exception:
            self.logger.exception("A request could not be answered.")
            self.transport.write(_FAILED)
            self.transport.close()
        self._is_busy = False
        self._be_idle()

    async def _reply(self, status: int, headers: Mapping[str, str], body: bytes, is_cut: bool) -> None:
        """Head and body leave together: each by itself costs a client a turn."""
        if self.flow.write_paused:
            await self.flow.drain()
        if self.transport.is_closing():
            return
        pairs = [*self._own_headers(), *headers.items()]
        self.transport.write(write_head(status, pairs) + body)
        if not is_cut and not (self._keeps_open and tells_its_end(status, pairs)):
            self.transport.close()

    def _own_headers(self) -> list[tuple[str, str]]:
        given = self.server_state.default_headers
        return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in given]

    def _be_idle(self) -> None:
        """Wait for the next request, but not for ever."""
        self.server_state.total_requests += 1
        self.flow.resume_reading()
        self._idle_since = self.loop.time()
        if self._watch is None and not self.transport.is_closing():
            self._watch = self.loop.call_later(self.timeout_keep_alive, self._look_whether_idle)

    def _look_whether_idle(self) -> None:
        self._watch = None
        if self._idle_since is None or self.transport.is_closing():
            return
        left = self._idle_since + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._watch = self.loop.call_later(left, self._look_whether_idle)
        else:
            self.timeout_keep_alive_handler()


_FAILED = (
    b"HTTP/1.1 500 Internal Server Error\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n\r\n"
    b"Internal Server Error"
)


@coroutine
def _rest_of(work: _Work, waits_for: object) -> Generator[Any, Any, None]:
    """What is left of work that was begun outside of a task and waits for something now."""
    while True:
        failure: BaseException | None = None
        heard = None
        try:
            heard = yield waits_for
        except BaseException as error:  # noqa: BLE001 - handed on, whatever it is
            failure = error
        try:
            waits_for = work.send(heard) if failure is None else work.throw(failure)
        except StopIteration:
            return


async def break_connection(scope: Scope, receive: Receive) -> None:
    """Cut the request's connection without another byte, and wait until the server knows."""
    transport = _OPEN.get(_address(scope.get("client")) or ("", 0))
    if transport is not None:
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            """Nothing more of the body is of use."""


def _address(peer: Sequence[Any] | None) -> tuple[str, int] | None:
    return (str(peer[0]), int(peer[1])) if peer else None
