"""The recycle bin of a drive: what was deleted comes back whole, or goes for good."""

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import drive_of, not_found, open_item, store_of
from practice_tenant.drives.changing import target_folder
from practice_tenant.drives.expanding import shaped_item
from practice_tenant.drives.guards import already_exists, check_new_name, check_not_locked
from practice_tenant.errors import GraphError
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.tenant import Tenant


async def restore_item(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../items/{item}/restore: back to where it lay, or to the parentReference and name of the body."""
    drive = drive_of(tenant, request)
    DriveAccess(tenant, request.principal).require(drive, None, Role.WRITE)
    store = store_of(tenant)
    item = store.recycled_item(drive.id, request.parameter("item"))
    if item is None:
        raise not_found()
    wishes = request.json()
    reference = wishes.get("parentReference") or {"id": item.parent_id}
    _, parent = target_folder(tenant, request, drive, reference)
    name = str(wishes.get("name") or item.name)
    check_new_name(store, parent, name)
    if store.child_named(parent, name) is not None:
        raise already_exists()
    with store.database.transaction():
        item = store.restore(item, parent, name, request.principal.identity_set())
    return Answer.json(shaped_item(tenant, request.principal, drive, item, request.options))


async def permanently_delete(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST .../permanentDelete: past the recycle bin."""
    _, item = open_item(tenant, request, Role.WRITE)
    store = store_of(tenant)
    if item.is_root:
        raise GraphError(403, "accessDenied", "The root of a drive cannot be deleted.")
    for gone in (item, *store.below(item)):
        check_not_locked(store, gone)
    with store.database.transaction():
        store.delete(item)
        store.empty_from_bin(item)
    return Answer.empty()
