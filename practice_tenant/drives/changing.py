"""Making folders, renaming, moving, describing and deleting."""

from typing import Any

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import not_found, open_item, store_of
from practice_tenant.drives.guards import (
    already_exists,
    check_if_match,
    check_new_name,
    check_not_locked,
    conflict_behaviour,
    free_name,
)
from practice_tenant.drives.reading import show_item
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, FileTimes, Item
from practice_tenant.errors import GraphError
from practice_tenant.odata.bodies import entity_body
from practice_tenant.odata.types import DRIVE_ITEM
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.tenant import Tenant


async def create_child(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST children: a folder, or an empty file."""
    drive, parent = open_item(tenant, request, Role.WRITE)
    properties = entity_body(request, DRIVE_ITEM)
    name = str(properties.get("name") or "")
    if parent.is_file:
        raise GraphError(400, "invalidRequest", "The item is a file and can have no children.")
    if ("folder" in properties) == ("file" in properties):
        raise GraphError(400, "invalidRequest", "Give either the folder facet or the file facet.")
    check_new_name(store_of(tenant), parent, name)
    store = store_of(tenant)
    behaviour = conflict_behaviour(request, "fail", properties)
    with store.database.transaction():
        item = _create(store, parent, name, behaviour, properties, request)
    return Answer.json(show_item(tenant, request, drive, item), status=201)


async def update_item(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH: another name, another parent in the same drive, another description, the file's own times."""
    drive, item = open_item(tenant, request, Role.WRITE)
    properties = entity_body(request, DRIVE_ITEM)
    store = store_of(tenant)
    check_if_match(request, item)
    check_not_locked(store, item)
    columns = _plain_columns(properties)
    with store.database.transaction():
        if "name" in properties or properties.get("parentReference"):
            columns |= _moved(tenant, request, drive, item, properties)
        if columns:
            item = store.change(item, request.principal.identity_set(), **columns)
    return Answer.json(show_item(tenant, request, drive, item))


async def delete_item(tenant: Tenant, request: GraphRequest) -> Answer:
    _, item = open_item(tenant, request, Role.WRITE)
    store = store_of(tenant)
    if item.is_root:
        raise GraphError(403, "accessDenied", "The root of a drive cannot be deleted.")
    check_if_match(request, item)
    for gone in (item, *store.below(item)):
        check_not_locked(store, gone)
    with store.database.transaction():
        store.delete(item)
    return Answer.empty()


def target_folder(
    tenant: Tenant, request: GraphRequest, drive: Drive, reference: dict[str, Any]
) -> tuple[Drive, Item]:
    """The folder that a parentReference in a body means.

    Raises:
        GraphError: 404 where there is none, 403 where whoever asks may not write there.
    """
    store = store_of(tenant)
    wanted = store.drive(str(reference["driveId"])) if reference.get("driveId") else drive
    if wanted is None:
        raise not_found()
    folder = _folder_by_reference(store, wanted, reference)
    if folder is None or folder.is_file:
        raise not_found()
    DriveAccess(tenant, request.principal).require(wanted, folder, Role.WRITE)
    return wanted, folder


def _folder_by_reference(store: DriveStore, drive: Drive, reference: dict[str, Any]) -> Item | None:
    item_id, path = reference.get("id"), reference.get("path")
    if item_id:
        return store.root(drive) if item_id == "root" else store.item(drive.id, str(item_id))
    here: Item | None = store.root(drive)
    for step in str(path or "").partition(":")[2].split("/"):
        if step and here is not None:
            here = store.child_named(here, step)
    return here


def _create(
    store: DriveStore,
    parent: Item,
    name: str,
    behaviour: str,
    properties: dict[str, Any],
    request: GraphRequest,
) -> Item:
    present = store.child_named(parent, name)
    author = request.principal.identity_set()
    is_folder = "folder" in properties
    if present is not None and behaviour == "fail":
        raise already_exists()
    if present is not None and behaviour == "replace":
        if present.is_file or not is_folder:
            raise already_exists()
        return present
    name = free_name(store, parent, name)
    if is_folder:
        return store.add_folder(parent, name, author)
    return store.add_file(parent, name, b"", author, FileTimes.from_graph(properties))


def _plain_columns(properties: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if "description" in properties:
        columns["description"] = properties["description"]
    times = FileTimes.from_graph(properties)
    if times.created_at:
        columns["file_created_at"] = times.created_at
    if times.modified_at:
        columns["file_modified_at"] = times.modified_at
    return columns


def _moved(
    tenant: Tenant, request: GraphRequest, drive: Drive, item: Item, properties: dict[str, Any]
) -> dict[str, Any]:
    """The columns of a rename or a move; what conflictBehavior replaces is deleted."""
    if item.is_root:
        raise GraphError(403, "accessDenied", "The root of a drive cannot be renamed or moved.")
    store = store_of(tenant)
    parent = store.ancestors(item)[0]
    if properties.get("parentReference"):
        wanted, parent = target_folder(tenant, request, drive, properties["parentReference"])
        if wanted.id != drive.id:
            raise GraphError(
                400, "invalidRequest", "Items cannot be moved between drives. Copy, then delete."
            )
    if any(step.id == item.id for step in (parent, *store.ancestors(parent))):
        raise GraphError(400, "invalidRequest", "A folder cannot be moved into itself.")
    name = str(properties.get("name", item.name))
    check_new_name(store, parent, name)
    behaviour = conflict_behaviour(request, "fail", properties)
    return {"parent_id": parent.id, "name": _settle(store, parent, item, name, behaviour)}


def _settle(store: DriveStore, parent: Item, item: Item, name: str, behaviour: str) -> str:
    present = store.child_named(parent, name)
    if present is None or present.id == item.id:
        return name
    if behaviour == "rename":
        return free_name(store, parent, name)
    if behaviour == "replace" and present.is_file and item.is_file:
        check_not_locked(store, present)
        store.delete(present)
        return name
    raise already_exists()
