"""Practice controls for files and lists: documents that stand open in Word, and reading everything again."""

import json
from typing import Any

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.sites.delta_tokens import RESYNC_CODES
from practice_tenant.tenant import Tenant


async def get_locks(tenant: Tenant, request: GraphRequest) -> Answer:  # noqa: ARG001 - the form of a handler
    rows = tenant.database.rows(
        "SELECT drive_items.drive_id AS drive, item_id AS item, held_by FROM drive_locks "
        "JOIN drive_items ON drive_items.id = item_id ORDER BY item_id"
    )
    return Answer.json([dict(row) for row in rows])


async def put_locks(tenant: Tenant, request: GraphRequest) -> Answer:
    """Let exactly these documents stand open in Word: [{"item": id, "held_by": address}]; [] closes all."""
    locks = _read(request.body)
    with tenant.database.transaction():
        tenant.database.execute("DELETE FROM drive_locks")
        for lock in locks:
            _lock(tenant, str(lock.get("item")), str(lock.get("held_by") or "Word"))
    return await get_locks(tenant, request)


async def post_resync(tenant: Tenant, request: GraphRequest) -> Answer:
    """Make all delta tokens given so far for one drive or list end in 410: {"drive" or "list": id, "code"}."""
    wishes = request.json()
    code = wishes.get("code") or RESYNC_CODES[0]
    if code not in RESYNC_CODES:
        raise bad_request(f"code must be one of {', '.join(RESYNC_CODES)}.")
    for word, table in (("drive", "drives"), ("list", "lists")):
        if word in wishes:
            changed = tenant.database.execute(
                f"UPDATE {table} SET epoch = epoch + 1, resync_code = ? WHERE id = ?",  # noqa: S608 - our two tables
                (code, wishes[word]),
            )
            if changed.rowcount == 0:
                raise GraphError(404, "itemNotFound", f"There is no {word} of that id.")
            return Answer.empty()
    raise bad_request("Name a drive or a list by its id.")


def _lock(tenant: Tenant, item_id: str, held_by: str) -> None:
    found = tenant.database.one("SELECT id FROM drive_items WHERE id = ? AND deleted = 0", (item_id,))
    if found is None:
        raise GraphError(404, "itemNotFound", "There is no item of that id.")
    tenant.database.execute(
        "INSERT OR REPLACE INTO drive_locks (item_id, held_by) VALUES (?, ?)", (item_id, held_by)
    )


def _read(body: bytes) -> list[dict[str, Any]]:
    try:
        locks = json.loads(body or b"[]")
    except ValueError as error:
        raise bad_request("The body is not JSON.") from error
    if not isinstance(locks, list) or not all(isinstance(lock, dict) for lock in locks):
        raise bad_request('Send a list such as [{"item": "01ABC", "held_by": "office@school.example"}].')
    return locks


PRACTICE_ROUTES: tuple[Route, ...] = (
    route("GET", "/locks", get_locks),
    route("PUT", "/locks", put_locks),
    route("POST", "/resync", post_resync),
)
