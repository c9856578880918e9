"""From a path to the drive and the item it means, with the right to do what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.special import special_folder
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.requests import GraphRequest
from practice_tenant.sites.access import Role
from practice_tenant.sites.addressing import site_of
from practice_tenant.tenant import Tenant
from practice_tenant.users import find_user


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A name under a folder that may not be there yet.

    `missing` are the folders between `parent`, the deepest that exists, and the name.
    """

    drive: Drive
    parent: Item
    missing: tuple[str, ...]
    name: str
    item: Item | None


def not_found() -> GraphError:
    return GraphError(404, "itemNotFound", "The resource could not be found.")


def store_of(tenant: Tenant) -> DriveStore:
    return DriveStore(tenant.database, tenant.clock)


def drive_of(tenant: Tenant, request: GraphRequest) -> Drive:
    """The drive of a path: /drives/{drive}, /users/{user}/drive or /sites/{site}/drive.

    Raises:
        GraphError: 404 where there is none, 403 where nothing of it may be seen.
    """
    drive = _named_drive(tenant, request)
    if drive is None:
        raise not_found()
    return drive


def open_drive(tenant: Tenant, request: GraphRequest, role: Role = Role.READ) -> Drive:
    drive = drive_of(tenant, request)
    DriveAccess(tenant, request.principal).require(drive, None, role)
    return drive


def open_item(tenant: Tenant, request: GraphRequest, role: Role = Role.READ) -> tuple[Drive, Item]:
    """The item of a path with at least that role on it, or Microsoft's refusal."""
    drive = drive_of(tenant, request)
    place = _place(tenant, request, drive)
    if place.item is None or _is_hidden(tenant, place.item):
        DriveAccess(tenant, request.principal).require(drive, place.parent, Role.READ)
        raise not_found()
    DriveAccess(tenant, request.principal).require(drive, place.item, role)
    return drive, place.item


def _is_hidden(tenant: Tenant, item: Item) -> bool:
    """Whether an item is too new to be found."""
    is_new = item.version == 1 and not item.is_root
    return is_new and tenant.replication.hides_since(store_of(tenant).noted_at(item))


def open_place(tenant: Tenant, request: GraphRequest) -> Place:
    """The place of a path that somebody wants to write to."""
    drive = drive_of(tenant, request)
    place = _place(tenant, request, drive)
    DriveAccess(tenant, request.principal).require(drive, place.item or place.parent, Role.WRITE)
    return place


def _named_drive(tenant: Tenant, request: GraphRequest) -> Drive | None:
    store = store_of(tenant)
    parameters = request.parameters
    drives: Sequence[Drive] = store.drives()
    if "user" in parameters:
        owner = find_user(tenant, parameters["user"])
        drives = [drive for drive in drives if drive.owner_id == owner.id]
    elif "site" in parameters:
        site = site_of(tenant, request)
        drives = [drive for drive in drives if drive.site_id == site.id]
    if "drive" in parameters:
        return next((drive for drive in drives if drive.id == parameters["drive"]), None)
    return next((drive for drive in drives if drive.is_default), None)


def _place(tenant: Tenant, request: GraphRequest, drive: Drive) -> Place:
    store = store_of(tenant)
    steps = tuple(step for step in request.parameters.get("path", "").split("/") if step)
    here = _start(tenant, request, drive)
    for depth, step in enumerate(steps):
        child = store.child_named(here, step)
        if child is None:
            return Place(drive=drive, parent=here, missing=steps[depth:-1], name=steps[-1], item=None)
        here = child
    above = store.ancestors(here)
    return Place(drive=drive, parent=above[0] if above else here, missing=(), name=here.name, item=here)


def _start(tenant: Tenant, request: GraphRequest, drive: Drive) -> Item:
    store = store_of(tenant)
    parameters = request.parameters
    if "special" in parameters:
        # Asking makes the folder, so whoever asks must be allowed to write.
        DriveAccess(tenant, request.principal).require(drive, None, Role.WRITE)
        return special_folder(store, drive, parameters["special"], request.principal)
    if "item" not in parameters or parameters["item"].lower() == "root":
        return store.root(drive)
    item = store.item(drive.id, parameters["item"])
    if item is None:
        raise not_found()
    return item
