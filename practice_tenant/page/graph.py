"""Graph as the person who is played: the page asks the tenant's own handlers, so the same rules hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlencode
from uuid import uuid4

from practice_tenant.areas import AREAS
from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.odata.options import parse_query
from practice_tenant.paths import read_path
from practice_tenant.principals import ANONYMOUS, Principal
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Router
from practice_tenant.sign_in.applications import VISITOR, own_application
from practice_tenant.sign_in.tokens import ALL_SCOPES
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
_JSON_BODY = {"content-type": "application/json"}
# Addresses of the page stay good when a mail is moved.
_STABLE = {"prefer": 'IdType="ImmutableId", HonorNonIndexedQueriesWarningMayFailRandomly'}
_WHOLE_LIST = "1000"
# A multiple of 320 KiB below Graph's 4 MB for one part.
_PART = 10 * 320 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class FileContent:
    content: bytes
    media_type: str


def at(*steps: str) -> str:
    """A path of plain words, each of them quoted."""
    return "".join(f"/{quote(step, safe='$:')}" for step in steps)


def who(identity: Json) -> str:
    """The name in a createdBy or lastModifiedBy."""
    known = identity.get("user") or identity.get("application") or {}
    return str(known.get("displayName") or "Somebody")


class PageGraph:
    """Asks as one person; every refusal is Graph's own.

    Raises:
        GraphError: from every method, where Graph would answer with an error.
    """

    def __init__(self, tenant: Tenant, person: User) -> None:
        self._tenant = tenant
        application = own_application(tenant, VISITOR)
        self._principal = Principal(
            application_id=application.client_id,
            application_name=application.name,
            user=person,
            permissions=frozenset(ALL_SCOPES.split()),
        )

    async def get(self, path: str, **query: str) -> Json:
        """GET; query names are given without their dollar."""
        return _object(await self._ask("GET", path, query=_dollared(query)))

    async def every(self, path: str, **query: str) -> list[Json]:
        """GET a collection, all pages of it."""
        found: list[Json] = []
        following = f"{path}?{urlencode(_dollared({'top': _WHOLE_LIST, **query}))}"
        while following:
            where, _, asked = following.partition("?")
            page = _object(await self._ask("GET", where, raw_query=asked))
            found += page["value"]
            following = str(page.get("@odata.nextLink", "")).partition("/v1.0")[2]
        return found

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> Json:
        return _object(await self._ask("POST", path, body=_packed(body), headers=_JSON_BODY))

    async def patch(self, path: str, body: Mapping[str, Any], *, if_match: str = "") -> Json:
        condition = {"if-match": if_match} if if_match else {}
        return _object(await self._ask("PATCH", path, body=_packed(body), headers=_JSON_BODY | condition))

    async def put_file(self, path: str, content: bytes, **query: str) -> Json:
        return _object(await self._ask("PUT", path, body=content, query=query))

    async def delete(self, path: str) -> None:
        await self._ask("DELETE", path)

    async def content(self, path: str, **query: str) -> FileContent:
        """The bytes at a path, through the pre-authenticated address where Graph sends one there."""
        answer = await self._ask("GET", path, query=_dollared(query))
        if answer.status == 302:
            address = answer.headers["Location"].partition("/transfer")[2]
            answer = await _handle(self._tenant, _transfer(), "GET", address, ANONYMOUS)
        return FileContent(
            content=answer.body, media_type=answer.headers.get("Content-Type", "application/octet-stream")
        )

    async def upload(self, address: str, content: bytes) -> None:
        """Put a large attachment to the address that createUploadSession gave, in parts."""
        where = address.partition("/transfer")[2].partition("?")[0]
        for start in range(0, len(content), _PART):
            part = content[start : start + _PART]
            span = f"bytes {start}-{start + len(part) - 1}/{len(content)}"
            headers = {"content-range": span}
            await _handle(self._tenant, _transfer(), "PUT", where, ANONYMOUS, body=part, headers=headers)

    async def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """A practice control, which needs no sign-in."""
        return await _handle(self._tenant, _controls(), method, path, ANONYMOUS, body=_packed(body))

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        raw_query: str = "",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        return await _handle(
            self._tenant,
            _graph(),
            method,
            path,
            self._principal,
            query=raw_query or urlencode(query or {}),
            body=body,
            headers={**_STABLE, **(headers or {})},
        )


async def _handle(
    tenant: Tenant,
    router: Router,
    method: str,
    path: str,
    principal: Principal,
    *,
    query: str = "",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    found = router.find(method, read_path(path))
    if found is None:
        raise GraphError(404, "itemNotFound", "There is nothing at this address.")
    request = GraphRequest(
        method=method,
        path=unquote(path),
        url=f"{tenant.graph_root}v1.0{path}",
        parameters=found[1],
        options=parse_query(query),
        headers=headers or {},
        body=body,
        principal=principal,
        request_id=str(uuid4()),
    )
    return await found[0].handler(tenant, request)


def _object(answer: Answer) -> Json:
    found: Json = json.loads(answer.body) if answer.body else {}
    return found


def _packed(body: Mapping[str, Any] | None) -> bytes:
    return json.dumps(body).encode() if body is not None else b""


def _dollared(query: Mapping[str, str]) -> dict[str, str]:
    return {f"${name}": value for name, value in query.items()}


@cache
def _graph() -> Router:
    return Router(route for area in AREAS for route in area.routes)


@cache
def _transfer() -> Router:
    return Router(route for area in AREAS for route in area.transfer_routes)


@cache
def _controls() -> Router:
    return Router(route for area in AREAS for route in area.practice_routes)
