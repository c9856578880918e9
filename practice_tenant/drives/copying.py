"""Copying: accepted at once, done here and now, told by a monitor that needs no bearer."""

import secrets
from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import not_found, open_item, store_of
from practice_tenant.drives.changing import target_folder
from practice_tenant.drives.guards import already_exists, check_new_name, conflict_behaviour, free_name
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.odata.bodies import action_body
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant


async def copy_item(tenant: Tenant, request: GraphRequest) -> Answer:
    """202 with the monitor's address in Location; a taken name is told by the monitor."""
    drive, item = open_item(tenant, request)
    if item.is_root:
        raise GraphError(400, "invalidRequest", "The root of a drive cannot be copied.")
    properties = action_body(request, "copy", "name parentReference childrenOnly includeAllVersionHistory")
    store = store_of(tenant)
    reference = properties.get("parentReference") or {"id": item.parent_id}
    target_drive, folder = target_folder(tenant, request, drive, reference)
    name = str(properties.get("name") or item.name)
    check_new_name(store, folder, name)
    token = secrets.token_urlsafe(24)
    made, error = None, None
    with store.database.transaction():
        try:
            name = _settle(store, folder, name, conflict_behaviour(request, "fail", properties))
            made = _copy(DriveAccess(tenant, request.principal), drive, item, folder, name)
        except GraphError as refused:
            error = refused.code
        store.database.execute(
            "INSERT INTO drive_copies (token, drive_id, item_id, error) VALUES (?, ?, ?, ?)",
            (token, target_drive.id, made.id if made else None, error),
        )
    return Answer.empty(202, {"Location": f"{tenant.transfer_root}transfer/drive-copy/{token}"})


async def get_monitor(tenant: Tenant, request: GraphRequest) -> Answer:
    row = tenant.database.one("SELECT * FROM drive_copies WHERE token = ?", (request.parameter("token"),))
    if row is None:
        raise not_found()
    status: dict[str, Any] = {"percentageComplete": 100.0, "status": "completed"}
    if row["error"]:
        message = {"code": row["error"], "message": "Name already exists"}
        return Answer.json({**status, "status": "failed", "error": message})
    return Answer.json({**status, "resourceId": row["item_id"]})


def _settle(store: DriveStore, folder: Item, name: str, behaviour: str) -> str:
    present = store.child_named(folder, name)
    if present is None:
        return name
    if behaviour == "rename":
        return free_name(store, folder, name)
    if behaviour == "replace" and present.is_file:
        store.delete(present)
        return name
    raise already_exists()


def _copy(access: DriveAccess, drive: Drive, item: Item, folder: Item, name: str) -> Item:
    """The newest content of all that may be seen, as Microsoft does unless asked for all versions."""
    store, author = access.store, access.principal.identity_set()
    if item.is_file:
        return store.add_file(folder, name, store.content(item) or b"", author)
    children = access.visible(drive, store.children(item))
    made = store.add_folder(folder, name, author)
    for child in children:
        _copy(access, drive, child, made, child.name)
    return made
