"""A door: takes HTTP apart, lets trouble happen where it was asked for, calls the handler, renders the answer."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from starlette.types import Receive, Scope, Send

from practice_tenant.batching import BatchStep, answer_batch, read_batch
from practice_tenant.connections import Reply, break_connection
from practice_tenant.controls.faults import Fault
from practice_tenant.controls.recording import RecordedRequest
from practice_tenant.controls.trouble import ConnectionBroken, spoil_answer, spoil_request
from practice_tenant.errors import GraphError, bad_request
from practice_tenant.odata.options import parse_query
from practice_tenant.paths import GraphPath, read_path
from practice_tenant.plain_http import PlainRequest
from practice_tenant.principals import ANONYMOUS, Principal
from practice_tenant.rendering import render_error, tell_fault
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Handler, Router
from practice_tenant.strictness import check_body, dressed, unknown_address, with_context
from practice_tenant.tenant import Tenant
from practice_tenant.throttling import toll_of

Authenticate = Callable[[Tenant, Mapping[str, str]], Principal]

_OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, kw_only=True)
class _Asked:
    method: str
    raw_path: str
    query: str
    headers: dict[str, str]
    request_id: str

    @cached_property
    def path(self) -> str:
        return decoded(self.raw_path)

    @cached_property
    def plain_query(self) -> str:
        return decoded(self.query)


class Door:
    """An ASGI application for one prefix.

    Args:
        tenant: whom it serves.
        router: the routes behind it.
        prefix: the beginning of the path, "" for none.
        authenticate: tells who asks, from the headers, or raises GraphError.
        settle: lets happen, before a request is handled, what fell due by itself.
        is_graph: whether /me, the 4 MB limit and Microsoft's words apply.
        is_control: whether it is /practice: no faults, no recording, no cross-site pages.
    """

    def __init__(
        self,
        tenant: Tenant,
        router: Router,
        prefix: str,
        authenticate: Authenticate,
        *,
        settle: Callable[[Tenant], None] | None = None,
        is_graph: bool = False,
        is_control: bool = False,
    ) -> None:
        self._tenant = tenant
        self._router = router
        self._prefix = prefix
        self._authenticate = authenticate
        self._settle = settle
        self._is_graph = is_graph
        self._is_control = is_control

    @property
    def prefix(self) -> str:
        return self._prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._answer_whole(_asked(scope), await _body(receive), partial(_send, send))
        except ConnectionBroken:
            await break_connection(scope, receive)

    async def answer_plain(self, request: PlainRequest, reply: Reply) -> None:
        """Answer a request that came in one piece.

        Raises:
            ConnectionBroken: the client gets no answer, or no more of it.
        """
        await self._answer_whole(_plainly_asked(request), request.body, reply)

    async def _answer_whole(self, asked: _Asked, body: bytes, reply: Reply) -> None:
        with ExitStack() as passing:
            answer, fault = await self._serve(asked, body, passing)
            is_cut = fault is not None and fault.name == "truncated"
            if not self._is_control:
                await self._tenant.line.travel(len(body) + len(answer.body))
            shown = answer.body[: len(answer.body) // 2] if is_cut else answer.body
            await reply(answer.status, _headers(answer, asked), shown, is_cut)
        if is_cut:
            raise ConnectionBroken

    async def _serve(self, asked: _Asked, body: bytes, passing: ExitStack) -> tuple[Answer, Fault | None]:
        """Answer one request and record it; `passing` holds its place until the answer is sent."""
        path = asked.path
        bare = path.removeprefix(self._prefix)
        fault = None if self._is_control else self._tenant.faults.strike(asked.method, path, bare)
        try:
            principal, answer = await self._answer(asked, body, fault, passing)
            if fault is not None:
                answer = await spoil_answer(fault, answer)
        except ConnectionBroken:
            self._record(asked, path, ANONYMOUS, 0)
            raise
        self._record(asked, path, principal, answer.status)
        return answer, fault

    async def _serve_step(self, outer: _Asked, step: BatchStep) -> Answer:
        """One request of a batch, which counts and fails like any other."""
        path, _, query = step.url.partition("?")
        kept = {
            name: value
            for name, value in outer.headers.items()
            if not name.startswith(("content-", "prefer"))
        }
        asked = _Asked(
            method=step.method,
            raw_path=self._prefix + path,
            query=query,
            headers={**kept, **step.headers, "authorization": outer.headers.get("authorization", "")},
            request_id=str(uuid4()),
        )
        with ExitStack() as passing:
            answer, fault = await self._serve(asked, step.body, passing)
        if fault is not None and fault.name == "truncated":
            raise ConnectionBroken  # what is cut short is the answer that carries all of them
        return answer

    async def _answer(
        self, asked: _Asked, body: bytes, fault: Fault | None, passing: ExitStack
    ) -> tuple[Principal, Answer]:
        principal = ANONYMOUS
        try:
            _refuse_foreign_pages(asked.headers)
            if fault is not None:
                spoil_request(fault)
            principal = self._authenticate(self._tenant, asked.headers)
            return principal, await self._handle(asked, body, principal, passing)
        except GraphError as error:
            return principal, render_error(error, asked.request_id, asked.headers, self._tenant)
        except ConnectionBroken:
            raise
        except Exception as fault_of_ours:  # noqa: BLE001 - one bad request must not silence the tenant
            tell_fault(fault_of_ours)
            failure = GraphError(
                500, "InternalServerError", "The practice tenant failed; see its standard error."
            )
            return principal, render_error(failure, asked.request_id, asked.headers, self._tenant)

    async def _handle(self, asked: _Asked, body: bytes, principal: Principal, passing: ExitStack) -> Answer:
        if not self._is_graph:
            return await self._ask_handler(
                asked, body, principal, read_path(asked.raw_path[len(self._prefix) :])
            )
        check_body(asked.method, asked.headers, body)
        path = self._own_path(asked, principal)
        if (asked.method, path.segments) == ("POST", ("$batch",)):
            return await answer_batch(read_batch(body), partial(self._serve_step, asked))
        toll = toll_of(principal.application_id, asked.method, path.segments, asked.plain_query)
        told = passing.enter_context(self._tenant.throttle.passing(toll))
        answer = await self._ask_handler(asked, body, principal, path)
        answer = with_context(answer, self._tenant.graph_root, path.segments)
        return dressed(answer, asked.headers, told)

    async def _ask_handler(self, asked: _Asked, body: bytes, principal: Principal, path: GraphPath) -> Answer:
        handler, parameters = self._find(asked.method, path)
        if self._settle is not None:
            self._settle(self._tenant)
        request = GraphRequest(
            method=asked.method,
            path=asked.path,
            url=self._tenant.graph_root.rstrip("/") + asked.raw_path,
            parameters=parameters,
            options=parse_query(asked.query),
            headers=asked.headers,
            body=body,
            principal=principal,
            request_id=asked.request_id,
        )
        return await handler(self._tenant, request)

    def _own_path(self, asked: _Asked, principal: Principal) -> GraphPath:
        path = read_path(asked.raw_path[len(self._prefix) :])
        if not path.segments or path.segments[0].lower() != "me":
            return path
        if principal.user is None:
            raise bad_request("/me request is only valid with delegated authentication flow.")
        return GraphPath(segments=("users", principal.user.id, *path.segments[1:]), arguments=path.arguments)

    def _find(self, method: str, path: GraphPath) -> tuple[Handler, dict[str, str]]:
        found = self._router.find(method, path)
        if found is not None:
            return found[0].handler, found[1]
        known = self._router.methods(path)
        if self._is_graph:
            raise unknown_address(method, path.segments, known)
        if known:
            raise GraphError(405, "Request_BadRequest", f"The method {method} is not allowed here.")
        raise GraphError(404, "NotFound", "There is nothing at this address.")

    def _record(self, asked: _Asked, path: str, principal: Principal, status: int) -> None:
        if self._is_control:
            return
        self._tenant.recording.add(
            RecordedRequest(
                at=self._tenant.clock.stamp(),
                method=asked.method,
                path=path,
                query=asked.plain_query,
                status=status,
                application=principal.application_id,
                user=principal.user.address if principal.user else "",
            )
        )


def _asked(scope: Scope) -> _Asked:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return _Asked(
        method=scope["method"],
        raw_path=scope.get("raw_path", scope["path"].encode()).decode("latin-1"),
        query=scope.get("query_string", b"").decode("latin-1"),
        headers=headers,
        request_id=str(uuid4()),
    )


def _plainly_asked(request: PlainRequest) -> _Asked:
    return _Asked(
        method=request.method,
        raw_path=request.raw_path,
        query=request.query,
        headers=dict(request.headers),
        request_id=str(uuid4()),
    )


async def _body(receive: Receive) -> bytes:
    """All of it; of a request that is broken off in the middle nothing must be done.

    Raises:
        ConnectionBroken: the client went away before its end.
    """
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionBroken
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


@lru_cache(maxsize=4_096)
def decoded(text: str) -> str:
    """A path or query without its percent signs."""
    return unquote(text)


def _refuse_foreign_pages(headers: Mapping[str, str]) -> None:
    """A page of another site, in the browser of someone who runs a practice tenant, must not get in."""
    origin = headers.get("origin")
    if not _is_own(f"//{headers.get('host', '')}") or not (origin is None or _is_own(origin)):
        raise GraphError(403, "Forbidden", "The practice tenant answers its own machine only.")


@lru_cache(maxsize=64)
def _is_own(address: str) -> bool:
    return urlsplit(address).hostname in _OWN_HOSTS


def _headers(answer: Answer, asked: _Asked) -> dict[str, str]:
    headers = {
        "request-id": asked.request_id,
        "client-request-id": asked.headers.get("client-request-id", asked.request_id),
        "Cache-Control": "no-store",
        **answer.headers,
    }
    if answer.status != 204:
        headers["Content-Length"] = str(len(answer.body))
    return {name.lower(): value for name, value in headers.items()}


async def _send(send: Send, status: int, headers: Mapping[str, str], body: bytes, is_cut: bool) -> None:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body, "more_body": is_cut})
