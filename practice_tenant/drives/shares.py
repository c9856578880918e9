"""/shares: an item by a sharing link or by its web address, written as a share id."""

from base64 import urlsafe_b64decode
from typing import Any
from urllib.parse import unquote

from practice_tenant.drives.access import DriveAccess
from practice_tenant.drives.addressing import not_found, store_of
from practice_tenant.drives.content import content_redirect
from practice_tenant.drives.expanding import shaped_item
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.sites.access import Role
from practice_tenant.tenant import Tenant


async def get_share(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = _shared(tenant, request)
    shown: dict[str, Any] = {
        "@odata.context": f"{tenant.graph_root}v1.0/$metadata#shares/$entity",
        "id": request.parameter("share"),
        "name": item.name,
    }
    if request.options.expansion("driveItem") is not None:
        shown["driveItem"] = shaped_item(
            tenant, request.principal, drive, item, request.options.expansion("driveItem") or request.options
        )
    return Answer.json(shown)


async def get_shared_item(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = _shared(tenant, request)
    context = {"@odata.context": f"{tenant.graph_root}v1.0/$metadata#driveItems/$entity"}
    return Answer.json(context | shaped_item(tenant, request.principal, drive, item, request.options))


async def get_shared_content(tenant: Tenant, request: GraphRequest) -> Answer:
    drive, item = _shared(tenant, request)
    return content_redirect(tenant, request, drive, item)


def _shared(tenant: Tenant, request: GraphRequest) -> tuple[Drive, Item]:
    """The item of a share id: "u!" and the address in base64url, or a permission's shareId.

    A link of the whole school opens the item for its people; any other way the asker's own rights count.
    """
    share = request.parameter("share")
    url = _address(share) if share.startswith("u!") else ""
    found = _by_link(tenant, url, share) or _by_address(tenant, url)
    if found is None:
        raise not_found()
    drive, item, opens = found
    if not (opens and request.principal.user is not None):
        DriveAccess(tenant, request.principal).require(drive, item, Role.READ)
    return drive, item


def _address(share: str) -> str:
    encoded = share.removeprefix("u!")
    try:
        return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError as error:
        raise GraphError(400, "invalidRequest", "The share id is malformed.") from error


def _by_link(tenant: Tenant, url: str, share: str) -> tuple[Drive, Item, bool] | None:
    store = store_of(tenant)
    row = store.database.one(
        "SELECT drive_items.drive_id, item_id, link_scope FROM drive_permissions "
        "JOIN drive_items ON drive_items.id = item_id WHERE link_url = ? OR drive_permissions.id = ?",
        (url, share),
    )
    drive = store.drive(row["drive_id"]) if row else None
    item = store.item(row["drive_id"], row["item_id"]) if row else None
    if row is None or drive is None or item is None:
        return None
    return drive, item, row["link_scope"] in {"organization", "anonymous"}


def _by_address(tenant: Tenant, url: str) -> tuple[Drive, Item, bool] | None:
    store = store_of(tenant)
    for drive in store.drives():
        if not url.startswith(drive.web_url):
            continue
        here: Item | None = store.root(drive)
        for step in url.removeprefix(drive.web_url).strip("/").split("/"):
            if step and here is not None:
                here = store.child_named(here, unquote(step))
        if here is not None:
            return drive, here, False
    return None


ROUTES: tuple[Route, ...] = (
    route("GET", "/shares/{share}", get_share),
    route("GET", "/shares/{share}/driveItem", get_shared_item),
    route("GET", "/shares/{share}/root", get_shared_item),
    route("GET", "/shares/{share}/driveItem/content", get_shared_content),
)
