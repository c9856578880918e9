"""Upload sessions: a file in ranges, to an address on the transfer host that refuses a bearer."""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from practice_tenant.drives.addressing import Place, not_found, open_place, store_of
from practice_tenant.drives.content import write_at
from practice_tenant.drives.guards import (
    already_exists,
    check_if_match,
    check_new_name,
    check_not_locked,
    conflict_behaviour,
)
from practice_tenant.drives.reading import show_item
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import FileTimes, Identity
from practice_tenant.errors import GraphError
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment, stamp

LIFE = timedelta(days=1)
RANGE_UNIT = 320 * 1024
LARGEST_RANGE = 60 * 1024 * 1024
_CONTENT_RANGE = re.compile(r"bytes (?P<first>\d+)-(?P<last>\d+)/(?P<total>\d+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    token: str
    drive_id: str
    parent_id: str
    name: str
    behaviour: str
    times: FileTimes
    author: Identity
    expires_at: str
    total: int | None
    received: int
    is_deferred: bool

    @property
    def is_whole(self) -> bool:
        return self.received == self.total

    def status(self) -> dict[str, Any]:
        if self.is_whole:
            return {"expirationDateTime": self.expires_at, "nextExpectedRanges": []}
        end = "" if self.total is None else str(self.total - 1)
        return {
            "expirationDateTime": self.expires_at,
            "nextExpectedRanges": [f"{self.received}-{end}"],
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class _Range:
    first: int
    last: int
    total: int


async def create_session(tenant: Tenant, request: GraphRequest) -> Answer:
    """Open a session; unlike PUT by path it makes no folders on the way.

    With deferCommit the file is made by a POST of its own to the upload address, as Microsoft's page says.

    Raises:
        GraphError: 404 where the folder is missing, 409 and 412 as for PUT.
    """
    place = open_place(tenant, request)
    if place.missing:
        raise not_found()
    deferred = _read_deferred(request)
    properties = request.json().get("item") or {}
    behaviour = conflict_behaviour(request, "replace" if _replaces(request) else "fail", properties)
    _check(tenant, request, place, behaviour)
    token = secrets.token_urlsafe(24)
    expires_at = stamp(datetime.now(UTC) + LIFE)
    tenant.database.execute(
        "INSERT INTO drive_uploads (token, drive_id, parent_id, name, behaviour, properties, author, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            token,
            place.drive.id,
            place.parent.id,
            place.name,
            behaviour,
            json.dumps(properties),
            json.dumps(request.principal.identity_set()),
            expires_at,
        ),
    )
    if deferred:
        tenant.database.execute("INSERT INTO drive_uploads_deferred (token) VALUES (?)", (token,))
    session = {
        "@odata.context": f"{tenant.graph_root}v1.0/$metadata#microsoft.graph.uploadSession",
        "uploadUrl": f"{tenant.transfer_root}transfer/drive-upload/{token}",
        "expirationDateTime": expires_at,
        "nextExpectedRanges": ["0-"],
    }
    return Answer.json(session)


async def get_status(tenant: Tenant, request: GraphRequest) -> Answer:
    return Answer.json(_session(tenant, request).status())


async def cancel(tenant: Tenant, request: GraphRequest) -> Answer:
    _forget(tenant, _session(tenant, request))
    return Answer.empty()


async def put_range(tenant: Tenant, request: GraphRequest) -> Answer:
    """Take the next range; the last one makes the file."""
    session = _session(tenant, request)
    part = _read_range(request, session)
    with tenant.database.transaction():
        tenant.database.execute(
            "INSERT INTO drive_upload_parts (token, start, content) VALUES (?, ?, ?)",
            (session.token, part.first, request.body),
        )
        tenant.database.execute(
            "UPDATE drive_uploads SET received = ?, total = ? WHERE token = ?",
            (part.last + 1, part.total, session.token),
        )
        session = _session(tenant, request)
        if part.last + 1 < part.total or session.is_deferred:
            return Answer.json(session.status(), status=202)
        return _finish(tenant, request, session)


async def complete(tenant: Tenant, request: GraphRequest) -> Answer:
    """An empty POST to the upload address of a deferred session: now the file is made.

    Raises:
        GraphError: 400 where ranges are missing, or the session completes by itself.
    """
    session = _session(tenant, request)
    if not session.is_deferred:
        raise GraphError(400, "invalidRequest", "The upload completes with its last range.")
    if request.body:
        raise GraphError(400, "invalidRequest", "The request that completes an upload has no content.")
    if not session.is_whole:
        raise GraphError(400, "invalidRequest", "Not all bytes of the file were uploaded.")
    with tenant.database.transaction():
        return _finish(tenant, request, session)


def _read_deferred(request: GraphRequest) -> bool:
    deferred = request.json().get("deferCommit")
    if deferred is not None and not isinstance(deferred, bool):
        raise GraphError(400, "invalidRequest", "deferCommit is true or false.")
    return bool(deferred)


def _replaces(request: GraphRequest) -> bool:
    """items/{file}/createUploadSession writes a new version of that very file."""
    return not request.parameters.get("path")


def _check(tenant: Tenant, request: GraphRequest, place: Place, behaviour: str) -> None:
    store = store_of(tenant)
    if place.parent.is_file:
        raise GraphError(400, "invalidRequest", "The parent of the path is a file.")
    if place.item is None:
        check_new_name(store, place.parent, place.name)
        if "if-match" in request.headers:
            raise not_found()
        return
    check_if_match(request, place.item)
    if behaviour == "fail" or not place.item.is_file:
        raise already_exists()
    if behaviour == "replace":
        check_not_locked(store, place.item)


def _session(tenant: Tenant, request: GraphRequest) -> Session:
    row = tenant.database.one("SELECT * FROM drive_uploads WHERE token = ?", (request.parameter("token"),))
    if row is None or parse_moment(row["expires_at"]) < datetime.now(UTC):
        raise GraphError(404, "itemNotFound", "The upload session was not found or has expired.")
    return Session(
        token=row["token"],
        drive_id=row["drive_id"],
        parent_id=row["parent_id"],
        name=row["name"],
        behaviour=row["behaviour"],
        times=FileTimes.from_graph(json.loads(row["properties"])),
        author=json.loads(row["author"]),
        expires_at=row["expires_at"],
        total=row["total"],
        received=row["received"],
        is_deferred=tenant.database.one(
            "SELECT 1 FROM drive_uploads_deferred WHERE token = ?", (row["token"],)
        )
        is not None,
    )


def _read_range(request: GraphRequest, session: Session) -> _Range:
    match = _CONTENT_RANGE.fullmatch(request.headers.get("content-range", "").strip())
    if match is None:
        raise GraphError(400, "invalidRequest", "The Content-Range header is missing or malformed.")
    part = _Range(first=int(match["first"]), last=int(match["last"]), total=int(match["total"]))
    if part.last - part.first + 1 != len(request.body) or part.last >= part.total:
        raise GraphError(400, "invalidRequest", "Content-Range does not fit the length of the body.")
    if session.total not in {None, part.total}:
        raise GraphError(400, "invalidRequest", "The total length differs from that of the earlier ranges.")
    if len(request.body) > LARGEST_RANGE:
        raise GraphError(413, "requestTooLarge", "A range may hold 60 MiB at most.")
    if part.first != session.received:
        raise GraphError(416, "invalidRange", "The uploaded fragment overlaps with data already received.")
    if part.last + 1 < part.total and len(request.body) % RANGE_UNIT:
        raise GraphError(400, "invalidRequest", "Every range but the last is a multiple of 320 KiB.")
    return part


def _finish(tenant: Tenant, request: GraphRequest, session: Session) -> Answer:
    store = store_of(tenant)
    place = _place_of(store, session)
    rows = tenant.database.rows(
        "SELECT content FROM drive_upload_parts WHERE token = ? ORDER BY start", (session.token,)
    )
    content = b"".join(row["content"] for row in rows)
    # Somebody may have taken the name meanwhile: the 409 of the last range.
    item, is_new = write_at(store, place, content, session.behaviour, session.author, session.times)
    _forget(tenant, session)
    shown = show_item(tenant, request, place.drive, item)
    return Answer.json(shown, status=201 if is_new else 200)


def _place_of(store: DriveStore, session: Session) -> Place:
    drive = store.drive(session.drive_id)
    parent = store.item(session.drive_id, session.parent_id)
    if drive is None or parent is None:
        raise not_found()
    item = store.child_named(parent, session.name)
    return Place(drive=drive, parent=parent, missing=(), name=session.name, item=item)


def _forget(tenant: Tenant, session: Session) -> None:
    tenant.database.execute("DELETE FROM drive_uploads WHERE token = ?", (session.token,))
